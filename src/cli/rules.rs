//! `clauselint rules`.

use super::args::{Rules, RulesCommand};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::rules;
use crate::session::{Options, Session};
use crate::triage::failed;

pub(super) fn run(args: &Rules, terminal: &Terminal) -> anyhow::Result<Exit> {
    match &args.command {
        RulesCommand::List { rules: folders, side } => {
            let session = Session::new(Options { rules: folders.clone(), ..Options::default() });
            terminal.complain(session.problems(), session.sources());
            terminal.print(&rules::list(session.rules(), (*side).into()))?;
            Ok(if failed(session.problems()) { Exit::Mistake } else { Exit::Clean })
        }
        RulesCommand::Test { dir } => {
            let session =
                Session::new(Options { rules: dir.iter().cloned().collect(), ..Options::default() });
            terminal.complain(session.problems(), session.sources());
            let outcome = session.self_test();
            terminal.print(&rules::test(&outcome, session.sources()))?;
            Ok(if failed(session.problems()) {
                Exit::Mistake
            } else if outcome.passed() {
                Exit::Clean
            } else {
                Exit::Findings
            })
        }
    }
}
