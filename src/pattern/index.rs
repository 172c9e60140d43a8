//! Where the words of a reading stand: for each kind of word its places and a row of zones, for
//! each term the kinds that fit it, and where the parties are named.
//!
//! Words that fit the same terms are one kind: "service", "Services" and "SERVICES" mostly are.
//! What fits no term has no place here.

mod lexicon;
mod names;

use super::ast::PartyTerm;
use super::eval::Interval;
use super::plan::Plan;
use super::sieve::View;
use super::terms::TermId;
use super::zones::{Zones, set};
use crate::facts::{Parties, Role};
use crate::token::words::Words;
use crate::token::{QuantityKind, Reading};
pub use lexicon::Lexicon;
use names::Known;

/// A word that fits no set, or is not in the reading at hand.
const NONE: u32 = u32::MAX;
/// The mark of a word with which a name of several words begins.
const BEGINS: u8 = 8;
/// How many rows of parties and of quantities there are.
const OTHERS: usize = 3 + 5;

/// A kind of words of one reading, counted from 0 in the order in which they first stand in it.
pub(super) type LocalId = u32;

/// The words of one reading and where they stand.
#[derive(Clone, Debug)]
pub struct Index {
    /// The kind of word at each token, or [`NONE`].
    locals: Vec<LocalId>,
    /// Where the places of each kind begin: first those in the text, then those in headings.
    starts: Vec<u32>,
    places: Vec<u32>,
    /// For each kind two rows of zones in the same order, by number; [`NONE`] where it stands in none.
    row_of: Vec<u32>,
    rows: Vec<u64>,
    /// The block of each token.
    block_at: Vec<u8>,
    /// The blocks in which each kind stands, in the order of `row_of`.
    blocks: Vec<u64>,
    /// Where the kinds that fit each term begin.
    term_starts: Vec<u32>,
    term_words: Vec<LocalId>,
    /// Where customer, supplier and any party are named.
    parties: [Vec<Interval>; 3],
    /// Rows of customer, supplier and any party, then those of the kinds of quantities; in the text,
    /// then in headings.
    others: Vec<u64>,
    /// The blocks of these rows.
    other_blocks: [[u64; 2]; OTHERS],
    /// First token of each run of tokens of one clause unit.
    pub(super) clauses: Vec<u32>,
    /// The zones of the reading.
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
        let known = Known::mark(lexicon, words, names);
        let clauses = runs(reading);
        let zones = Zones::new(reading, &clauses);
        let mut index = Self {
            locals: Vec::with_capacity(reading.tokens.len()),
            starts: vec![0; 2],
            places: Vec::new(),
            row_of: Vec::new(),
            rows: Vec::new(),
            term_starts: vec![0; plan.terms.term_count() + 2],
            term_words: Vec::new(),
            block_at: Vec::with_capacity(reading.tokens.len()),
            blocks: Vec::new(),
            parties: Default::default(),
            others: vec![0; 2 * OTHERS * zones.width],
            other_blocks: [[0; 2]; OTHERS],
            clauses,
            zones,
        };
        let distinct = index.count(lexicon, reading, &known);
        known.unmark(lexicon);
        index.place(reading);
        index.terms(lexicon, &distinct);
        for kind in distinct {
            lexicon.kinds[kind as usize].local = NONE;
        }
        index.note_others(reading);
        index
    }

    /// Numbers the kinds of words, counts the places of each and notes the names; the kinds by
    /// number. `starts` comes to hold the counts, shifted by two.
    fn count(&mut self, lexicon: &mut Lexicon, reading: &Reading, known: &Known) -> Vec<u32> {
        let mut distinct = Vec::new();
        for (at, token) in (0..).zip(&reading.tokens) {
            let entry = lexicon.entries[token.word().0 as usize];
            if entry.names != 0 {
                known.note(entry.names, at, reading, &mut self.parties);
            }
            let Some(kind) = lexicon.kinds.get_mut(entry.kind as usize) else {
                self.locals.push(NONE);
                continue;
            };
            if kind.local == NONE {
                kind.local = number(distinct.len());
                distinct.push(entry.kind);
                self.starts.extend([0, 0]);
            }
            self.starts[2 * kind.local as usize + usize::from(token.is_heading()) + 2] += 1;
            self.locals.push(kind.local);
        }
        distinct
    }

    /// Fills the places, which lie behind each other without gaps, and the rows of zones.
    fn place(&mut self, reading: &Reading) {
        let mut rows = 0;
        let mut sum = 0;
        self.row_of = Vec::with_capacity(self.starts.len());
        for at in 0..self.starts.len() {
            if at >= 2 {
                let row = if self.starts[at] == 0 { NONE } else { rows };
                rows += u32::from(row != NONE);
                self.row_of.push(row);
            }
            sum += self.starts[at];
            self.starts[at] = sum;
        }
        let width = self.zones.width;
        self.places = vec![0; sum as usize];
        self.rows = vec![0; rows as usize * width];
        self.blocks = vec![0; self.row_of.len()];
        for sentence in 0..reading.sentences.len() {
            let zone = self.zones.of_sentence(sentence);
            let (word, bit, block) = (zone / 64, 1 << (zone % 64), self.zones.block(zone));
            let tokens = reading.sentence(sentence);
            self.block_at.resize(tokens.end as usize, block);
            for at in tokens {
                let local = self.locals[at as usize];
                if local == NONE {
                    continue;
                }
                let slot = 2 * local as usize + usize::from(reading.tokens[at as usize].is_heading());
                let next = &mut self.starts[slot + 1];
                self.places[*next as usize] = at;
                *next += 1;
                self.rows[self.row_of[slot] as usize * width + word] |= bit;
                self.blocks[slot] |= 1 << block;
            }
        }
        self.starts.pop();
    }

    /// Lists for each term the kinds of words that fit it.
    fn terms(&mut self, lexicon: &Lexicon, distinct: &[u32]) {
        for &term in distinct.iter().flat_map(|&kind| lexicon.terms(kind)) {
            self.term_starts[term as usize + 2] += 1;
        }
        let mut sum = 0;
        for start in &mut self.term_starts {
            sum += *start;
            *start = sum;
        }
        self.term_words = vec![0; sum as usize];
        for (local, &kind) in (0..).zip(distinct) {
            for &term in lexicon.terms(kind) {
                let next = &mut self.term_starts[term as usize + 1];
                self.term_words[*next as usize] = local;
                *next += 1;
            }
        }
        self.term_starts.pop();
    }

    /// Notes the zones in which parties are named and quantities stand.
    fn note_others(&mut self, reading: &Reading) {
        let parties = std::mem::take(&mut self.parties);
        for (row, places) in parties.iter().enumerate() {
            let mut zone = 0;
            for &place in places {
                zone = self.note_other(zone, row, place, reading);
            }
        }
        self.parties = parties;
        let mut zone = 0;
        for quantity in &reading.quantities {
            let place = Interval { start: quantity.start, end: quantity.end };
            zone = self.note_other(zone, 3 + quantity.kind as usize, place, reading);
        }
    }

    /// Notes the zones of a place, none of which lies before `from`; the first of them.
    fn note_other(&mut self, from: usize, row: usize, place: Interval, reading: &Reading) -> usize {
        let first = self.zones.zone_from(from, place.start);
        let last = self.zones.zone_from(first, place.end.saturating_sub(1).max(place.start));
        let width = self.zones.width;
        let heading = reading.tokens.get(place.start as usize).is_some_and(|token| token.is_heading());
        self.other_blocks[row][usize::from(heading)] |= self.zones.blocks(first, last);
        let row = (2 * row + usize::from(heading)) * width;
        for zone in first..=last {
            set(&mut self.others[row..row + width], zone);
        }
        first
    }

    /// The kinds of words that fit a term, sorted.
    #[inline]
    pub(super) fn of_term(&self, term: TermId) -> &[LocalId] {
        match self.term_starts.get(term as usize..) {
            Some([from, to, ..]) if from < to => &self.term_words[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// How many terms the kinds of words fit, each kind by itself.
    pub(super) fn fits(&self) -> usize {
        self.term_words.len()
    }

    /// Adds the kinds of words that fit one of some terms, each once.
    pub(super) fn add_kinds(&self, terms: &[TermId], found: &mut Vec<LocalId>) {
        /// So many are looked through in less time than it takes to sort them.
        const FEW: usize = 24;
        let from = found.len();
        let mut lists = 0;
        for &term in terms {
            let kinds = self.of_term(term);
            if kinds.is_empty() {
                continue;
            }
            lists += 1;
            for &kind in kinds {
                if lists == 1 || found.len() - from > FEW || !found[from..].contains(&kind) {
                    found.push(kind);
                }
            }
        }
        if lists > 1 && found.len() - from > FEW {
            let mut all = found.split_off(from);
            all.sort_unstable();
            all.dedup();
            found.append(&mut all);
        }
    }

    /// The blocks in which words that fit a term stand, in the text and in headings.
    pub(super) fn term_blocks(&self, term: TermId) -> [u64; 2] {
        self.of_term(term).iter().fold([0; 2], |[text, headings], &word| {
            [text | self.word_blocks(word, false), headings | self.word_blocks(word, true)]
        })
    }

    /// In how many places words that fit a term stand.
    pub(super) fn frequency(&self, term: TermId) -> u32 {
        // Those of a kind in headings lie behind those in the text.
        let count = |&word: &LocalId| self.starts[2 * word as usize + 2] - self.starts[2 * word as usize];
        self.of_term(term).iter().map(count).sum()
    }

    /// The blocks in which a party is named.
    pub(super) const fn party_blocks(&self, party: PartyTerm) -> [u64; 2] {
        self.other_blocks[party_number(party)]
    }

    /// The blocks in which a kind of quantity stands.
    pub(super) const fn quantity_blocks(&self, kind: QuantityKind) -> [u64; 2] {
        self.other_blocks[3 + kind as usize]
    }

    /// Whether a token stands in one of some blocks.
    #[inline]
    pub(super) fn is_in(&self, at: u32, blocks: u64) -> bool {
        self.block_at.get(at as usize).is_some_and(|block| blocks >> block & 1 == 1)
    }

    /// The kind of word at a token; one that no set has where a word fits none.
    #[inline]
    pub(super) fn local(&self, at: u32) -> Option<LocalId> {
        self.locals.get(at as usize).copied()
    }

    /// The kinds of words at some tokens; one that no set has where a word fits none.
    pub(super) fn locals(&self, start: u32, end: u32) -> Option<&[LocalId]> {
        self.locals.get(start as usize..end as usize)
    }

    /// Where words of a kind stand, in headings or in the text.
    pub(super) fn places(&self, word: LocalId, heading: bool) -> &[u32] {
        let slot = 2 * word as usize + usize::from(heading);
        let bounds = self.starts.get(slot).zip(self.starts.get(slot + 1));
        bounds.and_then(|(&from, &to)| self.places.get(from as usize..to as usize)).unwrap_or(&[])
    }

    /// The blocks in which words of a kind stand, in headings or in the text.
    #[inline]
    pub(super) fn word_blocks(&self, word: LocalId, heading: bool) -> u64 {
        self.blocks.get(2 * word as usize + usize::from(heading)).copied().unwrap_or(0)
    }

    /// The zones in which words of a kind stand, in headings or in the text; empty for none.
    pub(super) fn row(&self, word: LocalId, heading: bool) -> &[u64] {
        let width = self.zones.width;
        self.row_number(word, heading).map_or(&[], |row| &self.rows[row * width..(row + 1) * width])
    }

    /// Which of the rows is that of words of a kind, in headings or in the text, if they stand there.
    pub(super) fn row_number(&self, word: LocalId, heading: bool) -> Option<usize> {
        let row = self.row_of.get(2 * word as usize + usize::from(heading)).copied().unwrap_or(NONE);
        (row != NONE).then_some(row as usize)
    }

    /// The rows of the kinds of words, one behind the other.
    pub(super) fn rows(&self) -> &[u64] {
        &self.rows
    }

    /// Where a party is named, in order.
    pub(super) fn party(&self, party: PartyTerm) -> &[Interval] {
        &self.parties[party_number(party)]
    }

    /// The zones in which a party is named.
    pub(super) fn party_row(&self, party: PartyTerm, heading: bool) -> &[u64] {
        self.other_row(party_number(party), heading)
    }

    /// The zones in which a kind of quantity stands.
    pub(super) fn quantity_row(&self, kind: QuantityKind, heading: bool) -> &[u64] {
        self.other_row(3 + kind as usize, heading)
    }

    fn other_row(&self, row: usize, heading: bool) -> &[u64] {
        let (at, width) = (2 * row + usize::from(heading), self.zones.width);
        self.others.get(at * width..(at + 1) * width).unwrap_or(&[])
    }
}

impl View {
    /// The sides of a row that the view shows: the text, headings.
    pub(super) const fn sides(self) -> &'static [bool] {
        match self {
            Self::All => &[false, true],
            Self::Body => &[false],
            Self::Heading => &[true],
        }
    }
}

/// Customer, supplier, any party: 0, 1, 2.
const fn party_number(party: PartyTerm) -> usize {
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

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
