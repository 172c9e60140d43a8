//! Which findings fail a run.

use crate::finding::Severity;

/// The lowest level that fails a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Errors fail a run.
    #[default]
    Error,
    /// Warnings and errors fail a run.
    Warning,
    /// Any finding fails a run.
    Note,
    /// No finding fails a run; input that cannot be read still does.
    Never,
}

impl FailOn {
    /// Whether a finding of this level fails the run.
    #[must_use]
    pub const fn reached_by(self, severity: Severity) -> bool {
        match self {
            Self::Error => matches!(severity, Severity::Error),
            Self::Warning => matches!(severity, Severity::Error | Severity::Warning),
            Self::Note => true,
            Self::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_is_reached_by_itself_and_worse() {
        assert!(FailOn::Error.reached_by(Severity::Error));
        assert!(!FailOn::Error.reached_by(Severity::Warning));
        assert!(FailOn::Warning.reached_by(Severity::Warning));
        assert!(!FailOn::Warning.reached_by(Severity::Note));
        assert!(FailOn::Note.reached_by(Severity::Note));
        assert!(!FailOn::Never.reached_by(Severity::Error));
    }
}
