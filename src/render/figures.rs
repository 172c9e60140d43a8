//! Figures that contracts state and the tiers that they meet: lines under the table of `coverage`,
//! and the same as JSON.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{JsonPosition, located};
use super::visible::visible;
use crate::lint;
use crate::position::{Figure, Tier};
use crate::rule::RuleSet;
use crate::source::{FileId, SourceFile};
use crate::triage::Report;

/// A figure and the tier that it meets.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonFigure {
    /// What it is: "availability".
    name: String,
    tier: JsonTier,
    /// What was read.
    text: String,
    start: JsonPosition,
    end: JsonPosition,
    citation: String,
    /// The tier that one asks for, in words.
    preferred: String,
    /// The tier that one can live with, in words.
    fallback: String,
}

/// The tiers of a position.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum JsonTier {
    Preferred,
    Fallback,
    NotAcceptable,
}

/// The figure that a contract states for an element.
pub(super) fn json(
    report: &Report,
    file: FileId,
    clause: &str,
    element: &str,
    rules: &RuleSet,
) -> Option<JsonFigure> {
    let is = |figure: &&Figure| figure.file == file && figure.clause == clause && figure.element == element;
    let figure = report.figures.iter().find(is)?;
    let position = lint::position(figure, rules)?;
    let (_, start, end) = located(figure.span, &report.sources)?;
    Some(JsonFigure {
        name: position.name.to_string(),
        tier: match figure.tier {
            Tier::Preferred => JsonTier::Preferred,
            Tier::Fallback => JsonTier::Fallback,
            Tier::NotAcceptable => JsonTier::NotAcceptable,
        },
        text: lint::read_as(figure, &report.sources),
        start,
        end,
        citation: figure.citation.clone(),
        preferred: position.preferred.words(),
        fallback: position.fallback.words(),
    })
}

/// One line a figure: what it is, what was read and where, and the tier that it meets.
pub(super) fn lines(report: &Report, file: &SourceFile, rules: &RuleSet) -> String {
    let mut out = String::new();
    for figure in report.figures.iter().filter(|figure| figure.file == file.id) {
        let Some(position) = lint::position(figure, rules) else { continue };
        let place = match figure.citation.as_str() {
            "" => format!("line {}", file.position(figure.span.start()).line),
            citation => citation.to_owned(),
        };
        let read = lint::read_as(figure, &report.sources);
        let tier = match figure.tier {
            Tier::Preferred => "the preferred tier".to_owned(),
            Tier::Fallback => format!("the fallback, preferred {}", position.preferred.words()),
            Tier::NotAcceptable => format!(
                "not acceptable, fallback {}, preferred {}",
                position.fallback.words(),
                position.preferred.words()
            ),
        };
        let line = format!("  {}: {read} in {place}: {tier}", position.name);
        let _ = writeln!(out, "{}", visible(&line));
    }
    out
}
