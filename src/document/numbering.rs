//! Labels as the source writes them: "12.3(b)", "Article IV", "Schedule 2", "§ 5", "A.5.".

use std::ops::Range;

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
    /// Its text as a reader cites it: see [`Document::label_text`].
    pub(super) text: Range<u32>,
    /// What it is made of.
    pub kind: LabelKind,
    /// The source that it takes.
    pub span: Span,
}

/// The full label of a clause: see [`Document::citation`].
#[must_use]
pub fn citation(document: &Document, clause: ClauseId) -> String {
    let mut labels: Vec<(LabelKind, &str)> = Vec::new();
    let mut at = Some(clause);
    while let Some(id) = at {
        let clause = document.clause(id);
        let label = document.label(clause).map(|label| (label.kind, document.label_text(label)));
        labels.extend(label.filter(|(_, text)| !text.is_empty()));
        at = clause.parent;
    }
    let mut cited = String::new();
    let mut last: Option<LabelKind> = None;
    for (kind, text) in labels.into_iter().rev() {
        match last {
            None => cited.push_str(text),
            Some(above) => join(&mut cited, above, kind, text),
        }
        last = Some(kind);
    }
    cited
}

/// Adds a label to the citation of the labels above it.
fn join(cited: &mut String, above: LabelKind, kind: LabelKind, text: &str) {
    let container = matches!(above, LabelKind::Attachment | LabelKind::Article);
    match kind {
        _ if text.starts_with('(') => {}
        // "4.1" under "4" or under "Article IV" says it all.
        LabelKind::Number | LabelKind::Letter if text.contains('.') => {
            let kept = if above == LabelKind::Attachment { cited.len() } else { attached(cited) };
            cited.truncate(kept);
            if kept > 0 {
                cited.push_str(", ");
            }
        }
        LabelKind::Article | LabelKind::Attachment => cited.push_str(", "),
        _ if container => cited.push_str(", "),
        _ => cited.push('.'),
    }
    cited.push_str(text);
}

/// How much of a citation names a schedule or another attachment.
fn attached(cited: &str) -> usize {
    if cited.starts_with("Article") || cited.starts_with("ARTICLE") {
        0
    } else {
        cited.find(", ").unwrap_or(0)
    }
}
