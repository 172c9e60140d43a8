//! `clauselint coverage`: a picture, not a judgement, so findings do not change its exit code.

use super::args::{Coverage, Format};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::coverage;

pub(super) fn run(args: &Coverage, terminal: &Terminal) -> anyhow::Result<Exit> {
    let bar = terminal.bar();
    let session = super::session_over(&args.reading, &args.files, &args.packs, &bar)?;
    let inputs = args.files.inputs(&args.paths)?;
    // A program picks what it needs; people get what is asked of the paper at hand.
    let every = args.format == Format::Json && args.reading.profile.is_none();
    let report = if every { session.inventory(&inputs) } else { session.survey(&inputs) };
    bar.end();
    terminal.complain(&report.failures, &report.sources);
    terminal.print(&match args.format {
        Format::Text => coverage::table(&report, session.rules()),
        Format::Json => coverage::json(&report, session.rules()),
    })?;
    Ok(if report.failed() { Exit::Mistake } else { Exit::Clean })
}
