//! In which blocks of a reading each step may match, and what else is known of the steps that somebody
//! asked for.
//!
//! There are far more steps than a contract has words. Most match nowhere, and most of the others are never
//! asked for: what is kept of every step is one number, and only those that are asked for have a place
//! where more is kept. What is not written costs no page of memory, which a start would wait for.

use super::ast::{Connector, Reach};
use super::index::Index;
use super::plan::Plan;
use super::results::Slot;
use super::sieve::View;
use super::steps::{Step, StepId};
use super::terms::{Fast, SetId, TermId};
use super::zones::EVERY_BLOCK;

/// Marks the number of a place; without it a number is made of the blocks themselves.
const PLACED: u64 = !EVERY_BLOCK;

/// Of so many steps somebody asks for one at most, in most contracts. Room that nobody asks for costs nothing, and
/// a list that grows is moved page by page.
const ASKED: usize = 3;
/// So many steps are asked for in other views, in most contracts.
const OTHERS: usize = 1000;

/// Where what is known of a step lies that may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place(u32);

/// What is known of a step in one view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// In which blocks it may match.
    blocks: u64,
    /// Where its row begins, counted from 1, or 0.
    pub(super) row: u32,
    /// Of a union with a row, where those of its parts lie that match somewhere; of words with one, their kinds.
    pub(super) parts: u32,
    /// All its matches, or how often it was looked for.
    pub(super) slot: Slot,
}

/// The steps of a plan over one reading.
#[derive(Clone, Debug)]
pub(super) struct Live {
    /// The view that most questions come with.
    view: View,
    /// For each set of terms the blocks in which words of it stand.
    sets: Vec<u64>,
    /// For each step the blocks in which it may match in that view, or, marked, the number of its place.
    steps: Vec<u64>,
    /// The places of the steps that were asked for in other views, those that match nowhere too.
    others: Fast<(StepId, u8), Place>,
    known: Vec<Known>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            view: View::Body,
            sets: Vec::new(),
            steps: Vec::new(),
            others: Fast::default(),
            known: Vec::new(),
        }
    }
}

impl Live {
    /// Forgets everything and works out in which blocks each step may match, and that most match nowhere:
    /// one look at each, since its parts stand in front of it.
    pub(super) fn spread(&mut self, plan: &Plan, index: &Index, view: View) {
        self.view = view;
        self.others.clear();
        self.known.clear();
        self.spread_words(plan, index);
        self.steps.clear();
        self.steps.reserve_exact(plan.steps.len());
        self.known.reserve(plan.steps.len() / ASKED);
        self.others.reserve(OTHERS.min(plan.steps.len()));
        for step in plan.steps.iter() {
            let blocks = match step {
                // What stands below is seen in another view, and seldom.
                Step::Heading(inner) => self.other_blocks((plan, index), inner, View::Heading),
                step => {
                    let of_set = |set| self.sets[set as usize];
                    blocks_of(step, index, view, of_set, |part| self.steps[part as usize])
                }
            };
            self.steps.push(blocks);
        }
    }

    /// Works out in which blocks words of each set stand.
    fn spread_words(&mut self, plan: &Plan, index: &Index) {
        self.sets.clear();
        self.sets.resize(plan.terms.set_count(), 0);
        for term in (0..).take(plan.terms.term_count()) {
            let blocks = self.view.of(index.term_blocks(term));
            if blocks != 0 {
                plan.terms.holders(term).iter().for_each(|&set| self.sets[set as usize] |= blocks);
            }
        }
    }

    /// The blocks in which a step may match; none when it matches nowhere.
    #[inline]
    pub(super) fn blocks(&mut self, source: (&Plan, &Index), step: StepId, view: View) -> u64 {
        if view != self.view {
            return self.other_blocks(source, step, view);
        }
        let entry = self.steps[step as usize];
        if entry & PLACED == 0 { entry } else { self.known[entry as u32 as usize].blocks }
    }

    /// The place of a step that may match; `None` when it matches nowhere.
    #[inline]
    pub(super) fn place(&mut self, source: (&Plan, &Index), step: StepId, view: View) -> Option<Place> {
        if view != self.view {
            let place = self.other(source, step, view);
            return (self.at(place).blocks != 0).then_some(place);
        }
        match self.steps[step as usize] {
            0 => None,
            entry if entry & PLACED != 0 => Some(Place(entry as u32)),
            blocks => Some(self.new_place(step, blocks)),
        }
    }

    /// The same when it may match in one of some blocks.
    #[inline]
    pub(super) fn place_in(
        &mut self,
        source: (&Plan, &Index),
        step: StepId,
        view: View,
        blocks: u64,
    ) -> Option<Place> {
        if view != self.view {
            let place = self.other(source, step, view);
            return (self.at(place).blocks & blocks != 0).then_some(place);
        }
        let entry = self.steps[step as usize];
        if entry & PLACED != 0 {
            let place = Place(entry as u32);
            return (self.at(place).blocks & blocks != 0).then_some(place);
        }
        (entry & blocks != 0).then(|| self.new_place(step, entry))
    }

    #[inline(never)]
    fn new_place(&mut self, step: StepId, blocks: u64) -> Place {
        let place = self.open(blocks);
        self.steps[step as usize] = PLACED | u64::from(place.0);
        place
    }

    #[inline]
    pub(super) fn at(&self, place: Place) -> &Known {
        &self.known[place.0 as usize]
    }

    #[inline]
    pub(super) fn at_mut(&mut self, place: Place) -> &mut Known {
        &mut self.known[place.0 as usize]
    }

    /// The blocks of what is known.
    #[inline]
    pub(super) fn blocks_at(&self, place: Place) -> u64 {
        self.at(place).blocks
    }

    fn open(&mut self, blocks: u64) -> Place {
        let place = Place(u32::try_from(self.known.len()).unwrap_or(u32::MAX));
        self.known.push(Known { blocks, row: 0, parts: 0, slot: Slot::UNKNOWN });
        place
    }

    fn other_blocks(&mut self, source: (&Plan, &Index), step: StepId, view: View) -> u64 {
        let place = self.other(source, step, view);
        self.blocks_at(place)
    }

    /// The place of a step in a view in which few are asked for; that of a step that matches nowhere too.
    #[inline(never)]
    fn other(&mut self, source: (&Plan, &Index), step: StepId, view: View) -> Place {
        let key = (step, view as u8);
        if let Some(&place) = self.others.get(&key) {
            return place;
        }
        let (plan, index) = source;
        let blocks = match plan.steps.step(step) {
            Step::Heading(inner) => self.other_blocks(source, inner, View::Heading),
            step => {
                let of_term = |found, &term: &TermId| found | view.of(index.term_blocks(term));
                let of_set = |set| plan.terms.members(set).iter().fold(0, of_term);
                blocks_of(step, index, view, of_set, |part| self.other_blocks(source, part, view))
            }
        };
        let place = self.open(blocks);
        self.others.insert(key, place);
        place
    }
}

/// The blocks of a step from those of its parts in the same view. A match lies in one block, since a block
/// holds whole paragraphs, but for those that `&` joins.
#[inline]
fn blocks_of(
    step: Step<'_>,
    index: &Index,
    view: View,
    of_set: impl Fn(SetId) -> u64,
    mut part: impl FnMut(StepId) -> u64,
) -> u64 {
    match step {
        Step::Nothing => 0,
        Step::Words(set) => of_set(set),
        Step::Phrase(sets) => sets.iter().fold(EVERY_BLOCK, |found, &set| found & of_set(set)),
        Step::Party(party) => view.of(index.party_blocks(party)),
        Step::Quantity(kind, _) => view.of(index.quantity_blocks(kind)),
        Step::Any(parts) => parts.iter().fold(0, |found, &one| found | part(one)),
        Step::Join(Connector { reach: Reach::Clause, .. }, left, right) => {
            if part(left) != 0 && part(right) != 0 { EVERY_BLOCK } else { 0 }
        }
        Step::Join(_, left, right) => part(left) & part(right),
        Step::Except(inner, _) | Step::Heading(inner) => part(inner),
    }
}

impl View {
    /// What the view shows of the blocks of something, which are those in the text and those in headings.
    #[inline]
    const fn of(self, [text, headings]: [u64; 2]) -> u64 {
        match self {
            Self::All => text | headings,
            Self::Body => text,
            Self::Heading => headings,
        }
    }
}
