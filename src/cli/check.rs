//! `clauselint check`.

use super::args::{Check, Format};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::{json, text};

pub(super) fn run(args: &Check, terminal: &Terminal) -> anyhow::Result<Exit> {
    let session = super::session_with(&args.reading, &args.packs);
    let report = session.check(&super::inputs(&args.paths)?);
    terminal.complain(&report.failures, &report.sources);
    terminal.print(&match args.format {
        Format::Text => {
            let look = text::Look { colour: terminal.colour(), verbose: args.verbose };
            text::report(&report, session.rules(), look)
        }
        Format::Json => json::check(&report, session.rules()),
    })?;
    Ok(if report.failed() {
        Exit::Mistake
    } else if report.fails(args.fail_on.into()) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}
