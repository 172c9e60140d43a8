//! Maps of words and of their numbers, hashed fast.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A fast hash for short words: contracts repeat few distinct words very often, and no word here
/// is chosen to collide with more than the file that holds it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordHasher(u64);

/// A map with words as keys.
pub(crate) type QuickMap<Key, Value> = HashMap<Key, Value, BuildHasherDefault<WordHasher>>;

impl WordHasher {
    pub(super) const SEED: u64 = 0x517c_c1b7_2722_0a95;

    const fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(Self::SEED);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.add(u64::from_le_bytes(*eight));
        }
        let mut last = 0u64;
        for &byte in rest {
            last = last << 8 | u64::from(byte);
        }
        self.add(last);
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn finish(&self) -> u64 {
        // The multiplication leaves the low bits poor, and the map takes its bucket from them.
        self.0 ^ (self.0 >> 32)
    }
}
