//! Where the words of a reading stand: for each kind of word its places and a row of zones, for
//! each set of terms the kinds that fit it, and where the parties are named.
//!
//! Words that fit the same terms are one kind: "service", "Services" and "SERVICES" mostly are.
//! What fits no term has no place here.

mod names;

use std::sync::Arc;

use super::ast::PartyTerm;
use super::eval::Interval;
use super::lexer::split_words;
use super::plan::Plan;
use super::sieve::View;
use super::terms::{Fast, SetId, TermId};
use super::zones::{Zones, set};
use crate::facts::{Parties, Role};
use crate::token::fold::{WordId, Words, fold};
use crate::token::{QuantityKind, Reading};
use names::Known;

/// A word that fits no set, or is not in the reading at hand.
const NONE: u32 = u32::MAX;
/// The mark of a word with which a name of several words begins.
const BEGINS: u8 = 8;
/// Whoever speaks, among the words: as a name it is no item number.
const SPEAKER: &str = "I";
/// How many rows of parties and of quantities there are.
const OTHERS: usize = 3 + 5;

/// What each distinct word matches in one plan; kept by a worker across documents so that a word
/// is looked up once. Only ever used with the plan and the words that it grew with.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    kinds: Vec<Kind>,
    sets: Vec<SetId>,
    /// The kinds by their terms.
    by_terms: Fast<Box<[TermId]>, u32>,
    /// The last word with each folded form, for the names of parties.
    by_folded: Fast<Arc<str>, u32>,
    /// The folded words of each name of a party met so far.
    names: Fast<String, Vec<String>>,
}

/// One distinct word.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Its kind, or [`NONE`].
    kind: u32,
    /// Another word with the same folded form, or [`NONE`].
    same: u32,
    /// Whose name it is in the document at hand, a bit for each party, and [`BEGINS`].
    names: u8,
}

/// The words that fit the same terms.
#[derive(Clone, Copy, Debug)]
struct Kind {
    /// Where the sets lie in [`Lexicon::sets`], sorted.
    from: u32,
    to: u32,
    /// Its number in the reading at hand, or [`NONE`].
    local: u32,
}

impl Lexicon {
    /// Looks up the words that are new.
    fn grow(&mut self, plan: &Plan, words: &Words) {
        let mut terms = Vec::new();
        for at in self.entries.len()..words.len() {
            let word = words.word(WordId(number(at)));
            plan.terms.of(word, &mut terms);
            let kind = if terms.is_empty() { NONE } else { self.kind(plan, &terms) };
            let folded = if &*word.surface == SPEAKER { &word.surface } else { &word.folded };
            let same = match self.by_folded.get_mut(folded) {
                Some(last) => std::mem::replace(last, number(at)),
                None => {
                    self.by_folded.insert(folded.clone(), number(at));
                    NONE
                }
            };
            self.entries.push(Entry { kind, same, names: 0 });
        }
    }

    /// The kind of the words that fit these terms.
    fn kind(&mut self, plan: &Plan, terms: &[TermId]) -> u32 {
        if let Some(&known) = self.by_terms.get(terms) {
            return known;
        }
        let kind = number(self.kinds.len());
        let from = number(self.sets.len());
        plan.terms.add_sets(terms, &mut self.sets);
        self.kinds.push(Kind { from, to: number(self.sets.len()), local: NONE });
        self.by_terms.insert(terms.into(), kind);
        kind
    }

    /// The sets that words of a kind fit, sorted.
    fn sets(&self, kind: u32) -> &[SetId] {
        let kind = &self.kinds[kind as usize];
        self.sets.get(kind.from as usize..kind.to as usize).unwrap_or(&[])
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
        let folded = self.names.get(name)?;
        let words = folded.iter().map(|word| match &**word {
            "i" if folded.len() == 1 => self.folded(SPEAKER),
            "i" => [self.folded("i"), self.folded(SPEAKER)].concat(),
            word => self.folded(word),
        });
        let words: Vec<_> = words.take_while(|forms| !forms.is_empty()).collect();
        (words.len() == folded.len()).then_some(words)
    }
}

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
    /// Where the kinds that fit each set begin.
    set_starts: Vec<u32>,
    set_words: Vec<LocalId>,
    /// The blocks in which words of each set stand, in the text and in headings.
    set_blocks: Vec<[u64; 2]>,
    /// In how many places words of each set stand.
    frequencies: Vec<u32>,
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
        let known = Known::mark(lexicon, names);
        let clauses = runs(reading);
        let zones = Zones::new(reading, &clauses);
        let mut index = Self {
            locals: Vec::with_capacity(reading.tokens.len()),
            starts: vec![0; 2],
            places: Vec::new(),
            row_of: Vec::new(),
            rows: Vec::new(),
            set_starts: vec![0; plan.terms.set_count() + 2],
            set_words: Vec::new(),
            block_at: Vec::with_capacity(reading.tokens.len()),
            blocks: Vec::new(),
            set_blocks: vec![[0; 2]; plan.terms.set_count()],
            frequencies: vec![0; plan.terms.set_count()],
            parties: Default::default(),
            others: vec![0; 2 * OTHERS * zones.width],
            other_blocks: [[0; 2]; OTHERS],
            clauses,
            zones,
        };
        let distinct = index.count(lexicon, reading, &known);
        known.unmark(lexicon);
        index.place(reading);
        index.sets(lexicon, &distinct);
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

    /// Lists for each set the kinds of words that fit it.
    fn sets(&mut self, lexicon: &Lexicon, distinct: &[u32]) {
        for &kind in distinct {
            for &set in lexicon.sets(kind) {
                self.set_starts[set as usize + 2] += 1;
            }
        }
        let mut sum = 0;
        for start in &mut self.set_starts {
            sum += *start;
            *start = sum;
        }
        self.set_words = vec![0; sum as usize];
        for (local, &kind) in (0..).zip(distinct) {
            let [text, headings] = [0, 1].map(|side| self.blocks[2 * local as usize + side]);
            let count = number(self.places(local, false).len() + self.places(local, true).len());
            for &set in lexicon.sets(kind) {
                let blocks = &mut self.set_blocks[set as usize];
                *blocks = [blocks[0] | text, blocks[1] | headings];
                self.frequencies[set as usize] += count;
                let next = &mut self.set_starts[set as usize + 1];
                self.set_words[*next as usize] = local;
                *next += 1;
            }
        }
        self.set_starts.pop();
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

    /// The kinds of words that fit a set, sorted.
    pub(super) fn members(&self, set: SetId) -> &[LocalId] {
        let bounds = self.set_starts.get(set as usize).zip(self.set_starts.get(set as usize + 1));
        bounds.and_then(|(&from, &to)| self.set_words.get(from as usize..to as usize)).unwrap_or(&[])
    }

    /// The blocks in which words of a set stand, in the text and in headings.
    pub(super) fn blocks(&self, set: SetId) -> [u64; 2] {
        self.set_blocks.get(set as usize).copied().unwrap_or_default()
    }

    /// The blocks in which a party is named.
    pub(super) const fn party_blocks(&self, party: PartyTerm) -> [u64; 2] {
        self.other_blocks[party_number(party)]
    }

    /// The blocks in which a kind of quantity stands.
    pub(super) const fn quantity_blocks(&self, kind: QuantityKind) -> [u64; 2] {
        self.other_blocks[3 + kind as usize]
    }

    /// In how many places words of a set stand.
    pub(super) fn frequency(&self, set: SetId) -> u32 {
        self.frequencies.get(set as usize).copied().unwrap_or(0)
    }

    /// Whether a token stands in one of some blocks.
    #[inline]
    pub(super) fn is_in(&self, at: u32, blocks: u64) -> bool {
        self.block_at.get(at as usize).is_some_and(|block| blocks >> block & 1 == 1)
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
