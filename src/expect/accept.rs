//! Lines rewritten so that they expect what is answered; not a byte of anything else is touched.

use std::collections::BTreeMap;
use std::path::Path;

use super::canonical::{Item, grouped, is_full, written};
use super::compare::{Compared, Line};
use super::{Outcome, Run};
use crate::answer::Verdict;
use crate::finding::Edit;
use crate::ledger::Ask;
use crate::source::{self, File, FileId, Sources, Span, Unreadable};

/// Makes the sections that failed expect what is answered. The files that were changed, and those that cannot be.
pub fn accept(run: &mut Run, sources: &Sources) -> (Vec<String>, Vec<Unreadable>) {
    let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for edit in run.tests.iter().flat_map(|it| &it.edits) {
        edits.entry(edit.file).or_default().push(edit.clone());
    }
    let (mut changed, mut unwritable) = (Vec::new(), Vec::new());
    for (id, mut edits) in edits {
        // From the last to the first, so that each still speaks of the text as it was read.
        edits.sort_by_key(|it| std::cmp::Reverse(it.span));
        let file = sources.file(id);
        let mut text = file.text.whole().to_owned();
        for it in &edits {
            text.replace_range(it.span.range(), &it.replacement);
        }
        if let Err(it) = source::rewrite(Path::new(&file.path), file.text.whole(), &text) {
            unwritable.push(it);
            continue;
        }
        changed.push(file.path.clone());
        run.findings.retain(|it| !it.places.first().is_some_and(|it| touched(&edits, it.file, it.span)));
        for test in run.tests.iter_mut().filter(|it| it.edits.first().is_some_and(|it| it.file == id)) {
            test.outcome = Outcome::Accepted;
        }
    }
    changed.sort();
    (changed, unwritable)
}

fn touched(edits: &[Edit], file: FileId, span: Span) -> bool {
    edits.iter().any(|it| it.file == file && it.span.start <= span.start && span.end <= it.span.end)
}

/// What makes a section expect what is answered.
///
/// Lines that are right stay. What no line describes joins a line of its kind, or takes the place of a line that is
/// wrong, or comes last. No comment is lost.
pub(super) fn edits(file: &File, ask: &Ask, compared: &Compared) -> Vec<Edit> {
    let mut lines: Vec<Rewritten> = compared.lines.iter().map(|it| Rewritten::of(it, compared)).collect();
    let mut described = vec![false; compared.answer.len()];
    for line in lines.iter().filter(|it| it.right) {
        line.items.iter().for_each(|it| described[*it] = true);
    }
    let rest: Vec<&Item> = compared.answer.iter().zip(&described).filter(|it| !it.1).map(|it| it.0).collect();
    let mut new = Vec::new();
    for group in grouped(&rest, compared.verdicts) {
        let place = |it: &&Item| compared.answer.iter().position(|other| std::ptr::eq(*it, other));
        let places: Vec<usize> = group.iter().filter_map(place).collect();
        let takes = |it: &&mut Rewritten| it.takes(&group, compared);
        // Better a line that is wrong than one that is right.
        let wrong = lines.iter_mut().filter(|it| !it.right && it.text.is_none()).find(takes);
        if let Some(line) = wrong {
            line.items = places;
            line.text = Some(line.text_of(compared));
        } else if let Some(line) = lines.iter_mut().filter(|it| it.right && it.text.is_none()).find(takes) {
            line.items.extend(places);
            line.items.sort_unstable();
            line.items.dedup();
            line.text = Some(line.text_of(compared));
        } else {
            new.push(written(&group, compared.verdicts));
        }
    }
    let mut new = new.into_iter();
    for line in lines.iter_mut().filter(|it| !it.right && it.text.is_none()) {
        line.text = new.next();
    }
    let section = Text { file, ask };
    let mut edits: Vec<Edit> = lines.iter().filter_map(|it| section.edit(it)).collect();
    let more: String = new.map(|it| section.another(&it)).collect();
    if !more.is_empty() {
        let at = section.end();
        edits.push(Edit { file: ask.file, span: Span { start: at, end: at }, replacement: more });
    }
    edits
}

/// A line on the way to being right.
struct Rewritten<'c> {
    line: &'c Line,
    right: bool,
    /// The items of the answer that it describes.
    items: Vec<usize>,
    /// What is to stand after `expect`, if that is something else.
    text: Option<String>,
}

impl<'c> Rewritten<'c> {
    fn of(line: &'c Line, compared: &Compared) -> Rewritten<'c> {
        let right = line.is_right();
        let planned = |it: &usize| compared.answer[*it].verdict == Some(Verdict::Planned);
        let mut items: Vec<usize> = line.items.iter().filter_map(|it| it.1).collect();
        items.sort_by_key(|it| (planned(it), *it));
        Rewritten { line, right, items, text: None }
    }

    /// Whether it says of others what is to be said of these.
    fn takes(&self, group: &[&Item], compared: &Compared) -> bool {
        let Some((own, _)) = self.line.items.first() else { return false };
        let unnamed = |it: &Item| Item { name: None, ..it.clone() }.key();
        let named = own.name.is_some() && group[0].name.is_some();
        let full =
            self.right && is_full(&self.items.iter().map(|it| &compared.answer[*it]).collect::<Vec<_>>());
        let alike = own.verdict == group[0].verdict_in(compared.verdicts);
        named && alike && !full && unnamed(own) == unnamed(group[0])
    }

    fn text_of(&self, compared: &Compared) -> String {
        let items: Vec<&Item> = self.items.iter().map(|it| &compared.answer[*it]).collect();
        // A line without a verdict says nothing of that of its rows.
        let items: Vec<Item> = items
            .into_iter()
            .map(|it| Item { verdict: self.line.items[0].0.verdict, ..it.clone() })
            .collect();
        written(&items.iter().collect::<Vec<_>>(), compared.verdicts)
    }
}

/// The text of a section.
struct Text<'a> {
    file: &'a File,
    ask: &'a Ask,
}

impl Text<'_> {
    fn edit(&self, line: &Rewritten) -> Option<Edit> {
        let edit = |span, replacement| Some(Edit { file: self.ask.file, span, replacement });
        let span = line.line.span;
        match &line.text {
            Some(text) => edit(span, format!("expect {text}")),
            None if line.right => None,
            None => {
                let own = self.line_of(span.start);
                let rest = self.file.slice(Span { start: span.end, end: own.end });
                let blanks = rest.len() - rest.trim_start().len();
                if rest.trim_start().starts_with('#') {
                    return edit(Span { end: span.end + blanks as u32, ..span }, String::new());
                }
                // With the line end before it: there always is one, for a header comes first.
                let before = self.line_of(own.start.saturating_sub(1));
                edit(Span { start: before.end, end: own.end }, String::new())
            }
        }
    }

    fn line_of(&self, at: u32) -> Span {
        self.file.line(self.file.line_of(at)).unwrap_or_default()
    }

    /// The last of the lines that can be told to be its own.
    fn last(&self) -> Span {
        self.line_of(self.ask.expected.last().map_or(self.ask.question.start, |it| it.span.start))
    }

    fn end(&self) -> u32 {
        self.last().end
    }

    /// Another line, to be put after the last one: with the line end and the indentation of the others.
    fn another(&self, text: &str) -> String {
        let whole = &self.file.text;
        let end_after = |at: u32| {
            let at = at as usize;
            let length = whole.as_bytes()[at..].iter().position(|it| *it == b'\n')? + 1;
            Some(whole.get(at..at + length))
        };
        let first = self.file.line(0).map_or(0, |it| it.end);
        let line_end = end_after(self.end()).or_else(|| end_after(first)).unwrap_or("\n");
        let like = self.ask.expected.first().map_or(self.ask.question.start, |it| it.span.start);
        let line = self.file.slice(self.line_of(like));
        let indent = &line[..line.len() - line.trim_start().len()];
        let deeper = if self.ask.expected.is_empty() { "  " } else { "" };
        format!("{line_end}{indent}{deeper}expect {text}")
    }
}
