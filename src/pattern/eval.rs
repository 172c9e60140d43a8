//! Minimal intervals, bottom-up over posting lists.
//!
//! Each step of the plan is worked out at most once for each [`View`], and only when `sieve` has
//! not told that it matches nowhere.

use super::ast::{Connector, Operator, Reach};
use super::index::Index;
use super::join::{self, Limit, Stretches, gallop, push_minimal};
use super::plan::{PatternId, Plan, Step, StepId};
use super::sieve::{Sieve, View};
use super::terms::TermId;
use crate::token::{QuantityKind, Reading};

/// A match: tokens `start..end` of a reading. The intervals of one result form an antichain,
/// sorted by start and by end alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First token, counted from 0.
    pub start: u32,
    /// The token after the last one.
    pub end: u32,
}

/// Which tokens terms outside `heading(...)` may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Headings, run-in titles and text alike: what `query` reads.
    All,
    /// Text only: a heading never makes an element present. Inside `heading(...)`, headings only.
    Body,
}

impl From<Scope> for View {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::All => Self::All,
            Scope::Body => Self::Body,
        }
    }
}

/// Where the result of a step lies in the arena.
#[derive(Clone, Copy, Debug)]
struct Slot {
    from: u32,
    to: u32,
}

const EMPTY: Slot = Slot { from: 0, to: 0 };
const UNKNOWN: Slot = Slot { from: u32::MAX, to: 0 };

/// Evaluates patterns of one plan over one reading; results are kept, so that a shared part is
/// evaluated once.
#[derive(Debug)]
pub struct Evaluation<'a> {
    plan: &'a Plan,
    index: &'a Index,
    reading: &'a Reading,
    sieve: Sieve<'a>,
    /// Three results for each step, by [`View`].
    slots: Vec<Slot>,
    arena: Vec<Interval>,
    spare: Vec<Vec<Interval>>,
}

impl<'a> Evaluation<'a> {
    /// Nothing evaluated yet. The index must be that of the same plan and reading.
    #[must_use]
    pub fn new(plan: &'a Plan, index: &'a Index, reading: &'a Reading) -> Self {
        let sieve = Sieve::new(plan, index);
        let slots = vec![UNKNOWN; plan.steps.len() * 3];
        Self { plan, index, reading, sieve, slots, arena: Vec::new(), spare: Vec::new() }
    }

    /// The matches of a pattern.
    pub fn matches(&mut self, pattern: PatternId, scope: Scope) -> &[Interval] {
        let slot = self.plan.step_of(pattern).map_or(EMPTY, |step| self.step(step, scope.into()));
        self.result(slot)
    }

    /// The matches of a pattern that lie inside an interval.
    pub fn matches_within(&mut self, pattern: PatternId, scope: Scope, inside: Interval) -> &[Interval] {
        let matches = self.matches(pattern, scope);
        let from = matches.partition_point(|found| found.start < inside.start);
        let to = matches.partition_point(|found| found.end <= inside.end);
        matches.get(from..to.max(from)).unwrap_or(&[])
    }

    /// The words that make up a match: for each term that took part the tokens that it matched,
    /// from first to last, none inside another. An interval that is no match comes back as it is.
    pub fn leaf_spans(&mut self, pattern: PatternId, scope: Scope, found: Interval) -> Vec<Interval> {
        let mut leaves = Vec::new();
        if let Some(step) = self.plan.step_of(pattern) {
            self.leaves(step, scope.into(), found, &mut leaves);
        }
        if leaves.is_empty() {
            leaves.push(found);
        }
        leaves.sort_unstable_by_key(|leaf| (leaf.start, std::cmp::Reverse(leaf.end)));
        let mut end = 0;
        leaves.retain(|leaf| {
            let sticks_out = leaf.end > end;
            end = end.max(leaf.end);
            sticks_out
        });
        leaves
    }

    fn result(&self, slot: Slot) -> &[Interval] {
        self.arena.get(slot.from as usize..slot.to as usize).unwrap_or(&[])
    }

    fn step(&mut self, id: StepId, view: View) -> Slot {
        let place = id as usize * 3 + view as usize;
        let known = self.slots[place];
        if known.from != UNKNOWN.from {
            return known;
        }
        let slot = if self.sieve.passes(id, view) { self.work_out(id, view) } else { EMPTY };
        self.slots[place] = slot;
        slot
    }

    fn work_out(&mut self, id: StepId, view: View) -> Slot {
        let plan = self.plan;
        match &plan.steps[id as usize] {
            Step::Nothing => EMPTY,
            Step::Heading(inner) => self.step(*inner, View::Heading),
            Step::Any(parts) => self.any(parts, view),
            Step::Join(connector, left, right) => self.join(*connector, *left, *right, view),
            Step::Except(left, right) => self.except(*left, *right, view),
            leaf => {
                let mut found = self.buffer();
                self.leaf(leaf, view, &mut found);
                self.keep(found)
            }
        }
    }

    fn buffer(&mut self) -> Vec<Interval> {
        self.spare.pop().unwrap_or_default()
    }

    fn keep(&mut self, mut found: Vec<Interval>) -> Slot {
        let from = self.arena.len();
        self.arena.append(&mut found);
        self.spare.push(found);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX - 1);
        Slot { from: number(from), to: number(self.arena.len()) }
    }

    fn leaf(&self, leaf: &Step, view: View, found: &mut Vec<Interval>) {
        match leaf {
            Step::Words(set) => self.words(self.plan.terms.members(*set), view, found),
            Step::Phrase(sets) => self.phrase(sets, view, found),
            Step::Party(party) => {
                found.extend(self.index.party(*party).iter().filter(|name| self.seen(**name, view)));
            }
            Step::Quantity(kind, test) => self.quantity(*kind, *test, view, found),
            Step::Nothing | Step::Any(_) | Step::Join(..) | Step::Except(..) | Step::Heading(_) => {}
        }
    }

    fn words(&self, terms: &[TermId], view: View, found: &mut Vec<Interval>) {
        let mut lists = 0;
        for &term in terms {
            for (heading, other) in [(false, View::Heading), (true, View::Body)] {
                let list = if view == other { &[] } else { self.index.postings(term, heading) };
                found.extend(list.iter().map(|&at| Interval { start: at, end: at + 1 }));
                lists += usize::from(!list.is_empty());
            }
        }
        if lists > 1 {
            found.sort_unstable_by_key(|place| place.start);
            found.dedup();
        }
    }

    fn phrase(&self, terms: &[TermId], view: View, found: &mut Vec<Interval>) {
        for (heading, other) in [(false, View::Heading), (true, View::Body)] {
            if view != other {
                self.phrase_in(terms, heading, found);
            }
        }
        if view == View::All {
            found.sort();
        }
    }

    /// The places of a phrase, sought around its rarest word.
    fn phrase_in(&self, terms: &[TermId], heading: bool, found: &mut Vec<Interval>) {
        let list = |at: usize| self.index.postings(terms[at], heading);
        let Some(rarest) = (0..terms.len()).min_by_key(|&at| list(at).len()) else { return };
        if list(rarest).is_empty() {
            return;
        }
        let mut cursors = vec![0usize; terms.len()];
        let mut sentences = Stretches::new(&self.reading.sentences);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        'places: for &at in list(rarest) {
            let Some(start) = at.checked_sub(offset(rarest)) else { continue };
            for (gap, cursor) in cursors.iter_mut().enumerate() {
                let wanted = start + offset(gap);
                *cursor = gallop(list(gap), *cursor, |&at| at < wanted);
                if list(gap).get(*cursor) != Some(&wanted) {
                    continue 'places;
                }
            }
            let end = start + offset(terms.len());
            if end <= sentences.end(start) {
                found.push(Interval { start, end });
            }
        }
    }

    fn quantity(
        &self,
        kind: QuantityKind,
        test: Option<(Operator, u64)>,
        view: View,
        found: &mut Vec<Interval>,
    ) {
        for quantity in self.reading.quantities.iter().filter(|quantity| quantity.kind == kind) {
            let place = Interval { start: quantity.start, end: quantity.end };
            let holds = test.is_none_or(|(operator, bits)| {
                quantity.value.is_some_and(|value| operator.holds(value, f64::from_bits(bits)))
            });
            if holds && self.seen(place, view) {
                push_minimal(found, place);
            }
        }
    }

    /// Whether a view shows these tokens, all of which stand in a heading or none.
    fn seen(&self, place: Interval, view: View) -> bool {
        let heading = self.reading.tokens.get(place.start as usize).is_some_and(|token| token.heading);
        match view {
            View::All => true,
            View::Body => !heading,
            View::Heading => heading,
        }
    }

    fn any(&mut self, parts: &[StepId], view: View) -> Slot {
        let mut slots = Vec::with_capacity(parts.len());
        for &part in parts {
            let slot = self.step(part, view);
            if slot.from < slot.to {
                slots.push(slot);
            }
        }
        match slots.as_slice() {
            [] => EMPTY,
            [one] => *one,
            [left, right] => {
                let mut found = self.buffer();
                join::union(self.result(*left), self.result(*right), &mut found);
                self.keep(found)
            }
            _ => {
                let mut all = self.buffer();
                slots.iter().for_each(|&slot| all.extend_from_slice(self.result(slot)));
                all.sort(); // runs that are sorted already
                let mut found = self.buffer();
                all.drain(..).for_each(|place| push_minimal(&mut found, place));
                self.spare.push(all);
                self.keep(found)
            }
        }
    }

    /// Both operands; nothing when one has no match.
    fn both(&mut self, left: StepId, right: StepId, view: View) -> Option<(Slot, Slot)> {
        // The part written last is mostly the rarer.
        let right = self.step(right, view);
        if right.from == right.to {
            return None;
        }
        let left = self.step(left, view);
        (left.from < left.to).then_some((left, right))
    }

    fn join(&mut self, connector: Connector, left: StepId, right: StepId, view: View) -> Slot {
        let Some((left, right)) = self.both(left, right, view) else { return EMPTY };
        let mut found = self.buffer();
        let limit = self.limit(connector.reach);
        let (left, right) = (self.result(left), self.result(right));
        if connector.ordered {
            join::ordered(left, right, limit, &mut found);
        } else {
            join::unordered(left, right, limit, &mut found);
        }
        self.keep(found)
    }

    fn limit(&self, reach: Reach) -> Limit<'a> {
        let (starts, below): (&'a [u32], u32) = match reach {
            Reach::Words(n) => (&self.reading.paragraphs, u32::from(n)),
            Reach::Sentence => (&self.reading.sentences, u32::MAX),
            Reach::Paragraph => (&self.reading.paragraphs, u32::MAX),
            Reach::Clause => (&self.index.clauses, u32::MAX),
        };
        Limit { stretches: Stretches::new(starts), below }
    }

    fn except(&mut self, left: StepId, right: StepId, view: View) -> Slot {
        let left = self.step(left, view);
        if left.from == left.to {
            return EMPTY;
        }
        let right = self.step(right, view);
        if right.from == right.to {
            return left;
        }
        let mut found = self.buffer();
        join::except(self.result(left), self.result(right), &self.reading.sentences, &mut found);
        self.keep(found)
    }

    /// The leaves of a match of a step; nothing when the interval is no match.
    fn leaves(&mut self, id: StepId, view: View, place: Interval, leaves: &mut Vec<Interval>) {
        let slot = self.step(id, view);
        if self.result(slot).binary_search(&place).is_err() {
            return;
        }
        let plan = self.plan;
        match &plan.steps[id as usize] {
            Step::Heading(inner) => self.leaves(*inner, View::Heading, place, leaves),
            Step::Except(left, _) => self.leaves(*left, view, place, leaves),
            Step::Any(parts) => parts.iter().for_each(|&part| self.leaves(part, view, place, leaves)),
            Step::Join(connector, left, right) => {
                let (a, b) = (self.step(*left, view), self.step(*right, view));
                let witness = self.witness(*connector, a, b, place);
                if let Some((x, y)) = witness {
                    self.leaves(*left, view, x, leaves);
                    self.leaves(*right, view, y, leaves);
                }
            }
            _ => leaves.push(place),
        }
    }

    /// Two matches whose hull is `place`: one begins it, the other is the nearest behind.
    fn witness(
        &self,
        connector: Connector,
        a: Slot,
        b: Slot,
        place: Interval,
    ) -> Option<(Interval, Interval)> {
        let (a, b) = (self.result(a), self.result(b));
        let pair = |firsts: &[Interval], seconds: &[Interval]| {
            let first = *firsts.get(firsts.partition_point(|x| x.start < place.start))?;
            let from = if connector.ordered { first.end } else { first.start };
            let second = *seconds.get(seconds.partition_point(|y| y.start < from))?;
            let hull = first.start == place.start && first.end.max(second.end) == place.end;
            hull.then_some((first, second))
        };
        if let Some(found) = pair(a, b) {
            return Some(found);
        }
        if connector.ordered {
            return None;
        }
        pair(b, a).map(|(y, x)| (x, y))
    }
}
