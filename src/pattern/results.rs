//! The matches of steps that were worked out for a whole reading, one behind the other.

use super::eval::Interval;
use super::sieve::View;
use super::steps::StepId;

/// Where the result of a step lies in the arena, counted from 1. While it is unknown, `from` is 0, and `to`
/// counts what was spent on looking for it region by region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    from: u32,
    to: u32,
}

/// Of nothing but zeros, so that the system gives the memory of what is never asked for when it is, and
/// a start does not wait for it.
const UNKNOWN: [u32; 2] = [0; 2];

impl Slot {
    /// The result of a step that matches nowhere.
    pub(super) const EMPTY: Self = Self { from: 1, to: 1 };

    pub(super) const fn is_known(self) -> bool {
        self.from != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.from == self.to
    }
}

/// The results worked out so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Results {
    /// One for each step, as two numbers: first all those of one [`View`], then those of another.
    slots: Vec<[u32; 2]>,
    steps: usize,
    /// Which of them are not as in the beginning.
    touched: Vec<u32>,
    arena: Vec<Interval>,
}

impl Results {
    /// Forgets everything.
    pub(super) fn clear(&mut self, steps: usize) {
        for &at in &self.touched {
            self.slots[at as usize] = UNKNOWN;
        }
        self.touched.clear();
        self.arena.clear();
        if self.steps != steps {
            self.steps = steps;
            self.slots = vec![UNKNOWN; steps * 3];
        }
    }

    #[inline]
    const fn place(&self, step: StepId, view: View) -> usize {
        view as usize * self.steps + step as usize
    }

    #[inline]
    pub(super) fn slot(&self, step: StepId, view: View) -> Slot {
        let [from, to] = self.slots[self.place(step, view)];
        Slot { from, to }
    }

    #[inline]
    pub(super) fn of(&self, slot: Slot) -> &[Interval] {
        // Of an unknown one there is nothing.
        let from = slot.from.wrapping_sub(1) as usize;
        self.arena.get(from..slot.to.wrapping_sub(1) as usize).unwrap_or(&[])
    }

    /// Counts one more look for a step region by region; how many there were.
    #[inline]
    pub(super) fn look(&mut self, step: StepId, view: View) -> u32 {
        let place = self.place(step, view);
        let [_, looks] = &mut self.slots[place];
        *looks += 1;
        if *looks == 1 {
            self.touched.push(number(place));
            return 1;
        }
        *looks
    }

    /// Keeps the result of a step.
    pub(super) fn set(&mut self, step: StepId, view: View, slot: Slot) {
        let place = self.place(step, view);
        self.slots[place] = [slot.from, slot.to];
        self.touched.push(number(place));
    }

    /// Moves matches into the arena.
    pub(super) fn keep(&mut self, found: &mut Vec<Interval>) -> Slot {
        let from = self.arena.len();
        self.arena.append(found);
        self.since(from)
    }

    /// What was added since the arena was so long.
    pub(super) fn since(&self, from: usize) -> Slot {
        Slot { from: number(from + 1), to: number(self.arena.len() + 1) }
    }

    /// The arena, to add matches to.
    pub(super) const fn arena(&mut self) -> &mut Vec<Interval> {
        &mut self.arena
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1)
}
