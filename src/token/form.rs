//! How a word is written, by its number.

/// How a word is written, told without a look at its text: of the words of many contracts most lie far
/// from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// The number of the first word that folds like it.
    pub(crate) fold: u32,
    /// Whether it begins with a small letter.
    pub(crate) small: bool,
    /// Whether it begins with a capital and holds small letters: "Supplier", not "SLA".
    pub(crate) capital: bool,
}

impl Form {
    pub(super) fn of(surface: &str, fold: u32) -> Self {
        let small = surface.starts_with(char::is_lowercase);
        let capital = surface.starts_with(char::is_uppercase) && surface.chars().any(char::is_lowercase);
        Self { fold, small, capital }
    }
}
