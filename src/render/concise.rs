//! `check --format concise`: one finding a line, `path:line:column: level[code]: message`, for editors,
//! problem matchers and `grep`. No line breaks and nothing else, so that a pattern reads every line.

use super::place::{Place, headline};
use super::visible::visible;
use crate::finding::Finding;
use crate::source::Sources;
use crate::triage::Report;

/// What was found, then what could not be read.
#[must_use]
pub fn report(report: &Report) -> String {
    report.findings.iter().chain(&report.failures).map(|finding| line(finding, &report.sources)).collect()
}

fn line(finding: &Finding, sources: &Sources) -> String {
    let code = finding.code.to_string();
    let told = format!("{}[{}]: {}", finding.severity, visible(&code), visible(&headline(finding)));
    match Place::of(finding, sources) {
        Some(place) => {
            let at = place.start;
            format!("{}:{}:{}: {told}\n", visible(&place.file.path), at.line, at.column)
        }
        None => format!("clauselint: {told}\n"),
    }
}
