//! Reports for people and programs: one file a format, each with its own versioned types.
//!
//! Nothing here decides a verdict, a level or an exit code, and nothing prints: every renderer
//! returns text.

pub mod baseline;
pub mod concise;
pub mod config;
pub mod coverage;
mod excerpt;
pub mod explain;
pub mod explain_pack;
mod figures;
pub mod fixes;
pub mod github;
pub mod gitlab;
mod grouping;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod own;
pub mod packs;
mod place;
pub mod query;
pub mod rdjson;
pub mod rules;
pub mod sarif;
pub mod scaffold;
pub mod schema;
mod short;
pub mod starter;
pub mod statistics;
pub mod text;
pub mod visible;
pub mod waivers;

use crate::rule::RuleSet;
use crate::triage::{FailOn, Report};

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For people, as a compiler shows its findings.
    Text,
    /// One line a finding, for editors and `grep`.
    Concise,
    /// All there is, for programs.
    Json,
    /// One line of JSON a finding.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML, for test reports.
    Junit,
    /// reviewdog's diagnostics.
    Rdjson,
    /// A summary for a pull request.
    Markdown,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Rdjson,
        Self::Markdown,
    ];

    /// The name that users write: `text`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Rdjson => "rdjson",
            Self::Markdown => "markdown",
        }
    }

    /// What it is for, in one line.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Text => "For people",
            Self::Concise => "One line a finding: path:line:column: level[code]: message",
            Self::Json => "For programs; `clauselint schema check` describes it",
            Self::Jsonl => "One line of JSON a finding; `clauselint schema jsonl` describes it",
            Self::Sarif => "SARIF 2.1.0, for code scanning",
            Self::Github => "Annotations of GitHub Actions",
            Self::Gitlab => "GitLab's code quality report",
            Self::Junit => "JUnit XML, for test reports",
            Self::Rdjson => "reviewdog's diagnostics",
            Self::Markdown => "A summary for a pull request or GITHUB_STEP_SUMMARY",
        }
    }
}

/// What a report looks like, besides what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// With the colours of a terminal.
    pub colour: bool,
    /// Every finding whole. Else a note takes one line, and a clause that is missing short of an
    /// error is told without advice on its elements: an unlucky contract has many of both.
    pub verbose: bool,
    /// Findings and tables only: no line a file, no remark, no summary.
    pub quiet: bool,
    /// Which findings fail the run: a test report calls only those failed tests.
    pub fail_on: FailOn,
    /// The exit code of the run, for formats that state it.
    pub exit: Option<u8>,
}

/// A report in a format.
#[must_use]
pub fn render(report: &Report, rules: &RuleSet, format: Format, look: Look) -> String {
    match format {
        Format::Text => text::report(report, rules, look),
        Format::Concise => concise::report(report),
        Format::Json => json::check(report, rules),
        Format::Jsonl => jsonl::report(report),
        Format::Sarif => sarif::report(report, rules, look),
        Format::Github => github::report(report),
        Format::Gitlab => gitlab::report(report),
        Format::Junit => junit::report(report, look.fail_on),
        Format::Rdjson => rdjson::report(report),
        Format::Markdown => markdown::report(report),
    }
}
