//! In which zones of a reading a step can match at all, by operations on rows of bits.
//!
//! Much cheaper than the matches themselves and enough to tell that most steps have none. A row
//! holds every zone that a match of the step touches, and may hold more.

use super::ast::Reach;
use super::index::Index;
use super::plan::{Plan, Step, StepId};
use super::terms::SetId;
use super::zones::meets;

/// The tokens that a term may match where it stands. A term never matches tokens of a heading and
/// of a text together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    All,
    Body,
    Heading,
}

const UNKNOWN: u32 = u32::MAX;
/// The row of a step that matches nowhere.
const NOWHERE: u32 = u32::MAX - 1;

/// What a sieve needs, kept from reading to reading: nothing is known between two of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// For each step three numbers, by [`View`]: where its row begins in `rows`.
    known: Vec<u32>,
    /// Which of them are not [`UNKNOWN`].
    touched: Vec<u32>,
    rows: Vec<u64>,
    /// The rows of the parts of the unions being worked out.
    parts: Vec<u32>,
}

impl Rows {
    /// Forgets everything.
    fn clear(&mut self, steps: usize) {
        for &at in &self.touched {
            self.known[at as usize] = UNKNOWN;
        }
        self.touched.clear();
        self.rows.clear();
        self.known.resize(steps * 3, UNKNOWN);
    }
}

/// The rows worked out so far for one reading.
#[derive(Debug)]
pub(super) struct Sieve<'a> {
    plan: &'a Plan,
    index: &'a Index,
    width: usize,
    kept: Rows,
}

impl<'a> Sieve<'a> {
    pub(super) fn new(plan: &'a Plan, index: &'a Index, mut kept: Rows) -> Self {
        kept.clear(plan.steps.len());
        Self { plan, index, width: index.zones.width, kept }
    }

    /// What can be used again for another reading.
    pub(super) fn into_rows(self) -> Rows {
        self.kept
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

    #[inline]
    fn row(&mut self, step: StepId, view: View) -> u32 {
        let known = self.kept.known[step as usize * 3 + view as usize];
        if known == UNKNOWN { self.new_row(step, view) } else { known }
    }

    #[inline(never)]
    fn new_row(&mut self, step: StepId, view: View) -> u32 {
        let row = self.work_out(step, view);
        let at = step as usize * 3 + view as usize;
        self.kept.known[at] = row;
        self.kept.touched.push(u32::try_from(at).unwrap_or(0));
        row
    }

    fn work_out(&mut self, step: StepId, view: View) -> u32 {
        let (plan, index) = (self.plan, self.index);
        match &plan.steps[step as usize] {
            Step::Nothing => NOWHERE,
            Step::Heading(inner) => self.row(*inner, View::Heading),
            Step::Except(left, _) => self.row(*left, view),
            Step::Words(set) => {
                let from = self.kept.rows.len();
                if self.words(*set, view) { self.close(from) } else { NOWHERE }
            }
            Step::Phrase(sets) => self.phrase(sets, view),
            Step::Party(party) => self.union_of(view.sides().map(|side| index.party_row(*party, side))),
            Step::Quantity(kind, _) => {
                self.union_of(view.sides().map(|side| index.quantity_row(*kind, side)))
            }
            Step::Any(parts) => self.any(parts, view),
            Step::Join(connector, left, right) => {
                // The part written last is mostly the most particular.
                let right = self.row(*right, view);
                if right == NOWHERE {
                    return NOWHERE;
                }
                let left = self.row(*left, view);
                if left == NOWHERE {
                    return NOWHERE;
                }
                self.join(connector.reach, left as usize, right as usize)
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
        u32::try_from(from).unwrap_or(NOWHERE - 1)
    }

    fn union_of<'b>(&mut self, rows: impl Iterator<Item = &'b [u64]>) -> u32 {
        let from = self.open();
        let union = &mut self.kept.rows[from..];
        for row in rows {
            union.iter_mut().zip(row).for_each(|(bits, theirs)| *bits |= theirs);
        }
        self.close(from)
    }

    /// Adds the row of a set of words at the end; whether any of its words stand in the reading.
    fn words(&mut self, set: SetId, view: View) -> bool {
        let index = self.index;
        let members = index.members(set);
        if members.is_empty() {
            return false;
        }
        let from = self.open();
        let union = &mut self.kept.rows[from..];
        for side in view.sides() {
            for &word in members {
                union.iter_mut().zip(index.row(word, side)).for_each(|(bits, theirs)| *bits |= theirs);
            }
        }
        true
    }

    fn phrase(&mut self, sets: &[SetId], view: View) -> u32 {
        if sets.iter().any(|&set| self.index.members(set).is_empty()) {
            return NOWHERE;
        }
        let from = self.kept.rows.len();
        for (at, &set) in sets.iter().enumerate() {
            self.words(set, view);
            if at > 0 {
                let (phrase, word) = self.kept.rows[from..].split_at_mut(self.width);
                phrase.iter_mut().zip(word).for_each(|(bits, theirs)| *bits &= *theirs);
                self.kept.rows.truncate(from + self.width);
            }
        }
        self.close(from)
    }

    fn any(&mut self, parts: &[StepId], view: View) -> u32 {
        let before = self.kept.parts.len();
        for &part in parts {
            let row = self.row(part, view);
            if row != NOWHERE {
                self.kept.parts.push(row);
            }
        }
        let union = match self.kept.parts.get(before..).unwrap_or_default() {
            [] => NOWHERE,
            [one] => *one,
            _ => self.union(before),
        };
        self.kept.parts.truncate(before);
        union
    }

    /// The union of the rows in `parts` from `before` on.
    fn union(&mut self, before: usize) -> u32 {
        let from = self.open();
        let Rows { rows, parts, .. } = &mut self.kept;
        let (earlier, union) = rows.split_at_mut(from);
        for &row in &parts[before..] {
            let row = &earlier[row as usize..row as usize + self.width];
            union.iter_mut().zip(row).for_each(|(bits, theirs)| *bits |= theirs);
        }
        u32::try_from(from).unwrap_or(NOWHERE - 1)
    }

    fn join(&mut self, reach: Reach, left: usize, right: usize) -> u32 {
        let from = self.open();
        let (earlier, row) = self.kept.rows.split_at_mut(from);
        let (left, right) = (&earlier[left..left + self.width], &earlier[right..right + self.width]);
        let zones = &self.index.zones;
        let any = match reach {
            Reach::Sentence => {
                let mut any = 0;
                for (row, (left, right)) in row.iter_mut().zip(left.iter().zip(right)) {
                    *row = left & right;
                    any |= *row;
                }
                any != 0
            }
            Reach::Words(_) | Reach::Paragraph => zones.paragraphs.meet(left, right, row),
            Reach::Clause => zones.clauses.meet(left, right, row),
        };
        if !any {
            self.kept.rows.truncate(from);
            return NOWHERE;
        }
        u32::try_from(from).unwrap_or(NOWHERE - 1)
    }
}
