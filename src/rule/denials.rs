//! What takes a duty away: the lists of the vocabulary that the engine itself asks about.
//!
//! What they hold is data (`clause-rules/vocabulary.toml`); how far a denial reaches is `assess::scene`'s.

use serde::{Deserialize, Serialize};

use crate::pattern::{PatternId, PlanBuilder, Vocabulary};

/// The lists that deny; one that the vocabulary lacks denies nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denials {
    /// `no-duty`: wording that voids a match it stands in front of.
    pub no_duty: Option<PatternId>,
    /// `duty-again`: wording that ends the reach of such a negation.
    pub duty_again: Option<PatternId>,
    /// `denial`: a verb that is denied.
    pub denial: Option<PatternId>,
    /// `not`: any negation.
    pub negation: Option<PatternId>,
    /// `left-out`: headings over what is not part of the services.
    pub left_out: Option<PatternId>,
}

impl Denials {
    /// Adds the lists to a plan.
    pub(super) fn new(vocabulary: &Vocabulary, plan: &mut PlanBuilder) -> Self {
        let mut list = |name| vocabulary.lists.get(name).map(|list| plan.add(list, vocabulary));
        Self {
            no_duty: list("no-duty"),
            duty_again: list("duty-again"),
            denial: list("denial"),
            negation: list("not"),
            left_out: list("left-out"),
        }
    }
}
