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

    /// The greatest count among the zones that may be picked, and the first of the zones that have
    /// it; zero and none when there is no such zone.
    pub(super) fn most(&self, limit: usize) -> (u32, Vec<usize>) {
        let mut left = self.wanted.clone();
        let mut most = 0;
        for digit in (0..4).rev() {
            let set = |(bits, digits): (&u64, &[u64; 4])| bits & digits[digit];
            if left.iter().zip(&self.digits).any(|pair| set(pair) != 0) {
                left.iter_mut().zip(&self.digits).for_each(|(bits, digits)| *bits &= digits[digit]);
                most |= 1 << digit;
            }
        }
        let zones = left.iter().enumerate().flat_map(|(at, &bits)| zones(at, bits));
        (most, zones.take(limit).collect())
    }
}

/// The zones of one word of a row.
fn zones(word: usize, bits: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| word * 64 + bit)
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
        assert_eq!(tally.most(9), (3, vec![1, 2]));
        assert_eq!(tally.most(1), (3, vec![1]));
        assert_eq!(Tally::default().most(9), (0, Vec::new()));
    }
}
