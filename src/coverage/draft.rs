//! A section for a new article: for each line that names a party and a bloc, a claim that may stand there.
//!
//! It is only a suggestion, so it is a comment; the words of the text are not repeated.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Component, Path};

use rustc_hash::FxHashSet;

use super::gazetteer::{self, Gazetteer, Mention, Sides};
use super::words::{Finder, Found, Line};
use crate::ledger::{BlocId, Ledger, PartyId};
use crate::parse::LINE_LIMIT;
use crate::source::File;
use crate::spelling::{self, fold};

/// Bytes of a line that are left for its margin, the last `and`, and what a user may add.
const MARGIN: usize = 256;

/// An `article` section for a text, to be saved as a rule file. `digest` is that of the file's bytes, as
/// [`crate::evidence::digest`] has it.
pub fn draft(ledger: &Ledger, text: &File, digest: &str) -> String {
    let gazetteer = Gazetteer::new(ledger);
    let verbs: Vec<Verbs> = (0..ledger.lifecycles.len()).map(|it| Verbs::new(ledger, it)).collect();
    let mut draft = heading(ledger, text, digest);
    let before = draft.len();
    for number in 0..text.line_count() {
        let Some(span) = text.line(number) else { continue };
        let line = Line::new(text.slice(span));
        let mentions = gazetteer.mentions_in(&line);
        if let Some(sides) = gazetteer::sides(&mentions) {
            let seen = Seen { ledger, line: &line, mentions: &mentions, sides: &sides, verbs: &verbs };
            seen.write(number + 1, &mut draft);
        }
    }
    if draft.len() == before {
        draft += "\n  # no line names a known party and a known bloc\n";
    }
    draft
}

/// What is known of the article, and what is left to fill in.
fn heading(ledger: &Ledger, text: &File, digest: &str) -> String {
    let name = text.path.rsplit('/').next().unwrap_or_default();
    let article = spelling::in_header(&article_name(ledger, name)).into_owned();
    let mut parts = Path::new(name).components();
    let plain = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    let text = if plain && !name.contains('\n') {
        format!("text {} sha256 {digest}", spelling::quoted(name))
    } else {
        "# text \"FILE\": a name such as that of this file cannot be written here".to_owned()
    };
    format!(
        "# A draft. A line below that begins with # and ends with @ and a number is a guess at a claim: correct it,\n\
         # and take its # away, or take it out.\n\
         article {article}\n\
         \x20 # fill in, and take the # away; the article's title goes after its name above, in quotes\n\
         \x20 # publisher \"NAME\"\n\
         \x20 # published YYYY-MM-DD\n\
         \x20 {text}\n"
    )
}

/// The name of the file without its ending, with a number where an article has it already.
fn article_name(ledger: &Ledger, file: &str) -> String {
    let known: FxHashSet<String> = ledger.articles.iter().map(|it| fold(&it.name)).collect();
    let stem = Path::new(file).file_stem().map(|it| it.to_string_lossy().replace('\n', " "));
    let stem = stem.filter(|it| !it.is_empty()).unwrap_or_else(|| "article".into());
    let numbered = (2u32..).map(|it| format!("{stem}-{it}"));
    let mut names = std::iter::once(stem.clone()).chain(numbered);
    names.find(|it| !known.contains(&fold(it))).expect("there are fewer articles than numbers")
}

/// The forms of a lifecycle's events and acts.
struct Verbs {
    finder: Finder,
    /// Of each word of the finder: the form, and the name of its event or act.
    forms: Vec<(String, String)>,
}

impl Verbs {
    fn new(ledger: &Ledger, lifecycle: usize) -> Verbs {
        let table = &ledger.lifecycles[lifecycle];
        let deeds = table.events.iter().map(|it| &it.forms).chain(table.acts.iter().map(|it| &it.forms));
        let forms = deeds.flat_map(|forms| forms.iter().map(|it| (it.clone(), forms[0].clone())));
        // A claim with `is` speaks of a status, whatever events there are.
        let forms: Vec<_> = forms.filter(|it| [&it.0, &it.1].iter().all(|it| fold(it) != "is")).collect();
        let finder = Finder::new(forms.iter().map(|it| it.0.as_str())).in_any_case();
        Verbs { finder, forms }
    }
}

/// A line with what it names.
struct Seen<'s> {
    ledger: &'s Ledger,
    line: &'s Line,
    mentions: &'s [Mention],
    sides: &'s Sides,
    verbs: &'s [Verbs],
}

impl Seen<'_> {
    fn write(&self, number: usize, draft: &mut String) {
        let parties: Vec<&str> = self.sides.parties.iter().map(|it| self.party(*it)).collect();
        let blocs: Vec<&str> = self.sides.blocs.iter().map(|it| self.bloc(*it)).collect();
        *draft += &format!("\n  # line {number}: {} | {}\n", parties.join(", "), blocs.join(", "));
        let mut places: BTreeMap<BlocId, Vec<&Mention>> = BTreeMap::new();
        for (mention, bloc) in self.mentions.iter().filter_map(|it| Some((it, it.bloc?))) {
            places.entry(bloc).or_default().push(mention);
        }
        let both: FxHashSet<_> = self.mentions.iter().filter_map(|it| Some((it.party?, it.bloc?))).collect();
        let mut verbs: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
        let negated = self.line.words().any(is_negation);
        for bloc in &self.sides.blocs {
            let lifecycle = self.ledger.bloc(*bloc).lifecycle;
            let verbs = verbs.entry(lifecycle).or_insert_with(|| self.verbs_of(lifecycle));
            let verb = if negated { None } else { nearest(verbs, &places[bloc]) };
            let says = verb.map_or("member-of".into(), |it| self.predicate(lifecycle, it));
            let ends = format!(" {says} {}  @{number}\n", spelling::in_claim(self.bloc(*bloc)));
            let parties = self.sides.parties.iter().filter(|it| !both.contains(&(**it, *bloc)));
            Self::claims(parties.map(|it| spelling::in_claim(self.party(*it))), &ends, draft);
        }
    }

    fn party(&self, id: PartyId) -> &str {
        &self.ledger.party(id).name
    }

    fn bloc(&self, id: BlocId) -> &str {
        &self.ledger.bloc(id).name
    }

    /// Where the line has forms of a lifecycle, other than in names.
    fn verbs_of(&self, lifecycle: usize) -> Vec<Found> {
        let mut verbs = self.verbs[lifecycle].finder.find(self.line);
        verbs.retain(|verb| {
            let next = self.mentions.partition_point(|it| it.range.end <= verb.range.start);
            self.mentions.get(next).is_none_or(|it| it.range.start >= verb.range.end)
        });
        verbs
    }

    fn predicate(&self, lifecycle: usize, verb: &Found) -> String {
        let (form, name) = &self.verbs[lifecycle].forms[verb.words[0]];
        match self.line.word_before(verb.range.start) {
            "to" | "will" | "would" => format!("plans to {}", spelling::in_claim(form)),
            _ => spelling::in_claim(name).into_owned(),
        }
    }

    /// One claim on all parties; several where they are more than a line has room for.
    fn claims<'n>(parties: impl Iterator<Item = Cow<'n, str>>, ends: &str, draft: &mut String) {
        let room = LINE_LIMIT.saturating_sub(ends.len() + MARGIN);
        let mut listed: Vec<Cow<str>> = Vec::new();
        let mut length = 0;
        let mut write = |listed: &mut Vec<Cow<str>>| {
            if let Some((last, others)) = listed.split_last() {
                let and = if others.is_empty() { "" } else { " and " };
                *draft += &format!("  # {}{and}{last}{ends}", others.join(", "));
            }
            listed.clear();
        };
        for party in parties.filter(|it| it.len() <= room) {
            if length + party.len() > room {
                write(&mut listed);
                length = 0;
            }
            length += party.len() + " and ".len();
            listed.push(party);
        }
        write(&mut listed);
    }
}

fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot") || word.ends_with("n't")
}

/// The verb that stands nearest to one of the places.
fn nearest<'v>(verbs: &'v [Found], places: &[&Mention]) -> Option<&'v Found> {
    let beside = |place: &&Mention| {
        let next = verbs.partition_point(|it| it.range.start < place.range.start);
        let before = next.checked_sub(1).map(|it| (place.range.start - verbs[it].range.end, it));
        let after = verbs.get(next).map(|it| (it.range.start - place.range.end, next));
        before.into_iter().chain(after).min()
    };
    places.iter().filter_map(beside).min().map(|it| &verbs[it.1])
}
