//! Files that are replaced in one go: a reader, or a run that is broken off, finds the old text or the
//! new one, never half of it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::stop::unfinished;
use super::usage;
use crate::finding::Finding;

/// What a new text takes the place of.
#[derive(Clone, Copy)]
enum Over<'a> {
    /// Whatever is there.
    Anything,
    /// Nothing.
    Nothing,
    /// This text.
    Text(&'a str),
}

/// Why a file is not replaced.
enum Refusal {
    /// There is one already.
    Taken,
    /// It is not what it was when it was read.
    Changed,
    /// The system will not.
    Failed(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Writes a text to a file. An old one keeps its permissions; a link is followed; what is no file,
/// such as a pipe, is written to as it is.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Box<Finding>> {
    put(path, text, Over::Anything)
}

/// Writes a text to a file that must not be there; `help` says what to do when it is.
pub(super) fn create(path: &Path, text: &str, help: &str) -> Result<(), Box<Finding>> {
    put(path, text, Over::Nothing).map_err(|finding| {
        let bare = finding.help.is_empty() && fs::symlink_metadata(path).is_ok();
        if bare { Box::new(finding.help(help)) } else { finding }
    })
}

/// Writes a text over one that was read. What somebody else has written meanwhile is left alone. The
/// byte order mark and the line ends of the old text are kept.
pub(super) fn rewrite(path: &Path, old: &str, text: &str) -> Result<(), Box<Finding>> {
    let ends = if old.contains("\r\n") { text.replace('\n', "\r\n") } else { text.to_owned() };
    let mark = if old.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    amend(path, old, &format!("{mark}{ends}"))
}

/// Writes a text over one that was read, byte by byte as it is given. What somebody else has written
/// meanwhile is left alone.
pub(super) fn amend(path: &Path, old: &str, text: &str) -> Result<(), Box<Finding>> {
    put(path, text, Over::Text(old))
}

fn put(path: &Path, text: &str, over: Over<'_>) -> Result<(), Box<Finding>> {
    let old = match fs::metadata(path) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(refused(path, &error)),
    };
    let shown = path.display();
    match old {
        Some(_) if matches!(over, Over::Nothing) => Err(unwritten(path, &Refusal::Taken)),
        Some(old) if old.is_dir() => Err(Box::new(
            usage(&format!("{shown} is a folder, and no report can be written to it"))
                .help("name a file in it"),
        )),
        Some(old) if !old.is_file() => append(path, text).map_err(|error| refused(path, &error)),
        Some(old) if old.permissions().readonly() => {
            Err(Box::new(usage(&format!("{shown} is write-protected, and is left as it is"))))
        }
        old => {
            // The file that a link leads to is replaced, not the link.
            let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            let folder = folder_of(&target);
            if !folder.is_dir() {
                let message = format!("{shown} cannot be written: there is no folder {}", folder.display());
                return Err(Box::new(usage(&message).help("make the folder first")));
            }
            replace(&target, &folder, (old.as_ref(), over), text).map_err(|why| unwritten(path, &why))
        }
    }
}

fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_owned()
}

fn unwritten(path: &Path, why: &Refusal) -> Box<Finding> {
    let shown = path.display();
    match why {
        Refusal::Taken => Box::new(usage(&format!("{shown} is there already, and is left as it is"))),
        Refusal::Changed => Box::new(
            usage(&format!("{shown} has changed since it was read, and is left as it is"))
                .help("run it again"),
        ),
        Refusal::Failed(error) => refused(path, error),
    }
}

fn refused(path: &Path, error: &io::Error) -> Box<Finding> {
    let why = match error.kind() {
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => error.to_string(),
    };
    Box::new(usage(&format!("{} cannot be written: {why}", path.display())))
}

/// Writes to a pipe or a device.
fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    match file.write_all(text.as_bytes()).and_then(|()| file.flush()) {
        // A reader that has gone away is no mistake, as with standard output.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes beside the file and puts the new one in its place.
fn replace(
    target: &Path,
    folder: &Path,
    (old, over): (Option<&fs::Metadata>, Over<'_>),
    text: &str,
) -> Result<(), Refusal> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clauselint-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file; the system takes off what the user's mask says.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    // What goes wrong from here on takes the temporary file away with it.
    let (mut file, _unfinished) = unfinished(|| builder.tempfile_in(folder))?;
    file.write_all(text.as_bytes())?;
    if let Some(old) = old {
        keep_owner(file.as_file(), old);
        file.as_file().set_permissions(old.permissions())?;
    }
    // Some disks tell only now that they are full.
    file.as_file().sync_all()?;
    match over {
        Over::Text(old) if fs::read(target)? != old.as_bytes() => return Err(Refusal::Changed),
        Over::Text(_) | Over::Anything => file.persist(target).map_err(|error| error.error)?,
        Over::Nothing => file.persist_noclobber(target).map_err(|error| match error.error.kind() {
            ErrorKind::AlreadyExists => Refusal::Taken,
            _ => Refusal::Failed(error.error),
        })?,
    };
    Ok(())
}

/// A run as another user, such as root in a container, must not take the file from its owner.
#[cfg(unix)]
fn keep_owner(file: &File, old: &fs::Metadata) {
    use std::os::unix::fs::MetadataExt as _;
    let new = file.metadata().ok();
    if new.is_some_and(|new| (new.uid(), new.gid()) != (old.uid(), old.gid())) {
        // Only root may do so, and the report matters more than who owns it.
        let _ = std::os::unix::fs::fchown(file, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}

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
        write(&path, "one").expect("it can be written");
        write(&path, "two").expect("it can be replaced");
        assert_eq!(fs::read(&path).expect("it is there"), b"two");
        assert_eq!(names(folder.path()), ["report.json"]);
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named_and_left_clean() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("absent/report.json");
        let problem = write(&path, "one").expect_err("the folder is not there");
        assert!(
            problem.message.contains("report.json cannot be written: there is no folder "),
            "{problem:?}"
        );
        let problem = write(folder.path(), "one").expect_err("a folder is no file");
        assert!(problem.message.contains("is a folder"), "{problem:?}");
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn what_is_there_or_has_changed_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("known.jsonl");
        create(&path, "one\n", "take it away").expect("nothing is there");
        let problem = create(&path, "two\n", "take it away").expect_err("it is there");
        assert!(
            problem.message.ends_with("known.jsonl is there already, and is left as it is"),
            "{problem:?}"
        );
        assert_eq!(problem.help, ["take it away"]);
        let problem = rewrite(&path, "none\n", "three\n").expect_err("it is another text");
        assert!(problem.message.contains("has changed since it was read"), "{problem:?}");
        assert_eq!(fs::read(&path).expect("it is there"), b"one\n");
        rewrite(&path, "one\n", "four\n").expect("it is as it was read");
        assert_eq!(fs::read(&path).expect("it is there"), b"four\n");
        assert_eq!(names(folder.path()), ["known.jsonl"]);
    }

    #[test]
    fn line_ends_and_the_byte_order_mark_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("known.jsonl");
        write(&path, "\u{feff}one\r\ntwo\r\n").expect("it can be written");
        rewrite(&path, "\u{feff}one\r\ntwo\r\n", "three\nfour\n").expect("it is as it was read");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "\u{feff}three\r\nfour\r\n");
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
        write(&link, "new").expect("it can be replaced");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::read(&file).expect("it is there"), b"new");
        assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o640);
        let fresh = folder.path().join("fresh.json");
        write(&fresh, "x").expect("it can be written");
        let plain = folder.path().join("plain.json");
        fs::write(&plain, "x").expect("it can be written");
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode();
        assert_eq!(mode(&fresh), mode(&plain), "a new file has the permissions of any new file");
    }
}
