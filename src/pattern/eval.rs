//! Minimal intervals, bottom-up over posting lists.

use super::index::Index;
use super::plan::{PatternId, Plan};
use crate::token::Reading;

/// A match: tokens `start..end` of a reading. The intervals of one result form an antichain,
/// sorted by start and by end alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First token, counted from 0.
    pub start: u32,
    /// The token after the last one.
    pub end: u32,
}

/// Which tokens terms outside `heading(...)` may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Headings, run-in titles and text alike: what `query` reads.
    All,
    /// Text only: a heading never makes an element present. Inside `heading(...)`, headings only.
    Body,
}

/// Evaluates patterns of one plan over one reading; results are kept, so that a shared part is
/// evaluated once.
#[derive(Debug)]
pub struct Evaluation<'a> {
    _plan: &'a Plan,
    _index: &'a Index,
    _reading: &'a Reading,
}

impl<'a> Evaluation<'a> {
    /// Nothing evaluated yet.
    #[must_use]
    pub fn new(plan: &'a Plan, index: &'a Index, reading: &'a Reading) -> Self {
        Self { _plan: plan, _index: index, _reading: reading }
    }

    /// The matches of a pattern.
    pub fn matches(&mut self, _pattern: PatternId, _scope: Scope) -> &[Interval] {
        todo!("H2")
    }
}
