//! Posting lists: for each term of a plan, the sorted positions where a reading holds it.

use super::plan::Plan;
use crate::facts::Parties;
use crate::token::Reading;
use crate::token::fold::Words;

/// What each distinct word matches in one plan; kept by a worker across documents so that a word
/// is looked up once. Only ever used with the plan and the words that it grew with.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {}

/// The posting lists of one reading.
#[derive(Clone, Debug)]
pub struct Index {}

impl Index {
    /// Looks up every token of a reading once.
    #[must_use]
    pub fn new(
        _plan: &Plan,
        _lexicon: &mut Lexicon,
        _words: &Words,
        _reading: &Reading,
        _parties: &Parties,
    ) -> Self {
        todo!("H2")
    }
}
