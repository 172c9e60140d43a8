//! What a project asks of the linter: `clauselint.toml`, found, merged and checked.
//!
//! Values only: the room reads configuration and says where each value came from. What comes of
//! them is settled in `session` (rules, parties, files) and `triage` (levels, hidden findings).

use std::path::PathBuf;

use crate::facts::Given;
use crate::finding::Severity;
use crate::rule::Side;

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

/// Takes in findings by what they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// `all`: every finding.
    All,
    /// `exit-transition`: whatever concerns this clause or proofreading check.
    Rule(String),
    /// `exit-transition.period`: this element of a clause.
    Element(String, String),
    /// `missing-exit-transition`, `dora/30.2-e`: findings with this code.
    Code(String),
    /// `missing`, `weak`, `soft`, `position`: findings of this kind on any clause.
    Kind(String),
    /// `group:liability`, `group:proofread`, `group:dora`: the clauses of a folder of rules, the
    /// proofreading checks, the items of a pack.
    Group(String),
}

/// The tiers of an element's figure, as [`crate::rule`] writes them: ">= 99.9%".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers {
    /// The rule's id.
    pub clause: String,
    /// The element's id.
    pub element: String,
    /// What one asks for; that of the rule when left out.
    pub preferred: Option<String>,
    /// What one can live with; that of the rule when left out.
    pub fallback: Option<String>,
}

/// What waivers must state besides a reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaiverPolicy {
    /// Whether each must say who allowed it (`by: counsel`).
    pub approver: bool,
    /// Whether each must say until when it holds (`until: 2027-03-31`).
    pub end: bool,
}
