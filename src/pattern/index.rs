//! Posting lists: for each term of a plan, the sorted positions where a reading holds it, and where
//! the parties are named.

use std::collections::HashMap;

use super::ast::PartyTerm;
use super::eval::Interval;
use super::join::push_minimal;
use super::lexer::split_words;
use super::plan::Plan;
use super::terms::{Fast, TermId};
use super::zones::Zones;
use crate::facts::{Parties, Role};
use crate::token::Reading;
use crate::token::fold::{WordId, Words, fold};

/// A word that fits no term.
const NONE: u32 = u32::MAX;
/// The mark of a word with which a name of several words begins.
const BEGINS: u8 = 8;

/// What each distinct word matches in one plan; kept by a worker across documents so that a word
/// is looked up once. Only ever used with the plan and the words that it grew with.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    terms: Vec<u32>,
    /// The last word with each folded form, for the names of parties.
    by_folded: Fast<Box<str>, u32>,
    /// The folded words of each name of a party met so far.
    names: Fast<String, Vec<String>>,
}

/// One distinct word.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Where its terms lie in [`Lexicon::terms`]: a count, then the terms.
    place: u32,
    /// Another word with the same folded form, or [`NONE`].
    same: u32,
    /// Whose name it is in the document at hand, a bit for each party, and [`BEGINS`].
    names: u8,
}

impl Lexicon {
    /// Looks up the words that are new.
    fn grow(&mut self, plan: &Plan, words: &Words) {
        let mut matched = Vec::new();
        for at in self.entries.len()..words.len() {
            let id = WordId(u32::try_from(at).unwrap_or(u32::MAX));
            let word = words.word(id);
            plan.terms.matching(word, &mut matched);
            let place = if matched.is_empty() { NONE } else { number(self.terms.len()) };
            if place != NONE {
                self.terms.push(number(matched.len()));
                self.terms.extend_from_slice(&matched);
            }
            let same = match self.by_folded.get_mut(&word.folded) {
                Some(last) => std::mem::replace(last, id.0),
                None => {
                    self.by_folded.insert(word.folded.clone(), id.0);
                    NONE
                }
            };
            self.entries.push(Entry { place, same, names: 0 });
        }
    }

    /// The terms at a place.
    fn terms(&self, place: u32) -> &[TermId] {
        let from = place as usize + 1;
        let count = self.terms.get(place as usize).copied().unwrap_or(0) as usize;
        self.terms.get(from..from + count).unwrap_or(&[])
    }

    /// The words with a folded form.
    fn folded(&self, word: &str) -> Vec<WordId> {
        let mut found = Vec::new();
        let mut next = self.by_folded.get(word).copied().unwrap_or(NONE);
        while let Some(entry) = self.entries.get(next as usize) {
            found.push(WordId(next));
            next = entry.same;
        }
        found
    }

    /// The words of a name, each with all its forms; nothing when one was never met.
    fn name(&mut self, name: &str) -> Option<Vec<Vec<WordId>>> {
        if !self.names.contains_key(name) {
            let lower = name.to_lowercase().replace('’', "'").replace(['*', '!', '#'], " ");
            let folded = split_words(&lower).into_iter().map(|(_, word)| fold(word)).collect();
            self.names.insert(name.to_owned(), folded);
        }
        let words = self.names.get(name)?.iter().map(|word| self.folded(word));
        let words: Vec<_> = words.take_while(|forms| !forms.is_empty()).collect();
        (words.len() == self.names.get(name)?.len()).then_some(words)
    }
}

/// The posting lists of one reading.
#[derive(Clone, Debug)]
pub struct Index {
    /// Where the postings of each term begin: first those in the text, then those in headings.
    starts: Vec<u32>,
    postings: Vec<u32>,
    /// Where customer, supplier and any party are named.
    parties: [Vec<Interval>; 3],
    /// First token of each run of tokens of one clause unit.
    pub(super) clauses: Vec<u32>,
    /// In which parts of the reading each term stands.
    pub(super) zones: Zones,
}

/// The names that `@customer`, `@supplier` and `@party` stand for in one contract.
pub(super) type Names = [Vec<String>; 3];

impl Index {
    /// Looks up every token of a reading once.
    #[must_use]
    pub fn new(
        plan: &Plan,
        lexicon: &mut Lexicon,
        words: &Words,
        reading: &Reading,
        parties: &Parties,
    ) -> Self {
        let names = [parties.names(Role::Customer), parties.names(Role::Supplier), parties.all_names()];
        Self::with_names(plan, lexicon, words, reading, &names)
    }

    pub(super) fn with_names(
        plan: &Plan,
        lexicon: &mut Lexicon,
        words: &Words,
        reading: &Reading,
        names: &Names,
    ) -> Self {
        lexicon.grow(plan, words);
        let known = Known::mark(lexicon, names);
        let mut index = Self {
            starts: vec![0; 2 * plan.terms.len() + 2],
            postings: Vec::new(),
            parties: Default::default(),
            clauses: runs(reading),
            zones: Zones::new(reading, plan.terms.len()),
        };
        let posts = index.read(lexicon, reading, &known);
        known.unmark(lexicon);
        index.sort(&posts);
        index.zones.note(&index.parties, reading, &index.clauses);
        index
    }

    /// One pass over the tokens: each term with its slot and position, and the names.
    fn read(&mut self, lexicon: &Lexicon, reading: &Reading, known: &Known) -> Vec<(u32, u32)> {
        let mut posts = Vec::with_capacity(reading.tokens.len());
        for sentence in 0..reading.sentences.len() {
            let spot = self.zones.spot(sentence);
            let range = reading.sentence(sentence);
            let mut headings = 0;
            for at in range.clone() {
                let token = reading.tokens[at as usize];
                headings += u32::from(token.heading);
                let entry = lexicon.entries[token.word.0 as usize];
                if entry.names != 0 {
                    known.note(entry.names, at, range.end, reading, &mut self.parties);
                }
                if entry.place == NONE {
                    continue;
                }
                for &term in lexicon.terms(entry.place) {
                    let slot = 2 * term + u32::from(token.heading);
                    self.starts[slot as usize + 2] += 1;
                    self.zones.mark(term, spot);
                    posts.push((slot, at));
                }
            }
            let all = range.end - range.start;
            self.zones.mark_kinds(spot, headings < all, headings > 0);
        }
        posts
    }

    /// Fills the posting lists: they lie behind each other without gaps. `starts` holds the counts,
    /// shifted by two slots; filling moves each start to where it belongs.
    fn sort(&mut self, posts: &[(u32, u32)]) {
        let starts = &mut self.starts;
        let mut sum = 0;
        for start in starts.iter_mut() {
            sum += *start;
            *start = sum;
        }
        self.postings = vec![0; posts.len()];
        for &(slot, at) in posts {
            let next = &mut starts[slot as usize + 1];
            self.postings[*next as usize] = at;
            *next += 1;
        }
        starts.pop();
    }

    /// The positions of a term, in headings or in the text.
    pub(super) fn postings(&self, term: TermId, heading: bool) -> &[u32] {
        let slot = 2 * term as usize + usize::from(heading);
        let bounds = self.starts.get(slot).zip(self.starts.get(slot + 1));
        bounds.and_then(|(&from, &to)| self.postings.get(from as usize..to as usize)).unwrap_or(&[])
    }

    /// Where a party is named, in order.
    pub(super) fn party(&self, party: PartyTerm) -> &[Interval] {
        &self.parties[party_number(party)]
    }
}

/// Customer, supplier, any party: 0, 1, 2.
pub(super) const fn party_number(party: PartyTerm) -> usize {
    match party {
        PartyTerm::Customer => 0,
        PartyTerm::Supplier => 1,
        PartyTerm::Any => 2,
    }
}

/// The first token of each run of tokens of one clause unit.
fn runs(reading: &Reading) -> Vec<u32> {
    let mut runs = Vec::with_capacity(reading.clauses.len());
    let mut last = None;
    for &(start, clause) in &reading.clauses {
        if last != Some(clause) {
            runs.push(start);
            last = Some(clause);
        }
    }
    runs
}

/// The names of the parties of one document, marked in a lexicon.
#[derive(Default)]
struct Known {
    marked: Vec<WordId>,
    /// The names of several words by their first word.
    long: HashMap<WordId, Vec<LongName>>,
}

/// A name of several words behind its first: the forms of each, and whose name it is.
struct LongName {
    rest: Vec<Vec<WordId>>,
    whose: usize,
}

impl Known {
    fn mark(lexicon: &mut Lexicon, names: &Names) -> Self {
        let mut known = Self::default();
        for (whose, names) in names.iter().enumerate() {
            for name in names {
                let Some(mut parts) = lexicon.name(name).filter(|parts| !parts.is_empty()) else { continue };
                let first = parts.remove(0);
                for &word in &first {
                    lexicon.entries[word.0 as usize].names |=
                        if parts.is_empty() { 1 << whose } else { BEGINS };
                    if !parts.is_empty() {
                        known.long.entry(word).or_default().push(LongName { rest: parts.clone(), whose });
                    }
                }
                known.marked.extend(first);
            }
        }
        known
    }

    fn unmark(self, lexicon: &mut Lexicon) {
        for word in self.marked {
            lexicon.entries[word.0 as usize].names = 0;
        }
    }

    /// Notes the names that begin at a marked token of a sentence that ends at `end`.
    fn note(&self, names: u8, at: u32, end: u32, reading: &Reading, found: &mut [Vec<Interval>; 3]) {
        for (whose, found) in found.iter_mut().enumerate() {
            if names & (1 << whose) != 0 {
                push_minimal(found, 0, Interval { start: at, end: at + 1 });
            }
        }
        if names & BEGINS == 0 {
            return;
        }
        let word = reading.tokens[at as usize].word;
        for LongName { rest, whose } in self.long.get(&word).map_or(&[][..], Vec::as_slice) {
            let behind = reading.tokens.get(at as usize + 1..end as usize).unwrap_or(&[]);
            let follows = rest.iter().zip(behind).all(|(words, token)| words.contains(&token.word));
            if follows && rest.len() <= behind.len() {
                let end = at + 1 + number(rest.len());
                push_minimal(&mut found[*whose], 0, Interval { start: at, end });
            }
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
