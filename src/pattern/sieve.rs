//! In which zones of a reading a step can match at all, by operations on rows of bits.
//!
//! Much cheaper than the matches themselves and enough to tell that most steps have none. A row
//! holds every zone that a match of the step touches, and may hold more. Cheaper still is a single
//! word of bits that says the same of 64 blocks of zones; it is worked out for every step at once, and
//! a step has a row only when it asks for one.

use std::ops::Range;

use super::ast::{Connector, Reach};
use super::index::Index;
use super::leaf;
use super::plan::Plan;
use super::results::Results;
use super::steps::{Extent, Step, StepId};
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

/// A row that nobody has asked for: 0, so that the system gives the memory of what is never asked for when
/// it is, and a start does not wait for it.
const UNKNOWN: u32 = 0;
/// The row of a step that matches nowhere.
const NOWHERE: u32 = u32::MAX - 1;

/// What a sieve needs, kept from reading to reading: nothing is known between two of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// For each step where its row begins in `rows`, counted from 1: first those of one [`View`], then those
    /// of another.
    known: Vec<u32>,
    /// For each step, by [`View`], in which blocks it may match.
    blocks: Vec<[u64; 3]>,
    rows: Vec<u64>,
    /// The parts of the unions being worked out that match somewhere, with their rows.
    parts: Vec<(StepId, u32)>,
    /// The same for the unions that are worked out.
    live: Vec<(StepId, u32)>,
    /// In the same order where the parts of each step lie in `live`; old where its row is unknown.
    live_of: Vec<[u32; 2]>,
    /// One more row.
    spare: Vec<u64>,
}

impl Rows {
    /// Forgets everything.
    fn clear(&mut self, steps: usize) {
        if self.known.len() == steps * 3 {
            self.known.fill(UNKNOWN);
        } else {
            self.known = vec![UNKNOWN; steps * 3];
            self.live_of = vec![[0; 2]; steps * 3];
        }
        self.blocks.clear();
        self.rows.clear();
        self.live.clear();
    }

    /// Where a step stands in `known` and `live_of`.
    #[inline]
    const fn place(&self, step: StepId, view: View) -> usize {
        view as usize * self.blocks.len() + step as usize
    }
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
    pub(super) fn new(
        plan: &'a Plan,
        index: &'a Index,
        reading: &'a Reading,
        (mut kept, mut results): (Rows, Results),
    ) -> Self {
        kept.clear(plan.steps.len());
        results.clear(plan.steps.len());
        // The rows of the words come first, so that a set of one word needs no row of its own.
        kept.rows.extend_from_slice(index.rows());
        spread(plan, index, &mut kept.blocks);
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

    /// Whether a step may have a match that touches one of the zones from `first` to `last`.
    #[inline]
    pub(super) fn may_meet(&mut self, step: StepId, view: View, first: usize, last: usize) -> bool {
        let row = self.row(step, view);
        row != NOWHERE && meets(&self.kept.rows[row as usize..row as usize + self.width], first, last)
    }

    /// The blocks in which a step may have a match.
    #[inline]
    pub(super) fn blocks(&self, step: StepId, view: View) -> u64 {
        self.kept.blocks[step as usize][view as usize]
    }

    /// Whether the second of two steps seems to match in fewer places.
    pub(super) fn is_rarer(&self, left: StepId, right: StepId, view: View) -> bool {
        self.blocks(right, view).count_ones() <= self.blocks(left, view).count_ones()
    }

    #[inline]
    fn row(&mut self, step: StepId, view: View) -> u32 {
        let known = self.kept.known[self.kept.place(step, view)];
        if known == UNKNOWN { self.new_row(step, view) } else { known - 1 }
    }

    #[inline(never)]
    fn new_row(&mut self, step: StepId, view: View) -> u32 {
        let row = if self.blocks(step, view) == 0 { NOWHERE } else { self.work_out(step, view) };
        let place = self.kept.place(step, view);
        self.kept.known[place] = row + 1;
        row
    }

    fn work_out(&mut self, step: StepId, view: View) -> u32 {
        let (plan, index) = (self.plan, self.index);
        match plan.steps.step(step) {
            Step::Nothing => NOWHERE,
            Step::Heading(inner) => self.row(inner, View::Heading),
            Step::Except(left, _) => self.row(left, view),
            Step::Words(set) => self.words(set, view),
            Step::Phrase(sets) => self.phrase(step, sets, view),
            Step::Party(party) => {
                self.union_of(view.sides().iter().map(|&side| index.party_row(party, side)))
            }
            Step::Quantity(kind, _) => {
                self.union_of(view.sides().iter().map(|&side| index.quantity_row(kind, side)))
            }
            Step::Any(parts) => self.any(step, parts, view),
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
                self.join(connector, parts, rows)
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
    fn words(&mut self, set: SetId, view: View) -> u32 {
        let index = self.index;
        let mut only = NOWHERE;
        let from = self.kept.rows.len();
        for &word in index.members(set) {
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
    fn phrase(&mut self, step: StepId, sets: &[SetId], view: View) -> u32 {
        let begin = self.results.arena().len();
        let blocks = self.blocks(step, view);
        leaf::phrase(sets, self.index, self.reading, (view, blocks), self.results.arena());
        let slot = self.results.since(begin);
        self.results.set(step, view, slot);
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

    fn any(&mut self, step: StepId, parts: &[StepId], view: View) -> u32 {
        let before = self.kept.parts.len();
        for &part in parts {
            if self.blocks(part, view) == 0 {
                continue;
            }
            let row = self.row(part, view);
            if row != NOWHERE {
                self.kept.parts.push((part, row));
            }
        }
        let union = match self.kept.parts.get(before..).unwrap_or_default() {
            [] => NOWHERE,
            [(_, row)] => *row,
            _ => self.union(before),
        };
        let place = self.kept.place(step, view);
        let Rows { parts, live, live_of, .. } = &mut self.kept;
        let from = number(live.len());
        live.extend(parts.drain(before..));
        live_of[place] = [from, number(live.len())];
        union
    }

    /// Where the parts of a union lie that match somewhere; its row must be known.
    pub(super) fn live(&self, step: StepId, view: View) -> Range<usize> {
        let [from, to] = self.kept.live_of[self.kept.place(step, view)];
        from as usize..to as usize
    }

    /// One of them, when it may have a match that touches one of the zones from `first` to `last`.
    #[inline]
    pub(super) fn live_part(&self, at: usize, first: usize, last: usize) -> Option<StepId> {
        let (part, row) = self.kept.live[at];
        meets(&self.kept.rows[row as usize..row as usize + self.width], first, last).then_some(part)
    }

    /// The union of the rows in `parts` from `before` on.
    fn union(&mut self, before: usize) -> u32 {
        let from = self.open();
        let Rows { rows, parts, .. } = &mut self.kept;
        let (earlier, union) = rows.split_at_mut(from);
        for &(_, row) in &parts[before..] {
            let row = &earlier[row as usize..row as usize + self.width];
            union.iter_mut().zip(row).for_each(|(bits, theirs)| *bits |= theirs);
        }
        number(from)
    }

    fn join(&mut self, connector: Connector, parts: [StepId; 2], rows: [u32; 2]) -> u32 {
        let from = self.open();
        let Rows { rows: all, spare, .. } = &mut self.kept;
        let (earlier, row) = all.split_at_mut(from);
        let [left, right] = rows.map(|row| &earlier[row as usize..row as usize + self.width]);
        let zones = &self.index.zones;
        match connector.reach {
            Reach::Sentence => {
                let both = left.iter().zip(right).map(|(left, right)| left & right);
                row.iter_mut().zip(both).for_each(|(bits, both)| *bits = both);
            }
            Reach::Words(words) => match zones.shorter(words) {
                None => zones.paragraphs.meet(left, right, row),
                Some(short) => {
                    zones.paragraphs.between(left, right, short, row);
                    if !connector.ordered {
                        spare.resize(self.width, 0);
                        zones.paragraphs.between(right, left, short, spare);
                        row.iter_mut().zip(spare).for_each(|(bits, other)| *bits |= *other);
                    }
                    let wide = |part: StepId| self.plan.steps.extent(part) != Extent::Sentence;
                    match parts.map(wide) {
                        [false, false] => {}
                        [true, false] => zones.paragraphs.flood(|at| left[at], row),
                        [false, true] => zones.paragraphs.flood(|at| right[at], row),
                        [true, true] => zones.paragraphs.flood(|at| left[at] | right[at], row),
                    }
                }
            },
            Reach::Paragraph => zones.paragraphs.meet(left, right, row),
            Reach::Clause => zones.clauses.meet(left, right, row),
        }
        self.close(from)
    }
}

/// Works out in which blocks each step may match, and that most match nowhere: one look at each,
/// since its parts stand in front of it. A match lies in one block, since a block holds whole
/// paragraphs, but for those that `&` joins.
fn spread(plan: &Plan, index: &Index, blocks: &mut Vec<[u64; 3]>) {
    let leaf = |[text, headings]: [u64; 2]| [text | headings, text, headings];
    let both = |left: [u64; 3], right: [u64; 3]| std::array::from_fn(|view| left[view] & right[view]);
    for step in plan.steps.iter() {
        let of = |part: StepId| blocks[part as usize];
        blocks.push(match step {
            Step::Nothing => [0; 3],
            Step::Words(set) => leaf(index.blocks(set)),
            Step::Phrase(sets) => {
                sets.iter().fold([u64::MAX; 3], |found, &set| both(found, leaf(index.blocks(set))))
            }
            Step::Party(party) => leaf(index.party_blocks(party)),
            Step::Quantity(kind, _) => leaf(index.quantity_blocks(kind)),
            Step::Any(parts) => parts.iter().fold([0; 3], |found, &part| {
                let part = of(part);
                std::array::from_fn(|view| found[view] | part[view])
            }),
            Step::Join(Connector { reach: Reach::Clause, .. }, left, right) => {
                let (left, right) = (of(left), of(right));
                std::array::from_fn(|at| if left[at] != 0 && right[at] != 0 { u64::MAX } else { 0 })
            }
            Step::Join(_, left, right) => both(of(left), of(right)),
            Step::Except(inner, _) => of(inner),
            Step::Heading(inner) => [of(inner)[View::Heading as usize]; 3],
        });
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NOWHERE - 1)
}
