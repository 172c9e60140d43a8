//! Findings in few lines: notes in one, and missing clauses without advice on each element.

use std::borrow::Cow;

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

/// A clause that is missing short of an error keeps its reason and where its model clause is.
pub(super) fn told(finding: &Finding) -> Cow<'_, Finding> {
    let missing = matches!(finding.code, Code::Missing(_)) && finding.severity == Severity::Warning;
    if !missing || finding.help.len() < 2 {
        return Cow::Borrowed(finding);
    }
    let mut finding = finding.clone();
    finding.help.drain(..finding.help.len() - 1);
    Cow::Owned(finding)
}
