//! `clauselint baseline`.

use std::path::Path;

use super::args::{Baseline, BaselineCommand, Update, Write};
use super::exit::Exit;
use super::terminal::Terminal;
use super::usage;
use super::write::{create, rewrite, write};
use crate::render::baseline;
use crate::render::visible::visible;
use crate::session::baseline::{Scope, compare, of_run};
use crate::source::Sources;

pub(super) fn run(args: &Baseline, terminal: &Terminal) -> anyhow::Result<Exit> {
    match &args.command {
        BaselineCommand::Write(args) => first(args, terminal),
        BaselineCommand::Update(args) => update(args, terminal),
    }
}

/// What to do about a baseline that is there already.
const TAKEN: &str = "clauselint baseline update takes out what is gone; --force writes the file anew";

/// Writes a baseline in which every finding of today is known.
fn first(args: &Write, terminal: &Terminal) -> anyhow::Result<Exit> {
    let file = &args.output;
    if file.as_os_str() == "-" {
        let finding =
            usage("a baseline is a file, and - is none").help("leave --output out, or name the file");
        terminal.complain(&[finding], &Sources::new());
        return Ok(Exit::Mistake);
    }
    if !args.force && file.symlink_metadata().is_ok() {
        let finding =
            usage(&format!("{} is there already, and is left as it is", file.display())).help(TAKEN);
        terminal.complain(&[finding], &Sources::new());
        return Ok(Exit::Mistake);
    }
    let bar = terminal.bar();
    let session = super::session_over(&args.reading, &args.files, &args.packs, &bar)?;
    let report = session.check(&args.files.inputs(&args.paths)?);
    bar.end();
    terminal.complain(&report.failures, &report.sources);
    if report.failed() {
        return Ok(unwritten(file, terminal));
    }
    match of_run(&report, file) {
        Ok(known) => {
            let text = known.print();
            let written = if args.force { write(file, &text) } else { create(file, &text, TAKEN) };
            if let Err(problem) = written {
                terminal.complain(&[*problem], &report.sources);
                return Ok(unwritten(file, terminal));
            }
            terminal.summary(&baseline::written(&file.display().to_string(), &known))?;
            terminal.remark(&used(file, report.baseline.as_deref()));
            Ok(Exit::Clean)
        }
        Err(finding) => {
            terminal.complain(&[*finding], &report.sources);
            Ok(Exit::Mistake)
        }
    }
}

/// Whether `check` goes by a baseline that was written, and what to do where it does not.
fn used(file: &Path, configured: Option<&Path>) -> String {
    let same = |other: &Path| other.canonicalize().ok() == file.canonicalize().ok();
    match configured {
        Some(other) if same(other) => String::new(),
        Some(other) => format!(
            "check goes by {}, which clauselint.toml names; for the new one: check --baseline {}\n",
            visible(&other.display().to_string()),
            visible(&file.display().to_string()),
        ),
        None => format!(
            "check does not go by it yet: write baseline = \"{0}\" into clauselint.toml, or use check --baseline {0}\n",
            visible(&file.display().to_string()),
        ),
    }
}

/// Takes out what is gone, and takes in what is new when asked to.
fn update(args: &Update, terminal: &Terminal) -> anyhow::Result<Exit> {
    let file = &args.baseline;
    let bar = terminal.bar();
    let session = super::session_over(&args.reading, &args.files, &args.packs, &bar)?;
    let inputs = args.files.inputs(&args.paths)?;
    let mut report = session.check(&inputs);
    bar.end();
    let compared = compare(&mut report, file, Scope { inputs: &inputs, narrowed: false });
    let compared = compared.map_err(|mistakes| report.failures.extend(mistakes)).ok();
    terminal.complain(&report.failures, &report.sources);
    let Some(compared) = compared.filter(|_| !report.failed()) else {
        return Ok(unwritten(file, terminal));
    };
    let renewed = compared.held.renewed(&report, &compared.contracts, args.accept_new);
    if renewed != compared.baseline
        && let Err(problem) = rewrite(file, &compared.text, &renewed.print())
    {
        terminal.complain(&[*problem], &report.sources);
        return Ok(unwritten(file, terminal));
    }
    let file = file.display().to_string();
    terminal.summary(&baseline::updated(&file, &compared.held, &renewed, args.accept_new))?;
    Ok(Exit::Clean)
}

/// A baseline from half a run would call the other half gone.
fn unwritten(file: &Path, terminal: &Terminal) -> Exit {
    terminal.remark(&format!("{} is not written\n", file.display()));
    Exit::Mistake
}
