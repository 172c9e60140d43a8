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

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Mistake => Self::from(2),
        }
    }
}
