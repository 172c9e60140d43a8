//! `clauselint check`.

use super::args::{Check, Format};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::{json, statistics, text};

pub(super) fn run(args: &Check, terminal: &Terminal) -> anyhow::Result<Exit> {
    let bar = terminal.bar();
    let session = super::session_over(&args.reading, &args.files, &args.packs, &bar)?;
    let report = session.check(&args.files.inputs(&args.paths)?);
    bar.end();
    terminal.complain(&report.failures, &report.sources);
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
