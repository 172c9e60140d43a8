//! Posting lists: for each term of a plan, the sorted positions where a reading holds it, and where
//! the parties are named.

use std::collections::HashMap;

use super::ast::PartyTerm;
use super::eval::Interval;
use super::join::push_minimal;
use super::lexer::split_words;
use super::plan::Plan;
use super::terms::TermId;
use super::zones::Zones;
use crate::facts::{Parties, Role};
use crate::token::Reading;
use crate::token::fold::{WordId, Words, fold};

/// A word that fits no term.
const NONE: u32 = u32::MAX;

/// What each distinct word matches in one plan; kept by a worker across documents so that a word
/// is looked up once. Only ever used with the plan and the words that it grew with.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// For each word the place of its terms in `terms`: a count, then the terms.
    places: Vec<u32>,
    terms: Vec<u32>,
    /// The words with each folded form, for the names of parties.
    by_folded: HashMap<Box<str>, Vec<WordId>>,
}

impl Lexicon {
    /// Looks up the words that are new.
    fn grow(&mut self, plan: &Plan, words: &Words) {
        let mut matched = Vec::new();
        for at in self.places.len()..words.len() {
            let id = WordId(u32::try_from(at).unwrap_or(u32::MAX));
            let word = words.word(id);
            plan.terms.matching(word, &mut matched);
            if matched.is_empty() {
                self.places.push(NONE);
            } else {
                self.places.push(number(self.terms.len()));
                self.terms.push(number(matched.len()));
                self.terms.extend_from_slice(&matched);
            }
            if let Some(same) = self.by_folded.get_mut(&word.folded) {
                same.push(id);
            } else {
                self.by_folded.insert(word.folded.clone(), vec![id]);
            }
        }
    }

    /// The terms that a word fits.
    fn terms(&self, word: WordId) -> &[TermId] {
        let place = self.places.get(word.0 as usize).copied().unwrap_or(NONE);
        if place == NONE {
            return &[];
        }
        let from = place as usize + 1;
        let count = self.terms.get(from - 1).copied().unwrap_or(0) as usize;
        self.terms.get(from..from + count).unwrap_or(&[])
    }

    fn folded(&self, word: &str) -> &[WordId] {
        self.by_folded.get(word).map_or(&[], Vec::as_slice)
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
        let mut zones = Zones::new(reading, plan.terms.len());
        let (starts, postings) = post(plan, lexicon, reading, &mut zones);
        let mut clauses: Vec<u32> = Vec::with_capacity(reading.clauses.len());
        let mut last = None;
        for &(start, clause) in &reading.clauses {
            if last != Some(clause) {
                clauses.push(start);
                last = Some(clause);
            }
        }
        let parties = find_names(lexicon, words.len(), reading, names);
        zones.note(&parties, reading, &clauses);
        Self { starts, postings, parties, clauses, zones }
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

/// Counts, then fills: the lists lie behind each other without gaps.
fn post(plan: &Plan, lexicon: &Lexicon, reading: &Reading, zones: &mut Zones) -> (Vec<u32>, Vec<u32>) {
    let slots = 2 * plan.terms.len();
    // Shifted by one slot, so that filling moves each start to where it belongs.
    let mut starts = vec![0u32; slots + 2];
    for token in &reading.tokens {
        for &term in lexicon.terms(token.word) {
            starts[2 * term as usize + usize::from(token.heading) + 2] += 1;
        }
    }
    zones.make_rows(starts.get(2..).unwrap_or_default());
    for slot in 1..starts.len() {
        starts[slot] += starts[slot - 1];
    }
    let total = starts.last().copied().unwrap_or(0);
    let mut postings = vec![0u32; total as usize];
    for sentence in 0..reading.sentences.len() {
        for at in reading.sentence(sentence) {
            let token = reading.tokens[at as usize];
            for &term in lexicon.terms(token.word) {
                let next = &mut starts[2 * term as usize + usize::from(token.heading) + 1];
                postings[*next as usize] = at;
                *next += 1;
                zones.mark(term, sentence);
            }
        }
    }
    starts.truncate(slots + 1);
    (starts, postings)
}

/// A name of several words: the words behind its first, and whose it is.
struct LongName<'a> {
    rest: Vec<&'a [WordId]>,
    whose: usize,
}

/// Finds the names in one pass over the tokens.
fn find_names(lexicon: &Lexicon, words: usize, reading: &Reading, names: &Names) -> [Vec<Interval>; 3] {
    let mut found: [Vec<Interval>; 3] = Default::default();
    // For each word a bit for each party that it names alone, and a list of the long names that it
    // begins: both only for the few words of names.
    let mut alone = vec![0u8; words];
    let mut long: HashMap<WordId, Vec<LongName<'_>>> = HashMap::new();
    for (whose, names) in names.iter().enumerate() {
        for name in names {
            let parts: Vec<&[WordId]> = split_words(&name.to_lowercase())
                .into_iter()
                .map(|(_, word)| lexicon.folded(&fold(&word.replace('’', "'"))))
                .collect();
            let Some((&first, rest)) = parts.split_first() else { continue };
            for word in first {
                let mark = &mut alone[word.0 as usize];
                if rest.is_empty() {
                    *mark |= 1 << whose;
                } else {
                    *mark |= 8;
                    long.entry(*word).or_default().push(LongName { rest: rest.to_vec(), whose });
                }
            }
        }
    }
    for (at, token) in (0u32..).zip(&reading.tokens) {
        let mark = alone[token.word.0 as usize];
        if mark == 0 {
            continue;
        }
        for (whose, found) in found.iter_mut().enumerate() {
            if mark & (1 << whose) != 0 {
                push_minimal(found, 0, Interval { start: at, end: at + 1 });
            }
        }
        if mark & 8 != 0 {
            long_names(reading, at, long.get(&token.word).map_or(&[], Vec::as_slice), &mut found);
        }
    }
    found
}

fn long_names(reading: &Reading, at: u32, names: &[LongName<'_>], found: &mut [Vec<Interval>; 3]) {
    let sentence_end = reading.sentence(reading.sentence_of(at)).end;
    for name in names {
        let end = at.saturating_add(1).saturating_add(number(name.rest.len()));
        let follows = name.rest.iter().enumerate().all(|(gap, words)| {
            let token = reading.tokens.get(at as usize + 1 + gap);
            token.is_some_and(|token| words.contains(&token.word))
        });
        if end <= sentence_end && follows {
            push_minimal(&mut found[name.whose], 0, Interval { start: at, end });
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
