//! The names of the parties of one document in the lexicon: which words begin one, and where each
//! stands. Who the parties are is found in `facts`.

use std::collections::HashMap;

use super::{BEGINS, Lexicon, Names, number};
use crate::pattern::eval::Interval;
use crate::pattern::join::push_minimal;
use crate::token::Reading;
use crate::token::words::{WordId, Words};

/// The names of the parties of one document, marked in a lexicon.
#[derive(Default)]
pub(super) struct Known {
    marked: Vec<WordId>,
    /// The names of several words by their first word.
    long: HashMap<WordId, Vec<LongName>>,
}

/// A name of several words behind its first: the forms of each, and whose name it is.
struct LongName {
    rest: Vec<Vec<WordId>>,
    whose: usize,
}

impl Known {
    pub(super) fn mark(lexicon: &mut Lexicon, words: &Words, names: &Names) -> Self {
        let mut known = Self::default();
        for (whose, names) in names.iter().enumerate() {
            for name in names {
                let Some(mut parts) = lexicon.name(words, name).filter(|parts| !parts.is_empty()) else {
                    continue;
                };
                let first = parts.remove(0);
                for &word in &first {
                    lexicon.entries[word.0 as usize].names |=
                        if parts.is_empty() { 1 << whose } else { BEGINS };
                    if !parts.is_empty() {
                        known.long.entry(word).or_default().push(LongName { rest: parts.clone(), whose });
                    }
                }
                known.marked.extend(first);
            }
        }
        known
    }

    pub(super) fn unmark(self, lexicon: &mut Lexicon) {
        for word in self.marked {
            lexicon.entries[word.0 as usize].names = 0;
        }
    }

    /// Notes the names that begin at a marked token.
    pub(super) fn note(&self, names: u8, at: u32, reading: &Reading, found: &mut [Vec<Interval>; 3]) {
        for (whose, found) in found.iter_mut().enumerate() {
            if names & (1 << whose) != 0 {
                push_minimal(found, 0, Interval { start: at, end: at + 1 });
            }
        }
        if names & BEGINS == 0 {
            return;
        }
        let word = reading.tokens[at as usize].word();
        let end = reading.sentence(reading.sentence_of(at)).end;
        for LongName { rest, whose } in self.long.get(&word).map_or(&[][..], Vec::as_slice) {
            let behind = reading.tokens.get(at as usize + 1..end as usize).unwrap_or(&[]);
            let follows = rest.iter().zip(behind).all(|(words, token)| words.contains(&token.word()));
            if follows && rest.len() <= behind.len() {
                let end = at + 1 + number(rest.len());
                push_minimal(&mut found[*whose], 0, Interval { start: at, end });
            }
        }
    }
}
