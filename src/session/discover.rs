//! Which files a run reads: files as they are named, folders walked for Markdown. Hidden folders, those
//! of packages and what .gitignore names are passed over unless they are named themselves.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use walkdir::WalkDir;

use super::exclude::Exclude;
use crate::finding::{Anchor, Code, Finding, Severity};

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The path as it is shown: as the user gave it, or below the folder that the user gave.
    pub(super) shown: String,
    /// The path to open.
    pub(super) path: PathBuf,
    /// Whether the user named this very file.
    pub(super) named: bool,
}

/// The files of these paths in a fixed order, each once, and what is wrong with the paths.
pub(super) fn contracts(paths: &[PathBuf], exclude: &Exclude) -> (Vec<Found>, Vec<Finding>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let mut refused = BTreeMap::<&str, Vec<&Path>>::new();
    for path in paths {
        if path.is_dir() {
            let before = (found.len(), problems.len());
            folder(path, exclude, &mut found, &mut problems);
            // A folder that may not be read has been complained about.
            if (found.len(), problems.len()) == before {
                problems.push(no_contracts(path));
            }
        } else if let Some(title) = exclude.covering(path) {
            refused.entry(title).or_default().push(path);
        } else {
            found.push(Found { shown: shown(path), path: path.clone(), named: true });
        }
    }
    problems.extend(refused.into_iter().map(|(title, files)| left_out(title, &files)));
    (each_once(found), problems)
}

/// A file that is reached on several ways is read once: under the way that the user named, else under
/// its own name rather than that of a link. What cannot be resolved is left for the reader to report.
fn each_once(found: Vec<Found>) -> Vec<Found> {
    let mut places = HashMap::<PathBuf, usize>::new();
    let mut kept: Vec<Found> = Vec::new();
    let link = |file: &Found| fs::symlink_metadata(&file.path).is_ok_and(|file| file.is_symlink());
    for file in found {
        let place = fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone());
        let at = *places.entry(place).or_insert(kept.len());
        match kept.get_mut(at) {
            Some(known) if !known.named && (file.named || (link(known) && !link(&file))) => *known = file,
            Some(_) => {}
            None => kept.push(file),
        }
    }
    kept
}

fn folder(folder: &Path, exclude: &Exclude, found: &mut Vec<Found>, problems: &mut Vec<Finding>) {
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).sort_by_file_path(Path::cmp);
    let exclude = exclude.clone();
    // The folder itself was named, whatever it is. Links to folders are not followed, so none leads round.
    walk.filter_entry(move |entry| {
        let below = entry.depth() > 0;
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        !(below && is_folder && vendored(entry.path())) && exclude.covering(entry.path()).is_none()
    });
    for entry in walk.build() {
        match entry {
            // A link that leads nowhere stays in: reading it says so.
            Ok(entry) if is_markdown(entry.path()) && !entry.path().is_dir() => {
                if fs::metadata(entry.path()).is_ok_and(|kind| !kind.is_file()) {
                    // A pipe or a device, which may never end.
                    let message = format!("{} is no regular file, and is not read", shown(entry.path()));
                    problems.push(failure(Code::Unreadable, &message));
                    continue;
                }
                found.push(Found { shown: shown(entry.path()), path: entry.into_path(), named: false });
            }
            Ok(_) => {}
            Err(error) => problems.push(failure(Code::Unreadable, &walk_message(folder, error))),
        }
    }
}

/// Folders of other people's code, by name.
const PACKAGES: [&str; 5] =
    ["node_modules", "bower_components", "jspm_packages", "site-packages", "__pycache__"];

/// Folders that hold other people's code where one of these files lies beside them. Elsewhere `vendor`
/// may hold the contracts with vendors, and `target` those of a company to be bought.
const PERHAPS_PACKAGES: [(&str, &[&str]); 3] = [
    ("vendor", &["go.mod", "composer.json", "Gemfile", "Cargo.toml"]),
    ("third_party", &["go.mod", "Cargo.toml", "CMakeLists.txt", "WORKSPACE", "MODULE.bazel", "BUILD.gn"]),
    ("target", &["Cargo.toml", "pom.xml", "build.sbt"]),
];

/// Files that mark the folder they lie in as made by a tool.
const MADE: [&str; 2] = ["CACHEDIR.TAG", "pyvenv.cfg"];

/// Whether a folder holds what tools have put there.
fn vendored(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let beside = |file: &str| folder.parent().is_some_and(|parent| parent.join(file).is_file());
    PACKAGES.contains(&name)
        || PERHAPS_PACKAGES
            .iter()
            .any(|(perhaps, files)| *perhaps == name && files.iter().copied().any(beside))
        || MADE.iter().any(|file| folder.join(file).is_file())
}

/// What went wrong below a folder, in the words of the other messages.
fn walk_message(folder: &Path, error: ignore::Error) -> String {
    let place = path_of(&error).unwrap_or(folder).to_owned();
    match error.into_io_error() {
        Some(error) => folder_message(&place, &error),
        None => format!("the folder {} cannot be read", shown(folder)),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn folder_message(folder: &Path, error: &io::Error) -> String {
    let folder = shown(folder);
    match error.kind() {
        io::ErrorKind::NotFound => format!("no such folder: {folder}"),
        io::ErrorKind::PermissionDenied => format!("the folder {folder} may not be read: permission denied"),
        _ => format!("the folder {folder} cannot be read: {error}"),
    }
}

pub(super) fn is_markdown(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|name| name.eq_ignore_ascii_case("md") || name.eq_ignore_ascii_case("markdown"))
}

/// The rule files below a folder, in a fixed order.
pub(super) fn rule_files(folder: &Path) -> (Vec<PathBuf>, Vec<Finding>) {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        match entry {
            Ok(entry) => {
                let is_rule = entry.path().extension().is_some_and(|extension| extension == "toml");
                if is_rule && entry.file_type().is_file() {
                    files.push(entry.into_path());
                }
            }
            Err(error) => {
                let place = error.path().unwrap_or(folder).to_owned();
                let message = match error.into_io_error() {
                    Some(error) => folder_message(&place, &error),
                    None => format!("the folder {} cannot be read", shown(&place)),
                };
                problems.push(failure(Code::RuleFile, &message));
            }
        }
    }
    if files.is_empty() && problems.is_empty() {
        let message = match folder.is_file() {
            true => format!("{} is a file: rules are read from a folder", shown(folder)),
            false => format!("no rule file in {}", shown(folder)),
        };
        problems.push(failure(Code::RuleFile, &message).help("a rule is a file such as step-in.toml"));
    }
    (files, problems)
}

/// A path as it is shown, without a leading `./`.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.strip_prefix("./").filter(|rest| !rest.is_empty()).unwrap_or(&text).to_owned()
}

fn no_contracts(path: &Path) -> Finding {
    let message = format!("no contract in {}: the folder holds no .md or .markdown file", shown(path));
    failure(Code::Usage, &message).help(
        "hidden files, folders of packages such as node_modules and what .gitignore names are left out: \
             name them to read them",
    )
}

/// Files that the user named and has left out all the same.
pub(super) fn left_out(title: &str, files: &[&Path]) -> Finding {
    let message = match files {
        [file] => format!("{} is left out by {title}", shown(file)),
        files => format!("{} files that were named are left out by {title}", files.len()),
    };
    Finding::new(Code::Usage, Severity::Note, message, Anchor::Nowhere)
}

/// Whether text from elsewhere is left out because of the name that it goes by.
pub(super) fn refused(name: &str, exclude: &Exclude) -> Option<Finding> {
    let path = Path::new(name);
    exclude.covering(path).map(|title| left_out(title, &[path]))
}

/// A folder whose files were all read and of which none is a contract.
pub(super) fn only_other_papers(path: &Path, files: usize) -> Finding {
    let what = if files == 1 {
        "the one Markdown file in it is no contract".to_owned()
    } else {
        format!("none of the {files} Markdown files in it is a contract")
    };
    failure(Code::Usage, &format!("no contract in {}: {what}", shown(path)))
        .help("name a file and add --profile outsourcing to have it assessed all the same")
}

fn failure(code: Code, message: &str) -> Finding {
    Finding::new(code, Severity::Error, message, Anchor::Nowhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_told_by_its_ending() {
        assert!(is_markdown(Path::new("a/b.MD")));
        assert!(is_markdown(Path::new("b.markdown")));
        assert!(!is_markdown(Path::new("b.mdx")));
        assert!(!is_markdown(Path::new("md")));
    }

    #[test]
    fn paths_are_shown_without_a_leading_dot() {
        assert_eq!(shown(Path::new("./a/b.md")), "a/b.md");
        assert_eq!(shown(Path::new("../b.md")), "../b.md");
    }
}
