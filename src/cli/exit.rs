//! Exit codes and why.

use std::process::ExitCode;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// 0: nothing at or above the level that fails a run.
    Clean,
    /// 1: findings; for `query`, no match.
    Findings,
    /// 2: a mistake in the command line, in a rule or a pattern, or input that cannot be read. Wins
    /// over findings, since a report on part of the input must not pass for one on all of it.
    Mistake,
}

/// What each exit code says, for the manual.
pub(super) const MEANINGS: [(u8, &str); 3] = [
    (
        0,
        "nothing reaches the level of --fail-on (check), something matches (query), or the rules pass (rules test)",
    ),
    (1, "something reaches that level, nothing matches, or a rule fails its own examples"),
    (
        2,
        "a mistake in the command line, a setting or a rule, a folder without contracts, or input or output that \
         cannot be read or written; wins over 1, and what can be read is reported all the same",
    ),
];

impl Exit {
    /// The number.
    pub(super) const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Mistake => 2,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
