//! `check --format json`: a format of its own, versioned, never a dump of internal types.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::coverage::{JsonPaper, JsonProfile, side_name};
use super::packs::{self, JsonPack};
use super::visible::{Shown, shown};
use crate::assess::Coverage;
use crate::finding::{Anchor, Applicability, Finding};
use crate::rule::RuleSet;
use crate::source::{Position, Sources, Span};
use crate::triage::Report;

/// What `clauselint check --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "clauselint check")]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Version of this format; a change that breaks a reader raises it.
    version: u32,
    tool: Tool,
    /// For whom the contracts were judged: "customer" or "supplier".
    #[serde(rename = "for")]
    side: &'static str,
    summary: Summary,
    /// One entry a contract that was assessed, in order.
    contracts: Vec<JsonContract>,
    /// What was found in contracts, ordered by file, place and level; then what could not be read.
    findings: Vec<JsonFinding>,
    /// One entry a contract and pack, in the order of the files; empty when no pack was asked for.
    packs: Vec<JsonPack>,
}

/// The program that wrote the report.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Tool {
    /// Always "clauselint".
    name: &'static str,
    /// Its version.
    version: &'static str,
}

impl Tool {
    pub(super) const fn this() -> Self {
        Self { name: "clauselint", version: env!("CARGO_PKG_VERSION") }
    }
}

/// What was read and how much was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Summary {
    /// Contracts that were assessed.
    contracts: usize,
    /// Clauses read in them.
    clauses_read: usize,
    /// Clause rules applied to some contract.
    rules: usize,
    /// Findings of level error, failures left out.
    errors: usize,
    /// Findings of level warning.
    warnings: usize,
    /// Findings of level note.
    notes: usize,
    /// Contracts without a finding.
    clean: usize,
    /// Files that hold no contract and were not assessed.
    left_out: usize,
    /// Input that could not be read, broken rules, requests that could not be met.
    failures: usize,
    /// Findings that a waiver allows or the baseline knows; they are not in `findings`.
    hidden: usize,
}

/// What a contract was taken for and held against.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonContract {
    /// The file, as it was given; the master, when the contract has several.
    path: String,
    /// All files of the contract, the master first.
    files: Vec<String>,
    /// What kind of paper it was taken for.
    paper: JsonPaper,
    /// The profile that it was held against.
    profile: JsonProfile,
}

/// One thing that a run has to say.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonFinding {
    /// What it is about: "missing-exit-transition", "rule-file".
    code: String,
    level: Level,
    /// The headline; stands alone.
    message: String,
    /// The file, as it was given; null for a request that concerns no file.
    path: Option<String>,
    /// Where it begins; for a missing clause, the closest text or, when `anchor` is "document", where
    /// the clause would go in.
    start: Option<JsonPosition>,
    /// Where it ends.
    end: Option<JsonPosition>,
    /// What `start` and `end` stand for.
    anchor: JsonAnchor,
    /// What to see there: "closest text: clause 12.4, but nothing here binds the supplier"; null where the
    /// place speaks for itself.
    seen: Option<String>,
    /// The clause that it is about: an id such as "exit-transition".
    clause: Option<String>,
    /// The clause of the contract that it concerns, as the contract numbers it.
    label: Option<String>,
    /// Second places.
    labels: Vec<JsonLabel>,
    /// Why it matters and what was found.
    notes: Vec<String>,
    /// What to write.
    help: Vec<String>,
    /// Where to read on; null when there is no page.
    url: Option<String>,
    /// Identifies the finding across edits elsewhere in the contract.
    fingerprint: String,
    /// A change that would settle it.
    fix: Option<JsonFix>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Note,
    Warning,
    Error,
}

/// What the place of a finding stands for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum JsonAnchor {
    /// These words.
    Text,
    /// A clause as a whole.
    Clause,
    /// The document: something is absent and would go in at `start`.
    Document,
    /// No text at all.
    Nowhere,
}

/// A place as people and editors count it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonPosition {
    /// Line, counted from 1.
    line: usize,
    /// Column in Unicode characters, counted from 1.
    column: usize,
    /// Column in UTF-16 code units, counted from 1.
    utf16: usize,
    /// Byte in the file, counted from 0.
    offset: usize,
}

impl From<Position> for JsonPosition {
    fn from(at: Position) -> Self {
        Self { line: at.line, column: at.column, utf16: at.utf16, offset: at.offset }
    }
}

/// A second place and what to see there.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonLabel {
    message: String,
    path: String,
    start: JsonPosition,
    end: JsonPosition,
}

/// A change that would settle a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonFix {
    title: String,
    applicability: JsonApplicability,
    /// Sorted, not overlapping.
    edits: Vec<JsonEdit>,
}

/// How safely a fix can be applied.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum JsonApplicability {
    /// To be shown, never applied.
    DisplayOnly,
    /// Changes what the contract says.
    Unsafe,
    /// Changes no meaning.
    Safe,
}

/// One replacement of text.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonEdit {
    start: JsonPosition,
    end: JsonPosition,
    replacement: String,
}

/// The path and both ends of a span; nothing for a span of no known file.
pub(super) fn located(span: Span, sources: &Sources) -> Option<(&str, JsonPosition, JsonPosition)> {
    let file = sources.get(span.file())?;
    Some((&file.path, file.position(span.start()).into(), file.position(span.end()).into()))
}

/// The report as JSON, ending with a line feed.
#[must_use]
pub fn check(report: &Report, rules: &RuleSet) -> String {
    let counts = report.counts();
    let all = report.findings.iter().chain(&report.failures);
    to_json(&Check {
        version: 1,
        tool: Tool::this(),
        side: side_name(report.side),
        summary: Summary {
            contracts: report.coverages.len(),
            clauses_read: report.clauses_read(),
            rules: report.rules,
            errors: counts.errors,
            warnings: counts.warnings,
            notes: counts.notes,
            clean: report.clean(),
            left_out: report.left_out.len(),
            failures: report.failures.len(),
            hidden: report.hidden.len(),
        },
        contracts: report.coverages.iter().filter_map(|of| json_contract(of, report)).collect(),
        findings: all.map(|finding| json_finding(finding, &report.sources)).collect(),
        packs: report
            .checklists
            .iter()
            .filter_map(|list| {
                packs::json(list, &report.sources, report.rules_of(list.file).unwrap_or(rules))
            })
            .collect(),
    })
}

fn json_contract(coverage: &Coverage, report: &Report) -> Option<JsonContract> {
    Some(JsonContract {
        path: report.sources.get(coverage.file)?.path.clone(),
        files: coverage.files().filter_map(|file| Some(report.sources.get(file)?.path.clone())).collect(),
        paper: JsonPaper::of(coverage),
        profile: JsonProfile::of(coverage, report),
    })
}

pub(super) fn to_json(value: &impl Serialize) -> String {
    // Plain structs of strings and numbers always serialize.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    safe(text)
}

/// The same JSON with what could steer a terminal written as escapes: readers get the same strings.
pub(super) fn safe(json: String) -> String {
    // Below this, JSON has escaped all but its own line feeds.
    let steers = |character: char| character >= '\u{7f}' && shown(character) == Shown::Escape;
    if json.is_ascii() && !json.contains('\u{7f}') || !json.contains(steers) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if steers(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

pub(super) fn json_finding(finding: &Finding, sources: &Sources) -> JsonFinding {
    let place = finding.anchor.span().and_then(|span| located(span, sources));
    let (path, start, end) = match place {
        Some((path, start, end)) => (Some(path.to_owned()), Some(start), Some(end)),
        None => (None, None, None),
    };
    let label = |label: &crate::finding::Label| {
        let (path, start, end) = located(label.span, sources)?;
        Some(JsonLabel { message: label.message.clone(), path: path.to_owned(), start, end })
    };
    JsonFinding {
        code: finding.code.to_string(),
        level: finding.severity.into(),
        message: finding.message.clone(),
        path,
        start,
        end,
        anchor: finding.anchor.into(),
        seen: (!finding.anchor_message.is_empty()).then(|| finding.anchor_message.clone()),
        clause: finding.code.clause().map(str::to_owned),
        label: finding.clause_label.clone(),
        labels: finding.labels.iter().filter_map(label).collect(),
        notes: finding.notes.clone(),
        help: finding.help.clone(),
        url: None,
        fingerprint: finding.fingerprint.as_str().to_owned(),
        fix: finding.fix.as_ref().map(|fix| json_fix(fix, sources)),
    }
}

fn json_fix(fix: &crate::finding::Fix, sources: &Sources) -> JsonFix {
    let edit = |edit: &crate::finding::Edit| {
        let (_, start, end) = located(edit.span, sources)?;
        Some(JsonEdit { start, end, replacement: edit.replacement.clone() })
    };
    JsonFix {
        title: fix.title.clone(),
        applicability: match fix.applicability {
            Applicability::DisplayOnly => JsonApplicability::DisplayOnly,
            Applicability::Unsafe => JsonApplicability::Unsafe,
            Applicability::Safe => JsonApplicability::Safe,
        },
        edits: fix.edits.iter().filter_map(edit).collect(),
    }
}

impl From<crate::finding::Severity> for Level {
    fn from(severity: crate::finding::Severity) -> Self {
        match severity {
            crate::finding::Severity::Note => Self::Note,
            crate::finding::Severity::Warning => Self::Warning,
            crate::finding::Severity::Error => Self::Error,
        }
    }
}

impl From<Level> for crate::finding::Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Note => Self::Note,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}

impl From<Anchor> for JsonAnchor {
    fn from(anchor: Anchor) -> Self {
        match anchor {
            Anchor::Span(_) => Self::Text,
            Anchor::Clause(_) => Self::Clause,
            Anchor::Document { .. } => Self::Document,
            Anchor::Nowhere => Self::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_read_back_as_it_was() {
        let text = "a\u{7f}\u{9b}2J\u{202e}\u{1b}\u{e0041} “é”";
        let json = to_json(&text);
        assert!(json.chars().all(|character| character == '\n' || shown(character) == Shown::Same), "{json}");
        assert!(
            json.contains("\\u202e") && json.contains("\\udb40\\udc41") && json.contains("“é”"),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
    }
}
