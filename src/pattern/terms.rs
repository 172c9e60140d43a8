//! The words that the patterns of one plan ask for, and which of them a word of a text is.
//!
//! Words that stand for each other in a pattern ("a or b") are one set with one posting list. A
//! distinct word of the text is looked up once for a worker's life.

use std::collections::HashMap;

use super::ast::{Form, WordTerm};
use crate::token::fold::{Word, fold};

/// A set of words with one posting list, counted from 0.
pub(super) type SetId = u32;

/// Terms by the form that they are compared by; the values are term numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    numbers: HashMap<WordTerm, u32>,
    sets: HashMap<Vec<u32>, SetId>,
    /// The sets that hold each term.
    holders: Vec<Vec<SetId>>,
    folded: HashMap<String, u32>,
    lower: HashMap<String, u32>,
    surface: HashMap<String, u32>,
    /// A root may be written in two spellings, and two roots meet in one.
    roots: HashMap<String, Vec<u32>>,
    longest_root: usize,
    wild: Vec<(Wild, u32)>,
}

/// A word or root with `*` in it.
#[derive(Clone, Debug)]
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
        let mut terms: Vec<u32> = words.into_iter().map(|word| self.term(word)).collect();
        terms.sort_unstable();
        terms.dedup();
        if let Some(&set) = self.sets.get(&terms) {
            return set;
        }
        let set = number(self.sets.len());
        for &term in &terms {
            if let Some(holders) = self.holders.get_mut(term as usize) {
                holders.push(set);
            }
        }
        self.sets.insert(terms, set);
        set
    }

    /// How many sets there are.
    pub(super) fn sets(&self) -> usize {
        self.sets.len()
    }

    fn term(&mut self, word: &WordTerm) -> u32 {
        let wild = word.text.contains('*');
        let mut key = word.clone();
        if word.form == Form::Folded && !wild {
            key.text = fold(&word.text);
        }
        if let Some(&term) = self.numbers.get(&key) {
            return term;
        }
        let term = number(self.holders.len());
        self.holders.push(Vec::new());
        self.numbers.insert(key.clone(), term);
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
                    self.longest_root = self.longest_root.max(root.len());
                    self.roots.entry(root).or_default().push(term);
                }
            }
        }
        term
    }

    /// Adds the sets that a word belongs to, sorted.
    pub(super) fn matching(&self, word: &Word, sets: &mut Vec<SetId>) {
        sets.clear();
        let mut add =
            |term: &u32| sets.extend_from_slice(self.holders.get(*term as usize).map_or(&[], |s| s));
        let exact =
            [self.folded.get(&*word.folded), self.lower.get(&*word.lower), self.surface.get(&*word.surface)];
        exact.into_iter().flatten().for_each(&mut add);
        let folded = (word.folded != word.lower).then_some(&*word.folded);
        for form in [Some(&*word.lower), folded].into_iter().flatten() {
            let ends = form.char_indices().map(|(at, c)| at + c.len_utf8());
            for end in ends.take_while(|&end| end <= self.longest_root) {
                self.roots.get(&form[..end]).into_iter().flatten().for_each(&mut add);
            }
            self.wild.iter().filter(|(wild, _)| wild.fits(form)).for_each(|(_, term)| add(term));
        }
        sets.sort_unstable();
        sets.dedup();
    }
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
