//! In which zones of a reading a step can match at all, by operations on rows of bits.
//!
//! Much cheaper than the matches themselves and enough to tell that most steps have none. A row
//! holds every zone that a match of the step touches, and may hold more. A step has a row only when somebody
//! asks for one. Cheaper still is a word of bits that says the same of blocks of zones: see `live`.

use std::ops::Range;

use super::ast::Reach;
use super::index::{Index, LocalId};
use super::leaf::{self, Region};
use super::live::{Live, Place};
use super::plan::Plan;
use super::results::{Results, Slot};
use super::steps::{Step, StepId};
use super::terms::SetId;
use super::zones::{meets, set};
use crate::token::Reading;

/// The tokens that a term may match where it stands. A term never matches tokens of a heading and
/// of a text together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    All,
    Body,
    Heading,
}

/// A row that nobody has asked for.
const UNKNOWN: u32 = 0;
/// The row of a step that matches nowhere.
const NOWHERE: u32 = u32::MAX - 1;
/// How many times the room of the rows of words all rows take in most contracts.
const ROOM: usize = 8;
/// Room for more words of rows is asked for when they are there.
const MOST_ROOM: usize = 1 << 16;

/// A part of a union that may match, with its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) step: StepId,
    pub(super) place: Place,
    row: u32,
}

/// What a sieve needs, kept from reading to reading: nothing is known between two of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// Which steps may match, and what is known of them.
    live: Live,
    rows: Vec<u64>,
    /// The parts of the unions being worked out that match somewhere.
    parts: Vec<Part>,
    /// The same for the unions that are worked out, behind one whose `step` says how many they are.
    kept: Vec<Part>,
    /// The kinds of the words of sets with a row, behind their number.
    kinds: Vec<LocalId>,
}

/// The rows worked out so far for one reading.
#[derive(Debug)]
pub(super) struct Sieve<'a> {
    plan: &'a Plan,
    index: &'a Index,
    reading: &'a Reading,
    width: usize,
    kept: Rows,
    /// All matches of some steps: those of a phrase are found with its row.
    pub(super) results: Results,
}

impl<'a> Sieve<'a> {
    /// Nothing is known; most questions will come with the view.
    pub(super) fn new(
        plan: &'a Plan,
        index: &'a Index,
        reading: &'a Reading,
        view: View,
        (mut kept, mut results): (Rows, Results),
    ) -> Self {
        results.clear();
        kept.kept.clear();
        kept.kinds.clear();
        kept.kinds.reserve(ROOM * index.fits());
        kept.rows.clear();
        // The rows of the words come first, so that a set of one word needs no row of its own.
        kept.rows.reserve((ROOM * index.rows().len()).min(MOST_ROOM));
        kept.rows.extend_from_slice(index.rows());
        kept.live.spread(plan, index, view);
        Self { plan, index, reading, width: index.zones.width, kept, results }
    }

    /// What can be used again for another reading.
    pub(super) fn into_kept(self) -> (Rows, Results) {
        (self.kept, self.results)
    }

    /// Where a step may have a match; nothing when nowhere.
    pub(super) fn zones(&mut self, step: StepId, view: View) -> &[u64] {
        let row = self.row(step, view);
        if row == NOWHERE {
            return &[];
        }
        self.kept.rows.get(row as usize..row as usize + self.width).unwrap_or(&[])
    }

    /// The place of a step that may have a match in a region.
    #[inline]
    pub(super) fn place_in(&mut self, step: StepId, view: View, region: &Region) -> Option<Place> {
        let place = self.kept.live.place_in((self.plan, self.index), step, view, region.blocks)?;
        let row = self.row_at(place, step, view);
        (row != NOWHERE && self.meets(row, region.first, region.last)).then_some(place)
    }

    /// Whether a row holds one of the zones from `first` to `last`.
    #[inline]
    fn meets(&self, row: u32, first: usize, last: usize) -> bool {
        meets(&self.kept.rows[row as usize..row as usize + self.width], first, last)
    }

    /// The blocks in which a step may have a match.
    #[inline]
    pub(super) fn blocks(&mut self, step: StepId, view: View) -> u64 {
        self.kept.live.blocks((self.plan, self.index), step, view)
    }

    /// Whether the second of two steps seems to match in fewer places.
    pub(super) fn is_rarer(&mut self, left: StepId, right: StepId, view: View) -> bool {
        let (left, right) = (self.blocks(left, view), self.blocks(right, view));
        // Mostly one lies within the other, and to count takes longer.
        right & !left == 0 || (left & !right != 0 && right.count_ones() <= left.count_ones())
    }

    /// Where what is known of a step lies; `None` when it matches nowhere.
    #[inline]
    pub(super) fn place(&mut self, step: StepId, view: View) -> Option<Place> {
        self.kept.live.place((self.plan, self.index), step, view)
    }

    /// The matches of a step, as far as they are known.
    #[inline]
    pub(super) fn slot(&self, place: Place) -> Slot {
        self.kept.live.at(place).slot
    }

    /// Counts one more look for a step region by region; how many there were.
    #[inline]
    pub(super) fn look(&mut self, place: Place) -> u32 {
        self.kept.live.at_mut(place).slot.look()
    }

    /// Keeps the matches of a step.
    pub(super) fn set(&mut self, place: Place, slot: Slot) {
        self.kept.live.at_mut(place).slot = slot;
    }

    #[inline]
    fn row(&mut self, step: StepId, view: View) -> u32 {
        self.place(step, view).map_or(NOWHERE, |place| self.row_at(place, step, view))
    }

    #[inline]
    fn row_at(&mut self, place: Place, step: StepId, view: View) -> u32 {
        match self.kept.live.at(place).row {
            UNKNOWN => self.new_row(step, view, place),
            known => known - 1,
        }
    }

    #[inline(never)]
    fn new_row(&mut self, step: StepId, view: View, place: Place) -> u32 {
        let row = self.work_out(step, view, place);
        self.kept.live.at_mut(place).row = row + 1;
        row
    }

    fn work_out(&mut self, step: StepId, view: View, place: Place) -> u32 {
        let (plan, index) = (self.plan, self.index);
        match plan.steps.step(step) {
            Step::Nothing => NOWHERE,
            Step::Heading(inner) => self.row(inner, View::Heading),
            Step::Except(left, _) => self.row(left, view),
            Step::Words(set) => self.words(place, set, view),
            Step::Phrase(sets) => self.phrase(place, sets, view),
            Step::Party(party) => {
                self.union_of(view.sides().iter().map(|&side| index.party_row(party, side)))
            }
            Step::Quantity(kind, _) => {
                self.union_of(view.sides().iter().map(|&side| index.quantity_row(kind, side)))
            }
            Step::Any(parts) => self.any(place, parts, view),
            Step::Join(connector, left, right) => {
                let parts = [left, right];
                let rarer = usize::from(self.is_rarer(left, right, view));
                let mut rows = [NOWHERE; 2];
                for at in [rarer, 1 - rarer] {
                    rows[at] = self.row(parts[at], view);
                    if rows[at] == NOWHERE {
                        return NOWHERE;
                    }
                }
                self.join(connector.reach, rows)
            }
        }
    }

    /// An empty row at the end.
    fn open(&mut self) -> usize {
        let from = self.kept.rows.len();
        self.kept.rows.resize(from + self.width, 0);
        from
    }

    /// Keeps the row at the end unless it is empty.
    fn close(&mut self, from: usize) -> u32 {
        if self.kept.rows[from..].iter().all(|&bits| bits == 0) {
            self.kept.rows.truncate(from);
            return NOWHERE;
        }
        number(from)
    }

    fn union_of<'b>(&mut self, rows: impl Iterator<Item = &'b [u64]>) -> u32 {
        let from = self.open();
        let union = &mut self.kept.rows[from..];
        for row in rows {
            union.iter_mut().zip(row).for_each(|(bits, theirs)| *bits |= theirs);
        }
        self.close(from)
    }

    /// The row of a set of words: that of its only word that stands in the reading, or a union.
    fn words(&mut self, place: Place, set: SetId, view: View) -> u32 {
        let index = self.index;
        let begin = self.kept.kinds.len();
        self.kept.kinds.push(0);
        index.add_kinds(self.plan.terms.members(set), &mut self.kept.kinds);
        self.kept.kinds[begin] = number(self.kept.kinds.len() - begin - 1);
        self.kept.live.at_mut(place).parts = number(begin);
        let mut only = NOWHERE;
        let from = self.kept.rows.len();
        for &word in &self.kept.kinds[begin + 1..] {
            for &side in view.sides() {
                let Some(row) = index.row_number(word, side) else { continue };
                let row = row * self.width;
                if only == NOWHERE {
                    only = number(row);
                    continue;
                }
                if self.kept.rows.len() == from {
                    let first = only as usize;
                    self.kept.rows.extend_from_within(first..first + self.width);
                }
                let (earlier, union) = self.kept.rows.split_at_mut(from);
                let theirs = &earlier[row..row + self.width];
                union.iter_mut().zip(theirs).for_each(|(bits, theirs)| *bits |= theirs);
            }
        }
        if self.kept.rows.len() == from { only } else { number(from) }
    }

    /// The row of a phrase. It is exact, since the matches are found with it.
    fn phrase(&mut self, place: Place, sets: &[SetId], view: View) -> u32 {
        let begin = self.results.arena().len();
        let blocks = self.kept.live.blocks_at(place);
        let source = (&self.plan.terms, self.index, self.reading);
        leaf::phrase(sets, source, (view, blocks), self.results.arena());
        let slot = self.results.since(begin);
        self.set(place, slot);
        if slot.is_empty() {
            return NOWHERE;
        }
        let from = self.open();
        let mut zone = 0;
        for found in self.results.of(slot) {
            zone = self.index.zones.zone_from(zone, found.start);
            set(&mut self.kept.rows[from..], zone);
        }
        number(from)
    }

    fn any(&mut self, place: Place, parts: &[StepId], view: View) -> u32 {
        let before = self.kept.parts.len();
        for &part in parts {
            let Some(place) = self.place(part, view) else { continue };
            let row = self.row_at(place, part, view);
            if row != NOWHERE {
                self.kept.parts.push(Part { step: part, place, row });
            }
        }
        let union = match self.kept.parts.get(before..).unwrap_or_default() {
            [] => NOWHERE,
            [only] => only.row,
            _ => self.union(before),
        };
        let Rows { parts, kept, live, .. } = &mut self.kept;
        live.at_mut(place).parts = number(kept.len());
        kept.push(Part { step: number(parts.len() - before), place, row: NOWHERE });
        kept.extend(parts.drain(before..));
        union
    }

    /// The kinds of the words of a set; its row must be known.
    pub(super) fn kinds(&self, place: Place) -> &[LocalId] {
        let from = self.kept.live.at(place).parts as usize;
        let count = self.kept.kinds[from] as usize;
        &self.kept.kinds[from + 1..from + 1 + count]
    }

    /// Where the parts of a union lie that match somewhere; its row must be known.
    pub(super) fn parts(&self, place: Place) -> Range<usize> {
        let from = self.kept.live.at(place).parts as usize;
        from + 1..from + 1 + self.kept.kept[from].step as usize
    }

    /// One of them, when it may have a match that touches one of the zones from `first` to `last`.
    #[inline]
    pub(super) fn part(&self, at: usize, first: usize, last: usize) -> Option<Part> {
        let part = self.kept.kept[at];
        self.meets(part.row, first, last).then_some(part)
    }

    /// The union of the rows in `parts` from `before` on.
    fn union(&mut self, before: usize) -> u32 {
        let from = self.open();
        let Rows { rows, parts, .. } = &mut self.kept;
        let (earlier, union) = rows.split_at_mut(from);
        for part in &parts[before..] {
            let row = &earlier[part.row as usize..part.row as usize + self.width];
            union.iter_mut().zip(row).for_each(|(bits, theirs)| *bits |= theirs);
        }
        number(from)
    }

    fn join(&mut self, reach: Reach, rows: [u32; 2]) -> u32 {
        let from = self.open();
        let (earlier, row) = self.kept.rows.split_at_mut(from);
        let [left, right] = rows.map(|row| &earlier[row as usize..row as usize + self.width]);
        let zones = &self.index.zones;
        match reach {
            Reach::Words(_) | Reach::Sentence => {
                let both = left.iter().zip(right).map(|(left, right)| left & right);
                row.iter_mut().zip(both).for_each(|(bits, both)| *bits = both);
            }
            Reach::Paragraph => zones.paragraphs.meet(left, right, row),
            Reach::Clause => zones.clauses.meet(left, right, row),
        }
        self.close(from)
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NOWHERE - 1)
}
