//! `clauselint completions`.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::args::Cli;
use super::exit::Exit;
use super::terminal::Terminal;

/// Prints what a shell needs to complete the command line.
///
/// bash: clauselint completions bash > ~/.local/share/bash-completion/completions/clauselint;
/// zsh: clauselint completions zsh > a folder of $fpath, as _clauselint;
/// fish: clauselint completions fish > ~/.config/fish/completions/clauselint.fish
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: Shell,
}

pub(super) fn run(args: &Completions, terminal: &Terminal) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "clauselint", &mut script);
    terminal.print(&String::from_utf8(script)?)?;
    Ok(Exit::Clean)
}
