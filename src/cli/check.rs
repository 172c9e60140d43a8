//! `clauselint check`.

use super::args::{Check, Format};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::{json, statistics, text};
use crate::session::baseline::{self, Scope};
use crate::session::changed;

pub(super) fn run(args: &Check, terminal: &Terminal) -> anyhow::Result<Exit> {
    let bar = terminal.bar();
    let mut session = super::session_over(&args.reading, &args.files, &args.packs, &bar)?;
    let inputs = args.files.inputs(&args.paths)?;
    if let Some(revision) = &args.changed_since {
        match changed::since(revision, &args.paths) {
            Ok(changed) => session.narrow(changed),
            Err(mistakes) => {
                terminal.complain(&mistakes, session.sources());
                return Ok(Exit::Mistake);
            }
        }
    }
    let mut report = session.check(&inputs);
    bar.end();
    if let Some(file) = &args.baseline {
        let scope = Scope { inputs: &inputs, narrowed: args.changed_since.is_some() };
        baseline::hide(&mut report, file, scope);
    }
    terminal.complain(&report.failures, &report.sources);
    if let Some(revision) = args.changed_since.as_ref().filter(|_| report.is_empty()) {
        terminal.remark(&format!("no contract has changed since {revision}\n"));
    }
    terminal.print(&match (args.format, args.statistics) {
        (Format::Text, true) => statistics::table(&report, session.rules(), terminal.quiet()),
        (Format::Json, true) => statistics::json(&report, session.rules()),
        (Format::Text, false) => {
            let look =
                text::Look { colour: terminal.colour(), verbose: args.verbose, quiet: terminal.quiet() };
            text::report(&report, session.rules(), look)
        }
        (Format::Json, false) => json::check(&report, session.rules()),
    })?;
    Ok(if report.failed() {
        Exit::Mistake
    } else if report.fails(args.fail_on.into()) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}
