//! The matches of steps that were worked out for a whole reading, one behind the other.

use super::eval::Interval;

/// Where the result of a step lies in the arena, counted from 1. While it is unknown, `from` is 0, and `to`
/// counts what was spent on looking for it region by region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    from: u32,
    to: u32,
}

impl Slot {
    /// Nothing is known, and nobody has looked.
    pub(super) const UNKNOWN: Self = Self { from: 0, to: 0 };
    /// The result of a step that matches nowhere.
    pub(super) const EMPTY: Self = Self { from: 1, to: 1 };

    pub(super) const fn is_known(self) -> bool {
        self.from != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.from == self.to
    }

    /// Counts one more look, for what is not known; how many there were.
    #[inline]
    pub(super) const fn look(&mut self) -> u32 {
        self.to += 1;
        self.to
    }
}

/// The results worked out so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Results {
    arena: Vec<Interval>,
}

impl Results {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.arena.clear();
    }

    #[inline]
    pub(super) fn of(&self, slot: Slot) -> &[Interval] {
        // Of an unknown one there is nothing.
        let from = slot.from.wrapping_sub(1) as usize;
        self.arena.get(from..slot.to.wrapping_sub(1) as usize).unwrap_or(&[])
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
