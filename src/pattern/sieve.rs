//! In which zones of a reading a step can match at all, by operations on rows of bits.
//!
//! Much cheaper than the matches themselves and enough to tell that most steps have none. A row
//! holds every sentence that a match of the step touches, and may hold more.

use super::ast::Reach;
use super::index::{Index, party_number};
use super::plan::{Plan, Step, StepId};
use super::terms::TermId;
use super::zones::{fill, has, meets, next_zone};

/// The tokens that a term may match where it stands. A term never matches tokens of a heading and
/// of a text together: they share no sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    All,
    Body,
    Heading,
}

const UNKNOWN: u32 = u32::MAX;
/// The row of a step that matches nowhere.
const NOWHERE: u32 = u32::MAX - 1;

/// The rows worked out so far for one reading.
#[derive(Debug)]
pub(super) struct Sieve<'a> {
    plan: &'a Plan,
    index: &'a Index,
    width: usize,
    /// For each step three numbers, by [`View`]: where its row begins in `rows`.
    known: Vec<u32>,
    rows: Vec<u64>,
    /// The rows of the parts of the unions being worked out.
    parts: Vec<u32>,
}

impl<'a> Sieve<'a> {
    pub(super) fn new(plan: &'a Plan, index: &'a Index) -> Self {
        let known = vec![UNKNOWN; plan.steps.len() * 3];
        Self { plan, index, width: index.zones.width, known, rows: Vec::new(), parts: Vec::new() }
    }

    /// Where a step may have a match; nothing when nowhere.
    pub(super) fn zones(&mut self, step: StepId, view: View) -> &[u64] {
        let row = self.row(step, view);
        if row == NOWHERE {
            return &[];
        }
        self.rows.get(row as usize..row as usize + self.width).unwrap_or(&[])
    }

    /// Whether a step may have a match that touches one of the zones from `first` to `last`.
    #[inline]
    pub(super) fn may_meet(&mut self, step: StepId, view: View, first: usize, last: usize) -> bool {
        let row = self.row(step, view);
        if row == NOWHERE {
            return false;
        }
        let row = &self.rows[row as usize..row as usize + self.width];
        if first == last { has(row, first) } else { meets(row, first, last) }
    }

    #[inline]
    fn row(&mut self, step: StepId, view: View) -> u32 {
        let known = self.known[step as usize * 3 + view as usize];
        if known == UNKNOWN { self.new_row(step, view) } else { known }
    }

    #[inline(never)]
    fn new_row(&mut self, step: StepId, view: View) -> u32 {
        let row = self.work_out(step, view);
        self.known[step as usize * 3 + view as usize] = row;
        row
    }

    fn work_out(&mut self, step: StepId, view: View) -> u32 {
        let (plan, index) = (self.plan, self.index);
        match &plan.steps[step as usize] {
            Step::Nothing => NOWHERE,
            Step::Heading(inner) => self.row(*inner, View::Heading),
            Step::Except(left, _) => self.row(*left, view),
            Step::Words(set) => self.words(plan.terms.members(*set), view),
            Step::Phrase(terms) => self.phrase(terms, view),
            Step::Party(party) => self.seen(index.zones.party(party_number(*party)), view),
            Step::Quantity(kind, _) => self.seen(index.zones.quantity(*kind), view),
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
                match connector.reach {
                    Reach::Sentence => self.both(left, right),
                    Reach::Words(_) | Reach::Paragraph => self.spread(left, right, &index.zones.paragraphs),
                    Reach::Clause => self.spread(left, right, &index.zones.clauses),
                }
            }
        }
    }

    /// An empty row at the end.
    fn open(&mut self) -> usize {
        let from = self.rows.len();
        self.rows.resize(from + self.width, 0);
        from
    }

    /// Keeps the row at the end, masked by the view, unless it is empty.
    fn close(&mut self, from: usize, view: View) -> u32 {
        let mask = match view {
            View::All => None,
            View::Body => Some(&self.index.zones.body),
            View::Heading => Some(&self.index.zones.headings),
        };
        let row = self.rows.get_mut(from..).unwrap_or_default();
        if let Some(mask) = mask {
            row.iter_mut().zip(mask).for_each(|(bits, mask)| *bits &= mask);
        }
        if row.iter().all(|&bits| bits == 0) {
            self.rows.truncate(from);
            return NOWHERE;
        }
        u32::try_from(from).unwrap_or(NOWHERE - 1)
    }

    fn seen(&mut self, row: &[u64], view: View) -> u32 {
        let from = self.rows.len();
        self.rows.extend_from_slice(row);
        self.close(from, view)
    }

    fn words(&mut self, terms: &[TermId], view: View) -> u32 {
        let from = self.open();
        let row = &mut self.rows[from..];
        for theirs in terms.iter().filter_map(|&term| self.index.zones.term(term)) {
            row.iter_mut().zip(theirs).for_each(|(bits, theirs)| *bits |= theirs);
        }
        self.close(from, view)
    }

    fn phrase(&mut self, terms: &[TermId], view: View) -> u32 {
        let from = self.rows.len();
        for (at, &term) in terms.iter().enumerate() {
            let Some(theirs) = self.index.zones.term(term) else {
                self.rows.truncate(from);
                return NOWHERE;
            };
            if at == 0 {
                self.rows.extend_from_slice(theirs);
            } else {
                self.rows[from..].iter_mut().zip(theirs).for_each(|(bits, theirs)| *bits &= theirs);
            }
        }
        self.close(from, view)
    }

    fn any(&mut self, parts: &[StepId], view: View) -> u32 {
        let before = self.parts.len();
        for &part in parts {
            let row = self.row(part, view);
            if row != NOWHERE {
                self.parts.push(row);
            }
        }
        let union = match self.parts.get(before..).unwrap_or_default() {
            [] => NOWHERE,
            [one] => *one,
            _ => self.union(before),
        };
        self.parts.truncate(before);
        union
    }

    /// The union of the rows in `parts` from `before` on.
    fn union(&mut self, before: usize) -> u32 {
        let from = self.open();
        let (earlier, out) = self.rows.split_at_mut(from);
        for &row in &self.parts[before..] {
            let row = &earlier[row as usize..row as usize + self.width];
            out.iter_mut().zip(row).for_each(|(bits, theirs)| *bits |= theirs);
        }
        u32::try_from(from).unwrap_or(NOWHERE - 1)
    }

    fn both(&mut self, left: u32, right: u32) -> u32 {
        let from = self.open();
        let (earlier, out) = self.rows.split_at_mut(from);
        for (at, bits) in out.iter_mut().enumerate() {
            *bits = earlier[left as usize + at] & earlier[right as usize + at];
        }
        self.close(from, View::All)
    }

    /// The zones of all stretches that hold zones of both rows.
    fn spread(&mut self, left: u32, right: u32, stretches: &[(u32, u32)]) -> u32 {
        let from = self.open();
        let (earlier, out) = self.rows.split_at_mut(from);
        let row = |at: u32| &earlier[at as usize..at as usize + self.width];
        let weight = |row: &[u64]| row.iter().map(|bits| bits.count_ones()).sum::<u32>();
        let (mut few, mut many) = (row(left), row(right));
        if weight(few) > weight(many) {
            std::mem::swap(&mut few, &mut many);
        }
        let mut next = 0;
        while let Some(zone) = next_zone(few, next) {
            let (first, last) = stretches.get(zone).copied().unwrap_or((0, 0));
            let (first, last) = (first as usize, last as usize);
            if first == last {
                out[zone / 64] |= many[zone / 64] & 1 << (zone % 64);
                next = zone + 1;
                continue;
            }
            if meets(many, first, last) {
                fill(out, first, last);
            }
            // The last zone may be shared with another stretch; those before it are not.
            next = last.max(zone + 1);
        }
        self.close(from, View::All)
    }
}
