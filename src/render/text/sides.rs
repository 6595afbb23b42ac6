//! What is shown of a finding: its places by the sides they are on, the first few of each.

use std::collections::BTreeSet;
use std::ops::Range;

use indexmap::IndexMap;

use super::quote::Quote;
use crate::finding::{Finding, Place};
use crate::source::{FileId, Sources, Span};

/// Sides that are shown at most.
const SIDES: usize = 12;

/// Places that are shown of one side, and of a finding without sides.
const PLACES: usize = 4;
const PLACES_OF_NONE: usize = 12;

/// Passages of articles that are shown of a finding.
const QUOTES: usize = 6;

pub(super) struct Sides<'a> {
    pub shown: Vec<Side<'a>>,
    /// What is not shown.
    pub more: Option<String>,
}

/// Places that agree with each other.
#[derive(Default)]
pub(super) struct Side<'a> {
    pub name: Option<String>,
    /// With their numbers in the finding.
    pub places: Vec<(usize, &'a Place)>,
    pub quotes: Vec<Quote<'a>>,
    /// What is not shown.
    pub more: Option<String>,
}

impl<'a> Sides<'a> {
    /// Sides in the order of their first places, and after them the places that are on none. Quotes are of the bytes that `extent` gives.
    pub(super) fn of(
        finding: &'a Finding,
        sources: &Sources,
        extent: impl Fn(&Place, FileId, Span) -> Range<usize>,
    ) -> Sides<'a> {
        let mut by_side: IndexMap<Option<u32>, Vec<(usize, &Place)>> = IndexMap::new();
        for (number, place) in finding.places.iter().enumerate() {
            by_side.entry(place.side).or_default().push((number, place));
        }
        by_side.sort_by_cached_key(|side, _| side.is_none());
        let count = by_side.keys().flatten().count();
        let mut shown: Vec<Side> = Vec::new();
        for (side, places) in by_side {
            if side.is_some() && shown.len() == SIDES {
                continue;
            }
            let name = match side {
                _ if count < 2 => None,
                Some(_) => Some(format!("side {} of {count}", shown.len() + 1)),
                None => Some("beside these".to_owned()),
            };
            shown.push(Side { name, ..Side::of(places, finding) });
        }
        let mut more = Vec::new();
        if count > SIDES {
            more.push(counted(count - SIDES, "more side"));
        }
        let left = quote(&mut shown, finding, sources, extent);
        if left > 0 {
            more.push(counted(left, "more passage"));
        }
        let more = (!more.is_empty()).then(|| format!("and {}", more.join(" and ")));
        Sides { shown, more }
    }
}

impl<'a> Side<'a> {
    /// The first places, and before all others those that look wrong.
    fn of(mut places: Vec<(usize, &'a Place)>, finding: &Finding) -> Side<'a> {
        let sided = places.iter().any(|it| it.1.side.is_some());
        let most = if sided { PLACES } else { PLACES_OF_NONE };
        let left = places.len().saturating_sub(most);
        if left > 0 {
            let looks_wrong = |it: usize| finding.slips.iter().any(|slip| slip.place == Some(it));
            places.sort_by_key(|it| it.0 > 0 && !looks_wrong(it.0));
            places.truncate(most);
            places.sort_by_key(|it| it.0);
        }
        let on = if sided { " on this side" } else { "" };
        let what = if sided { format!("{left} more") } else { counted(left, "more place") };
        Side { places, more: (left > 0).then(|| format!("and {what}{on}")), ..Side::default() }
    }
}

/// Gives each side its passages, one after the other in turn, so that none takes the room of all. Says how many
/// passages of the finding are left.
fn quote<'a>(
    sides: &mut [Side<'a>],
    finding: &'a Finding,
    sources: &Sources,
    extent: impl Fn(&Place, FileId, Span) -> Range<usize>,
) -> usize {
    let mut seen = BTreeSet::new();
    let mut new = |place: &'a Place| {
        let mut quotes = Vec::new();
        for &(file, span) in &place.passages {
            let range = extent(place, file, span);
            let blank = sources.file(file).text.get(range.clone()).trim().is_empty();
            if !blank && seen.insert((file, range.start, range.end)) {
                quotes.push(Quote { file, range, heading: place.heading.as_deref() });
            }
        }
        quotes
    };
    let mut waiting: Vec<std::vec::IntoIter<Quote>> = Vec::new();
    for side in sides.iter() {
        waiting.push(side.places.iter().flat_map(|it| new(it.1)).collect::<Vec<_>>().into_iter());
    }
    let unseen: usize = finding.places.iter().map(|it| new(it).len()).sum();
    let mut room = QUOTES;
    while room > 0 && waiting.iter().any(|it| it.len() > 0) {
        for (side, waiting) in sides.iter_mut().zip(&mut waiting).filter(|it| it.1.len() > 0).take(room) {
            side.quotes.extend(waiting.next());
        }
        room = QUOTES.saturating_sub(sides.iter().map(|it| it.quotes.len()).sum());
    }
    unseen + waiting.iter().map(ExactSizeIterator::len).sum::<usize>()
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
