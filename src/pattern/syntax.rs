//! Lexer, parser and tree of the pattern language; every mistake has its place and advice.

use std::collections::BTreeMap;
use std::ops::Range;

/// A mistake in a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes of the pattern's text that are wrong, counted from 0.
    pub range: Range<usize>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub advice: String,
}

/// A parsed pattern. Named lists are kept by name and resolved by the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The text as written.
    pub text: String,
    // H2: the tree
}

/// The named lists that `$name` refers to, themselves patterns.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// The patterns by name, without the `$`.
    pub lists: BTreeMap<String, Pattern>,
}

/// Parses a pattern. Names of lists are checked against the vocabulary.
///
/// # Errors
/// All mistakes found, each with its place in `text`.
pub fn parse(_text: &str, _vocabulary: &Vocabulary) -> Result<Pattern, Vec<SyntaxError>> {
    todo!("H2")
}
