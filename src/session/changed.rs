//! Which files have changed since a revision, as git tells: committed, staged, unstaged, untracked.
//!
//! The one place that runs another program. It asks the git that is on the path, in the folder of the
//! files, with a revision that git has resolved first, so that no revision is read as an option.

use std::collections::{BTreeSet, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::discover::shown;
use crate::finding::{Anchor, Code, Finding, Severity};

/// What a hook of git sets for its own repository, which need not be the one of the files.
const OF_A_HOOK: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// The files that have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Files, also such that are no longer there, and repositories inside of the repository; links
    /// are resolved.
    files: HashSet<PathBuf>,
}

impl Changed {
    /// Whether a file has changed, or lies in a repository of its own that has.
    #[must_use]
    pub fn holds(&self, file: &Path) -> bool {
        let place = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        place.ancestors().any(|place| self.files.contains(place))
    }

    /// The files.
    #[must_use]
    pub const fn files(&self) -> &HashSet<PathBuf> {
        &self.files
    }
}

/// The files that have changed since the revision at which the work of now began (the merge base of
/// `revision` and now), in the repositories of these files and folders.
///
/// # Errors
/// For each repository why git cannot tell.
pub fn since(revision: &str, paths: &[PathBuf]) -> Result<Changed, Vec<Finding>> {
    let folders: BTreeSet<PathBuf> = paths.iter().filter_map(|path| folder(path)).collect();
    let mut roots = BTreeSet::new();
    let mut wrong = Vec::new();
    for folder in &folders {
        match root(folder) {
            Ok(root) => {
                roots.insert(root);
            }
            Err(finding) => wrong.push(*finding),
        }
    }
    let mut changed = Changed::default();
    for root in &roots {
        match in_repository(revision, root) {
            Ok(files) => changed.files.extend(files),
            Err(finding) => wrong.push(*finding),
        }
    }
    wrong.dedup();
    if wrong.is_empty() { Ok(changed) } else { Err(wrong) }
}

/// The folder to ask in about a path; none when there is nothing at the path, which its reader tells.
fn folder(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return Some(path.to_owned());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (path.is_file() && folder.is_dir()).then(|| folder.to_owned())
}

/// The top folder of the repository that a folder lies in.
fn root(folder: &Path) -> Result<PathBuf, Box<Finding>> {
    let said = git(folder, &["rev-parse", "--show-toplevel"], None).map_err(|error| match error {
        Refusal::Said(said) if said.contains("not a git repository") => Box::new(
            failure(&format!("the folder {} lies in no git repository", shown(folder)))
                .help("leave out --changed-since, or run it where git keeps the contracts"),
        ),
        refusal => refusal.finding(folder),
    })?;
    let path = PathBuf::from(os_string(said.strip_suffix(b"\n").unwrap_or(&said)));
    Ok(fs::canonicalize(&path).unwrap_or(path))
}

fn in_repository(revision: &str, root: &Path) -> Result<HashSet<PathBuf>, Box<Finding>> {
    let commit = OsString::from(format!("{revision}^{{commit}}"));
    let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    let commit = git(root, &verify, Some(&commit)).map_err(|refusal| match refusal {
        Refusal::Said(_) => Box::new(unknown(revision, root)),
        Refusal::NoGit(_) => refusal.finding(root),
    })?;
    let commit = os_string(commit.trim_ascii_end());
    let refused = |refusal: Refusal| refusal.finding(root);
    let diff = ["diff", "--name-only", "-z", "--no-relative", "--merge-base"];
    let tracked = git(root, &diff, Some(&commit)).map_err(refused)?;
    let untracked =
        git(root, &["ls-files", "--others", "--exclude-standard", "-z"], None).map_err(refused)?;
    let names = tracked.split(|byte| *byte == 0).chain(untracked.split(|byte| *byte == 0));
    let files = names.filter(|name| !name.is_empty()).map(|name| {
        let path = root.join(os_string(name));
        // What has been deleted has no links left to resolve.
        fs::canonicalize(&path).unwrap_or(path)
    });
    Ok(files.collect())
}

/// Why git gave no answer.
enum Refusal {
    /// It could not be started.
    NoGit(io::Error),
    /// What it wrote to standard error.
    Said(String),
}

impl Refusal {
    fn finding(self, folder: &Path) -> Box<Finding> {
        let folder = shown(folder);
        Box::new(match self {
            Self::NoGit(error) if error.kind() == io::ErrorKind::NotFound => {
                failure("--changed-since asks git, and there is no git on the path")
                    .help("install git, or leave out --changed-since")
            }
            Self::NoGit(error) => failure(&format!("git cannot be run in {folder}: {error}")),
            Self::Said(said) => {
                let first = said.lines().next().unwrap_or_default();
                let reason = first.trim_start_matches("fatal: ").trim_start_matches("error: ");
                failure(&format!("git cannot tell what has changed in {folder}: {reason}"))
                    .help("a clone without history has no common ancestor to compare with: fetch all of it")
            }
        })
    }
}

/// What git answers in a folder; `last` is an argument that need not be text.
fn git(folder: &Path, arguments: &[&str], last: Option<&OsStr>) -> Result<Vec<u8>, Refusal> {
    let mut command = Command::new("git");
    for name in OF_A_HOOK {
        command.env_remove(name);
    }
    // No lock that another git may wait for; messages in the language that is looked for here.
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command.arg("-C").arg(folder).args(arguments).args(last);
    let output = command.output().map_err(Refusal::NoGit)?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(Refusal::Said(String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}

/// A path as git writes it: any bytes but 0.
#[cfg(unix)]
fn os_string(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> OsString {
    OsString::from(String::from_utf8_lossy(bytes).into_owned())
}

fn unknown(revision: &str, root: &Path) -> Finding {
    failure(&format!("git knows no revision called {revision:?} in {}", shown(root))).help(
        "name a branch, a tag or a commit, such as origin/main; a clone in CI may have to fetch it first",
    )
}

fn failure(message: &str) -> Finding {
    Finding::new(Code::Usage, Severity::Error, message, Anchor::Nowhere)
}
