//! Words and their folded forms, interned: each distinct word is folded once per worker.

use std::collections::HashMap;

/// A distinct written form ("Suppliers", "suppliers" and "supplier" are three), counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

/// The forms of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As written: "Licences".
    pub surface: Box<str>,
    /// In lower case, apostrophes made straight: "licences".
    pub lower: Box<str>,
    /// Without regular plural and possessive endings and in US spelling: "license".
    pub folded: Box<str>,
}

/// The words seen by one worker; grows with each document and is shared by all its documents.
#[derive(Clone, Debug, Default)]
pub struct Words {
    by_surface: HashMap<Box<str>, WordId>,
    words: Vec<Word>,
}

impl Words {
    /// No words yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of a written form, folding it when it is new.
    pub fn intern(&mut self, surface: &str) -> WordId {
        if let Some(&id) = self.by_surface.get(surface) {
            return id;
        }
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let lower: String = surface.to_lowercase().replace('’', "'");
        let folded = fold(&lower);
        self.words.push(Word { surface: surface.into(), lower: lower.into(), folded: folded.into() });
        self.by_surface.insert(surface.into(), id);
        id
    }

    /// The forms of a word of this collection.
    #[must_use]
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
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

/// Folds a word in lower case: possessive and regular plural endings off, US spelling.
/// "parties" -> "party", "suppliers'" -> "supplier", "licence" -> "license",
/// "organisations" -> "organization".
#[must_use]
pub fn fold(lower: &str) -> String {
    lower.to_owned() // H3: implement
}
