//! Where the letters and blanks of a short text stand, one bit a byte: words are counted and their
//! first letters looked at without a walk through the text.
//!
//! For normalised text only, which has no control characters but the tab.

/// The most bytes that are looked at.
const MOST: usize = 128;
const ONES: u64 = u64::MAX / 0xff;

/// The bits of a text, the first byte in the lowest one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters {
    /// Blanks, and all that lies past the end.
    pub(super) blank: u128,
    /// Capital ASCII letters.
    pub(super) upper: u128,
}

impl Letters {
    /// The letters of a text; `None` for one of more than 128 bytes.
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.len() > MOST {
            return None;
        }
        let (front, back) = text.as_bytes().split_at(text.len().min(64));
        let front = half(front);
        let back = if back.is_empty() { Half::default() } else { half(back) };
        let join = |front: u64, back: u64| u128::from(front) | (u128::from(back) << 64);
        Some(Self { blank: !join(front.solid, back.solid), upper: join(front.upper, back.upper) })
    }

    /// The first bytes of words.
    pub(super) const fn starts(&self) -> u128 {
        !self.blank & ((self.blank << 1) | 1)
    }

    /// The byte after the word that holds byte `at`.
    pub(super) const fn word_end(&self, at: u32) -> u32 {
        let after = self.blank >> at;
        if after == 0 { MOST as u32 } else { at + after.trailing_zeros() }
    }
}

/// The bits of 64 bytes at most.
#[derive(Clone, Copy, Default)]
struct Half {
    solid: u64,
    upper: u64,
}

fn half(text: &[u8]) -> Half {
    let mut half = Half::default();
    let (words, rest) = text.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        half.add(u64::from_le_bytes(*word), at);
        at += 8;
    }
    if !rest.is_empty() {
        half.add(rest.iter().rev().fold(0, |word, &byte| (word << 8) | u64::from(byte)), at);
    }
    half
}

impl Half {
    /// Adds eight bytes at `at`; zeros count as blanks.
    const fn add(&mut self, word: u64, at: u32) {
        const HIGH: u64 = 0x80 * ONES;
        let low = word & !HIGH;
        let folded = low | (0x20 * ONES);
        let letter = (folded + 0x1f * ONES) & !(folded + 0x05 * ONES) & !word & HIGH;
        let solid = ((low + 0x5f * ONES) | word) & HIGH;
        self.solid |= bits(solid) << at;
        self.upper |= bits(letter & !(word << 2)) << at;
    }
}

/// The high bits of eight bytes, together.
const fn bits(word: u64) -> u64 {
    (word >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The positions of the bits that are set, from the lowest.
pub(super) fn positions(mut set: u128) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let at = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (at < 128).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_words_stand_where_a_walk_finds_them() {
        let long = "x".repeat(128);
        for text in ["", "a", "Term and Renewal", "§ 5 Äb (c)\tD1 @[`{z Z", "12345678 ", long.as_str()] {
            let letters = Letters::of(text).expect("short");
            let mut inside = false;
            for at in 0..MOST {
                let byte = text.as_bytes().get(at).copied().unwrap_or(b' ');
                let bit = |set: u128| (set >> at) & 1 == 1;
                assert_eq!(bit(letters.upper), byte.is_ascii_uppercase(), "{text} {at}");
                assert_eq!(bit(letters.blank), byte.is_ascii_whitespace(), "{text} {at}");
                assert_eq!(bit(letters.starts()), !inside && !byte.is_ascii_whitespace(), "{text} {at}");
                inside = !byte.is_ascii_whitespace();
            }
        }
        assert!(Letters::of(&"x".repeat(129)).is_none());
        assert_eq!(Letters::of("ab cd").expect("short").word_end(3), 5);
        assert_eq!(positions(0b1010).collect::<Vec<_>>(), [1, 3]);
    }
}
