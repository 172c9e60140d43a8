//! What each distinct word matches in one plan, worked out once for all readings of a worker.

use std::hash::Hasher as _;

use super::{NONE, number};
use crate::pattern::lexer::split_words;
use crate::pattern::plan::Plan;
use crate::pattern::terms::{Fast, TermId};
use crate::token::fold::fold;
use crate::token::hash::WordHasher;
use crate::token::words::{Word, WordId, Words};

/// Whoever speaks, among the words: as a name it is no item number.
const SPEAKER: &str = "I";
/// How many hashes are told apart: of terms that words fit, and of folded forms, of which names ask for few.
const HASHES: usize = 4096;

/// What each distinct word matches in one plan; kept by a worker across documents so that a word
/// is looked up once. Only ever used with the plan and the words that it grew with.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    pub(super) entries: Vec<Entry>,
    pub(super) kinds: Vec<Kind>,
    /// The terms of the kinds, one behind the other.
    terms: Vec<TermId>,
    /// The last kind, counted from 1, of those whose terms share a hash; 0 where there is none.
    by_terms: Vec<u32>,
    /// The last word, counted from 1, of those whose folded forms share a hash, for the names of parties;
    /// 0 where there is none.
    by_folded: Vec<u32>,
    /// The folded words of each name of a party met so far.
    names: Fast<String, Vec<String>>,
}

/// One distinct word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Its kind, or [`NONE`].
    pub(super) kind: u32,
    /// The word before it, counted from 1, whose folded form has the same hash; 0 for none.
    before: u32,
    /// Whose name it is in the document at hand, a bit for each party, and [`BEGINS`].
    pub(super) names: u8,
}

/// The words that fit the same terms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    /// Where they lie in [`Lexicon::terms`], sorted.
    from: u32,
    to: u32,
    /// The kind before it, counted from 1, whose terms have the same hash; 0 for none.
    before: u32,
    /// Its number in the reading at hand, or [`NONE`].
    pub(super) local: u32,
}

impl Lexicon {
    /// Looks up the words that are new.
    pub(super) fn grow(&mut self, plan: &Plan, words: &Words) {
        let mut terms = Vec::new();
        let new = words.len() - self.entries.len().min(words.len());
        self.entries.reserve(new);
        self.by_folded.resize(HASHES, 0);
        self.by_terms.resize(HASHES, 0);
        for at in self.entries.len()..words.len() {
            let word = words.word(WordId(number(at)));
            plan.terms.of(word, &mut terms);
            let kind = if terms.is_empty() { NONE } else { self.kind(&terms) };
            let last = &mut self.by_folded[place_of_folded(folded(word))];
            let before = std::mem::replace(last, number(at + 1));
            self.entries.push(Entry { kind, before, names: 0 });
        }
    }

    /// The kind of the words that fit these terms.
    fn kind(&mut self, terms: &[TermId]) -> u32 {
        let mut hasher = WordHasher::default();
        terms.iter().for_each(|&term| hasher.write_u32(term));
        let last = place_of(&hasher);
        let mut next = self.by_terms[last];
        while let Some(at) = next.checked_sub(1) {
            if self.terms(at) == terms {
                return at;
            }
            next = self.kinds[at as usize].before;
        }
        let kind = number(self.kinds.len());
        let before = std::mem::replace(&mut self.by_terms[last], kind + 1);
        let from = number(self.terms.len());
        self.terms.extend_from_slice(terms);
        self.kinds.push(Kind { from, to: number(self.terms.len()), before, local: NONE });
        kind
    }

    /// The terms that words of a kind fit, sorted.
    pub(super) fn terms(&self, kind: u32) -> &[TermId] {
        let kind = &self.kinds[kind as usize];
        self.terms.get(kind.from as usize..kind.to as usize).unwrap_or(&[])
    }

    /// The words with a folded form.
    fn folded(&self, words: &Words, word: &str) -> Vec<WordId> {
        let mut found = Vec::new();
        let mut next = self.by_folded.get(place_of_folded(word)).copied().unwrap_or(0);
        while let Some(at) = next.checked_sub(1) {
            if folded(words.word(WordId(at))) == word {
                found.push(WordId(at));
            }
            next = self.entries[at as usize].before;
        }
        found
    }

    /// The words of a name, each with all its forms; nothing when one was never met.
    pub(super) fn name(&mut self, words: &Words, name: &str) -> Option<Vec<Vec<WordId>>> {
        if !self.names.contains_key(name) {
            let lower = name.to_lowercase().replace('’', "'").replace(['*', '!', '#'], " ");
            let folded = split_words(&lower).into_iter().map(|(_, word)| fold(word)).collect();
            self.names.insert(name.to_owned(), folded);
        }
        let folded = self.names.get(name)?;
        let forms = folded.iter().map(|word| match &**word {
            "i" if folded.len() == 1 => self.folded(words, SPEAKER),
            "i" => [self.folded(words, "i"), self.folded(words, SPEAKER)].concat(),
            word => self.folded(words, word),
        });
        let forms: Vec<_> = forms.take_while(|forms| !forms.is_empty()).collect();
        (forms.len() == folded.len()).then_some(forms)
    }
}

/// The folded form by which a name finds a word.
fn folded(word: &Word) -> &str {
    if &*word.surface == SPEAKER { &word.surface } else { &word.folded }
}

/// Where [`Lexicon::by_folded`] has the words with a folded form, and with some others.
fn place_of_folded(folded: &str) -> usize {
    let mut hasher = WordHasher::default();
    hasher.write(folded.as_bytes());
    place_of(&hasher)
}

/// Where a table of [`HASHES`] has what was hashed.
fn place_of(hasher: &WordHasher) -> usize {
    let [low, high, ..] = hasher.finish().to_le_bytes();
    usize::from(u16::from_le_bytes([low, high])) % HASHES
}
