//! Normalised text with a map back to the source, exact to the byte.

use std::ops::Range;

/// The text of a document as it is read: emphasis marks, escapes, entities, soft hyphens and
/// zero-width characters resolved, NBSP and soft line breaks made spaces, curly quotes made
/// straight; blocks are separated by a line feed. Each byte maps back to the source.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// The normalised text.
    pub text: String,
    // H1: the offset map
}

impl Prose {
    /// The text of a range of bytes; empty when the range is not on its boundaries.
    #[must_use]
    pub fn slice(&self, range: Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or("")
    }

    /// The bytes of the source from the first byte that made the first character of the range to
    /// the last byte that made its last character.
    #[must_use]
    pub fn source_range(&self, _range: Range<u32>) -> Range<usize> {
        todo!("H1")
    }
}
