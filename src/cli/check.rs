//! `clauselint check`.

use super::args::Check;
use super::exit::Exit;
use super::formats::{self, Target};
use super::terminal::Terminal;
use super::write::write;
use crate::finding::Finding;
use crate::render::{Format, Look, render};
use crate::rule::RuleSet;
use crate::source::Sources;
use crate::triage::{FailOn, Report};

pub(super) fn run(args: &Check, terminal: &Terminal) -> anyhow::Result<Exit> {
    let targets = match formats::targets(&args.outputs) {
        Ok(targets) => targets,
        Err(problems) => {
            terminal.complain(&problems, &Sources::new());
            return Ok(Exit::Mistake);
        }
    };
    let session = super::session_with(&args.reading, &args.packs);
    let report = session.check(&super::inputs(&args.paths)?);
    terminal.complain(&report.failures, &report.sources);
    let over = formats::over_input(&targets, &report.sources);
    if !over.is_empty() {
        terminal.complain(&over, &report.sources);
        return Ok(Exit::Mistake);
    }
    let fail_on: FailOn = args.fail_on.into();
    let exit = if report.failed() {
        Exit::Mistake
    } else if report.fails(fail_on) {
        Exit::Findings
    } else {
        Exit::Clean
    };
    let look = Look { colour: false, verbose: args.verbose, fail_on, exit: Some(exit.code()) };
    let unwritten = deliver(&targets, &report, session.rules(), look, terminal)?;
    terminal.complain(&unwritten, &report.sources);
    Ok(if unwritten.is_empty() { exit } else { Exit::Mistake })
}

/// Writes every report, also when one of them cannot be; says what went wrong.
fn deliver(
    targets: &[(Format, Target)],
    report: &Report,
    rules: &RuleSet,
    look: Look,
    terminal: &Terminal,
) -> anyhow::Result<Vec<Finding>> {
    let mut unwritten = Vec::new();
    for (format, target) in targets {
        match target {
            Target::Out => {
                let look = Look { colour: terminal.colour(), ..look };
                terminal.print(&render(report, rules, *format, look))?;
            }
            Target::File(path) => {
                if let Err(problem) = write(path, &render(report, rules, *format, look)) {
                    unwritten.push(*problem);
                }
            }
        }
    }
    Ok(unwritten)
}
