//! The data of a proofreading check: what it is called, how loud it is, why it matters, and examples
//! that are its tests. What it looks for is code in `proofread`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::later::Later;
use super::raw::RawLevel;
use crate::finding::Severity;
use crate::source::Span;

/// A proofreading check. The file's name without `.toml` is its id and the finding's code.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawCheck {
    /// What it is called: "Broken reference".
    #[schemars(with = "String")]
    pub title: Spanned<String>,
    /// One line on what it finds.
    #[serde(default)]
    pub summary: String,
    /// The level of its findings.
    #[serde(default)]
    pub level: RawLevel,
    /// The version of clauselint that brought it.
    #[serde(default)]
    pub since: Option<String>,
    /// The risk, for people.
    #[serde(default)]
    pub why: String,
    /// What to do about a finding.
    #[serde(default)]
    pub remedy: String,
    /// Examples: documentation and self-test at once.
    #[serde(default)]
    #[schemars(with = "Vec<RawCheckExample>")]
    pub example: Vec<Spanned<RawCheckExample>>,
}

/// A piece of contract and what the check must find in it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawCheckExample {
    /// The words that the findings point at, in order; empty for a text in which all is well.
    pub found: Vec<String>,
    /// What the example shows, for `explain`.
    #[serde(default)]
    pub note: Option<String>,
    /// The text in Markdown.
    pub text: String,
}

/// A proofreading check as loaded.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Check {
    /// `broken-reference`.
    pub id: String,
    /// The file that it was read from.
    pub path: String,
    /// Where its title stands in the file.
    pub place: Span,
    /// "Broken reference".
    pub title: String,
    /// One line on what it finds.
    pub summary: String,
    /// The level of its findings; `None` for none.
    pub level: Option<Severity>,
    /// The version of clauselint that brought it.
    pub since: Option<String>,
    /// The risk.
    pub why: String,
    /// What to do about a finding.
    pub remedy: String,
    /// Documentation and self-test.
    pub examples: Later<Vec<CheckExample>>,
}

/// An example of a check.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckExample {
    /// The words that the findings point at, in order.
    pub found: Vec<String>,
    /// What it shows.
    pub note: Option<String>,
    /// The text in Markdown.
    pub text: String,
    /// Where it stands in the check's file.
    pub place: Span,
}
