//! The command line: reads arguments, calls the session, prints what the renderers return.
//!
//! The only room that prints, reads the environment or decides an exit code.

mod args;
mod check;
mod coverage;
mod exit;
mod explain;
mod query;
mod rules;
mod schema;
mod terminal;
mod waivers;

use std::io::{self, Read as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser as _;

use args::{Cli, Command, Packs, Reading};
use exit::Exit;
use terminal::Terminal;

use crate::facts::Given;
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::session::{Input, Options, Session};
use crate::source::Sources;
use crate::triage::Day;

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new(cli.color);
    let exit = match &cli.command {
        Command::Check(args) => check::run(args, &terminal),
        Command::Coverage(args) => coverage::run(args, &terminal),
        Command::Query(args) => query::run(args, &terminal),
        Command::Explain(args) => explain::run(args, &terminal),
        Command::Rules(args) => rules::run(args, &terminal),
        Command::Schema(args) => schema::run(args, &terminal),
        Command::Waivers(args) => waivers::run(args, &terminal),
    };
    match exit {
        Ok(exit) => exit.into(),
        Err(error) => {
            terminal.complain(&[usage(&format!("{error:#}"))], &Sources::new());
            Exit::Mistake.into()
        }
    }
}

/// A request that cannot be met.
fn usage(message: &str) -> Finding {
    Finding::new(Code::Usage, Severity::Error, message, Anchor::Nowhere)
}

/// A session over packs that were asked for besides.
fn session_with(reading: &Reading, packs: &Packs) -> Session {
    Session::new(Options { packs: packs.pack.clone(), ..options(reading) })
}

fn session(reading: &Reading) -> Session {
    Session::new(options(reading))
}

fn options(reading: &Reading) -> Options {
    Options {
        rules: reading.rules.clone(),
        given: Given { customer: reading.customer.clone(), supplier: reading.supplier.clone() },
        profile: reading.profile.clone(),
        side: reading.side.into(),
        today: today(),
        ..Options::default()
    }
}

/// The day in UTC; none when the clock stands before 1970.
fn today() -> Option<Day> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Some(Day::of_unix_seconds(since.as_secs()))
}

/// Paths as inputs; `-` is standard input, read once.
fn inputs(paths: &[PathBuf]) -> anyhow::Result<Vec<Input>> {
    let mut inputs = Vec::new();
    let mut read = false;
    for path in paths {
        if path.as_os_str() != "-" {
            inputs.push(Input::Path(path.clone()));
        } else if !std::mem::replace(&mut read, true) {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            inputs.push(Input::Bytes("-".to_owned(), bytes));
        }
    }
    Ok(inputs)
}
