//! The matches of single terms inside a region of a reading.

use super::ast::Operator;
use super::eval::Interval;
use super::index::{Index, LocalId};
use super::join::{Stretches, gallop, push_minimal};
use super::sieve::View;
use super::steps::Step;
use super::terms::{SetId, TermId, Terms};
use super::zones::meets;
use crate::token::{QuantityKind, Reading};

/// Zones side by side, and their tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    /// The first zone.
    pub(super) first: usize,
    /// The last zone.
    pub(super) last: usize,
    /// The first token.
    pub(super) start: u32,
    /// The token after the last one.
    pub(super) end: u32,
    /// The blocks of the zones.
    pub(super) blocks: u64,
}

impl Region {
    /// The part of sorted positions that lies inside.
    fn positions<'a>(&self, all: &'a [u32]) -> &'a [u32] {
        let from = all.partition_point(|&at| at < self.start);
        let rest = all.get(from..).unwrap_or(&[]);
        let to = gallop(rest, 0, |&at| at < self.end);
        rest.get(..to).unwrap_or(&[])
    }
}

/// A reading with its index, seen in one way inside one region.
struct Place<'a> {
    index: &'a Index,
    reading: &'a Reading,
    view: View,
    region: Region,
}

/// Adds the matches of a step that has no parts, in order; with the kinds of its words, if it is words.
pub(super) fn matches(
    leaf: Step<'_>,
    kinds: &[LocalId],
    (index, reading): (&Index, &Reading),
    view: View,
    region: Region,
    found: &mut Vec<Interval>,
) {
    let place = Place { index, reading, view, region };
    match leaf {
        Step::Words(_) => place.words(kinds, found),
        Step::Party(party) => {
            let names = index.party(party);
            let from = names.partition_point(|name| name.start < region.start);
            let names = names.get(from..).unwrap_or(&[]).iter();
            let inside = names.take_while(|name| name.end <= region.end);
            found.extend(inside.filter(|name| place.seen(**name)));
        }
        Step::Quantity(kind, test) => place.quantity(kind, test, found),
        // A phrase is found with its row.
        Step::Nothing | Step::Phrase(_) => {}
        Step::Any(_) | Step::Join(..) | Step::Except(..) | Step::Heading(_) => {}
    }
}

impl Place<'_> {
    fn words(&self, kinds: &[LocalId], found: &mut Vec<Interval>) {
        let before = found.len();
        let mut lists = 0;
        for &word in kinds {
            for &heading in self.view.sides() {
                let places = self.places(word, heading);
                if places.is_empty() {
                    continue;
                }
                found.extend(places.iter().map(|&at| Interval { start: at, end: at + 1 }));
                lists += 1;
            }
        }
        if lists > 1 {
            self.sort(found, before);
        }
    }

    /// Where a word stands in the region.
    fn places(&self, word: LocalId, heading: bool) -> &[u32] {
        let Region { first, last, blocks, .. } = self.region;
        if self.index.word_blocks(word, heading) & blocks == 0
            || !meets(self.index.row(word, heading), first, last)
        {
            return &[];
        }
        self.region.positions(self.index.places(word, heading))
    }

    /// Sorts words from `from` on and takes out repeated ones: by a bit for each token of the region
    /// where that is less than comparing.
    fn sort(&self, found: &mut Vec<Interval>, from: usize) {
        let tokens = (self.region.end - self.region.start) as usize;
        if found.len() - from < 12 + tokens / 512 {
            super::join::merge_from(found, from);
            return;
        }
        let mut bits = vec![0u64; tokens / 64 + 1];
        for place in found.drain(from..) {
            let at = (place.start - self.region.start) as usize;
            bits[at / 64] |= 1 << (at % 64);
        }
        let mut at = self.region.start;
        for mut few in bits {
            while few != 0 {
                let start = at + few.trailing_zeros();
                found.push(Interval { start, end: start + 1 });
                few &= few - 1;
            }
            at += 64;
        }
    }

    fn quantity(&self, kind: QuantityKind, test: Option<(Operator, u64)>, found: &mut Vec<Interval>) {
        let floor = found.len();
        let quantities = &self.reading.quantities;
        let from = quantities.partition_point(|quantity| quantity.start < self.region.start);
        let mut sentences = Stretches::from(&self.reading.sentences, self.region.start);
        for quantity in quantities.get(from..).unwrap_or(&[]) {
            if quantity.start >= self.region.end {
                break;
            }
            let place = Interval { start: quantity.start, end: quantity.end };
            let holds = || {
                test.is_none_or(|(operator, bits)| {
                    quantity.value.is_none_or(|value| operator.holds(value, f64::from_bits(bits)))
                })
            };
            if quantity.kind == kind && holds() && self.seen(place) && place.end <= sentences.end(place.start)
            {
                push_minimal(found, floor, place);
            }
        }
    }

    /// Whether the view shows these tokens, all of which stand in a heading or none.
    fn seen(&self, place: Interval) -> bool {
        let heading = self.reading.tokens.get(place.start as usize).is_some_and(|token| token.is_heading());
        match self.view {
            View::All => true,
            View::Body => !heading,
            View::Heading => heading,
        }
    }
}

/// Adds the places of a phrase, from first to last, of which none stands outside some blocks. It is
/// looked for around the word of it that stands in the fewest places; the rarer one of those beside it tells
/// of most places that the phrase does not stand there. Each of its sets is one term.
pub(super) fn phrase(
    sets: &[SetId],
    (terms, index, reading): (&Terms, &Index, &Reading),
    (view, blocks): (View, u64),
    found: &mut Vec<Interval>,
) {
    let frequency = |&at: &usize| index.frequency(the_term(terms, sets[at]));
    let Some(rarest) = (0..sets.len()).min_by_key(frequency) else { return };
    let search = PhraseSearch { sets, terms, index, reading, rarest };
    let around = [rarest.checked_sub(1), Some(rarest + 1)].into_iter().flatten();
    let beside = around.filter(|&at| at < sets.len()).min_by_key(frequency);
    let beside = beside.map(|at| (at > rarest, index.of_term(the_term(terms, sets[at]))));
    let fits = |at: u32| {
        beside.is_none_or(|(behind, kinds)| {
            let place = if behind { Some(at + 1) } else { at.checked_sub(1) };
            place.and_then(|place| index.local(place)).is_some_and(|word| kinds.contains(&word))
        })
    };
    let before = found.len();
    let mut mixed = 0;
    for &word in index.of_term(the_term(terms, sets[rarest])) {
        for &heading in view.sides() {
            let length = found.len();
            if index.word_blocks(word, heading) & blocks == 0 {
                continue;
            }
            let places = index.places(word, heading).iter().copied();
            let places = places.filter(|&at| index.is_in(at, blocks) && fits(at));
            found.extend(places.filter_map(|at| search.around(at, heading)));
            mixed += usize::from(found.len() > length);
        }
    }
    if mixed > 1 {
        super::join::merge_from(found, before);
    }
}

/// A phrase that is looked for in a reading.
struct PhraseSearch<'a> {
    sets: &'a [SetId],
    terms: &'a Terms,
    index: &'a Index,
    reading: &'a Reading,
    /// Which of the words stands in the fewest places.
    rarest: usize,
}

impl PhraseSearch<'_> {
    /// The place of the phrase whose rarest word stands at a token, if it stands there, all of it in
    /// one sentence and in a heading or none.
    fn around(&self, at: u32, heading: bool) -> Option<Interval> {
        let start = at.checked_sub(number(self.rarest))?;
        let end = start + number(self.sets.len());
        let words = self.index.locals(start, end)?;
        for (place, (word, &set)) in words.iter().zip(self.sets).enumerate() {
            if place != self.rarest && !self.index.of_term(the_term(self.terms, set)).contains(word) {
                return None;
            }
        }
        let tokens = &self.reading.tokens[start as usize..end as usize];
        let one_sentence = || self.reading.sentence_of(start) == self.reading.sentence_of(end - 1);
        let holds = tokens.iter().all(|token| token.is_heading() == heading) && one_sentence();
        holds.then_some(Interval { start, end })
    }
}

/// The only term of a set; one that no word fits for a set of none.
fn the_term(terms: &Terms, set: SetId) -> TermId {
    terms.members(set).first().copied().unwrap_or(TermId::MAX)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
