//! Which findings are wanted, at which level, and which fail a run.

use crate::finding::{Code, Finding, Severity};
use crate::rule::RuleSet;
use crate::settings::{Fails, Settings};

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

impl From<Fails> for FailOn {
    fn from(level: Fails) -> Self {
        match level {
            Fails::Error => Self::Error,
            Fails::Warning => Self::Warning,
            Fails::Note => Self::Note,
            Fails::Never => Self::Never,
        }
    }
}

/// The findings that the settings want, at the levels that they give them.
///
/// Soft wording and figures are notes by their nature or have tiers of their own: a level for their
/// clause, its group or all does not raise them. Expects findings over rules that
/// [`crate::settings::tune()`] and [`crate::settings::adjust`] have gone over.
#[must_use]
pub fn apply(mut findings: Vec<Finding>, settings: &Settings, rules: &RuleSet) -> Vec<Finding> {
    findings.retain_mut(|finding| {
        if !settings.wants(&finding.code, rules) {
            return false;
        }
        let set = settings.level(&finding.code, rules);
        finding.severity = match (&finding.code, set) {
            (_, None | Some((_, None))) => finding.severity,
            // The levels of its elements have gone into its own.
            (Code::Weak(clause), _) if settings.sets_elements_of(clause) => finding.severity,
            (Code::Position(..), Some((_, Some(level)))) => finding.severity.min(level),
            (Code::Soft(_), Some((selector, Some(level)))) if selector.is_broad() => {
                finding.severity.min(level)
            }
            (_, Some((_, Some(level)))) => level,
        };
        true
    });
    findings
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
