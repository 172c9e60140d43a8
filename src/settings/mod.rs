//! What a project asks of the linter: `clauselint.toml`, found, merged and checked.
//!
//! `raw` is the format, `read` turns one file into values with their places, `project` puts files
//! together and says what holds for a contract, `names` holds names against the rules in use, `tune`
//! puts the wishes on those rules; `bytes` reads files up to a bound; `tree` is for a first configuration. What comes of findings is settled in `triage`.

pub mod bytes;
pub mod discover;
mod globs;
mod layer;
mod names;
mod project;
pub mod raw;
mod read;
mod selector;
mod shown;
pub mod tree;
mod tune;

use std::path::PathBuf;

pub use project::{ContractSet, Project};
pub use raw::RawFailOn as Fails;
pub use selector::Selector;
pub use shown::{Item, Shown, Value, values};
pub use tune::{adjust, tune};

use selector::is_selectable;

use crate::facts::Given;
use crate::finding::{Code, Severity};
use crate::rule::{RuleSet, Side};

/// What holds for one file: the nearest `clauselint.toml` above it with what it extends, its
/// overrides for that file, and the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The profile to hold contracts against; the one for their kind of paper when left out.
    pub profile: Option<String>,
    /// For whom contracts are judged; the customer when left out.
    pub side: Option<Side>,
    /// Packs to hold contracts against: "dora", "dora/general".
    pub packs: Vec<String>,
    /// Folders with rules of the project's own, ready to be opened.
    pub rules: Vec<PathBuf>,
    /// The parties as the project names them.
    pub given: Given,
    /// Only findings that one of these takes in are reported; all are when it is empty.
    pub select: Vec<Selector>,
    /// Findings that one of these takes in are not reported.
    pub ignore: Vec<Selector>,
    /// Levels other than those of the profile; the last one that takes a finding in decides.
    pub levels: Vec<(Selector, Option<Severity>)>,
    /// Tiers of figures other than those of the rules.
    pub thresholds: Vec<Tiers>,
    /// What waivers in the text of contracts must state.
    pub waivers: WaiverPolicy,
}

/// The tiers of an element's figure, as [`crate::rule`] writes them: ">= 99.9%"; the sign may be
/// left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers {
    /// The clause and element ("sla-metrics.target"), or the short name ("minimum-availability").
    pub name: String,
    /// What one asks for; that of the rule when left out.
    pub preferred: Option<String>,
    /// What one can live with; that of the rule when left out.
    pub fallback: Option<String>,
    /// The file that sets them, as it is shown.
    pub set_by: String,
}

/// What waivers must state besides a reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaiverPolicy {
    /// Whether each must say who allowed it (`by: counsel`).
    pub approver: bool,
    /// Whether each must say until when it holds (`until: 2027-03-31`).
    pub end: bool,
}

impl Settings {
    /// Whether findings with this code are reported at some level, as far as settings go.
    #[must_use]
    pub fn wants(&self, code: &Code, rules: &RuleSet) -> bool {
        let takes_in = |selector: &Selector| selector.takes_in(code, rules);
        let selected = self.select.is_empty() || !is_selectable(code) || self.select.iter().any(takes_in);
        let off = self.level(code, rules).is_some_and(|(_, level)| level.is_none());
        selected && !off && !self.ignore.iter().any(takes_in)
    }

    /// Whether the settings give levels to elements of a clause.
    #[must_use]
    pub fn sets_elements_of(&self, clause: &str) -> bool {
        self.levels.iter().any(|(selector, level)| {
            level.is_some() && matches!(selector, Selector::Element(of, _) if of == clause)
        })
    }

    /// The level that the settings give to findings with this code, and the name that gives it;
    /// `None` for off.
    #[must_use]
    pub fn level(&self, code: &Code, rules: &RuleSet) -> Option<(&Selector, Option<Severity>)> {
        let decides = self.levels.iter().rev().find(|(selector, _)| selector.takes_in(code, rules));
        decides.map(|(selector, level)| (selector, *level))
    }
}
