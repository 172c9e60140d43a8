//! The only printer: results on standard output, mistakes on standard error.

use std::io::{self, IsTerminal, Write};

use anyhow::Context as _;

use super::args::Colour;
use super::progress::Bar;
use crate::finding::Finding;
use crate::render::text;
use crate::source::Sources;

/// Where a run prints, whether in colour, and how much.
pub(super) struct Terminal {
    out_colour: bool,
    err_colour: bool,
    quiet: bool,
}

impl Terminal {
    /// Colours as asked for: in `auto` on a terminal only, and not when NO_COLOR is set.
    pub(super) fn new(colour: Colour, quiet: bool) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let auto = |terminal: bool| match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => terminal && !refused,
        };
        let (out, err) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        Self { out_colour: auto(out), err_colour: auto(err), quiet }
    }

    /// Whether findings are all that is wanted.
    pub(super) const fn quiet(&self) -> bool {
        self.quiet
    }

    /// A bar for a run that lasts.
    pub(super) fn bar(&self) -> Bar {
        Bar::new(self.quiet)
    }

    /// Whether standard output takes colours.
    pub(super) const fn colour(&self) -> bool {
        self.out_colour
    }

    /// Prints a result. A reader that has gone away (`| head`) is no mistake; a full disk is.
    #[expect(clippy::unused_self, reason = "the terminal is the only printer")]
    pub(super) fn print(&self, text: &str) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(error).context("standard output cannot be written")
            }
            _ => Ok(()),
        }
    }

    /// Prints what a command says of what it has written; nothing when findings are all that is wanted.
    pub(super) fn summary(&self, text: &str) -> anyhow::Result<()> {
        if self.quiet { Ok(()) } else { self.print(text) }
    }

    /// Prints what is no result, for people only: programs read standard output.
    pub(super) fn remark(&self, text: &str) {
        if self.quiet {
            return;
        }
        // Nobody is left to tell when standard error is closed.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Prints mistakes.
    pub(super) fn complain(&self, findings: &[Finding], sources: &Sources) {
        let text = text::findings(findings, sources, self.err_colour);
        // Nobody is left to tell when standard error is closed.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}
