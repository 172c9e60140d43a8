//! Files that are being written, to be taken away when the user stops the run: without it a hidden
//! file would stay behind beside the one that was meant.

#[cfg(unix)]
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Makes a file that is taken away when the run is stopped before [`done`] is said of it.
pub(super) fn begin(
    make: impl FnOnce() -> std::io::Result<tempfile::NamedTempFile>,
) -> std::io::Result<tempfile::NamedTempFile> {
    watch_for_the_end();
    // Held while the file comes to be: a run that is stopped now must know of it.
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    let file = make()?;
    unfinished.push(file.path().to_owned());
    Ok(file)
}

/// The file has its name, or is no longer there.
pub(super) fn done(path: &Path) {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).retain(|one| one != path);
}

/// Has half-written files taken away when the user stops the run; it then ends as it would have.
fn watch_for_the_end() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
            // Without the watch a stopped run leaves a hidden file behind, and no more than that.
            if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) {
                std::thread::spawn(move || {
                    if let Some(signal) = signals.forever().next() {
                        abandon();
                        let _ = signal_hook::low_level::emulate_default_handler(signal);
                    }
                });
            }
        }
    });
}

/// Takes away what is half-written. Keeps the lock, so that nothing new is begun.
#[cfg(unix)]
fn abandon() {
    let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in unfinished.iter() {
        let _ = fs::remove_file(path);
    }
    std::mem::forget(unfinished);
}
