//! `check --format gitlab`: GitLab's code quality report. GitLab wants a path and a line for each entry
//! and a fingerprint that no other entry has.

use std::collections::HashMap;

use serde::Serialize;

use super::json::to_json;
use super::place::{Place, headline};
use super::visible::visible;
use crate::finding::{Finding, Fingerprint, Severity};
use crate::triage::Report;

#[derive(Debug, Serialize)]
struct Entry {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// What was found, then what could not be read. A failure without a file has no place in this
/// format.
#[must_use]
pub fn report(report: &Report) -> String {
    let mut seen = HashMap::new();
    let found = report.findings.iter().map(|finding| (finding, severity(finding.severity)));
    let failed = report.failures.iter().map(|failure| match failure.severity {
        Severity::Error => (failure, "blocker"),
        advice => (failure, severity(advice)),
    });
    let entries: Vec<Entry> = found
        .chain(failed)
        .filter_map(|(finding, severity)| {
            Some(entry(finding, severity, Place::of(finding, &report.sources)?, &mut seen))
        })
        .collect();
    to_json(&entries)
}

fn entry(
    finding: &Finding,
    severity: &'static str,
    place: Place<'_>,
    seen: &mut HashMap<Fingerprint, usize>,
) -> Entry {
    let path = visible(place.path()).into_owned();
    let fingerprint = Fingerprint::of(&[&path, finding.fingerprint.as_str()]);
    let before = seen.entry(fingerprint.clone()).or_default();
    *before += 1;
    let fingerprint = match *before {
        1 => fingerprint,
        more => Fingerprint::of(&[&path, finding.fingerprint.as_str(), &more.to_string()]),
    };
    Entry {
        description: visible(&headline(finding)).into_owned(),
        check_name: finding.code.to_string(),
        fingerprint: fingerprint.as_str().to_owned(),
        severity,
        location: Location { path, lines: Lines { begin: place.start.line, end: place.end.line } },
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    }
}
