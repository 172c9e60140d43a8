//! What becomes of half-written files when the user stops the run: they are taken away, and the run ends
//! as it would have ended.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, Once, PoisonError};

use tempfile::NamedTempFile;

/// Half-written files of this run.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file that is not there any more when the run is stopped, for as long as this lives.
pub(super) struct Unfinished(PathBuf);

/// Begins a file that is taken away when the run is stopped.
pub(super) fn unfinished(
    begin: impl FnOnce() -> io::Result<NamedTempFile>,
) -> io::Result<(NamedTempFile, Unfinished)> {
    listen();
    // Held from before the file is there: a run that is stopped waits until it is known.
    let mut known = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    let file = begin()?;
    known.push(file.path().to_owned());
    let unfinished = Unfinished(file.path().to_owned());
    Ok((file, unfinished))
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).retain(|path| *path != self.0);
    }
}

/// Waits for the signals that stop a run, from the first file on.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGINT, SIGTERM};
            // Not the signal of a terminal that closes: a run under nohup is to go on.
            // Where it cannot be had, a run that is stopped leaves a hidden file behind, and no more.
            if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) {
                std::thread::spawn(move || {
                    if let Some(signal) = signals.forever().next() {
                        // Kept to the end, so that no further file is begun.
                        let _known = take_away();
                        let _ = signal_hook::low_level::emulate_default_handler(signal);
                    }
                });
            }
        }
    });
}

/// Takes away what is half-written.
#[cfg(unix)]
fn take_away() -> std::sync::MutexGuard<'static, Vec<PathBuf>> {
    let known = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in known.iter() {
        // One that has just been moved to its place is whole.
        let _ = std::fs::remove_file(path);
    }
    known
}
