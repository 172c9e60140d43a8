//! What `fix` says: a line a change, or the lines that would change, and what is left to ask for.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use super::text::place;
use super::visible::visible;
use crate::finding::{Applicability, Finding};
use crate::fix::Plan;
use crate::source::Sources;
use crate::triage::counted;

/// How many unchanged lines are shown around a change.
const AROUND: usize = 2;

/// A line a change: "msa.md:12:5: link to #3-term [broken-reference]".
#[must_use]
pub fn lines(plan: &Plan<'_>, sources: &Sources) -> String {
    let mut out = String::new();
    for (finding, fix) in &plan.made {
        let place = place(finding, sources).unwrap_or_default();
        let _ = writeln!(out, "{place}: {} [{}]", visible(&fix.title), visible(&finding.code.text()));
    }
    out
}

/// What was done, or would be, and what was not: "2 changes made in 1 file; ...".
#[must_use]
pub fn summary(plan: &Plan<'_>, written: bool) -> String {
    let files = counted(plan.files().count(), "file");
    let mut out = match (plan.made.len(), written) {
        (0, _) => "nothing to change".to_owned(),
        (made, true) => format!("{} made in {files}", counted(made, "change")),
        (made, false) => format!("{} to make in {files}", counted(made, "change")),
    };
    match plan.unsafe_left {
        0 => {}
        1 => out.push_str("; 1 more would alter what a contract says (--unsafe makes it)"),
        more => {
            let _ = write!(out, "; {more} more would alter what contracts say (--unsafe makes them)");
        }
    }
    if plan.in_the_way > 0 {
        let _ = write!(out, "; {} in the way of another (run it again)", counted(plan.in_the_way, "change"));
    }
    out.push('\n');
    out
}

/// The lines of a file that change, as a unified diff.
#[must_use]
pub fn diff(path: &str, old: &str, new: &str) -> String {
    let path = visible(path);
    let mut out = format!("--- {path}\n+++ {path}\n");
    let lines = TextDiff::from_lines(old, new);
    for hunk in lines.unified_diff().context_radius(AROUND).iter_hunks() {
        let _ = writeln!(out, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let line = change.value().trim_end_matches(['\r', '\n']);
            let _ = writeln!(out, "{sign}{}", visible(line));
            if change.missing_newline() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// How many findings `fix` would settle, for the end of a report; empty when there is none.
#[must_use]
pub(super) fn offer(findings: &[Finding]) -> String {
    let of = |wanted| {
        let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
        fixes.filter(|fix| fix.applicability == wanted).count()
    };
    let (safe, altering) = (of(Applicability::Safe), of(Applicability::Unsafe));
    let settled = |count: usize, how: &str| format!("{} can be settled by {how}", counted(count, "finding"));
    match (safe, altering) {
        (0, 0) => String::new(),
        (safe, 0) => settled(safe, "clauselint fix\n"),
        (0, altering) => settled(altering, "clauselint fix --unsafe, which alters what the contract says\n"),
        (safe, altering) => {
            settled(safe, "clauselint fix")
                + &format!(", {altering} more by --unsafe, which alters what the contract says\n")
        }
    }
}
