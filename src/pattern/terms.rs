//! The words that the patterns of one plan ask for, and which of them a word of a text is.
//!
//! A term is one way of asking for a word; terms that stand for each other in a pattern ("a or b")
//! are one set. A distinct word of the text is looked up once for a worker's life.

mod builder;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher as _};

use super::shelf::{Numbers, Rows, Shelf, Shelved, Texts};
use crate::token::hash::WordHasher;
use crate::token::words::Word;

pub(super) use builder::TermsBuilder;

/// A set of terms, counted from 0.
pub(super) type SetId = u32;
/// A term, counted from 0.
pub(super) type TermId = u32;

/// A table by word or number with a fast hash.
pub(super) type Fast<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// Terms by the form that they are compared by.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    /// The sets that hold each term, one behind the other, and where those of each term begin.
    holders: Numbers,
    starts: Numbers,
    /// The terms of each set, sorted, one behind the other, and where those of each set begin.
    members: Numbers,
    member_starts: Numbers,
    /// Those that are compared whole.
    whole: Table,
    roots: Roots,
    wild: Texts,
    /// Of each of the wild ones its term, and whether it is a root (1) or not (0).
    wild_terms: Rows<2>,
}

/// The form of a word that a term is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    Folded,
    Lower,
    Surface,
}

/// An open table of words, a power of two long and never full.
#[derive(Clone, Debug, Default)]
struct Table {
    /// Of each slot what tells the word from others in most cases, and its number plus one; 0 for none.
    slots: Rows<2>,
    words: Texts,
    /// The term of each word.
    terms: Numbers,
}

impl Table {
    /// What tells a word from others in most cases, its form among it, and where the search begins.
    fn hash(form: Whole, word: &str) -> (u32, usize) {
        let mut hasher = WordHasher::default();
        hasher.write(word.as_bytes());
        hasher.write_u8(form as u8);
        let [a, b, c, d, e, f, g, h] = hasher.finish().to_le_bytes();
        let tag = u32::from_le_bytes([e, f, g, h]) & !3 | form as u32;
        (tag, u32::from_le_bytes([a, b, c, d]) as usize)
    }

    fn find(&self, form: Whole, word: &str) -> Option<TermId> {
        let mask = self.slots.len().wrapping_sub(1);
        let (tag, mut at) = Self::hash(form, word);
        loop {
            let &[theirs, next] = self.slots.get(at & mask)?;
            let found = next.checked_sub(1)? as usize;
            if theirs == tag && self.words.get(found) == word {
                return self.terms.get(found).copied();
            }
            at += 1;
        }
    }
}

/// Beginnings of words, sorted; one term may stand here in two spellings.
#[derive(Clone, Debug, Default)]
struct Roots {
    words: Texts,
    terms: Numbers,
    /// The first four bytes of each, and which bits of them it has: most roots are told by these.
    fours: Rows<2>,
    /// The first two bytes of roots, sorted, and which of the roots with them comes first.
    heads: Rows<2>,
}

impl Roots {
    /// Adds the terms of the roots of a word.
    fn add(&self, word: &str, terms: &mut Vec<TermId>) {
        let known = head(word).map(|head| self.heads.binary_search_by_key(&head, |of| of[0]));
        let Some(Ok(at)) = known else { return };
        let first = |at: usize| self.heads.get(at).map_or(self.words.len(), |of| of[1] as usize);
        let ([four, _], from) = (fours(word), first(at));
        let roots = self.fours.get(from..first(at + 1)).unwrap_or_default();
        for (at, &[theirs, bits]) in (from..).zip(roots) {
            if four & bits == theirs && word.starts_with(self.words.get(at)) {
                terms.extend(self.terms.get(at));
            }
        }
    }
}

/// The first four bytes of a word, and which bits of them it has.
fn fours(word: &str) -> [u32; 2] {
    let (mut four, mut bits) = ([0; 4], [0; 4]);
    for (at, &byte) in word.as_bytes().iter().take(4).enumerate() {
        (four[at], bits[at]) = (byte, u8::MAX);
    }
    [u32::from_be_bytes(four), u32::from_be_bytes(bits)]
}

/// The first two bytes.
fn head(word: &str) -> Option<u32> {
    word.as_bytes().first_chunk().map(|&head| u32::from(u16::from_be_bytes(head)))
}

/// One of the lists that lie one behind the other, beginning where `starts` says.
#[inline]
fn part<'a>(all: &'a [u32], starts: &[u32], at: u32) -> &'a [u32] {
    let bounds = starts.get(at as usize).zip(starts.get(at as usize + 1));
    bounds.and_then(|(&from, &to)| all.get(from as usize..to as usize)).unwrap_or(&[])
}

/// Whether a word or root with `*` in it fits a word.
fn fits(wild: &str, root: bool, word: &str) -> bool {
    let mut found = word.chars();
    let fits = wild.chars().all(|letter| {
        found.next().is_some_and(|c| if letter == '*' { c.is_alphabetic() } else { c == letter })
    });
    fits && (root || found.next().is_none())
}

impl Terms {
    /// The sets that hold a term.
    #[inline]
    pub(super) fn holders(&self, term: TermId) -> &[SetId] {
        part(&self.holders, &self.starts, term)
    }

    /// The terms of a set, sorted.
    #[inline]
    pub(super) fn members(&self, set: SetId) -> &[TermId] {
        part(&self.members, &self.member_starts, set)
    }

    /// How many sets there are.
    pub(super) fn set_count(&self) -> usize {
        self.member_starts.len().saturating_sub(1)
    }

    /// How many terms there are.
    pub(super) fn term_count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The terms that a word fits, sorted.
    pub(super) fn of(&self, word: &Word, terms: &mut Vec<TermId>) {
        terms.clear();
        terms.extend(self.whole.find(Whole::Folded, &word.folded));
        terms.extend(self.whole.find(Whole::Lower, &word.lower));
        // Beyond ASCII there are capitals without a small letter.
        if word.surface != word.lower || !word.surface.is_ascii() {
            terms.extend(self.whole.find(Whole::Surface, &word.surface));
        }
        let folded = (word.folded != word.lower).then_some(&*word.folded);
        for form in [Some(&*word.lower), folded].into_iter().flatten() {
            self.roots.add(form, terms);
            for (at, &[term, root]) in self.wild_terms.iter().enumerate() {
                if fits(self.wild.get(at), root == 1, form) {
                    terms.push(term);
                }
            }
        }
        terms.sort_unstable();
        terms.dedup();
    }

    pub(super) fn put_on(&self, shelf: &mut Shelf) {
        shelf.put(&self.holders);
        shelf.put(&self.starts);
        shelf.put(&self.members);
        shelf.put(&self.member_starts);
        shelf.put(self.whole.slots.as_flattened());
        self.whole.words.put_on(shelf);
        shelf.put(&self.whole.terms);
        self.roots.words.put_on(shelf);
        shelf.put(&self.roots.terms);
        shelf.put(self.roots.fours.as_flattened());
        shelf.put(self.roots.heads.as_flattened());
        self.wild.put_on(shelf);
        shelf.put(self.wild_terms.as_flattened());
    }

    pub(super) fn take_from(shelf: &mut Shelved) -> Option<Self> {
        Some(Self {
            holders: shelf.numbers()?,
            starts: shelf.numbers()?,
            members: shelf.numbers()?,
            member_starts: shelf.numbers()?,
            whole: Table { slots: shelf.rows()?, words: Texts::take_from(shelf)?, terms: shelf.numbers()? },
            roots: Roots {
                words: Texts::take_from(shelf)?,
                terms: shelf.numbers()?,
                fours: shelf.rows()?,
                heads: shelf.rows()?,
            },
            wild: Texts::take_from(shelf)?,
            wild_terms: shelf.rows()?,
        })
    }
}
