//! Findings in few lines: notes in one, and missing clauses without advice on each element.

use super::text::place;
use super::visible::visible;
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::source::Sources;

/// A note on a contract in one line: what, and where. Nothing for other findings.
pub(super) fn line(finding: &Finding, sources: &Sources) -> Option<String> {
    let of_a_clause = finding.code.clause().is_some() || matches!(finding.code, Code::Slip(_));
    if finding.severity != Severity::Note || !of_a_clause {
        return None;
    }
    let place = place(finding, sources).map(|place| format!(" · {place}")).unwrap_or_default();
    let clause =
        finding.clause_label.as_deref().filter(|_| !matches!(finding.anchor, Anchor::Document { .. }));
    let clause = clause.map(|label| format!(" ({})", visible(label))).unwrap_or_default();
    Some(format!(
        "note[{}]: {}{place}{clause}\n",
        visible(&finding.code.to_string()),
        visible(&finding.message)
    ))
}

/// The help that is told: of a clause that is missing short of an error, where its model clause is.
pub(super) fn help(finding: &Finding) -> &[String] {
    let missing = matches!(finding.code, Code::Missing(_)) && finding.severity == Severity::Warning;
    match finding.help.as_slice() {
        [.., last] if missing => std::slice::from_ref(last),
        help => help,
    }
}
