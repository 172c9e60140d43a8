//! The words that the patterns of one plan ask for, and which of them a word of a text is.
//!
//! A term is one way of asking for a word; terms that stand for each other in a pattern ("a or b")
//! are one set. A distinct word of the text is looked up once for a worker's life.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use serde::{Deserialize, Serialize};

use super::ast::{Form, WordTerm};
use crate::token::fold::{Word, WordHasher, fold};

/// A set of terms, counted from 0.
pub(super) type SetId = u32;
/// A term, counted from 0.
type TermId = u32;

/// A table by word or number with a fast hash.
pub(super) type Fast<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// Terms by the form that they are compared by; the values are term numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Terms {
    #[serde(skip)] // what is skipped serves to add terms
    numbers: Fast<WordTerm, TermId>,
    /// The same as written, before folding: patterns write the same words again and again.
    #[serde(skip)]
    written: Fast<WordTerm, TermId>,
    #[serde(skip)]
    sets: Fast<Vec<TermId>, SetId>,
    set_count: usize,
    /// The sets that hold each term, while terms are added.
    #[serde(skip)]
    open: Vec<Vec<SetId>>,
    /// The same one behind the other, once all are added, and where those of each term begin.
    holders: Vec<SetId>,
    starts: Vec<u32>,
    folded: Fast<String, TermId>,
    lower: Fast<String, TermId>,
    surface: Fast<String, TermId>,
    /// Roots by their first two bytes; one term may stand here in two spellings.
    roots: Fast<u16, Vec<(String, TermId)>>,
    wild: Vec<(Wild, TermId)>,
}

/// A word or root with `*` in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wild {
    letters: Vec<char>,
    root: bool,
}

impl Wild {
    fn fits(&self, word: &str) -> bool {
        let mut found = word.chars();
        let fits = self.letters.iter().all(|&letter| {
            found.next().is_some_and(|c| if letter == '*' { c.is_alphabetic() } else { c == letter })
        });
        fits && (self.root || found.next().is_none())
    }
}

impl Terms {
    /// The set of some words; equal sets are one.
    pub(super) fn set<'a>(&mut self, words: impl IntoIterator<Item = &'a WordTerm>) -> SetId {
        let mut terms: Vec<TermId> = words.into_iter().map(|word| self.term(word)).collect();
        terms.sort_unstable();
        terms.dedup();
        if let Some(&set) = self.sets.get(&terms) {
            return set;
        }
        let set = number(self.sets.len());
        for &term in &terms {
            self.open[term as usize].push(set);
        }
        self.sets.insert(terms, set);
        self.set_count += 1;
        set
    }

    /// Makes ready for questions: no set is added any more.
    pub(super) fn close(&mut self) {
        self.starts.push(0);
        for sets in self.open.drain(..) {
            self.holders.extend(sets);
            self.starts.push(number(self.holders.len()));
        }
    }

    /// The sets that hold a term.
    fn holders(&self, term: TermId) -> &[SetId] {
        let bounds = self.starts.get(term as usize).zip(self.starts.get(term as usize + 1));
        bounds.and_then(|(&from, &to)| self.holders.get(from as usize..to as usize)).unwrap_or(&[])
    }

    /// How many sets there are.
    pub(super) const fn set_count(&self) -> usize {
        self.set_count
    }

    /// The term of a word; words that are compared alike are one.
    fn term(&mut self, word: &WordTerm) -> TermId {
        if let Some(&term) = self.written.get(word) {
            return term;
        }
        let term = self.new_term(word);
        self.written.insert(word.clone(), term);
        term
    }

    fn new_term(&mut self, word: &WordTerm) -> TermId {
        let wild = word.text.contains('*');
        let mut key = word.clone();
        if word.form == Form::Folded && !wild {
            key.text = fold(&word.text);
        }
        if let Some(&term) = self.numbers.get(&key) {
            return term;
        }
        let term = number(self.numbers.len());
        self.numbers.insert(key.clone(), term);
        self.open.push(Vec::new());
        match key.form {
            Form::Folded | Form::Root if wild => {
                let wild = Wild { letters: key.text.chars().collect(), root: key.form == Form::Root };
                self.wild.push((wild, term));
            }
            Form::Folded => {
                self.folded.insert(key.text, term);
            }
            Form::Exact if key.text.chars().any(char::is_uppercase) => {
                self.surface.insert(key.text, term);
            }
            Form::Exact => {
                self.lower.insert(key.text, term);
            }
            Form::Root => {
                for root in spellings(&key.text) {
                    if let Some(head) = head(&root) {
                        self.roots.entry(head).or_default().push((root, term));
                    }
                }
            }
        }
        term
    }

    /// The sets that a word fits, sorted.
    pub(super) fn sets_of(&self, word: &Word, sets: &mut Vec<SetId>) {
        sets.clear();
        let mut add = |term: TermId| sets.extend_from_slice(self.holders(term));
        let exact =
            [self.folded.get(&*word.folded), self.lower.get(&*word.lower), self.surface.get(&*word.surface)];
        exact.into_iter().flatten().for_each(|&term| add(term));
        let folded = (word.folded != word.lower).then_some(&*word.folded);
        for form in [Some(&*word.lower), folded].into_iter().flatten() {
            let roots = head(form).and_then(|head| self.roots.get(&head)).into_iter().flatten();
            roots.filter(|(root, _)| form.starts_with(root.as_str())).for_each(|(_, term)| add(*term));
            self.wild.iter().filter(|(wild, _)| wild.fits(form)).for_each(|(_, term)| add(*term));
        }
        sets.sort_unstable();
        sets.dedup();
    }
}

/// The first two bytes.
fn head(word: &str) -> Option<u16> {
    word.as_bytes().first_chunk().map(|&head| u16::from_le_bytes(head))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A root as written and as it is spelt at the head of folded words: "licenc" and "licens".
///
/// A root is no word, so endings are tried that make one; where folding changes the word before
/// the ending, what it leaves is the other spelling. Plurals are kept out: "process!" is no "proces".
fn spellings(root: &str) -> Vec<String> {
    let mut roots = vec![root.to_owned()];
    for ending in ["", "e", "ed", "ing", "ation", "ion", "able"] {
        if ending.is_empty() && root.ends_with(['s', '\'']) {
            continue;
        }
        let folded = fold(&format!("{root}{ending}"));
        if let Some(other) = folded.strip_suffix(ending)
            && other.chars().count() >= 2
            && !roots.iter().any(|known| known == other)
        {
            roots.push(other.to_owned());
        }
    }
    roots
}
