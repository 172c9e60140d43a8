//! Counts, zone by zone, how many of some rows of bits are set: 64 zones at a time.

/// Counters of four binary digits for each zone, digit by digit; enough for fifteen rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// For each word of the rows the four digits of its 64 counters.
    digits: Vec<[u64; 4]>,
    /// The zones that may be picked.
    wanted: Vec<u64>,
}

impl Tally {
    /// Counts a row; `wanted` when its zones may be picked.
    pub(super) fn add(&mut self, row: &[u64], wanted: bool) {
        let width = self.digits.len().max(row.len());
        self.digits.resize(width, [0; 4]);
        self.wanted.resize(width, 0);
        for ((digits, picked), &bits) in self.digits.iter_mut().zip(&mut self.wanted).zip(row) {
            let mut carry = bits;
            for digit in digits {
                (*digit, carry) = (*digit ^ carry, *digit & carry);
            }
            if wanted {
                *picked |= bits;
            }
        }
    }

    /// The greatest count among the zones that may be picked; zero when there is no such zone. They
    /// are all that may be picked from now on.
    pub(super) fn most(&mut self) -> u32 {
        let mut most = 0;
        for digit in (0..4).rev() {
            let pairs = || self.wanted.iter().zip(&self.digits);
            if pairs().any(|(bits, digits)| bits & digits[digit] != 0) {
                self.wanted.iter_mut().zip(&self.digits).for_each(|(bits, digits)| *bits &= digits[digit]);
                most |= 1 << digit;
            }
        }
        most
    }

    /// The first zones that may be picked.
    pub(super) fn picked(&self, limit: usize) -> Vec<usize> {
        let mut picked = Vec::with_capacity(limit);
        for (at, &bits) in self.wanted.iter().enumerate() {
            let mut left = bits;
            while left != 0 && picked.len() < limit {
                picked.push(at * 64 + left.trailing_zeros() as usize);
                left &= left - 1;
            }
        }
        picked
    }

    /// Forgets all rows.
    pub(super) fn clear(&mut self) {
        self.digits.clear();
        self.wanted.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zones_with_most_rows_are_found_among_those_wanted() {
        let mut tally = Tally::default();
        tally.add(&[0b1110], true);
        tally.add(&[0b0111, 0b1], false);
        tally.add(&[0b0110, 0b1], false);
        tally.add(&[0b0001, 0b1], false);
        tally.add(&[0b0001, 0b1], false);
        assert_eq!(tally.most(), 3);
        assert_eq!(tally.picked(9), [1, 2]);
        assert_eq!(tally.picked(1), [1]);
        tally.clear();
        assert_eq!((tally.most(), tally.picked(9)), (0, Vec::new()));
    }
}
