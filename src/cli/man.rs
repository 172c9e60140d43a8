//! `clauselint man`: manual pages, made from the command line's own help.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::Cli;
use super::exit::{Exit, MEANINGS};
use super::terminal::Terminal;
use super::write::write;
use crate::finding::Finding;
use crate::source::Sources;

/// Prints the manual page, or writes the pages of all commands into a folder.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// Folder for clauselint.1, clauselint-check.1 and so on
    #[arg(value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
}

pub(super) fn run(args: &Man, terminal: &Terminal) -> anyhow::Result<Exit> {
    let mut command = Cli::command();
    // Brings the options that hold for every command into each of them.
    command.build();
    let Some(folder) = &args.dir else {
        terminal.print(&page(&command)?)?;
        return Ok(Exit::Clean);
    };
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let mut written = String::new();
    let mut problems = Vec::new();
    write_pages(&command, "clauselint", folder, &mut written, &mut problems)?;
    terminal.summary(&written)?;
    terminal.complain(&problems, &Sources::new());
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Mistake })
}

/// Writes the page of a command and of all below it.
fn write_pages(
    command: &Command,
    name: &str,
    folder: &Path,
    written: &mut String,
    problems: &mut Vec<Finding>,
) -> anyhow::Result<()> {
    let path = folder.join(format!("{name}.1"));
    match write(&path, &page(command)?) {
        Ok(()) => written.push_str(&format!("{}\n", path.display())),
        Err(problem) => problems.push(*problem),
    }
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        let name = format!("{name}-{}", below.get_name());
        write_pages(below, &name, folder, written, problems)?;
    }
    Ok(())
}

/// A page: what help says, then the exit codes.
fn page(command: &Command) -> anyhow::Result<String> {
    let mut text = Vec::new();
    let page = Page::new(command.clone()).section("1").manual("clauselint manual");
    page.source(concat!("clauselint ", env!("CARGO_PKG_VERSION"))).render(&mut text)?;
    let mut exits = Roff::new();
    exits.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in MEANINGS {
        exits.control("TP", []);
        exits.text([bold(code.to_string())]);
        exits.text([roman(meaning)]);
    }
    exits.to_writer(&mut text)?;
    Ok(String::from_utf8(text)?)
}
