//! Minimal intervals, bottom-up over posting lists.
//!
//! Each step of the plan is worked out at most once for each `View`, and only where `sieve` has
//! not told that it has no match: in a few regions on their own, or, where these would be much of
//! the reading, from the whole results of its parts, which other steps share.

use std::ops::Range;

use super::ast::{Connector, Reach};
use super::index::Index;
use super::join::{self, Limit, Stretches, merge};
use super::leaf::{self, Region};
use super::plan::{Extent, PatternId, Plan, Step, StepId};
use super::sieve::{Rows, Sieve, View};
use super::zones::{meets, next_zone};
use crate::token::Reading;

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

/// Where the result of a step lies in the arena. While it is unknown, `to` counts what was spent
/// on looking for it region by region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    from: u32,
    to: u32,
}

const EMPTY: Slot = Slot { from: 0, to: 0 };
const UNKNOWN: Slot = Slot { from: u32::MAX, to: 0 };

/// What may be spent on a step region by region, in units of one look; then it is worked out for
/// good, since a part that is asked for so often is shared by many patterns.
const PATIENCE: u32 = 60;

/// A step is worked out region by region when it may match in fewer zones than one in so many.
const SPARSE: usize = 3;
/// Words, phrases and unions of them only when they may match in so few zones: all their matches
/// cost little more than those of some regions.
const FEW: usize = 8;

/// Evaluates patterns of one plan over one reading; results are kept, so that a shared part is
/// evaluated once.
#[derive(Debug)]
pub struct Evaluation<'a> {
    pub(super) plan: &'a Plan,
    index: &'a Index,
    reading: &'a Reading,
    sieve: Sieve<'a>,
    kept: Results,
    spare: Vec<Vec<Interval>>,
    regions: Vec<Region>,
}

/// What an evaluation needs, kept by a worker from reading to reading so that it need not be
/// asked for anew. Holds nothing that is known.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    rows: Rows,
    results: Results,
    spare: Vec<Vec<Interval>>,
    regions: Vec<Region>,
}

/// The results worked out so far.
#[derive(Clone, Debug, Default)]
struct Results {
    /// Three for each step, by [`View`].
    slots: Vec<Slot>,
    /// Which of them are not as in the beginning.
    touched: Vec<u32>,
    arena: Vec<Interval>,
}

impl Results {
    /// Forgets everything.
    fn clear(&mut self, steps: usize) {
        for &at in &self.touched {
            self.slots[at as usize] = UNKNOWN;
        }
        self.touched.clear();
        self.arena.clear();
        self.slots.resize(steps * 3, UNKNOWN);
    }
}

impl<'a> Evaluation<'a> {
    /// Nothing evaluated yet. The index must be that of the same plan and reading.
    #[must_use]
    pub fn new(plan: &'a Plan, index: &'a Index, reading: &'a Reading) -> Self {
        Self::reusing(Scratch::default(), plan, index, reading)
    }

    /// Nothing evaluated yet, with the memory of an earlier evaluation.
    #[must_use]
    pub fn reusing(scratch: Scratch, plan: &'a Plan, index: &'a Index, reading: &'a Reading) -> Self {
        let Scratch { rows, results: mut kept, spare, regions } = scratch;
        kept.clear(plan.steps.len());
        Self { plan, index, reading, sieve: Sieve::new(plan, index, rows), kept, spare, regions }
    }

    /// The memory, for the next evaluation.
    #[must_use]
    pub fn into_scratch(self) -> Scratch {
        let rows = self.sieve.into_rows();
        Scratch { rows, results: self.kept, spare: self.spare, regions: self.regions }
    }

    /// The matches of a pattern.
    pub fn matches(&mut self, pattern: PatternId, scope: Scope) -> &[Interval] {
        let slot = self.plan.step_of(pattern).map_or(EMPTY, |step| self.step(step, scope.into()));
        self.result(slot)
    }

    /// Whether a match of a pattern lies inside an interval. Looks at little more than the
    /// interval, so that it costs less than all matches.
    pub fn has_match_within(&mut self, pattern: PatternId, scope: Scope, inside: Interval) -> bool {
        let (Some(step), view) = (self.plan.step_of(pattern), View::from(scope)) else { return false };
        if inside.start >= inside.end {
            return false;
        }
        let zone_of = |token: u32| self.index.zones.of_sentence(self.reading.sentence_of(token));
        let (first, _) = self.around(step, zone_of(inside.start));
        let (_, last) = self.around(step, zone_of(inside.end - 1));
        let region = self.region(first, last);
        let mut found = self.buffer();
        self.local(step, view, &region, &mut found);
        let holds = found.iter().any(|found| inside.start <= found.start && found.end <= inside.end);
        found.clear();
        self.spare.push(found);
        holds
    }

    /// In how many zones (sentences, or runs of them in a very long reading) a pattern may match:
    /// a bound that costs little, 0 only when there is no match.
    pub fn weight(&mut self, pattern: PatternId, scope: Scope) -> u32 {
        let Some(step) = self.plan.step_of(pattern) else { return 0 };
        self.sieve.zones(step, scope.into()).iter().map(|bits| bits.count_ones()).sum()
    }

    /// The first matches of a pattern, at least `count` of them if there are as many.
    pub fn first_matches(&mut self, pattern: PatternId, scope: Scope, count: usize) -> Vec<Interval> {
        let (Some(step), view) = (self.plan.step_of(pattern), View::from(scope)) else { return Vec::new() };
        let (mut found, mut next) = (Vec::new(), 0);
        while found.len() < count
            && let Some(region) = self.next_region(step, view, next)
        {
            next = region.last + 1;
            self.local(step, view, &region, &mut found);
        }
        found
    }

    /// The matches of a pattern that touch a run of sentences, given as indices. Where no match of
    /// the pattern leaves its sentence, only these sentences are looked at.
    pub fn matches_in(
        &mut self,
        pattern: PatternId,
        scope: Scope,
        sentences: &Range<usize>,
    ) -> Vec<Interval> {
        let (Some(id), false) = (self.plan.step_of(pattern), sentences.is_empty()) else { return Vec::new() };
        let (view, index) = (View::from(scope), self.index);
        let zones = &index.zones;
        let (first, last) = (zones.of_sentence(sentences.start), zones.of_sentence(sentences.end - 1));
        if !meets(self.sieve.zones(id, view), first, last) {
            return Vec::new();
        }
        let tokens =
            self.reading.sentence(sentences.start).start..self.reading.sentence(sentences.end - 1).end;
        let known = self.kept.slots[id as usize * 3 + view as usize].from != UNKNOWN.from;
        let mut found = Vec::new();
        if known || self.plan.extents[id as usize] != Extent::Sentence {
            let slot = self.step(id, view);
            let all = self.result(slot);
            let from = all.partition_point(|found| found.end <= tokens.start);
            let to = all.partition_point(|found| found.start < tokens.end);
            found.extend_from_slice(all.get(from..to).unwrap_or_default());
        } else {
            let start = zones.first_token(first, self.reading.len());
            let end = zones.first_token(last + 1, self.reading.len());
            self.local(id, view, &Region { first, last, start, end }, &mut found);
            found.retain(|found| found.start < tokens.end && tokens.start < found.end);
        }
        found
    }

    /// Where a pattern may match, as a row of bits: bit `n % 64` of word `n / 64` stands for zone
    /// `n`. It may be set in vain, but never lacks; a row that is too short ends in zeros.
    pub fn may_match(&mut self, pattern: PatternId, scope: Scope) -> &[u64] {
        match self.plan.step_of(pattern) {
            Some(step) => self.sieve.zones(step, scope.into()),
            None => &[],
        }
    }

    /// The first sentence of a zone, as an index; most zones hold just one.
    #[must_use]
    pub fn sentence_of_zone(&self, zone: usize) -> usize {
        self.index.zones.first_sentence(zone)
    }

    pub(super) fn result(&self, slot: Slot) -> &[Interval] {
        self.kept.arena.get(slot.from as usize..slot.to as usize).unwrap_or(&[])
    }

    /// All matches of a step.
    pub(super) fn step(&mut self, id: StepId, view: View) -> Slot {
        let place = id as usize * 3 + view as usize;
        let known = self.kept.slots[place];
        if known.from != UNKNOWN.from {
            return known;
        }
        let slot = self.work_out(id, view);
        self.kept.slots[place] = slot;
        self.touch(place);
        slot
    }

    fn touch(&mut self, place: usize) {
        self.kept.touched.push(u32::try_from(place).unwrap_or(0));
    }

    fn work_out(&mut self, id: StepId, view: View) -> Slot {
        if self.sieve.zones(id, view).is_empty() {
            return EMPTY;
        }
        let mut regions = std::mem::take(&mut self.regions);
        let zones = self.regions(id, view, &mut regions);
        let slot = if zones == 0 {
            EMPTY
        } else if zones * SPARSE < self.index.zones.count() && (zones <= FEW || self.is_composed(id)) {
            let mut found = self.buffer();
            for region in &regions {
                self.local_parts(id, view, region, &mut found);
            }
            self.keep(found)
        } else {
            self.whole(id, view)
        };
        regions.clear();
        self.regions = regions;
        slot
    }

    /// Whether a step joins matches of others.
    fn is_composed(&self, id: StepId) -> bool {
        matches!(self.plan.steps[id as usize], Step::Join(..) | Step::Except(..))
    }

    /// The zones from first to last that a match of a step may touch when it touches a zone.
    fn around(&self, id: StepId, zone: usize) -> (usize, usize) {
        let stretches = match self.plan.extents[id as usize] {
            Extent::Sentence => return (zone, zone),
            Extent::Paragraph => &self.index.zones.paragraphs.bounds,
            Extent::Clause => &self.index.zones.clauses.bounds,
        };
        stretches.get(zone).map_or((zone, zone), |&(first, last)| (first as usize, last as usize))
    }

    fn region(&self, first: usize, last: usize) -> Region {
        let token = |zone| self.index.zones.first_token(zone, self.reading.len());
        Region { first, last, start: token(first), end: token(last + 1) }
    }

    /// The first region behind the zone `from` that may hold matches of a step.
    fn next_region(&mut self, id: StepId, view: View, from: usize) -> Option<Region> {
        let zone = next_zone(self.sieve.zones(id, view), from)?;
        let (first, mut last) = self.around(id, zone);
        if self.plan.extents[id as usize] != Extent::Sentence {
            // In a very long reading two stretches may share a zone: they are kept together.
            while let Some(zone) = next_zone(self.sieve.zones(id, view), last + 1) {
                let (begin, end) = self.around(id, zone);
                if begin > last {
                    break;
                }
                last = end;
            }
        }
        Some(self.region(first.max(from), last))
    }

    /// The regions that hold every match of a step; how many zones they have.
    fn regions(&mut self, id: StepId, view: View, regions: &mut Vec<Region>) -> usize {
        let (mut count, mut next) = (0, 0);
        while let Some(region) = self.next_region(id, view, next) {
            count += region.last + 1 - region.first;
            next = region.last + 1;
            match regions.last_mut() {
                Some(before) if before.last + 1 == region.first => {
                    (before.last, before.end) = (region.last, region.end);
                }
                _ => regions.push(region),
            }
        }
        count
    }

    /// All matches of a step, from those of its parts.
    fn whole(&mut self, id: StepId, view: View) -> Slot {
        let plan = self.plan;
        match &plan.steps[id as usize] {
            Step::Heading(inner) => self.step(*inner, View::Heading),
            Step::Any(parts) => {
                let mut slots = Vec::with_capacity(parts.len());
                for &part in parts {
                    let slot = self.step(part, view);
                    if slot.from < slot.to {
                        slots.push(slot);
                    }
                }
                if let [one] = slots.as_slice() {
                    return *one;
                }
                let mut all = self.buffer();
                slots.iter().for_each(|&slot| all.extend_from_slice(self.result(slot)));
                merge(&mut all, slots.len());
                self.keep(all)
            }
            Step::Join(connector, left, right) => {
                let (right, left) = (self.step(*right, view), self.step(*left, view));
                let mut found = self.buffer();
                self.join(*connector, self.result(left), self.result(right), &mut found);
                self.keep(found)
            }
            Step::Except(left, right) => {
                let (left, right) = (self.step(*left, view), self.step(*right, view));
                let mut found = self.buffer();
                self.except(self.result(left), self.result(right), &mut found);
                self.keep(found)
            }
            leaf => {
                let everywhere = Region {
                    first: 0,
                    last: self.index.zones.count().saturating_sub(1),
                    start: 0,
                    end: self.reading.len(),
                };
                let mut found = self.buffer();
                leaf::matches(leaf, self.index, self.reading, view, everywhere, &mut found);
                self.keep(found)
            }
        }
    }

    /// Adds the matches of a step inside a region, which no match of the pattern leaves.
    fn local(&mut self, id: StepId, view: View, region: &Region, found: &mut Vec<Interval>) {
        let place = id as usize * 3 + view as usize;
        let mut slot = self.kept.slots[place];
        if slot.from == UNKNOWN.from {
            if !self.sieve.may_meet(id, view, region.first, region.last) {
                return;
            }
            if slot.to < PATIENCE {
                if slot.to == 0 {
                    self.touch(place);
                }
                self.kept.slots[place].to += 1;
                self.local_parts(id, view, region, found);
                return;
            }
            slot = self.step(id, view);
        }
        let all = self.result(slot);
        let from = all.partition_point(|one| one.start < region.start);
        let inside = all.get(from..).unwrap_or(&[]);
        found.extend(inside.iter().take_while(|one| one.end <= region.end));
    }

    fn local_parts(&mut self, id: StepId, view: View, region: &Region, found: &mut Vec<Interval>) {
        let plan = self.plan;
        match &plan.steps[id as usize] {
            Step::Heading(inner) => self.local(*inner, View::Heading, region, found),
            Step::Any(parts) => {
                let mut all = self.buffer();
                let mut lists = 0;
                for &part in parts {
                    if !self.sieve.may_meet(part, view, region.first, region.last) {
                        continue;
                    }
                    let before = all.len();
                    self.local(part, view, region, &mut all);
                    lists += usize::from(all.len() > before);
                }
                merge(&mut all, lists);
                found.append(&mut all);
                self.spare.push(all);
            }
            Step::Join(connector, left, right) => {
                let (mut a, mut b) = (self.buffer(), self.buffer());
                // The part written last is mostly the rarer.
                self.local(*right, view, region, &mut b);
                if !b.is_empty() {
                    self.local(*left, view, region, &mut a);
                }
                self.join(*connector, &a, &b, found);
                self.give_back([a, b]);
            }
            Step::Except(left, right) => {
                let (mut a, mut b) = (self.buffer(), self.buffer());
                self.local(*left, view, region, &mut a);
                if !a.is_empty() {
                    self.local(*right, view, region, &mut b);
                }
                self.except(&a, &b, found);
                self.give_back([a, b]);
            }
            leaf => leaf::matches(leaf, self.index, self.reading, view, *region, found),
        }
    }

    fn buffer(&mut self) -> Vec<Interval> {
        self.spare.pop().unwrap_or_default()
    }

    fn give_back(&mut self, buffers: [Vec<Interval>; 2]) {
        for mut buffer in buffers {
            buffer.clear();
            self.spare.push(buffer);
        }
    }

    fn keep(&mut self, mut found: Vec<Interval>) -> Slot {
        let from = self.kept.arena.len();
        self.kept.arena.append(&mut found);
        self.spare.push(found);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX - 1);
        Slot { from: number(from), to: number(self.kept.arena.len()) }
    }

    fn join(&self, connector: Connector, left: &[Interval], right: &[Interval], found: &mut Vec<Interval>) {
        let (Some(a), Some(b)) = (left.first(), right.first()) else { return };
        let (starts, below): (&[u32], u32) = match connector.reach {
            Reach::Words(n) => (&self.reading.paragraphs, u32::from(n)),
            Reach::Sentence => (&self.reading.sentences, u32::MAX),
            Reach::Paragraph => (&self.reading.paragraphs, u32::MAX),
            Reach::Clause => (&self.index.clauses, u32::MAX),
        };
        let limit = Limit { stretches: Stretches::from(starts, a.start.min(b.start)), below };
        if connector.ordered {
            join::ordered(left, right, limit, found);
        } else {
            join::unordered(left, right, limit, found);
        }
    }

    fn except(&self, left: &[Interval], right: &[Interval], found: &mut Vec<Interval>) {
        let Some(first) = left.first() else { return };
        if right.is_empty() {
            found.extend_from_slice(left);
            return;
        }
        join::except(left, right, Stretches::from(&self.reading.sentences, first.start), found);
    }
}
