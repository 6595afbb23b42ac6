//! What is expected beside what is answered.

use std::collections::HashMap;

use similar::{Algorithm, ChangeTag, capture_diff_slices, group_diff_ops};

use super::Sign;
use super::canonical::{Item, Key, after_expect, lines, of_answer, of_line};
use crate::answer::{Answer, Verdict};
use crate::ledger::Ask;
use crate::source::{File, Span};

/// An answer and the lines that are to describe it.
pub(super) struct Compared {
    pub(super) lines: Vec<Line>,
    pub(super) answer: Vec<Item>,
    /// Of each item of the answer, whether some line describes it.
    pub(super) met: Vec<bool>,
    /// The lines name verdicts.
    pub(super) verdicts: bool,
}

/// A line, and for each of its items the one of the answer that it describes.
pub(super) struct Line {
    pub(super) span: Span,
    pub(super) items: Vec<(Item, Option<usize>)>,
}

impl Line {
    /// Every item of it is answered.
    pub(super) fn is_right(&self) -> bool {
        !self.items.is_empty() && self.items.iter().all(|it| it.1.is_some())
    }
}

impl Compared {
    pub(super) fn new(ask: &Ask, answer: &Answer) -> Compared {
        let answer = of_answer(ask, answer);
        let mut places: HashMap<Key, Vec<usize>> = HashMap::new();
        for (place, item) in answer.iter().enumerate() {
            places.entry(item.key()).or_default().push(place);
        }
        let mut met = vec![false; answer.len()];
        let mut find = |item: Item| {
            let mut alike = places.get(&item.key()).into_iter().flatten().copied();
            let found = alike.find(|it| item.allows(answer[*it].verdict));
            if let Some(place) = found {
                met[place] = true;
            }
            (item, found)
        };
        let lines: Vec<Line> = ask
            .expected
            .iter()
            .map(|it| Line { span: it.span, items: of_line(it).into_iter().map(&mut find).collect() })
            .collect();
        let named = |it: &Item| it.verdict.is_some_and(|it| it != Verdict::Planned);
        let verdicts = lines.iter().flat_map(|it| &it.items).any(|it| named(&it.0));
        Compared { lines, answer, met, verdicts }
    }

    pub(super) fn agrees(&self) -> bool {
        self.lines.iter().all(Line::is_right) && self.met.iter().all(|it| *it)
    }

    /// The same of the rows of one name alone; all of them, where they have none.
    pub(super) fn agrees_on(&self, name: Option<&str>) -> bool {
        let on = |it: &Item| name.is_none() || it.name.as_deref() == name;
        let missing = self.lines.iter().flat_map(|it| &it.items).any(|it| it.1.is_none() && on(&it.0));
        let unexpected = self.answer.iter().zip(&self.met).any(|(item, met)| !met && on(item));
        !missing && !unexpected
    }

    /// The names of rows that differ, each once; `None` is of rows without one.
    pub(super) fn differing(&self) -> Vec<Option<&str>> {
        let missing = self.lines.iter().flat_map(|it| &it.items).filter(|it| it.1.is_none()).map(|it| &it.0);
        let names: indexmap::IndexSet<Option<&str>> =
            missing.chain(self.unexpected()).map(|it| it.name.as_deref()).collect();
        names.into_iter().collect()
    }

    fn unexpected(&self) -> impl Iterator<Item = &Item> {
        self.answer.iter().zip(&self.met).filter(|it| !it.1).map(|it| it.0)
    }

    /// The lines that describe the whole answer.
    pub(super) fn written(&self) -> Vec<String> {
        lines(&self.answer.iter().collect::<Vec<_>>(), self.verdicts)
    }

    /// What is expected and not answered, and what is answered and not expected.
    pub(super) fn differences(&self, file: &File) -> (Vec<String>, Vec<String>) {
        let missing = self.expected(file).into_iter().filter(|it| it.met.is_none()).map(|it| it.text);
        (missing.collect(), self.unexpected().map(|it| it.text(self.verdicts)).collect())
    }

    /// The items of the lines as text, in the order of the answer; those that it has not, beside those of the same name.
    fn expected(&self, file: &File) -> Vec<Wanted> {
        let mut of_name: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
        for (place, item) in self.answer.iter().enumerate() {
            of_name.entry(item.name.as_deref()).or_default().push(place);
        }
        // Before the first row of the same name that does not end before it begins.
        let near = |item: &Item| {
            let begins = item.window.map(|it| it.earliest);
            let mut places = of_name.get(&item.name.as_deref()).into_iter().flatten();
            let found = places.find(|it| self.answer[**it].window.map(|it| it.latest) >= begins);
            found.copied().unwrap_or(usize::MAX)
        };
        let mut wanted = Vec::new();
        for line in &self.lines {
            if line.items.is_empty() {
                let text = after_expect(file.slice(line.span)).to_owned();
                wanted.push(Wanted { text, met: None, place: usize::MAX });
            }
            for (item, met) in &line.items {
                let text = match met {
                    Some(it) => self.answer[*it].text(self.verdicts),
                    None => item.text(self.verdicts),
                };
                wanted.push(Wanted { text, met: *met, place: met.unwrap_or_else(|| near(item)) });
            }
        }
        wanted.sort_by_key(|it| (it.place, it.met));
        // A row that two lines describe is one row.
        wanted.dedup_by(|a, b| a.met.is_some() && a.met == b.met);
        wanted
    }

    /// What differs, with a row before and after it.
    pub(super) fn diff(&self, file: &File) -> Vec<(Sign, String)> {
        let expected: Vec<String> = self.expected(file).into_iter().map(|it| it.text).collect();
        let answered: Vec<String> = self.answer.iter().map(|it| it.text(self.verdicts)).collect();
        let mut diff = Vec::new();
        let mut shown = 0;
        for group in group_diff_ops(capture_diff_slices(Algorithm::Myers, &expected, &answered), 1) {
            let begins = group.first().map_or(0, |it| it.new_range().start);
            if begins > shown {
                diff.push((Sign::Gap, String::new()));
            }
            for change in group.iter().flat_map(|it| it.iter_changes(&expected[..], &answered[..])) {
                let sign = match change.tag() {
                    ChangeTag::Delete => Sign::Missing,
                    ChangeTag::Insert => Sign::Unexpected,
                    ChangeTag::Equal => Sign::Same,
                };
                diff.push((sign, change.value()));
            }
            shown = group.last().map_or(shown, |it| it.new_range().end);
        }
        if shown < answered.len() {
            diff.push((Sign::Gap, String::new()));
        }
        diff
    }
}

/// An item of a line, and where it is shown.
struct Wanted {
    text: String,
    met: Option<usize>,
    place: usize,
}
