//! Labels as the source writes them: "12.3(b)", "Article IV", "Schedule 2", "§ 5", "A.5.".

use super::{ClauseId, Document};
use crate::source::Span;

/// What a label is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LabelKind {
    /// "12.3", "1.", "1)", "§ 5", "Section 4", "Clause 7".
    Number,
    /// "(a)", "b)", "A.".
    Letter,
    /// "(iv)", "II.".
    Roman,
    /// "Article IV".
    Article,
    /// "Schedule 2", "Annex B", "Exhibit C", "Appendix", "Attachment 1", "Part II".
    Attachment,
    /// A bullet: no label to cite, but an item.
    Bullet,
}

/// A label and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As a reader cites it, marks and trailing stop removed: "12.3", "(b)", "Schedule 2".
    pub text: String,
    /// What it is made of.
    pub kind: LabelKind,
    /// The source that it takes.
    pub span: Span,
}

/// The full label of a clause: see [`Document::citation`].
#[must_use]
pub fn citation(document: &Document, clause: ClauseId) -> String {
    let mut labels: Vec<&Label> = Vec::new();
    let mut at = Some(clause);
    while let Some(id) = at {
        let clause = document.clause(id);
        labels.extend(clause.label.as_ref().filter(|label| !label.text.is_empty()));
        at = clause.parent;
    }
    let mut cited = String::new();
    let mut last: Option<&Label> = None;
    for label in labels.into_iter().rev() {
        match last {
            None => cited.push_str(&label.text),
            Some(above) => join(&mut cited, above, label),
        }
        last = Some(label);
    }
    cited
}

/// Adds a label to the citation of the labels above it.
fn join(cited: &mut String, above: &Label, label: &Label) {
    let container = matches!(above.kind, LabelKind::Attachment | LabelKind::Article);
    match label.kind {
        _ if label.text.starts_with('(') => {}
        // "4.1" under "4" or under "Article IV" says it all.
        LabelKind::Number | LabelKind::Letter if label.text.contains('.') => {
            let kept = if above.kind == LabelKind::Attachment { cited.len() } else { attached(cited) };
            cited.truncate(kept);
            if kept > 0 {
                cited.push_str(", ");
            }
        }
        LabelKind::Article | LabelKind::Attachment => cited.push_str(", "),
        _ if container => cited.push_str(", "),
        _ => cited.push('.'),
    }
    cited.push_str(&label.text);
}

/// How much of a citation names a schedule or another attachment.
fn attached(cited: &str) -> usize {
    if cited.starts_with("Article") || cited.starts_with("ARTICLE") {
        0
    } else {
        cited.find(", ").unwrap_or(0)
    }
}
