//! The words that one worker has seen, interned: each distinct written form has a number, and is folded
//! once. How a word is folded is told in `fold`.

use std::borrow::Cow;
use std::hash::Hasher as _;
use std::sync::Arc;

use super::fold::folded;
use super::form::Form;
use super::hash::WordHasher;
use super::quantity::Hint;

/// A distinct written form ("Suppliers", "suppliers" and "supplier" are three), counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

/// The forms of one word; those that are alike share one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As written: "Licences".
    pub surface: Arc<str>,
    /// In lower case, apostrophes made straight: "licences".
    pub lower: Arc<str>,
    /// Without regular plural and possessive endings and in US spelling: "license".
    pub folded: Arc<str>,
}

impl Word {
    fn of(surface: &str) -> Self {
        let surface: Arc<str> = surface.into();
        let lower = match surface.is_ascii() {
            true if !surface.bytes().any(|byte| byte.is_ascii_uppercase()) => Arc::clone(&surface),
            true => surface.to_ascii_lowercase().into(),
            false => surface.to_lowercase().replace('’', "'").into(),
        };
        let folded = match folded(&lower) {
            Cow::Borrowed(_) => Arc::clone(&lower),
            Cow::Owned(folded) => folded.into(),
        };
        Self { surface, lower, folded }
    }
}

/// The words seen by one worker; grows with each document and is shared by all its documents.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// An open table by the key of the surface: a power of two long and never full.
    slots: Vec<Slot>,
    words: Vec<Word>,
    hints: Vec<Hint>,
    /// The bytes of each surface.
    lengths: Vec<u32>,
    forms: Vec<Form>,
    /// An open table by the key of the folded text, as long as the other: the first word that folds so,
    /// its number plus one; 0 for none.
    folds: Vec<u32>,
}

/// A word in the table. A surface of at most eight bytes is told by its key and length alone, which
/// spares a look at the word itself.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u64,
    length: u32,
    /// The number of the word plus one; 0 for an empty slot.
    id: u32,
}

const EMPTY: Slot = Slot { key: 0, length: 0, id: 0 };

/// Eight bytes that stand for a word: its bytes when they are at most eight, else a hash.
fn key_of(surface: &str) -> u64 {
    let bytes = surface.as_bytes();
    let four = |chunk: Option<&[u8; 4]>| u64::from(chunk.map_or(0, |chunk| u32::from_le_bytes(*chunk)));
    match bytes.len() {
        0 => 0,
        length @ 1..4 => {
            u64::from(bytes[0]) | u64::from(bytes[length / 2]) << 8 | u64::from(bytes[length - 1]) << 16
        }
        4..=8 => four(bytes.first_chunk()) | four(bytes.last_chunk()) << 32,
        _ => {
            let mut hasher = WordHasher::default();
            hasher.write(bytes);
            hasher.finish()
        }
    }
}

/// The slot where the search for a key begins, in a table of `1 << bits` slots.
const fn home(key: u64, length: u32, mask: usize) -> usize {
    let mixed = (key ^ length as u64).wrapping_mul(WordHasher::SEED);
    (mixed ^ mixed >> 29) as usize >> 7 & mask
}

impl Words {
    /// No words yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of a written form, folding it when it is new.
    pub fn intern(&mut self, surface: &str) -> WordId {
        let (key, length) = (key_of(surface), u32::try_from(surface.len()).unwrap_or(u32::MAX));
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = home(key, length, mask);
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.id != 0) {
            let id = slot.id - 1;
            if slot.key == key && slot.length == length && (length < 9 || self.is(id, surface)) {
                return WordId(id);
            }
            at = (at + 1) & mask;
        }
        self.add(surface)
    }

    fn is(&self, id: u32, surface: &str) -> bool {
        self.words.get(id as usize).is_some_and(|word| &*word.surface == surface)
    }

    /// Doubles the table and puts all words in again.
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(2048);
        // Room for as many words as the table may hold.
        let more = size / 4 * 3 - self.words.len() + 1;
        self.words.reserve_exact(more);
        self.hints.reserve_exact(more);
        self.forms.reserve_exact(more);
        self.lengths.reserve_exact(more);
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; size]);
        old.into_iter().filter(|slot| slot.id != 0).for_each(|slot| self.put(slot));
        self.folds = vec![0; size];
        for (id, _) in (0u32..).zip(&self.forms).filter(|(id, form)| form.fold == *id) {
            if let Err(at) = self.find_fold(&self.words[id as usize].folded) {
                self.folds[at] = id + 1;
            }
        }
    }

    fn put(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = home(slot.key, slot.length, mask);
        while self.slots[at].id != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    fn add(&mut self, surface: &str) -> WordId {
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let word = Word::of(surface);
        self.hints.push(Hint::of(surface, &word.lower));
        if (self.words.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let fold = self.find_fold(&word.folded).unwrap_or_else(|at| {
            self.folds[at] = id.0 + 1;
            id.0
        });
        self.forms.push(Form::of(surface, fold));
        self.words.push(word);
        let length = u32::try_from(surface.len()).unwrap_or(u32::MAX);
        self.lengths.push(length);
        self.put(Slot { key: key_of(surface), length, id: id.0 + 1 });
        id
    }

    /// The forms of a word of this collection.
    #[must_use]
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// How a word of this collection is written.
    pub(crate) fn form(&self, id: WordId) -> Form {
        self.forms[id.0 as usize]
    }

    /// The number of a folded text, if a word folds to it.
    pub(crate) fn fold_number(&self, folded: &str) -> Option<u32> {
        self.find_fold(folded).ok()
    }

    /// The first word that folds to a text, else the place in the table where it would stand.
    fn find_fold(&self, folded: &str) -> Result<u32, usize> {
        let mask = self.folds.len().wrapping_sub(1);
        let mut at = home(key_of(folded), u32::try_from(folded.len()).unwrap_or(u32::MAX), mask);
        while let Some(next) = self.folds.get(at).filter(|&&next| next != 0) {
            if *self.words[*next as usize - 1].folded == *folded {
                return Ok(next - 1);
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    /// Whether a quantity may begin with a word of this collection.
    pub(super) fn hint(&self, id: WordId) -> Hint {
        self.hints[id.0 as usize]
    }

    /// How many bytes each form has as written, by its number.
    pub(super) fn lengths(&self) -> &[u32] {
        &self.lengths
    }

    /// How many bytes a form has as written.
    pub(super) fn length(&self, id: WordId) -> u32 {
        self.lengths[id.0 as usize]
    }

    /// How many distinct forms there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word was seen yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn many_words_keep_their_numbers() {
        let mut words = Words::new();
        let surface = |at: u32| match at % 3 {
            0 => format!("{at:x}"),
            1 => format!("word{at:05}"),
            _ => format!("{at:04}ein längeres Wort"),
        };
        let ids: Vec<_> = (0..5000).map(|at| words.intern(&surface(at))).collect();
        assert_eq!(words.len(), 5000);
        for (at, id) in (0..).zip(&ids) {
            assert_eq!(words.intern(&surface(at)), *id);
            assert_eq!(*words.word(*id).surface, *surface(at));
        }
        assert_eq!(words.len(), 5000);
    }

    #[test]
    fn one_word_one_number() {
        let mut words = Words::new();
        let first = words.intern("Licences");
        assert_eq!(words.intern("Licences"), first);
        assert_ne!(words.intern("licences"), first);
        assert_eq!(&*words.word(first).folded, "license");
        assert_eq!(words.len(), 2);
    }

    proptest! {
        #[test]
        fn different_words_have_different_numbers(one in "[ab\\x00é]{0,10}", other in "[ab\\x00é]{0,10}") {
            let mut words = Words::new();
            prop_assert_eq!(words.intern(&one) == words.intern(&other), one == other);
        }
    }
}
