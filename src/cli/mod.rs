//! The command line: reads arguments, calls the session, prints what the renderers return.
//!
//! The only room that prints, reads the environment or decides an exit code.

mod args;
mod baseline;
mod check;
mod completions;
mod config;
mod coverage;
mod exit;
mod explain;
mod files;
mod fix;
mod formats;
mod init;
mod man;
mod misread;
mod progress;
mod query;
mod rules;
mod schema;
mod stop;
mod terminal;
mod waivers;
mod write;

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser as _;

use args::{Cli, Command, ConfigurationChoice, Packs, Reading};
use exit::Exit;
use files::Files;
use progress::Bar;
use terminal::Terminal;

use crate::facts::Given;
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::session::{Configuration, Options, Session};
use crate::source::Sources;
use crate::triage::Day;

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| misread::told(error).exit());
    let terminal = Terminal::new(cli.color, cli.quiet);
    let exit = match &cli.command {
        Command::Check(args) => check::run(args, &terminal),
        Command::Fix(args) => fix::run(args, &terminal),
        Command::Coverage(args) => coverage::run(args, &terminal),
        Command::Query(args) => query::run(args, &terminal),
        Command::Explain(args) => explain::run(args, &terminal),
        Command::Rules(args) => rules::run(args, &terminal),
        Command::Baseline(args) => baseline::run(args, &terminal),
        Command::Schema(args) => schema::run(args, &terminal),
        Command::Config(args) => config::run(args, &terminal),
        Command::Init(args) => init::run(args, &terminal),
        Command::Completions(args) => completions::run(args, &terminal),
        Command::Man(args) => man::run(args, &terminal),
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

/// A session over files that were asked for, told of on a bar.
fn session_over(reading: &Reading, files: &Files, packs: &Packs, bar: &Bar) -> anyhow::Result<Session> {
    let (exclude, packs) = (files.excluded()?, packs.pack.clone());
    Ok(Session::new(Options { packs, exclude, watch: bar.watch(), ..options(reading) }))
}

fn session(reading: &Reading) -> Session {
    Session::new(options(reading))
}

fn options(reading: &Reading) -> Options {
    Options {
        rules: reading.rules.clone(),
        given: Given { customer: reading.customer.clone(), supplier: reading.supplier.clone() },
        profile: reading.profile.clone(),
        side: reading.side.map(Into::into),
        configuration: configuration(&reading.configuration),
        today: today(),
        ..Options::default()
    }
}

fn configuration(choice: &ConfigurationChoice) -> Configuration {
    match (&choice.config, choice.no_config) {
        (Some(file), _) => Configuration::File(file.clone()),
        (None, true) => Configuration::None,
        (None, false) => Configuration::Nearest,
    }
}

/// The day in UTC; none when the clock stands before 1970.
fn today() -> Option<Day> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Some(Day::of_unix_seconds(since.as_secs()))
}
