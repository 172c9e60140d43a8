//! `clauselint check`.

use super::args::Check;
use super::exit::Exit;
use super::files::or_here;
use super::formats::{self, Target};
use super::terminal::Terminal;
use super::usage;
use super::write::write;
use crate::finding::Finding;
use crate::render::{Format, Look, render, statistics};
use crate::session::baseline::{self, Scope};
use crate::session::{Session, changed};
use crate::source::Sources;
use crate::triage::{FailOn, Report};

pub(super) fn run(args: &Check, terminal: &Terminal) -> anyhow::Result<Exit> {
    let targets = formats::targets(&args.outputs).and_then(|targets| countable(args, targets));
    let targets = match targets {
        Ok(targets) => targets,
        Err(problems) => return Ok(refused(&problems, &Sources::new(), terminal)),
    };
    let bar = terminal.bar();
    let mut session = super::session_over(&args.reading, &args.files, &args.packs, &bar)?;
    if let Some(revision) = &args.changed_since {
        match changed::since(revision, &or_here(&args.paths)) {
            Ok(changed) => session.narrow(changed),
            Err(mistakes) => return Ok(refused(&mistakes, session.sources(), terminal)),
        }
    }
    let report = assess(args, &session)?;
    bar.end();
    terminal.complain(&report.failures, &report.sources);
    let over = formats::over_input(&targets, &report.sources);
    if !over.is_empty() {
        return Ok(refused(&over, &report.sources, terminal));
    }
    if let Some(revision) = args.changed_since.as_ref().filter(|_| report.is_empty()) {
        terminal.remark(&format!("no contract has changed since {revision}\n"));
    }
    let fail_on = args.fail_on.map(FailOn::from).or(report.fail_on).unwrap_or_default();
    let exit = exit(&report, fail_on);
    let look = Look {
        colour: false,
        verbose: args.verbose,
        quiet: terminal.quiet(),
        fail_on,
        exit: Some(exit.code()),
    };
    let text = |format: Format, look: Look| match (args.statistics, format) {
        (true, Format::Json) => statistics::json(&report, session.rules()),
        (true, _) => statistics::table(&report, session.rules(), look.quiet),
        (false, format) => render(&report, session.rules(), format, look),
    };
    let unwritten = deliver(&targets, look, terminal, text)?;
    terminal.complain(&unwritten, &report.sources);
    let exit = if unwritten.is_empty() { exit } else { Exit::Mistake };
    // The process ends here: nobody waits for their memory.
    std::mem::forget((session, report));
    Ok(exit)
}

/// Statistics have no form in most formats.
fn countable(args: &Check, targets: Vec<(Format, Target)>) -> Result<Vec<(Format, Target)>, Vec<Finding>> {
    let uncountable = |format: &Format| args.statistics && !matches!(format, Format::Text | Format::Json);
    match targets.iter().map(|(format, _)| format).find(|format| uncountable(format)) {
        Some(format) => Err(vec![
            usage(&format!("--statistics cannot be written as {}", format.name()))
                .help("leave --format out, or write --format json"),
        ]),
        None => Ok(targets),
    }
}

fn refused(problems: &[Finding], sources: &Sources, terminal: &Terminal) -> Exit {
    terminal.complain(problems, sources);
    Exit::Mistake
}

/// Judges the contracts, and hides what the baseline of the command line or the configuration knows.
fn assess(args: &Check, session: &Session) -> anyhow::Result<Report> {
    let inputs = args.files.inputs(&args.paths)?;
    let mut report = session.check(&inputs);
    // One that the configuration names need not be written yet: then nothing is known.
    let configured = report.baseline.clone().filter(|file| file.exists());
    let file = args.baseline.clone().or(configured);
    if let Some(file) = file.filter(|_| !args.no_baseline) {
        let scope = Scope { inputs: &inputs, narrowed: args.changed_since.is_some() };
        baseline::hide(&mut report, &file, scope);
    }
    Ok(report)
}

fn exit(report: &Report, fail_on: FailOn) -> Exit {
    if report.failed() {
        Exit::Mistake
    } else if report.fails(fail_on) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// Writes every report, also when one of them cannot be; says what went wrong.
fn deliver(
    targets: &[(Format, Target)],
    look: Look,
    terminal: &Terminal,
    text: impl Fn(Format, Look) -> String,
) -> anyhow::Result<Vec<Finding>> {
    let mut unwritten = Vec::new();
    for (format, target) in targets {
        match target {
            Target::Out => terminal.print(&text(*format, Look { colour: terminal.colour(), ..look }))?,
            Target::File(path) => {
                if let Err(problem) = write(path, &text(*format, look)) {
                    unwritten.push(*problem);
                }
            }
        }
    }
    Ok(unwritten)
}
