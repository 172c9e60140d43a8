//! Puts the words of patterns together into [`Terms`].

use std::borrow::Cow;

use super::{Fast, Roots, SetId, Table, TermId, Terms, Texts, Whole, fours, head};
use crate::pattern::ast::{Form, WordTerm};
use crate::pattern::shelf::number;
use crate::token::fold::fold;

/// Collects terms and sets of them; what is compared alike is one.
#[derive(Clone, Debug, Default)]
pub(in crate::pattern) struct TermsBuilder {
    numbers: Fast<WordTerm, TermId>,
    /// The same as written, before folding: patterns write the same words again and again.
    written: Fast<WordTerm, TermId>,
    sets: Fast<Vec<TermId>, SetId>,
    /// The terms of the sets, one behind the other, and where those of each end.
    members: Vec<TermId>,
    ends: Vec<u32>,
    /// The sets that hold each term.
    holders: Vec<Vec<SetId>>,
    whole: Vec<(Whole, String, TermId)>,
    roots: Vec<(String, TermId)>,
    wild: Vec<(String, bool, TermId)>,
}

impl TermsBuilder {
    /// The set of some words; equal sets are one.
    pub(in crate::pattern) fn set<'a>(&mut self, words: impl IntoIterator<Item = &'a WordTerm>) -> SetId {
        let mut terms: Vec<TermId> = words.into_iter().map(|word| self.term(word)).collect();
        terms.sort_unstable();
        terms.dedup();
        if let Some(&set) = self.sets.get(&terms) {
            return set;
        }
        let set = number(self.sets.len());
        for &term in &terms {
            self.holders[term as usize].push(set);
        }
        self.members.extend_from_slice(&terms);
        self.ends.push(number(self.members.len()));
        self.sets.insert(terms, set);
        set
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
        self.holders.push(Vec::new());
        match key.form {
            Form::Folded | Form::Root if wild => self.wild.push((key.text, key.form == Form::Root, term)),
            Form::Folded => self.whole.push((Whole::Folded, key.text, term)),
            Form::Exact if key.text.chars().any(char::is_uppercase) => {
                self.whole.push((Whole::Surface, key.text, term));
            }
            Form::Exact => self.whole.push((Whole::Lower, key.text, term)),
            Form::Root => self.roots.extend(spellings(&key.text).into_iter().map(|root| (root, term))),
        }
        term
    }

    /// The terms, to which none is added any more.
    pub(in crate::pattern) fn finish(self) -> Terms {
        let (mut holders, mut starts) = (Vec::new(), vec![0]);
        for sets in self.holders {
            holders.extend(sets);
            starts.push(number(holders.len()));
        }
        let mut wild = Texts::default();
        self.wild.iter().for_each(|(text, ..)| wild.push(text));
        Terms {
            holders: Cow::Owned(holders),
            starts: Cow::Owned(starts),
            members: Cow::Owned(self.members),
            member_starts: std::iter::once(0).chain(self.ends).collect(),
            whole: table(&self.whole),
            roots: roots(self.roots),
            wild,
            wild_terms: self.wild.iter().map(|&(_, root, term)| [term, u32::from(root)]).collect(),
        }
    }
}

fn table(all: &[(Whole, String, TermId)]) -> Table {
    let mut slots = vec![[0, 0]; (all.len() * 2).next_power_of_two()];
    let mask = slots.len() - 1;
    let mut words = Texts::default();
    for (at, (form, word, _)) in all.iter().enumerate() {
        words.push(word);
        let (tag, mut slot) = Table::hash(*form, word);
        while slots[slot & mask][1] != 0 {
            slot += 1;
        }
        slots[slot & mask] = [tag, number(at + 1)];
    }
    Table { slots: Cow::Owned(slots), words, terms: all.iter().map(|&(.., term)| term).collect() }
}

fn roots(mut all: Vec<(String, TermId)>) -> Roots {
    all.retain(|(root, _)| head(root).is_some());
    all.sort_unstable();
    let mut words = Texts::default();
    let mut heads: Vec<[u32; 2]> = Vec::new();
    for (at, (root, _)) in all.iter().enumerate() {
        words.push(root);
        let head = head(root).unwrap_or_default();
        if heads.last().is_none_or(|last| last[0] != head) {
            heads.push([head, number(at)]);
        }
    }
    let fours = all.iter().map(|(root, _)| fours(root)).collect();
    Roots { words, terms: all.into_iter().map(|(_, term)| term).collect(), fours, heads: Cow::Owned(heads) }
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
