//! Which files a run reads: files as they are named, folders walked for Markdown.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use walkdir::WalkDir;

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
pub(super) fn contracts(paths: &[PathBuf]) -> (Vec<Found>, Vec<Finding>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        if path.is_dir() {
            let before = (found.len(), problems.len());
            folder(path, &mut found, &mut problems);
            // A folder that may not be read has been complained about.
            if (found.len(), problems.len()) == before {
                problems.push(no_contracts(path));
            }
        } else {
            found.push(Found { shown: shown(path), path: path.clone(), named: true });
        }
    }
    // A file named twice is read once; what cannot be resolved is left for the reader to report.
    found.retain(|file| seen.insert(fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone())));
    (found, problems)
}

fn folder(folder: &Path, found: &mut Vec<Found>, problems: &mut Vec<Finding>) {
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).sort_by_file_path(Path::cmp);
    for entry in walk.build() {
        match entry {
            // A link that leads nowhere stays in: reading it says so.
            Ok(entry) if is_markdown(entry.path()) && !entry.path().is_dir() => {
                found.push(Found { shown: shown(entry.path()), path: entry.into_path(), named: false });
            }
            Ok(_) => {}
            Err(error) => problems.push(failure(Code::Unreadable, &walk_message(folder, error))),
        }
    }
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

fn is_markdown(path: &Path) -> bool {
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
                problems.push(failure(Code::RuleFile, &format!("rules: {message}")));
            }
        }
    }
    if files.is_empty() && problems.is_empty() {
        let message = format!("no rule file in {}", shown(folder));
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
    failure(Code::Usage, &message)
        .help("hidden files and files that .gitignore names are left out; name them to read them")
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
