//! What plain words stand for, told by whoever knows: a line of such words alone need not be looked at letter by letter.

use rustc_hash::FxHashMap;

use super::plain::is_plain_name;

/// The words that claims of the commonest shape are made of, each with a number that says what it stands for.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub parties: Words,
    pub blocs: Words,
    pub verbs: Words,
}

/// Words, whatever their case.
#[derive(Debug, Default)]
pub struct Words {
    /// By their letters; most have no more than eight, and take half the room.
    shortest: FxHashMap<u64, u32>,
    short: FxHashMap<u128, u32>,
    long: FxHashMap<Box<[u8]>, u32>,
}

impl Words {
    /// Adds a folded name, if it is one word of ASCII that can be nothing but a name, wherever it stands in a claim.
    pub fn add(&mut self, folded: &str, number: u32) {
        let word = folded.as_bytes();
        if !is_plain_name(word) {
            return;
        }
        match short(word) {
            Some(letters) if word.len() <= 8 => self.shortest.insert(letters as u64, number),
            Some(letters) => self.short.insert(letters, number),
            None => self.long.insert(word.into(), number),
        };
    }

    #[inline]
    pub(super) fn find_shortest(&self, letters: u64) -> Option<u32> {
        self.shortest.get(&letters).copied()
    }

    #[inline]
    pub(super) fn find_short(&self, letters: u128) -> Option<u32> {
        self.short.get(&letters).copied()
    }

    pub(super) fn find_long(&self, word: &[u8]) -> Option<u32> {
        self.long.get(word.to_ascii_lowercase().as_slice()).copied()
    }
}

/// Up to 16 bytes as a number.
pub(super) const fn short(word: &[u8]) -> Option<u128> {
    if word.len() > 16 {
        return None;
    }
    let mut number = 0;
    let mut at = word.len();
    while at > 0 {
        at -= 1;
        number = number << 8 | word[at] as u128;
    }
    Some(number)
}
