//! A bar on the terminal for runs that last. On standard error, so that results stay clean, and
//! gone before anything else is printed.

use std::io::{self, IsTerminal as _};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::session::Watch;

/// How long a run may last before it is worth a bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// The bar of one run; nothing to see before the run has lasted.
pub(super) struct Bar {
    shown: Arc<OnceLock<ProgressBar>>,
    wanted: bool,
}

impl Bar {
    /// A bar where somebody watches: not into a file or a pipe, not on a terminal without a cursor, and
    /// not when quiet was asked for.
    pub(super) fn new(quiet: bool) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { shown: Arc::default(), wanted: !quiet && !dumb && io::stderr().is_terminal() }
    }

    /// What a session tells its progress to.
    pub(super) fn watch(&self) -> Watch {
        if !self.wanted {
            return Watch::default();
        }
        let shown = Arc::clone(&self.shown);
        let began = Instant::now();
        Watch::new(move |done, total| {
            if began.elapsed() >= PATIENCE {
                shown.get_or_init(|| bar(total)).set_position(done as u64);
            }
        })
    }

    /// Takes the bar away; to be called before anything is printed.
    pub(super) fn end(&self) {
        if let Some(bar) = self.shown.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    // Without colours: NO_COLOR needs no second look.
    let style = ProgressStyle::with_template("reading {bar:30} {pos}/{len}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
