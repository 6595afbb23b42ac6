//! The pages of `docs/findings/`, one for each code: what it means, why accede complains, and what to do about it.

use crate::spelling;

macro_rules! pages {
    ($($code:literal)*) => {
        /// Codes and their pages, in the order of the alphabet.
        const PAGES: &[(&str, &str)] = &[
            $(($code, include_str!(concat!("../docs/findings/", $code, ".md"))),)*
        ];
    };
}

pages! {
    "after-dissolution"
    "after-publication"
    "backwards-window"
    "before-founding"
    "clash"
    "cycle-through-not"
    "date-form"
    "date-out-of-range"
    "date-with-gaps"
    "digest-form"
    "digest-mismatch"
    "duplicate-name"
    "event-to-itself"
    "future"
    "group-of-itself"
    "idle-requirement"
    "impossible-requirement"
    "lifecycle-begins-inside"
    "lifecycle-empty"
    "lifecycle-too-large"
    "limit"
    "line-outside"
    "line-range"
    "line-too-long"
    "name-not-in-use"
    "no-bloc"
    "no-date"
    "no-header"
    "no-such-day"
    "nobody-then"
    "number-range"
    "only-of-event"
    "order"
    "overruled"
    "plan-unmet"
    "published-open"
    "quote-ambiguous"
    "quote-not-found"
    "recurring-slip"
    "relative-date"
    "repeat"
    "requirement"
    "several-blocs"
    "succession"
    "syntax"
    "term-of-first-status"
    "term-range"
    "term-to-itself"
    "text-not-utf8"
    "text-path"
    "time-form"
    "too-deep"
    "too-many-counts"
    "trust-range"
    "twice"
    "undated"
    "unknown-article"
    "unknown-bloc"
    "unknown-code"
    "unknown-event"
    "unknown-lifecycle"
    "unknown-party"
    "unknown-property"
    "unknown-status"
    "unreachable-status"
    "unreadable"
    "unreported"
    "unused-allow"
}

/// The page of a code, in Markdown.
pub fn page(code: &str) -> Option<&'static str> {
    let at = PAGES.binary_search_by(|it| it.0.cmp(code)).ok()?;
    Some(PAGES[at].1)
}

/// Every code that has a page, in the order of the alphabet.
pub fn codes() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|it| it.0)
}

/// The code that may have been meant, if one is near enough.
pub fn nearest(code: &str) -> Option<&'static str> {
    spelling::nearest(&code.replace(['_', ' '], "-"), codes())
}
