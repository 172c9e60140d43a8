//! `clauselint query`.

use std::path::Path;

use super::args::{Format, Packs, Query};
use super::exit::Exit;
use super::terminal::Terminal;
use super::usage;
use crate::render::query;
use crate::source::Sources;
use crate::triage::failed;

pub(super) fn run(args: &Query, terminal: &Terminal) -> anyhow::Result<Exit> {
    if Path::new(&args.pattern).is_file() {
        let finding = usage(&format!("{} is a file, and stands where the pattern should", args.pattern))
            .help("write the pattern first: clauselint query 'indemnif!' FILE");
        terminal.complain(&[finding], &Sources::new());
        return Ok(Exit::Mistake);
    }
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
        terminal.remark(&query::nothing(&matches, &args.pattern));
    }
    Ok(if failed {
        Exit::Mistake
    } else if matches.spans.is_empty() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}
