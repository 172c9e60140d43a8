//! `check --format github`: workflow commands, which GitHub Actions turns into annotations. Escaped as
//! GitHub's own toolkit does it: a message cannot end its command, a property cannot end itself.

use std::fmt::Write as _;

use super::place::{Place, whole};
use super::visible::{visible, visible_lines};
use crate::finding::{Finding, Severity};
use crate::source::Sources;
use crate::triage::Report;

/// What was found, then what could not be read: one command each.
#[must_use]
pub fn report(report: &Report) -> String {
    report.findings.iter().chain(&report.failures).map(|finding| command(finding, &report.sources)).collect()
}

fn command(finding: &Finding, sources: &Sources) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut out = format!("::{level} ");
    if let Some(place) = Place::of(finding, sources) {
        let (start, end) = (place.start, place.end);
        let _ = write!(out, "file={},line={}", property(place.path()), start.line);
        // GitHub takes columns only for a place on one line.
        if start.line == end.line {
            let _ = write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column);
        } else {
            let _ = write!(out, ",endLine={}", end.line);
        }
        out.push(',');
    }
    let _ = writeln!(out, "title={}::{}", property(&finding.code.to_string()), data(&whole(finding)));
    out
}

/// A message.
fn data(text: &str) -> String {
    visible_lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    let text = visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    text.replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_or_a_property() {
        assert_eq!(data("99.5%\n::error::x, y"), "99.5%25%0A::error::x, y");
        assert_eq!(data("a\r::b"), "a\\u{d}::b");
        assert_eq!(property("a,b:c%\nd.md"), "a%2Cb%3Ac%25\\u{a}d.md");
    }
}
