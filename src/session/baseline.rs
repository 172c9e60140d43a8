//! Baseline files: opened, and the paths in them matched with files on disk. What a baseline knows is
//! `triage::baseline`'s business.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::load::add;
use super::{Input, discover};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::settings::bytes;
use crate::source::{Sources, Text};
use crate::triage::Report;
use crate::triage::baseline::{Baseline, Contract, Held, Tree, hold};

/// A run held against a baseline.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The baseline as it is in its file.
    pub baseline: Baseline,
    /// The text of the file, as it was read.
    pub text: Text,
    /// The contracts of the run as the baseline knows them.
    pub contracts: Vec<Contract>,
    /// What the baseline makes of the run.
    pub held: Held,
}

/// What a run read, so that a baseline knows what to ask of it.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// What the run was asked to read.
    pub inputs: &'a [Input],
    /// Whether it left out files of folders that hold contracts, such as unchanged ones.
    pub narrowed: bool,
}

/// Hides the findings of a run that the baseline in a file knows. What is wrong with the file is
/// a failure of the run, which then has nothing else to say: known findings told as new are no answer.
pub fn hide(report: &mut Report, file: &Path, scope: Scope<'_>) {
    match compare(report, file, scope) {
        Ok(comparison) => report.hide(&comparison.held),
        Err(mistakes) => {
            let before = std::mem::take(report);
            report.failures = before.failures;
            report.failures.extend(mistakes);
            (report.sources, report.side) = (before.sources, before.side);
        }
    }
}

/// Holds a run against the baseline in a file.
///
/// # Errors
/// What is wrong with the file; the places lie in the sources of the report.
pub fn compare(report: &mut Report, file: &Path, scope: Scope<'_>) -> Result<Comparison, Vec<Finding>> {
    let (baseline, text) = open(&mut report.sources, file)?;
    let folder = folder_of(file).map_err(|finding| vec![*finding])?;
    let contracts = contracts(report, &folder);
    let held = hold(&baseline, report, &contracts, &tree(&baseline, &folder, scope));
    Ok(Comparison { baseline, text, contracts, held })
}

/// The baseline in which every finding of a run is known, for a file at this path.
///
/// # Errors
/// That the folder of the file is not there.
pub fn of_run(report: &Report, file: &Path) -> Result<Baseline, Box<Finding>> {
    let contracts = contracts(report, &folder_of(file)?);
    let held = hold(&Baseline::default(), report, &contracts, &Tree::default());
    Ok(held.renewed(report, &contracts, true))
}

fn open(sources: &mut Sources, file: &Path) -> Result<(Baseline, Text), Vec<Finding>> {
    let shown = discover::shown(file);
    let bytes = bytes::of_contract(file);
    if bytes.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        let finding = failure(&format!("no such baseline: {shown}"));
        return Err(vec![finding.help(format!("clauselint baseline write --output {shown} writes one"))]);
    }
    let id = add(sources, &shown, bytes).map_err(|finding| vec![*finding])?;
    let text = sources.get(id).map_or(Text::Builtin(""), |file| file.text.clone());
    let (baseline, wrong) = sources.get(id).map(Baseline::parse).unwrap_or_default();
    if wrong.is_empty() { Ok((baseline, text)) } else { Err(wrong) }
}

fn failure(message: &str) -> Finding {
    Finding::new(Code::Baseline, Severity::Error, message, Anchor::Nowhere)
}

/// The folder of a baseline file, from which the paths in it lead.
fn folder_of(file: &Path) -> Result<PathBuf, Box<Finding>> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::canonicalize(folder).map_err(|_| {
        let folder = discover::shown(folder);
        Box::new(failure(&format!("no such folder: {folder}")).help("make it first, or name another file"))
    })
}

/// The contracts of a run under their paths from a folder; text from standard input has none. A file
/// that is not read as a contract says nothing about what is known of it.
fn contracts(report: &Report, folder: &Path) -> Vec<Contract> {
    let known = report.coverages.iter().filter_map(|coverage| {
        let source = report.sources.get(coverage.file).filter(|source| source.path != "-")?;
        let path = relative(folder, &place(Path::new(&source.path)));
        Some(Contract { path, files: coverage.files().collect() })
    });
    known.collect()
}

/// Where a path leads: links resolved when there is a file, else as it is written.
fn place(path: &Path) -> PathBuf {
    let written = || std::path::absolute(path).map(|path| level(&path)).unwrap_or_else(|_| path.to_owned());
    fs::canonicalize(path).unwrap_or_else(|_| written())
}

/// A path without `.` and `..`.
fn level(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut whole, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            part => whole.push(part),
        }
        whole
    })
}

/// The way from a folder to a file, with forward slashes.
fn relative(folder: &Path, file: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (folder.components().collect(), file.components().collect());
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    if common == 0 {
        // Another drive.
        return file.to_string_lossy().replace('\\', "/");
    }
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let down = to.iter().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// What has become of the paths of a baseline.
fn tree(baseline: &Baseline, folder: &Path, scope: Scope<'_>) -> Tree {
    let at = |path: &str| level(&folder.join(path));
    let missing = |path: &&String| at(path).try_exists().is_ok_and(|there| !there);
    let absent: BTreeSet<String> = baseline.contracts.keys().filter(missing).cloned().collect();
    let walked: Vec<PathBuf> = scope
        .inputs
        .iter()
        .filter_map(|input| match input {
            Input::Path(path) if path.is_dir() && !scope.narrowed => fs::canonicalize(path).ok(),
            _ => None,
        })
        .collect();
    let inside = |path: &&String| walked.iter().any(|folder| at(path).starts_with(folder));
    let searched = absent.iter().filter(inside).cloned().collect();
    Tree { absent, searched }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_down_and_up_with_forward_slashes() {
        let way = |folder: &str, file: &str| relative(Path::new(folder), Path::new(file));
        assert_eq!(way("/work", "/work/contracts/a b.md"), "contracts/a b.md");
        assert_eq!(way("/work/ci", "/work/contracts/a.md"), "../contracts/a.md");
        assert_eq!(level(Path::new("/work/ci/../contracts/./a.md")), Path::new("/work/contracts/a.md"));
    }
}
