//! `clauselint waivers`: a list, not a judgement, so what it holds does not change its exit code.

use super::args::{ListFormat, Waivers};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::waivers;

pub(super) fn run(args: &Waivers, terminal: &Terminal) -> anyhow::Result<Exit> {
    let bar = terminal.bar();
    let session = super::session_over(&args.reading, &args.files, &args.packs, &bar)?;
    let report = session.check(&args.files.inputs(&args.paths)?);
    bar.end();
    terminal.complain(&report.failures, &report.sources);
    terminal.print(&match args.format {
        ListFormat::Text => waivers::table(&report),
        ListFormat::Json => waivers::json(&report),
        ListFormat::Csv => waivers::csv(&report),
    })?;
    Ok(if report.failed() { Exit::Mistake } else { Exit::Clean })
}
