//! Many patterns compiled into one plan that shares equal parts.

use super::syntax::{Pattern, Vocabulary};

/// A pattern of a plan, counted from 0 in the order of [`PlanBuilder::add`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatternId(pub u32);

/// The compiled patterns of a rule set: immutable and shared by all workers.
#[derive(Clone, Debug, Default)]
pub struct Plan {}

/// Collects patterns into a [`Plan`].
#[derive(Clone, Debug, Default)]
pub struct PlanBuilder {}

impl PlanBuilder {
    /// Adds a pattern; equal parts of different patterns are shared.
    pub fn add(&mut self, _pattern: &Pattern, _vocabulary: &Vocabulary) -> PatternId {
        todo!("H2")
    }

    /// The plan of all that was added.
    #[must_use]
    pub fn finish(self) -> Plan {
        todo!("H2")
    }
}
