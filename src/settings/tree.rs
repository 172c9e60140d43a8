//! What a tree of papers looks like, for a first configuration: kinds, languages, and contracts that
//! seem to be spread over several files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::facts::PaperKind;

/// Names of folders and files that hold what belongs to a contract beside them.
const PARTS: [&str; 10] = [
    "schedule",
    "annex",
    "annexe",
    "annexure",
    "appendix",
    "appendice",
    "exhibit",
    "attachment",
    "addendum",
    "addenda",
];

/// A Markdown file of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its path below the top of the tree.
    pub path: PathBuf,
    /// What it was taken for.
    pub kind: PaperKind,
    /// Whether it is in English.
    pub english: bool,
    /// The Markdown files that it links to, as paths below the top of the tree.
    pub links: Vec<PathBuf>,
}

/// A contract that seems to be of several files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikelySet {
    /// A name for it.
    pub name: String,
    /// Globs of its files, the master first.
    pub files: Vec<String>,
}

/// What a tree looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// How many contracts of each kind there are in English, most frequent first.
    pub kinds: Vec<(PaperKind, usize)>,
    /// Contracts in other languages.
    pub foreign: Vec<PathBuf>,
    /// Files that hold no contract.
    pub others: Vec<PathBuf>,
    /// Contracts that seem to be of several files.
    pub sets: Vec<LikelySet>,
}

impl Tree {
    /// Sums up the files of a tree.
    #[must_use]
    pub fn of(leaves: &[Leaf]) -> Self {
        let (sets, parts) = sets(leaves);
        let mut tree = Self { sets, ..Self::default() };
        // What belongs to a contract is none by itself.
        for leaf in leaves.iter().filter(|leaf| !parts.contains(leaf.path.as_path())) {
            if leaf.kind == PaperKind::NotAContract {
                tree.others.push(leaf.path.clone());
            } else if !leaf.english {
                tree.foreign.push(leaf.path.clone());
            } else {
                match tree.kinds.iter_mut().find(|(kind, _)| *kind == leaf.kind) {
                    Some((_, count)) => *count += 1,
                    None => tree.kinds.push((leaf.kind, 1)),
                }
            }
        }
        tree.kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        tree
    }

    /// How many contracts there are.
    #[must_use]
    pub fn contracts(&self) -> usize {
        self.kinds.iter().map(|(_, count)| count).sum::<usize>() + self.foreign.len()
    }
}

/// Whether schedules may hang on a paper of this kind.
const fn is_master(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::Agreement | PaperKind::MasterAgreement | PaperKind::Subscription)
}

/// Contracts of several files: a master with the files that it links to, else the only master of a
/// folder with the schedules beside and below it; and the files that are not the masters.
fn sets(leaves: &[Leaf]) -> (Vec<LikelySet>, BTreeSet<&Path>) {
    let mut sets = Vec::new();
    let mut all_parts = BTreeSet::new();
    let mut taken: BTreeSet<&Path> = BTreeSet::new();
    let known: BTreeMap<&Path, &Leaf> = leaves.iter().map(|leaf| (leaf.path.as_path(), leaf)).collect();
    let linking = leaves.iter().filter(|leaf| is_master(leaf.kind) && !is_part(&leaf.path));
    for master in linking {
        let linked = master.links.iter().map(PathBuf::as_path).filter(|path| known.contains_key(path));
        let linked: Vec<&Path> = linked.filter(|path| lies_by(path, &master.path)).collect();
        if !linked.is_empty() {
            taken.extend(linked.iter().copied().chain([master.path.as_path()]));
            all_parts.extend(linked.iter().copied());
            sets.push(set(master, &linked, leaves));
        }
    }
    for master in leaves.iter().filter(|leaf| is_master(leaf.kind) && !is_part(&leaf.path)) {
        let folder = folder(&master.path);
        let beside = leaves.iter().filter(|leaf| leaf.path != master.path && leaf.path.starts_with(folder));
        let free = beside.filter(|leaf| !taken.contains(leaf.path.as_path()));
        let parts: Vec<&Path> =
            free.map(|leaf| leaf.path.as_path()).filter(|path| hangs_on(path, folder)).collect();
        let masters = leaves
            .iter()
            .filter(|leaf| folder_is(leaf, folder) && is_master(leaf.kind) && !is_part(&leaf.path));
        if !taken.contains(master.path.as_path()) && !parts.is_empty() && masters.count() == 1 {
            all_parts.extend(parts.iter().copied());
            sets.push(set(master, &parts, leaves));
        }
    }
    sets.sort_by(|left, right| left.files.cmp(&right.files));
    (sets, all_parts)
}

fn folder_is(leaf: &Leaf, folder_of: &Path) -> bool {
    folder(&leaf.path) == folder_of
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Whether a file lies in the folder of another or in one right below it.
fn lies_by(path: &Path, master: &Path) -> bool {
    let home = folder(master);
    path != master && (folder(path) == home || folder(folder(path)) == home) && path.starts_with(home)
}

/// Whether a file is called like a part of a contract: "schedule-2.md".
fn is_part(path: &Path) -> bool {
    path.file_name().is_some_and(|name| named_like_a_part(&name.to_string_lossy()))
}

fn named_like_a_part(name: &str) -> bool {
    let name = name.to_lowercase();
    let word = name.split(|letter: char| !letter.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or("");
    PARTS.iter().any(|part| word == *part || word.strip_suffix('s') == Some(part))
}

/// Whether a file is called like a part of the contract of a folder, or lies in a folder of parts
/// right below it.
fn hangs_on(path: &Path, home: &Path) -> bool {
    if folder(path) == home {
        return is_part(path);
    }
    let below = folder(path);
    folder(below) == home && below.file_name().is_some_and(|name| named_like_a_part(&name.to_string_lossy()))
}

/// A set with one glob for each folder whose files all belong to it.
fn set(master: &Leaf, parts: &[&Path], leaves: &[Leaf]) -> LikelySet {
    let mut files = vec![slashed(&master.path)];
    for part in parts {
        let home = folder(part);
        let whole = home != folder(&master.path)
            && leaves
                .iter()
                .filter(|leaf| folder(&leaf.path) == home)
                .all(|leaf| parts.contains(&leaf.path.as_path()));
        let glob = if whole { format!("{}/*.md", slashed(home)) } else { slashed(part) };
        if !files.contains(&glob) {
            files.push(glob);
        }
    }
    let home = folder(&master.path).file_name();
    let stem = master.path.file_stem().unwrap_or_default();
    LikelySet { name: home.unwrap_or(stem).to_string_lossy().into_owned(), files }
}

/// A path as globs have it, its own signs escaped.
fn slashed(path: &Path) -> String {
    let names: Vec<String> =
        path.components().map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
    globset::escape(&names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(path: &str, kind: PaperKind, links: &[&str]) -> Leaf {
        let links = links.iter().map(PathBuf::from).collect();
        Leaf { path: path.into(), kind, english: true, links }
    }

    fn files(leaves: &[Leaf]) -> Vec<Vec<String>> {
        Tree::of(leaves).sets.into_iter().map(|set| set.files).collect()
    }

    #[test]
    fn a_master_that_links_to_its_schedules_is_a_set() {
        use PaperKind::{Agreement, MasterAgreement, ServiceLevels};
        let leaves = [
            leaf("acme/msa.md", MasterAgreement, &["acme/schedules/levels.md", "acme/gone.md", "other.md"]),
            leaf("acme/schedules/levels.md", ServiceLevels, &[]),
            leaf("acme/schedules/prices.md", ServiceLevels, &[]),
            leaf("other.md", Agreement, &[]),
        ];
        assert_eq!(files(&leaves), [["acme/msa.md", "acme/schedules/levels.md"]]);
    }

    #[test]
    fn the_only_master_of_a_folder_has_the_schedules_beside_it() {
        use PaperKind::{Agreement, NotAContract, ServiceLevels};
        let leaves = [
            leaf("acme/msa.md", Agreement, &[]),
            leaf("acme/schedules/levels.md", ServiceLevels, &[]),
            leaf("acme/schedules/prices.md", NotAContract, &[]),
            leaf("acme/Annex_A.md", ServiceLevels, &[]),
        ];
        assert_eq!(files(&leaves), [["acme/msa.md", "acme/schedules/*.md", "acme/Annex_A.md"]]);
        let two =
            [leaf("a.md", Agreement, &[]), leaf("b.md", Agreement, &[]), leaf("annex.md", Agreement, &[])];
        assert!(files(&two).is_empty(), "whose annex is it?");
    }

    #[test]
    fn contracts_of_one_file_are_no_set() {
        use PaperKind::{Agreement, NonDisclosure};
        let leaves = [leaf("a.md", Agreement, &["a.md"]), leaf("b.md", NonDisclosure, &[])];
        assert!(files(&leaves).is_empty());
        assert_eq!(Tree::of(&leaves).contracts(), 2);
    }
}
