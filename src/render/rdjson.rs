//! `check --format rdjson`: the diagnostic format of reviewdog (DiagnosticResult), which puts findings
//! on the lines of a pull request. Columns count bytes from 1, as reviewdog does.

use serde::Serialize;

use super::json::to_json;
use super::place::{Place, whole};
use super::visible::{visible, visible_lines};
use crate::finding::{Applicability, Edit, Finding, Severity};
use crate::source::{Position, SourceFile, Sources};
use crate::triage::Report;

#[derive(Debug, Serialize)]
struct DiagnosticResult {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Debug, Serialize)]
struct Diagnostic {
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
}

#[derive(Debug, Serialize)]
struct Code {
    value: String,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Debug, Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Debug, Serialize)]
struct Point {
    line: usize,
    column: usize,
}

#[derive(Debug, Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Debug, Serialize)]
struct Related {
    message: String,
    location: Location,
}

/// What was found, then what could not be read.
#[must_use]
pub fn report(report: &Report) -> String {
    let all = report.findings.iter().chain(&report.failures);
    let diagnostics = all.map(|finding| diagnostic(finding, &report.sources)).collect();
    to_json(&DiagnosticResult { source: Source { name: "clauselint" }, diagnostics })
}

fn diagnostic(finding: &Finding, sources: &Sources) -> Diagnostic {
    let related = |label: &crate::finding::Label| {
        let place = Place::of_span(label.span, sources)?;
        Some(Related { message: visible_lines(&label.message).into_owned(), location: location(&place) })
    };
    // A fix that is only to be looked at must not get a button that applies it; and reviewdog takes
    // each suggestion for a change of its own, so that it can apply a fix of one edit only.
    let fix = finding.fix.as_ref().filter(|fix| fix.applicability != Applicability::DisplayOnly);
    let edits: &[Edit] = fix.map_or(&[], |fix| match fix.edits.as_slice() {
        one @ [_] => one,
        _ => &[],
    });
    Diagnostic {
        message: visible_lines(&whole(finding)).into_owned(),
        location: Place::of(finding, sources).map(|place| location(&place)),
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Note => "INFO",
        },
        code: Code { value: finding.code.to_string() },
        suggestions: edits.iter().filter_map(|edit| suggestion(edit, finding, sources)).collect(),
        related_locations: finding.labels.iter().filter_map(related).collect(),
    }
}

/// A change; one of another file has no place here, since a suggestion names none.
fn suggestion(edit: &Edit, finding: &Finding, sources: &Sources) -> Option<Suggestion> {
    let here = finding.anchor.span()?.file() == edit.span.file();
    let file = sources.get(edit.span.file()).filter(|_| here)?;
    let at = |offset| point(file.position(offset), file);
    let range = Range { start: at(edit.span.start()), end: at(edit.span.end()) };
    Some(Suggestion { range, text: edit.replacement.clone() })
}

fn location(place: &Place<'_>) -> Location {
    let range = Range { start: point(place.start, place.file), end: point(place.end, place.file) };
    Location { path: visible(place.path()).into_owned(), range }
}

/// A place with its column in bytes.
fn point(at: Position, file: &SourceFile) -> Point {
    let line = file.lines().line_start(at.line - 1).unwrap_or(0);
    Point { line: at.line, column: at.offset - line + 1 }
}
