//! `clauselint init`.
use super::args::Init;
use super::exit::Exit;
use super::terminal::Terminal;
pub(super) fn run(_args: &Init, _terminal: &Terminal) -> anyhow::Result<Exit> {
    Ok(Exit::Clean)
}
