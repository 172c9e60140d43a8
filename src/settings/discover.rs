//! Where configuration lies: the only part of the room that looks at the disk.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use super::bytes;

/// The name of a configuration file.
pub const NAME: &str = "clauselint.toml";

/// The nearest configuration file above a file or in a folder or above it, as a path that leads on
/// from the given one: `../clauselint.toml`. The file itself need not be there.
#[must_use]
pub fn nearest(start: &Path) -> Option<PathBuf> {
    let mut folder = if start.is_dir() { start.to_owned() } else { start.parent()?.to_owned() };
    loop {
        let candidate = folder.join(NAME);
        if candidate.is_file() {
            return Some(tidy(&candidate));
        }
        if fs::canonicalize(or_here(&folder)).is_ok_and(|real| real.parent().is_none()) {
            return None;
        }
        folder = above(&folder)?;
    }
}

/// The folder above one, as a path that leads on from it; none above the root.
fn above(folder: &Path) -> Option<PathBuf> {
    match folder.components().next_back() {
        None | Some(Component::CurDir) => Some(PathBuf::from("..")),
        Some(Component::ParentDir) => Some(folder.join("..")),
        Some(Component::Normal(_)) => folder.parent().map(Path::to_owned),
        Some(Component::RootDir | Component::Prefix(_)) => None,
    }
}

fn or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// The folder of a file, as a path that can be opened.
pub(super) fn folder_of(file: &Path) -> PathBuf {
    file.parent().map(Path::to_owned).unwrap_or_default()
}

/// A path without the detours of its text, if it leads to the same place.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let clean = clean(path);
    if real(&clean) == real(path) { clean } else { path.to_owned() }
}

/// A path without `.` and without `..` behind a name.
#[must_use]
pub fn clean(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// Where a path really leads, links followed; for one that leads nowhere, where its folder is and
/// then its name.
pub(super) fn real(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(or_here(path)) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => real(folder).join(name),
        _ => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
    }
}

/// A file's place for globs: its folder with links followed, then its own name, be it a link.
pub(super) fn place(path: &Path) -> PathBuf {
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => real(folder).join(name),
        _ => real(path),
    }
}

/// The text of a file.
///
/// # Errors
/// Why it cannot be read: lower case, no full stop.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let bytes = bytes::of_rule(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read: permission denied".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::FileTooLarge => error.to_string(),
        _ => format!("it cannot be read: {error}"),
    })?;
    String::from_utf8(bytes)
        .map_err(|error| format!("it is not UTF-8: byte {} is none of it", error.utf8_error().valid_up_to()))
}

/// Whether a folder is there.
pub(super) fn is_folder(path: &Path) -> bool {
    or_here(path).is_dir()
}

/// Whether a path leads through a link.
pub(super) fn through_a_link(path: &Path) -> bool {
    path.ancestors().any(Path::is_symlink)
}

/// The top of the repository that a folder, given as it really is, lies in.
pub(super) fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// The files below a folder, sorted, hidden ones and those that ignore files name left out.
#[must_use]
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut walk = WalkBuilder::new(or_here(folder));
    walk.require_git(false).sort_by_file_path(Path::cmp);
    let files = walk.build().filter_map(Result::ok).filter(|entry| entry.path().is_file());
    files.map(|entry| clean(entry.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detours_are_left_out_of_paths() {
        assert_eq!(clean(Path::new("./a/../b/./c.md")), Path::new("b/c.md"));
        assert_eq!(clean(Path::new("../../a.md")), Path::new("../../a.md"));
        assert_eq!(clean(Path::new("/a/../b")), Path::new("/b"));
    }

    #[test]
    fn folders_above_are_named_from_the_given_one() {
        let steps = |start: &str| {
            let next = |folder: &PathBuf| above(folder);
            std::iter::successors(Some(PathBuf::from(start)), next).take(4).collect::<Vec<_>>()
        };
        assert_eq!(steps("a/b"), ["a/b", "a", "", ".."].map(PathBuf::from));
        assert_eq!(steps("/a"), ["/a", "/"].map(PathBuf::from));
    }
}
