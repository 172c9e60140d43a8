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
pub fn citation(_document: &Document, _clause: ClauseId) -> String {
    todo!("H1")
}
