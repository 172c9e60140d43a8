//! Which changes settle findings, and a text with them made. Reads and writes no file.
//!
//! Two changes never touch the same words: of those that would, the first of the report is made, and a
//! second run makes the other if it is still needed.

use std::collections::BTreeMap;

use crate::finding::{Applicability, Edit, Finding, Fix};
use crate::source::FileId;

/// The changes of a run.
#[derive(Debug, Default)]
pub struct Plan<'a> {
    /// The findings that are settled, in the order of the report, with their changes.
    pub made: Vec<(&'a Finding, &'a Fix)>,
    /// How many more changes would alter what a contract says, and are left for the user to ask for.
    pub unsafe_left: usize,
    /// How many would touch words that another one changes.
    pub in_the_way: usize,
    edits: BTreeMap<FileId, Vec<&'a Edit>>,
}

impl<'a> Plan<'a> {
    /// Chooses among the changes of some findings those that are at least as safe as asked for.
    #[must_use]
    pub fn of(findings: impl IntoIterator<Item = &'a Finding>, least: Applicability) -> Self {
        let mut plan = Self::default();
        for finding in findings {
            let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) else { continue };
            if fix.applicability < least {
                plan.unsafe_left += usize::from(fix.applicability == Applicability::Unsafe);
            } else if fix.edits.iter().any(|edit| plan.touches(edit)) {
                plan.in_the_way += 1;
            } else {
                for edit in &fix.edits {
                    let of_file = plan.edits.entry(edit.span.file()).or_default();
                    let at = of_file.partition_point(|other| other.span.start() < edit.span.start());
                    of_file.insert(at, edit);
                }
                plan.made.push((finding, fix));
            }
        }
        plan
    }

    /// Whether an edit shares a byte, or its place, with one that was chosen.
    fn touches(&self, edit: &Edit) -> bool {
        let Some(chosen) = self.edits.get(&edit.span.file()) else { return false };
        let next = chosen.partition_point(|other| other.span.end() < edit.span.start());
        chosen.get(next).is_some_and(|other| other.span.start() <= edit.span.end())
    }

    /// The files that change.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.edits.keys().copied()
    }

    /// The text of a file with its changes made; all else stays as it is, to the byte.
    #[must_use]
    pub fn text(&self, file: FileId, text: &str) -> String {
        let mut fixed = String::with_capacity(text.len());
        let mut from = 0;
        for edit in self.edits.get(&file).into_iter().flatten() {
            fixed.push_str(text.get(from..edit.span.start()).unwrap_or_default());
            fixed.push_str(&edit.replacement);
            from = edit.span.end();
        }
        fixed.push_str(text.get(from..).unwrap_or_default());
        fixed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Anchor, Code, Severity};
    use crate::source::Span;

    fn finding(applicability: Applicability, edits: &[(std::ops::Range<usize>, &str)]) -> Finding {
        let edit = |(range, text): &(std::ops::Range<usize>, &str)| Edit {
            span: Span::new(FileId::default(), range.clone()),
            replacement: (*text).to_owned(),
        };
        let edits: Vec<Edit> = edits.iter().map(edit).collect();
        let anchor = Anchor::Span(edits[0].span);
        let mut finding = Finding::new(Code::Slip("x".into()), Severity::Warning, "x", anchor);
        finding.fix = Some(Fix { title: "x".to_owned(), edits, applicability });
        finding
    }

    #[test]
    fn changes_are_made_in_the_order_of_the_text() {
        let findings = [
            finding(Applicability::Safe, &[(8..11, "fox"), (0..3, "A")]),
            finding(Applicability::Safe, &[(4..7, "")]),
        ];
        let plan = Plan::of(&findings, Applicability::Safe);
        assert_eq!(plan.text(FileId::default(), "the red dog\r\n"), "A  fox\r\n");
        assert_eq!((plan.made.len(), plan.files().count()), (2, 1));
    }

    #[test]
    fn what_alters_the_contract_waits_to_be_asked_for() {
        let findings = [
            finding(Applicability::Unsafe, &[(0..3, "A")]),
            finding(Applicability::DisplayOnly, &[(4..7, "")]),
        ];
        let plan = Plan::of(&findings, Applicability::Safe);
        assert_eq!((plan.made.len(), plan.unsafe_left), (0, 1));
        let plan = Plan::of(&findings, Applicability::Unsafe);
        assert_eq!(plan.text(FileId::default(), "the red dog"), "A red dog");
    }

    #[test]
    fn of_two_changes_of_the_same_words_the_first_is_made_whole() {
        let findings = [
            finding(Applicability::Safe, &[(4..7, "blue")]),
            finding(Applicability::Safe, &[(0..3, "one"), (5..9, "x")]),
            finding(Applicability::Safe, &[(7..7, "ish")]),
        ];
        let plan = Plan::of(&findings, Applicability::Safe);
        assert_eq!(plan.text(FileId::default(), "the red dog"), "the blue dog");
        assert_eq!(plan.in_the_way, 2);
    }
}
