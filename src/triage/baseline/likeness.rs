//! Whether a file that is new is a contract that was known under another path.
//!
//! Two things must agree. The names: the title and the parties that it introduces, which tell
//! contracts on one form apart. The text: at least half of it, measured by a sketch of its runs of
//! three words, numbers left out, so that a contract may be edited and numbered anew while it moves.

use crate::assess::Coverage;
use crate::finding::Fingerprint;

/// How many values a sketch has.
const BINS: usize = 32;

/// How many of a hundred values must be equal for two texts to be one.
const ENOUGH: usize = 50;

/// What a contract is like.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    /// Its title and its parties.
    pub names: Fingerprint,
    /// A sketch of its text.
    pub text: Sketch,
}

/// The least hash of the word runs that fall into each bin (one-permutation MinHash, 8 bits a bin):
/// the share of equal values estimates the share of equal runs. 0 stands for an empty bin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sketch([u8; BINS]);

impl Likeness {
    /// What a contract is like, from its verdicts, if it was assessed, and the texts of its files.
    #[must_use]
    pub fn of<'a>(coverage: Option<&Coverage>, texts: impl IntoIterator<Item = &'a str>) -> Self {
        let title = coverage.and_then(|coverage| coverage.title.as_deref()).unwrap_or_default();
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let parties = coverage.iter().flat_map(|coverage| &coverage.parties.parties);
        let introduced = parties.filter(|party| party.introduced.is_some());
        let mut names: Vec<String> =
            introduced.filter_map(|party| party.names.first()).map(|name| name.to_lowercase()).collect();
        names.sort_unstable();
        let parts: Vec<&str> = std::iter::once(&title).chain(&names).map(String::as_str).collect();
        Self { names: Fingerprint::of(&parts), text: Sketch::of(texts) }
    }

    /// How alike two contracts are, of a hundred; none when they are not one.
    pub(super) fn with(&self, other: &Self) -> Option<usize> {
        let share = self.text.share(&other.text);
        (self.names == other.names && share >= ENOUGH).then_some(share)
    }
}

impl Sketch {
    fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut least = [u64::MAX; BINS];
        for text in texts {
            let (mut before, mut last) = (0u64, 0u64);
            let words = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.len() > 1);
            for word in words {
                let word = hash(word);
                let run = mix(before.rotate_left(21) ^ last.rotate_left(42) ^ word);
                let (bin, value) = ((run % BINS as u64) as usize, run / BINS as u64);
                least[bin] = least[bin].min(value);
                (before, last) = (last, word);
            }
        }
        // The low bits of a least value are as good as any; 0 is taken.
        Self(least.map(|value| if value == u64::MAX { 0 } else { 1 + (value % 255) as u8 }))
    }

    fn share(&self, other: &Self) -> usize {
        let pairs = || self.0.iter().zip(&other.0).filter(|(one, two)| **one != 0 || **two != 0);
        let equal = pairs().filter(|(one, two)| one == two).count();
        equal * 100 / pairs().count().max(1)
    }

    pub(super) fn digits(&self) -> String {
        self.0.iter().map(|value| format!("{value:02x}")).collect()
    }

    pub(super) fn read(digits: &str) -> Option<Self> {
        let mut values = [0; BINS];
        if digits.len() != 2 * BINS || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (at, value) in values.iter_mut().enumerate() {
            *value = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Self(values))
    }
}

/// FNV-1a over the lower-case letters.
fn hash(word: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let letters = word.chars().flat_map(char::to_lowercase);
    letters.fold(OFFSET, |hash, letter| (hash ^ u64::from(u32::from(letter))).wrapping_mul(PRIME))
}

/// Spreads the bits, so that each run is as likely to be the least (the finish of MurmurHash3).
const fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}
