//! Where in a reading things stand, coarsely: one bit for each zone.
//!
//! A zone is a sentence; in a very long reading it is some whole paragraphs, or a part of one, so
//! that a row of bits has a bounded length. Rows answer "can these two meet at all?" for many
//! sentences at once, which spares `eval` most of its merges. They may say yes in vain, never no
//! in vain.

use crate::token::Reading;

/// The most zones that a reading is meant to have; few in tests, so that they see long readings
/// too. Long paragraphs may make it twice as many.
const MOST: usize = if cfg!(test) { 40 } else { 4096 };

/// The zones of a reading.
#[derive(Clone, Debug)]
pub(super) struct Zones {
    /// How many words of 64 bits a row has.
    pub(super) width: usize,
    /// The zone of each sentence.
    of_sentence: Vec<u32>,
    /// The first sentence and the first token of each zone.
    starts: Vec<(u32, u32)>,
    /// The paragraphs that zones belong to.
    pub(super) paragraphs: Stretches,
    /// The stretches of one clause unit that zones belong to.
    pub(super) clauses: Stretches,
    /// The block of each zone: whole paragraphs side by side, numbered in order.
    block_of: Vec<u8>,
}

/// How many blocks there are at most.
const BLOCKS: usize = 63;
/// All blocks, as bits.
pub(super) const EVERY_BLOCK: u64 = u64::MAX >> (64 - BLOCKS);
/// The last block.
const LAST: u8 = BLOCKS as u8 - 1;

/// The zones cut into stretches: paragraphs, or clause units. Two that share a zone are one.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretches {
    /// The first and the last zone of the stretch of each zone.
    pub(super) bounds: Vec<(u32, u32)>,
    /// The zones that begin a stretch, as bits.
    begins: Vec<u64>,
    /// The zones that end one.
    ends: Vec<u64>,
}

impl Zones {
    /// The zones of a reading; `clauses` holds the first token of each stretch of one clause unit.
    pub(super) fn new(reading: &Reading, clauses: &[u32]) -> Self {
        let most = reading.sentences.len().div_ceil(MOST);
        let mut zones = Self {
            width: 0,
            of_sentence: Vec::with_capacity(reading.sentences.len()),
            starts: Vec::with_capacity(reading.sentences.len()),
            paragraphs: Stretches::default(),
            clauses: Stretches::default(),
            block_of: Vec::new(),
        };
        zones.cut(reading, most);
        zones.width = zones.count().div_ceil(64);
        zones.paragraphs = zones.stretches(&reading.paragraphs, reading.len());
        zones.clauses = zones.stretches(clauses, reading.len());
        let block = |&(first, _): &(u32, u32)| first as usize * BLOCKS / zones.count();
        let blocks = zones.paragraphs.bounds.iter().map(|zone| u8::try_from(block(zone)).unwrap_or(LAST));
        zones.block_of = blocks.collect();
        zones
    }

    /// The blocks of the zones from `first` to `last`, and maybe some between, as bits.
    pub(super) fn blocks(&self, first: usize, last: usize) -> u64 {
        EVERY_BLOCK << self.block(first) & EVERY_BLOCK >> (LAST - self.block(last))
    }

    /// The block of a zone.
    pub(super) fn block(&self, zone: usize) -> u8 {
        self.block_of.get(zone).copied().unwrap_or(LAST)
    }

    /// Cuts the reading into zones of at most so many sentences.
    fn cut(&mut self, reading: &Reading, most: usize) {
        let mut next = 0;
        let mut size = usize::MAX;
        for (at, &start) in reading.paragraphs.iter().enumerate() {
            let end = reading.paragraphs.get(at + 1).copied().unwrap_or(u32::MAX);
            debug_assert!(start < end);
            let sentences = reading.sentences.get(next..).unwrap_or_default();
            let count = super::join::gallop(sentences, 0, |&sentence| sentence < end);
            // A paragraph that does not fit has zones of its own.
            if size.saturating_add(count) > most {
                size = usize::MAX;
            }
            for _ in 0..count {
                if size >= most {
                    self.starts.push((number(next), reading.sentences[next]));
                    size = 0;
                }
                self.of_sentence.push(number(self.starts.len() - 1));
                size += 1;
                next += 1;
            }
            if count > most {
                size = usize::MAX;
            }
        }
    }

    /// How the zones fall into stretches that begin at these tokens.
    fn stretches(&self, starts: &[u32], tokens: u32) -> Stretches {
        let count = self.count();
        let mut joined = vec![false; count];
        let mut zone = 0;
        for (at, &start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(tokens);
            zone = self.zone_from(zone, start);
            let first = zone;
            zone = self.zone_from(zone, end.saturating_sub(1).max(start));
            joined.get_mut(first..zone).into_iter().flatten().for_each(|joined| *joined = true);
        }
        let mut stretches = Stretches {
            bounds: Vec::with_capacity(count),
            begins: vec![0; self.width],
            ends: vec![0; self.width],
        };
        let mut first = 0;
        let lasts = joined.iter().enumerate().filter(|(_, joined)| !**joined);
        for zone in lasts.map(|(zone, _)| zone) {
            stretches.begins[first / 64] |= 1 << (first % 64);
            stretches.ends[zone / 64] |= 1 << (zone % 64);
            stretches.bounds.resize(zone + 1, (number(first), number(zone)));
            first = zone + 1;
        }
        stretches
    }

    /// The zone of a token that does not stand before the zone `from`.
    pub(super) fn zone_from(&self, from: usize, token: u32) -> usize {
        super::join::gallop(&self.starts, from, |&(_, start)| start <= token).saturating_sub(1).max(from)
    }

    /// The zone of a sentence.
    pub(super) fn of_sentence(&self, sentence: usize) -> usize {
        self.of_sentence.get(sentence).copied().unwrap_or_default() as usize
    }

    /// The first sentence of a zone.
    pub(super) fn first_sentence(&self, zone: usize) -> usize {
        self.starts.get(zone).map_or(self.of_sentence.len(), |start| start.0 as usize)
    }

    /// The first token of a zone; that of the zone behind the last one is the end.
    pub(super) fn first_token(&self, zone: usize, tokens: u32) -> u32 {
        self.starts.get(zone).map_or(tokens, |start| start.1)
    }

    /// How many zones there are.
    pub(super) const fn count(&self) -> usize {
        self.starts.len()
    }
}

impl Stretches {
    /// Adds to a row, which has as many words, the zones of all stretches in which both rows have
    /// a zone.
    ///
    /// A sum finds for each stretch whether a row is empty in it, many stretches at once: the
    /// inverse of a row, its last zones left out, holds nothing but ones in a stretch exactly when
    /// the row is empty there, and then a one added at the first zone is carried to the last.
    pub(super) fn meet(&self, left: &[u64], right: &[u64], row: &mut [u64]) {
        let (mut carry_left, mut carry_right) = (false, false);
        for at in 0..row.len() {
            let (begins, ends) = (self.begins[at], self.ends[at]);
            let there = |row: u64, carry: &mut bool| {
                let (sum, over) = (!row & !ends).overflowing_add(begins);
                let (sum, more) = sum.overflowing_add(u64::from(*carry));
                *carry = over | more;
                ends & (!sum | row)
            };
            let mut both = there(left[at], &mut carry_left) & there(right[at], &mut carry_right);
            while both != 0 {
                let zone = at * 64 + both.trailing_zeros() as usize;
                let first = self.bounds[zone].0 as usize;
                fill(row, first, zone);
                both &= both - 1;
            }
        }
    }
}

/// The first zone of a row that is not before `from`.
pub(super) fn next_zone(row: &[u64], from: usize) -> Option<usize> {
    let mut at = from / 64;
    let mut bits = row.get(at)? & (u64::MAX << (from % 64));
    while bits == 0 {
        at += 1;
        bits = *row.get(at)?;
    }
    Some(at * 64 + bits.trailing_zeros() as usize)
}

/// The first zone from `from` on that a row does not hold.
pub(super) fn next_gap(row: &[u64], from: usize) -> usize {
    let mut at = from / 64;
    let Some(bits) = row.get(at) else { return from };
    let mut gaps = !bits & (u64::MAX << (from % 64));
    while gaps == 0 {
        at += 1;
        gaps = !row.get(at).copied().unwrap_or(0);
    }
    at * 64 + gaps.trailing_zeros() as usize
}

/// Whether a row holds a zone.
pub(super) fn has(row: &[u64], zone: usize) -> bool {
    row.get(zone / 64).is_some_and(|bits| bits >> (zone % 64) & 1 == 1)
}

/// Whether a row holds one of the zones from `first` to `last`.
pub(super) fn meets(row: &[u64], first: usize, last: usize) -> bool {
    if first == last { has(row, first) } else { next_zone(row, first).is_some_and(|zone| zone <= last) }
}

/// Adds the zones from `first` to `last` to a row.
pub(super) fn fill(row: &mut [u64], first: usize, last: usize) {
    let (from, to) = (first / 64, last / 64);
    for (at, bits) in row.iter_mut().enumerate().take(to + 1).skip(from) {
        let low = if at == from { u64::MAX << (first % 64) } else { u64::MAX };
        let high = if at == to { u64::MAX >> (63 - last % 64) } else { u64::MAX };
        *bits |= low & high;
    }
}

/// Adds a zone to a row.
pub(super) fn set(row: &mut [u64], zone: usize) {
    if let Some(bits) = row.get_mut(zone / 64) {
        *bits |= 1 << (zone % 64);
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
