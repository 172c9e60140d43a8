//! `clauselint fix`.

use std::fs;
use std::path::Path;

use super::args::{Fix, Packs};
use super::exit::Exit;
use super::terminal::Terminal;
use super::write::amend;
use crate::finding::{Applicability, Finding};
use crate::fix::Plan;
use crate::render::fixes;
use crate::session::Input;
use crate::source::{FileId, Sources};

pub(super) fn run(args: &Fix, terminal: &Terminal) -> anyhow::Result<Exit> {
    let bar = terminal.bar();
    let session = super::session_over(&args.reading, &args.files, &Packs::default(), &bar)?;
    let inputs = args.files.inputs(&args.paths)?;
    let report = session.check(&inputs);
    bar.end();
    terminal.complain(&report.failures, &report.sources);
    let least = if args.with_unsafe { Applicability::Unsafe } else { Applicability::Safe };
    let named = |finding: &&Finding| {
        let mut edits = finding.fix.iter().flat_map(|fix| &fix.edits);
        edits.all(|edit| is_named(edit.span.file(), &report.sources, &inputs))
    };
    let plan = Plan::of(report.findings.iter().filter(named), least);
    let unwritten = if args.diff {
        show(&plan, &report.sources, terminal)?;
        Vec::new()
    } else {
        make(&plan, &report.sources, &inputs, terminal)?
    };
    terminal.complain(&unwritten, &report.sources);
    Ok(if report.failed() || !unwritten.is_empty() {
        Exit::Mistake
    } else if args.diff && !plan.made.is_empty() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Whether the user named a file or a folder above it: a schedule that only the contract names is read
/// with it, and not written to.
fn is_named(file: FileId, sources: &Sources, inputs: &[Input]) -> bool {
    let Some(file) = sources.get(file) else { return false };
    let real = |path: &Path| fs::canonicalize(path).ok();
    inputs.iter().any(|input| match input {
        Input::Bytes(name, _) => *name == file.path,
        Input::Path(path) => match (real(path), real(Path::new(&file.path))) {
            (Some(path), Some(file)) => file.starts_with(path),
            _ => false,
        },
    })
}

/// Whether a text came from standard input: its name may be that of a file, which is left alone.
fn is_typed(path: &str, inputs: &[Input]) -> bool {
    inputs.iter().any(|input| matches!(input, Input::Bytes(name, _) if name == path))
}

/// Prints what would change.
fn show(plan: &Plan<'_>, sources: &Sources, terminal: &Terminal) -> anyhow::Result<()> {
    for file in plan.files().filter_map(|file| sources.get(file)) {
        terminal.print(&fixes::diff(&file.path, &file.text, &plan.text(file.id, &file.text)))?;
    }
    terminal.remark(&fixes::summary(plan, false));
    Ok(())
}

/// Makes the changes, and prints standard input with its own; gives what could not be written.
fn make(
    plan: &Plan<'_>,
    sources: &Sources,
    inputs: &[Input],
    terminal: &Terminal,
) -> anyhow::Result<Vec<Finding>> {
    let mut unwritten = Vec::new();
    for file in plan.files().filter_map(|file| sources.get(file)).filter(|file| !is_typed(&file.path, inputs))
    {
        let text = plan.text(file.id, &file.text);
        if let Err(problem) = amend(Path::new(&file.path), &file.text, &text) {
            unwritten.push(*problem);
        }
    }
    let typed = sources.iter().filter(|file| is_typed(&file.path, inputs));
    let typed: Vec<String> = typed.map(|file| plan.text(file.id, &file.text)).collect();
    let said = fixes::lines(plan, sources) + &fixes::summary(plan, true);
    if typed.is_empty() {
        // What was not written is not said to be.
        if unwritten.is_empty() {
            terminal.summary(&said)?;
        }
    } else {
        terminal.print(&typed.concat())?;
        terminal.remark(&said);
    }
    Ok(unwritten)
}
