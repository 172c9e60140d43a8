//! `clauselint query`.

use super::args::{Format, Packs, Query};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::query;
use crate::triage::failed;

pub(super) fn run(args: &Query, terminal: &Terminal) -> anyhow::Result<Exit> {
    let bar = terminal.bar();
    let session = super::session_over(&args.reading, &args.files, &Packs::default(), &bar)?;
    terminal.complain(session.problems(), session.sources());
    let matches = session.query(&args.pattern, &args.files.inputs(&args.paths)?);
    bar.end();
    terminal.complain(&matches.failures, &matches.sources);
    terminal.print(&match (args.format, args.count) {
        (Format::Json, _) => query::json(&matches, &args.pattern),
        (Format::Text, true) => query::counts(&matches),
        (Format::Text, false) => query::lines(&matches, terminal.colour()),
    })?;
    let failed = failed(&matches.failures) || failed(session.problems());
    if matches.spans.is_empty() && args.format == Format::Text && !failed {
        terminal.remark(&query::nothing(&matches));
    }
    Ok(if failed {
        Exit::Mistake
    } else if matches.spans.is_empty() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}
