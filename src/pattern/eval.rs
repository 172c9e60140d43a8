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
use super::live::Place;
use super::plan::{PatternId, Plan};
use super::results::{Results, Slot};
use super::sieve::{Rows, Sieve, View};
use super::steps::{Extent, Step, StepId};
use super::zones::{has, meets, next_gap, next_zone};
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

/// How often a step is looked for region by region; then it is worked out for good, since a part
/// that is asked for so often is shared by many patterns.
const PATIENCE: u32 = 60;
/// The same for the words of a set, which cost little more in the whole reading than in one region.
const WORDS_PATIENCE: u32 = 20;
/// The same for a union.
const ANY_PATIENCE: u32 = 60;

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
    spare: Vec<Vec<Interval>>,
}

/// What an evaluation needs, kept by a worker from reading to reading so that it need not be
/// asked for anew. Holds nothing that is known.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    rows: Rows,
    results: Results,
    spare: Vec<Vec<Interval>>,
}

impl<'a> Evaluation<'a> {
    /// Nothing evaluated yet. The index must be that of the same plan and reading; most questions should come
    /// with the scope, since those with another one cost more.
    #[must_use]
    pub fn new(plan: &'a Plan, index: &'a Index, reading: &'a Reading, scope: Scope) -> Self {
        Self::reusing(Scratch::default(), plan, index, reading, scope)
    }

    /// Nothing evaluated yet, with the memory of an earlier evaluation.
    #[must_use]
    pub fn reusing(
        scratch: Scratch,
        plan: &'a Plan,
        index: &'a Index,
        reading: &'a Reading,
        scope: Scope,
    ) -> Self {
        let Scratch { rows, results, spare } = scratch;
        let sieve = Sieve::new(plan, index, reading, scope.into(), (rows, results));
        Self { plan, index, reading, sieve, spare }
    }

    /// The memory, for the next evaluation.
    #[must_use]
    pub fn into_scratch(self) -> Scratch {
        let (rows, results) = self.sieve.into_kept();
        Scratch { rows, results, spare: self.spare }
    }

    /// The matches of a pattern.
    pub fn matches(&mut self, pattern: PatternId, scope: Scope) -> &[Interval] {
        let slot = self.plan.step_of(pattern).map_or(Slot::EMPTY, |step| self.step(step, scope.into()));
        self.result(slot)
    }

    /// Whether a match of a pattern lies inside an interval. Looks at little more than the
    /// interval, so that it costs less than all matches.
    pub fn has_match_within(&mut self, pattern: PatternId, scope: Scope, inside: Interval) -> bool {
        let (Some(step), view) = (self.plan.step_of(pattern), View::from(scope)) else { return false };
        if inside.start >= inside.end {
            return false;
        }
        let found = self.inside(step, view, inside);
        found.iter().any(|found| inside.start <= found.start && found.end <= inside.end)
    }

    /// The matches of a step in the zones of an interval, which hold each of those inside it.
    pub(super) fn inside(&mut self, step: StepId, view: View, place: Interval) -> Vec<Interval> {
        let zone_of = |token: u32| self.index.zones.of_sentence(self.reading.sentence_of(token));
        let region = self.region(zone_of(place.start), zone_of(place.end.saturating_sub(1)));
        let mut found = Vec::new();
        self.local(step, view, &region, &mut found);
        found
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

    /// The matches of a pattern that touch a run of sentences, given as indices. Little more than
    /// these sentences is looked at.
    pub fn matches_in(
        &mut self,
        pattern: PatternId,
        scope: Scope,
        sentences: &Range<usize>,
    ) -> Vec<Interval> {
        let (Some(id), false) = (self.plan.step_of(pattern), sentences.is_empty()) else { return Vec::new() };
        let (view, zones) = (View::from(scope), &self.index.zones);
        let (first, last) = (zones.of_sentence(sentences.start), zones.of_sentence(sentences.end - 1));
        if self.sieve.blocks(id, view) & zones.blocks(first, last) == 0 {
            return Vec::new();
        }
        let row = self.sieve.zones(id, view);
        if !meets(row, first, last) {
            return Vec::new();
        }
        let (mut from, mut to) = (first, last);
        if self.plan.steps.extent(id) != Extent::Sentence {
            // A match that leaves the sentences touches all zones up to where it ends.
            while from > 0 && has(row, from) && has(row, from - 1) {
                from -= 1;
            }
            if has(row, to) {
                to = next_gap(row, to) - 1;
            }
        }
        let region = self.region(from, to);
        let mut found = Vec::new();
        self.local(id, view, &region, &mut found);
        let tokens =
            self.reading.sentence(sentences.start).start..self.reading.sentence(sentences.end - 1).end;
        found.retain(|found| found.start < tokens.end && tokens.start < found.end);
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

    /// The same for blocks of zones: one word of bits, had without making a row.
    pub fn may_match_blocks(&mut self, pattern: PatternId, scope: Scope) -> u64 {
        self.plan.step_of(pattern).map_or(0, |step| self.sieve.blocks(step, scope.into()))
    }

    /// The first sentence of a zone, as an index; most zones hold just one.
    #[must_use]
    pub fn sentence_of_zone(&self, zone: usize) -> usize {
        self.index.zones.first_sentence(zone)
    }

    pub(super) fn result(&self, slot: Slot) -> &[Interval] {
        self.sieve.results.of(slot)
    }

    /// All matches of a step.
    pub(super) fn step(&mut self, id: StepId, view: View) -> Slot {
        self.sieve.place(id, view).map_or(Slot::EMPTY, |place| self.step_at(id, view, place))
    }

    fn step_at(&mut self, id: StepId, view: View, place: Place) -> Slot {
        let known = self.sieve.slot(place);
        if known.is_known() {
            return known;
        }
        let slot = self.work_out(id, view, place);
        self.sieve.set(place, slot);
        slot
    }

    fn work_out(&mut self, id: StepId, view: View, place: Place) -> Slot {
        if self.sieve.zones(id, view).is_empty() {
            return Slot::EMPTY;
        }
        // A phrase is found with its row.
        let known = self.sieve.slot(place);
        if known.is_known() {
            return known;
        }
        let row = self.sieve.zones(id, view);
        let zones = row.iter().map(|bits| bits.count_ones() as usize).sum::<usize>();
        if zones * SPARSE >= self.index.zones.count() || (zones > FEW && !self.is_composed(id)) {
            return self.whole(id, view, place);
        }
        let (mut found, mut next) = (self.buffer(), 0);
        while let Some(region) = self.next_region(id, view, next) {
            next = region.last + 1;
            self.local_parts(id, view, place, &region, &mut found);
        }
        self.keep(found)
    }

    fn patience(&self, id: StepId) -> u32 {
        match self.plan.steps.step(id) {
            Step::Words(_) => WORDS_PATIENCE,
            Step::Any(_) => ANY_PATIENCE,
            _ => PATIENCE,
        }
    }

    /// Whether a step joins matches of others.
    fn is_composed(&self, id: StepId) -> bool {
        matches!(self.plan.steps.step(id), Step::Join(..) | Step::Except(..))
    }

    /// The zones from first to last that a match of a step may touch when it touches a zone.
    fn around(&self, id: StepId, zone: usize) -> (usize, usize) {
        let stretches = match self.plan.steps.extent(id) {
            Extent::Sentence => return (zone, zone),
            Extent::Paragraph => &self.index.zones.paragraphs.bounds,
            Extent::Clause => &self.index.zones.clauses.bounds,
        };
        stretches.get(zone).map_or((zone, zone), |&(first, last)| (first as usize, last as usize))
    }

    fn region(&self, first: usize, last: usize) -> Region {
        let token = |zone| self.index.zones.first_token(zone, self.reading.len());
        let blocks = self.index.zones.blocks(first, last);
        Region { first, last, start: token(first), end: token(last + 1), blocks }
    }

    /// The first region from the zone `from` on that may hold matches of a step. No match leaves it,
    /// since a row holds all zones that a match touches.
    fn next_region(&mut self, id: StepId, view: View, from: usize) -> Option<Region> {
        let row = self.sieve.zones(id, view);
        let first = next_zone(row, from)?;
        let last = next_gap(row, first) - 1;
        Some(self.region(first, last))
    }

    /// All matches of a step, from those of its parts.
    fn whole(&mut self, id: StepId, view: View, place: Place) -> Slot {
        let plan = self.plan;
        match plan.steps.step(id) {
            Step::Heading(inner) => self.step(inner, View::Heading),
            Step::Any(_) => {
                let live = self.sieve.parts(place);
                let everywhere = self.index.zones.count();
                let mut slots = Vec::with_capacity(live.len());
                for at in live {
                    let Some(part) = self.sieve.part(at, 0, everywhere) else { continue };
                    let slot = self.step_at(part.step, view, part.place);
                    if !slot.is_empty() {
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
                let (right, left) = (self.step(right, view), self.step(left, view));
                let mut found = self.buffer();
                self.join(connector, self.result(left), self.result(right), &mut found);
                self.keep(found)
            }
            Step::Except(left, right) => {
                let (left, right) = (self.step(left, view), self.step(right, view));
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
                    blocks: u64::MAX,
                };
                let mut found = self.buffer();
                self.leaf(leaf, view, place, everywhere, &mut found);
                self.keep(found)
            }
        }
    }

    /// Adds the matches of a step inside a region, which no match of the pattern leaves.
    fn local(&mut self, id: StepId, view: View, region: &Region, found: &mut Vec<Interval>) {
        if let Some(place) = self.sieve.place_in(id, view, region) {
            self.local_there(id, view, place, region, found);
        }
    }

    /// The same for a step whose row meets the region.
    fn local_there(
        &mut self,
        id: StepId,
        view: View,
        place: Place,
        region: &Region,
        found: &mut Vec<Interval>,
    ) {
        let mut slot = self.sieve.slot(place); // a phrase is found with its row
        if !slot.is_known() {
            if self.sieve.look(place) <= self.patience(id) {
                self.local_parts(id, view, place, region, found);
                return;
            }
            slot = self.step_at(id, view, place);
        }
        let all = self.result(slot);
        let from = all.partition_point(|one| one.start < region.start);
        let inside = all.get(from..).unwrap_or(&[]);
        found.extend(inside.iter().take_while(|one| one.end <= region.end));
    }

    fn local_parts(
        &mut self,
        id: StepId,
        view: View,
        place: Place,
        region: &Region,
        found: &mut Vec<Interval>,
    ) {
        let plan = self.plan;
        match plan.steps.step(id) {
            Step::Heading(inner) => self.local(inner, View::Heading, region, found),
            Step::Any(_) => {
                let mut all = self.buffer();
                let mut lists = 0;
                for at in self.sieve.parts(place) {
                    let Some(part) = self.sieve.part(at, region.first, region.last) else { continue };
                    let before = all.len();
                    self.local_there(part.step, view, part.place, region, &mut all);
                    lists += usize::from(all.len() > before);
                }
                merge(&mut all, lists);
                found.append(&mut all);
                self.spare.push(all);
            }
            Step::Join(connector, left, right) => {
                let (mut a, mut b) = (self.buffer(), self.buffer());
                if self.sieve.is_rarer(left, right, view) {
                    self.local(right, view, region, &mut b);
                    if !b.is_empty() {
                        self.local(left, view, region, &mut a);
                    }
                } else {
                    self.local(left, view, region, &mut a);
                    if !a.is_empty() {
                        self.local(right, view, region, &mut b);
                    }
                }
                self.join(connector, &a, &b, found);
                self.give_back([a, b]);
            }
            Step::Except(left, right) => {
                let (mut a, mut b) = (self.buffer(), self.buffer());
                self.local(left, view, region, &mut a);
                if !a.is_empty() {
                    // What bars a sentence may stick out of the region.
                    let (first, last) =
                        (self.around(right, region.first).0, self.around(right, region.last).1);
                    let region = self.region(first, last);
                    self.local(right, view, &region, &mut b);
                }
                self.except(&a, &b, found);
                self.give_back([a, b]);
            }
            leaf => self.leaf(leaf, view, place, *region, found),
        }
    }

    fn leaf(&self, leaf: Step<'_>, view: View, place: Place, region: Region, found: &mut Vec<Interval>) {
        let kinds = if let Step::Words(_) = leaf { self.sieve.kinds(place) } else { &[] };
        leaf::matches(leaf, kinds, (self.index, self.reading), view, region, found);
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
        let slot = self.sieve.results.keep(&mut found);
        self.spare.push(found);
        slot
    }

    fn join(&self, connector: Connector, left: &[Interval], right: &[Interval], found: &mut Vec<Interval>) {
        let (Some(a), Some(b)) = (left.first(), right.first()) else { return };
        let (starts, below): (&[u32], u32) = match connector.reach {
            Reach::Words(n) => (&self.reading.sentences, u32::from(n)),
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
