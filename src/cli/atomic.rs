//! Files that are written whole or not at all: whoever looks sees the old file or the new one, even
//! when the run is stopped in between.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

use anyhow::Context as _;

/// Half-written files of this run, to be taken away when it is stopped.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Writes a file. A link keeps leading where it led, and a file that is there keeps its permissions;
/// what is no plain file (`/dev/stdout`, a named pipe) is written to as it stands.
pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let known = fs::metadata(path).ok();
    let written = match &known {
        Some(known) if !known.is_file() => {
            fs::OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(bytes))
        }
        known => replace(path, known.as_ref().map(fs::Metadata::permissions), bytes),
    };
    written.with_context(|| format!("{} cannot be written", path.display()))
}

fn replace(path: &Path, permissions: Option<fs::Permissions>, bytes: &[u8]) -> std::io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // In the same folder, since a file cannot be moved between disks in one step.
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    watch_for_the_end();
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clauselint-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Less what the user's umask takes away, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    let mut file = builder.tempfile_in(folder)?;
    unfinished.push(file.path().to_owned());
    // Not held while writing: whoever stops the run need not wait for a slow disk.
    drop(unfinished);
    let written = file.write_all(bytes).and_then(|()| match permissions {
        Some(permissions) => file.as_file().set_permissions(permissions),
        None => Ok(()),
    });
    let kept = file.path().to_owned();
    let done = written.and_then(|()| file.persist(&target).map(drop).map_err(|error| error.error));
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).retain(|path| *path != kept);
    done
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder can be read");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.json");
        write(&path, b"one").expect("it can be written");
        write(&path, b"two").expect("it can be replaced");
        assert_eq!(fs::read(&path).expect("it is there"), b"two");
        assert_eq!(names(folder.path()), ["report.json"]);
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named_and_left_clean() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("absent/report.json");
        let error = format!("{:#}", write(&path, b"one").expect_err("the folder is not there"));
        assert!(error.contains("report.json cannot be written: "), "{error}");
        let error = write(folder.path(), b"one").expect_err("a folder is no file");
        assert!(format!("{error:#}").contains("cannot be written"), "{error:#}");
        assert!(names(folder.path()).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("real.json"), folder.path().join("link.json"));
        fs::write(&file, "old").expect("it can be written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions can be set");
        std::os::unix::fs::symlink("real.json", &link).expect("links can be made");
        write(&link, b"new").expect("it can be replaced");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::read(&file).expect("it is there"), b"new");
        assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o640);
        let fresh = folder.path().join("fresh.json");
        write(&fresh, b"x").expect("it can be written");
        let plain = folder.path().join("plain.json");
        fs::write(&plain, "x").expect("it can be written");
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode();
        assert_eq!(mode(&fresh), mode(&plain), "a new file has the permissions of any new file");
    }
}
