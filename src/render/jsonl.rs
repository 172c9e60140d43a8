//! `check --format jsonl`: one finding a line, as in `json`. Each line states the version of the
//! format, so that lines can be cut out, sorted and put together from several runs.

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{JsonFinding, json_finding, safe};
use crate::triage::Report;

/// The version of a line; a change that breaks a reader raises it.
const VERSION: u32 = 1;

/// One line of `clauselint check --format jsonl`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "a line of clauselint check --format jsonl")]
pub struct JsonLine {
    /// Version of this format; a change that breaks a reader raises it.
    version: u32,
    #[serde(flatten)]
    finding: JsonFinding,
}

/// What was found, then what could not be read; empty when there is nothing to say.
#[must_use]
pub fn report(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.findings.iter().chain(&report.failures) {
        let line = JsonLine { version: VERSION, finding: json_finding(finding, &report.sources) };
        // Plain structs of strings and numbers always serialize.
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    }
    safe(out)
}
