//! The matches of steps that were worked out for a whole reading, one behind the other.

use super::eval::Interval;
use super::sieve::View;
use super::steps::StepId;

/// Where the result of a step lies in the arena. While it is unknown, `to` counts what was spent
/// on looking for it region by region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    from: u32,
    to: u32,
}

const UNKNOWN: Slot = Slot { from: u32::MAX, to: 0 };

impl Slot {
    /// The result of a step that matches nowhere.
    pub(super) const EMPTY: Self = Self { from: 0, to: 0 };

    pub(super) const fn is_known(self) -> bool {
        self.from != UNKNOWN.from
    }

    pub(super) const fn is_empty(self) -> bool {
        self.from == self.to
    }
}

/// The results worked out so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Results {
    /// Three for each step, by [`View`].
    slots: Vec<Slot>,
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
        self.slots.resize(steps * 3, UNKNOWN);
    }

    #[inline]
    pub(super) fn slot(&self, step: StepId, view: View) -> Slot {
        self.slots[step as usize * 3 + view as usize]
    }

    #[inline]
    pub(super) fn of(&self, slot: Slot) -> &[Interval] {
        self.arena.get(slot.from as usize..slot.to as usize).unwrap_or(&[])
    }

    /// Counts one more look for a step region by region; how many there were.
    #[inline]
    pub(super) fn look(&mut self, step: StepId, view: View) -> u32 {
        let place = step as usize * 3 + view as usize;
        let slot = &mut self.slots[place];
        slot.to += 1;
        if slot.to == 1 {
            self.touched.push(number(place));
            return 1;
        }
        slot.to
    }

    /// Keeps the result of a step.
    pub(super) fn set(&mut self, step: StepId, view: View, slot: Slot) {
        let place = step as usize * 3 + view as usize;
        self.slots[place] = slot;
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
        Slot { from: number(from), to: number(self.arena.len()) }
    }

    /// The arena, to add matches to.
    pub(super) const fn arena(&mut self) -> &mut Vec<Interval> {
        &mut self.arena
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1)
}
