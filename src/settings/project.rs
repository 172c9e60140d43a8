//! A configuration file with what it extends, put together, and what of it holds for each contract.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::globs::Globs;
use super::layer::{Layer, List, Wishes, Written};
use super::read::{Reader, mistake, shown};
use super::{Fails, Settings, Tiers, WaiverPolicy, discover};
use crate::facts::Given;
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::source::{FileId, Sources, Span};

/// How many files may extend each other.
const LEVELS: usize = 16;

/// What the nearest configuration file says, with what it extends.
#[derive(Clone, Debug)]
pub struct Project {
    path: PathBuf,
    /// The files that were read, by their number, as they are shown.
    files: BTreeMap<FileId, String>,
    pub(super) layer: Layer,
    readable: bool,
}

/// A contract of several files, as a project names it.
#[derive(Clone, Debug)]
pub struct ContractSet {
    /// What people call it.
    pub name: String,
    /// Where the configuration says so: the name.
    pub span: Span,
    files: Globs,
    /// The folder that the globs start from, as a path that can be opened.
    folder: PathBuf,
}

impl ContractSet {
    pub(super) const fn new(name: String, span: Span, files: Globs, folder: PathBuf) -> Self {
        Self { name, span, files, folder }
    }

    /// The number of the first glob that takes in a file, counted from 0: that of the first is the
    /// master's. The file need not be there.
    #[must_use]
    pub fn takes_in(&self, path: &Path) -> Option<usize> {
        self.files.first(&discover::place(path))
    }

    /// The files of the contract that are there, the master first, then by glob and path; and what
    /// is wrong with globs that take in none. Walks the folder of the configuration.
    #[must_use]
    pub fn members(&self) -> (Vec<PathBuf>, Vec<Finding>) {
        let below = discover::files_below(&self.folder).into_iter();
        let mut found: Vec<(usize, PathBuf)> =
            below.filter_map(|path| Some((self.takes_in(&path)?, path))).collect();
        found.sort();
        let lost = (0..self.files.texts.len()).filter(|at| !found.iter().any(|(of, _)| of == at));
        let lost: Vec<&str> = lost.filter_map(|at| self.files.texts.get(at)).map(String::as_str).collect();
        let missed = lost.iter().map(|glob| {
            let message = format!("no file of the contract {} is called {glob}", self.name);
            mistake(self.span, message, "globs start from the folder of this file")
        });
        (found.iter().map(|(_, path)| path.clone()).collect(), missed.collect())
    }

    /// The globs as written.
    #[must_use]
    pub fn globs(&self) -> &[String] {
        &self.files.texts
    }
}

impl Project {
    /// Reads a configuration file and what it extends into the sources. Mistakes have their place
    /// there; what is left without them is used.
    #[must_use]
    pub fn load(path: &Path, sources: &mut Sources) -> (Self, Vec<Finding>) {
        let mut loader = Loader { sources, findings: Vec::new(), files: BTreeMap::new(), chain: Vec::new() };
        let mut layers = Vec::new();
        let mut next = Some((path.to_owned(), None));
        while let Some((path, named)) = next {
            next = loader.file(&path, named).and_then(|layer| {
                let base = loader.base(&layer, &path);
                layers.push(layer);
                base
            });
        }
        let readable = !layers.is_empty();
        let mut merged = Layer::default();
        for layer in layers.into_iter().rev() {
            merged.put(layer);
        }
        loader.findings.extend(twice(&merged.contracts));
        let Loader { mut findings, files, .. } = loader;
        findings.sort_by_key(|finding| finding.anchor.span().map(|span| (span.file(), span.start())));
        (Self { path: path.to_owned(), files, layer: merged, readable }, findings)
    }

    /// Whether its own file could be read at all: one that is no TOML says nothing, not even which baseline holds.
    #[must_use]
    pub const fn is_readable(&self) -> bool {
        self.readable
    }

    /// The configuration file, as it was given.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The files that were read, as they are shown: the nearest first, then what each extends.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.values().map(String::as_str)
    }

    /// What holds for one file, which need not be there.
    #[must_use]
    pub fn for_file(&self, path: &Path) -> Settings {
        let wishes = self.wishes(path);
        let names = |names: Option<Written<Vec<String>>>| names.map(|names| names.value).unwrap_or_default();
        Settings {
            profile: wishes.profile.map(|profile| profile.value),
            side: wishes.side.map(|side| side.value),
            packs: List::values(&wishes.packs),
            rules: self.rules(),
            given: Given { customer: names(wishes.customer), supplier: names(wishes.supplier) },
            select: List::values(&wishes.select),
            ignore: List::values(&wishes.ignore),
            levels: wishes.levels.into_iter().map(|level| (level.selector.value, level.level)).collect(),
            thresholds: wishes
                .thresholds
                .into_iter()
                .map(|bounds| Tiers {
                    set_by: self.shown(bounds.name.at.file()).to_owned(),
                    name: bounds.name.value,
                    preferred: bounds.preferred.map(|bound| bound.value),
                    fallback: bounds.fallback.map(|bound| bound.value),
                })
                .collect(),
            waivers: self.waivers(),
        }
    }

    /// What is asked for one file, with the places.
    pub(super) fn wishes(&self, path: &Path) -> Wishes {
        let mut wishes = self.layer.wishes.clone();
        if self.layer.overrides.is_empty() {
            return wishes;
        }
        let place = discover::place(path);
        for some in self.layer.overrides.iter().filter(|some| some.files.first(&place).is_some()) {
            wishes.put_for_some(some.wishes.clone());
        }
        wishes
    }

    /// A file that was read, as it is shown.
    fn shown(&self, file: FileId) -> &str {
        self.files.get(&file).map_or("", String::as_str)
    }

    /// Folders with rules of the project's own, ready to be opened.
    #[must_use]
    pub fn rules(&self) -> Vec<PathBuf> {
        List::values(&self.layer.rules)
    }

    /// Contracts of several files, in the order in which they are named.
    #[must_use]
    pub fn contracts(&self) -> &[ContractSet] {
        &self.layer.contracts
    }

    /// Whether a file or a folder is left out when folders are walked.
    #[must_use]
    pub fn excludes(&self, path: &Path) -> bool {
        self.layer.exclude.as_ref().is_some_and(|exclude| exclude.globs.cover(&discover::place(path)))
    }

    /// The lowest level that fails a run.
    #[must_use]
    pub fn fail_on(&self) -> Option<Fails> {
        self.layer.fail_on.as_ref().map(|level| level.value)
    }

    /// The file with known findings, ready to be opened; it need not be there.
    #[must_use]
    pub fn baseline(&self) -> Option<&Path> {
        self.layer.baseline.as_ref().map(|path| path.value.as_path())
    }

    /// Where the configuration names the baseline.
    #[must_use]
    pub fn baseline_span(&self) -> Option<Span> {
        self.layer.baseline.as_ref().map(|path| path.at)
    }

    /// What waivers must state.
    #[must_use]
    pub fn waivers(&self) -> WaiverPolicy {
        let flag = |flag: &Option<Written<bool>>| flag.as_ref().is_some_and(|flag| flag.value);
        WaiverPolicy { approver: flag(&self.layer.approver), end: flag(&self.layer.end) }
    }
}

/// Two contracts of the same name: which one is meant in a report could not be told.
fn twice(contracts: &[ContractSet]) -> Vec<Finding> {
    let same = contracts.iter().enumerate().filter_map(|(at, set)| {
        let earlier = contracts[..at].iter().find(|earlier| earlier.name == set.name)?;
        let finding =
            mistake(set.span, format!("two contracts are called {}", set.name), "rename one of them");
        Some(finding.label(earlier.span, "the other"))
    });
    same.collect()
}

/// Reads one file after the other.
struct Loader<'a> {
    sources: &'a mut Sources,
    findings: Vec<Finding>,
    files: BTreeMap<FileId, String>,
    /// The files so far, as they really are, each with how it is shown.
    chain: Vec<(PathBuf, String)>,
}

impl Loader<'_> {
    /// Reads a file that the user or another file names.
    fn file(&mut self, path: &Path, named: Option<Span>) -> Option<Layer> {
        let name = shown(path);
        let text = match discover::read(path) {
            Ok(text) => text,
            Err(reason) => {
                let message = format!("{name} cannot be used: {reason}");
                let anchor = named.map_or(Anchor::Nowhere, Anchor::Span);
                self.findings.push(Finding::new(Code::Config, Severity::Error, message, anchor));
                return None;
            }
        };
        let file = self.sources.add(name.clone(), text.as_str());
        self.files.insert(file, name.clone());
        self.chain.push((discover::real(path), name));
        let folder = discover::folder_of(path);
        let mut reader = Reader { file, folder: &folder, findings: Vec::new(), broken: false };
        let layer = reader.layer(&text);
        self.findings.append(&mut reader.findings);
        (!reader.broken).then_some(layer)
    }

    /// The file that one extends, if it may.
    fn base(&mut self, layer: &Layer, path: &Path) -> Option<(PathBuf, Option<Span>)> {
        let extends = layer.extends.as_ref()?;
        match self.locate(&extends.value, &discover::folder_of(path)) {
            Ok(base) => Some((base, Some(extends.at))),
            Err((message, advice)) => {
                self.findings.push(mistake(extends.at, message, &advice));
                None
            }
        }
    }

    /// A file of the same tree that has not been read yet; the error says what is wrong and what to
    /// write.
    fn locate(&self, written: &str, folder: &Path) -> Result<PathBuf, (String, String)> {
        let refused = |message: String, advice: &str| Err((message, advice.to_owned()));
        if !written.ends_with(".toml") {
            return refused(format!("`{written}` is no .toml file"), "write \"../base.toml\"");
        }
        let path = discover::tidy(&folder.join(written));
        let (real, tree) = (discover::real(&path), self.tree(written, folder));
        if !real.starts_with(&tree) {
            let name = shown(&path);
            return if discover::through_a_link(&path) && !Path::new(written).is_absolute() {
                refused(format!("{name} is a link that leads out of the tree"), "put the file itself there")
            } else {
                refused(format!("{name} lies outside of the tree"), "extend a file of the same repository")
            };
        }
        if let Some(at) = self.chain.iter().position(|(earlier, _)| *earlier == real) {
            let names: Vec<&str> = self.chain[at..].iter().map(|(_, name)| name.as_str()).collect();
            let message = format!("{} extends itself", names[0]);
            let way = names.iter().copied().chain([names[0]]).collect::<Vec<_>>().join(", which extends ");
            return Err((message, way));
        }
        if self.chain.len() >= LEVELS {
            return refused(
                format!("more than {LEVELS} files extend each other"),
                "put some of them together",
            );
        }
        Ok(path)
    }

    /// The folder that an extended file must lie in: the repository of the first file, else the one
    /// that the written path climbs to.
    fn tree(&self, written: &str, folder: &Path) -> PathBuf {
        let first = self.chain.first().and_then(|(path, _)| path.parent());
        if let Some(repository) = first.and_then(discover::repository) {
            return repository.to_owned();
        }
        let mut tree = discover::real(folder);
        for _ in written.split('/').take_while(|part| [".", ".."].contains(part)).filter(|part| *part == "..")
        {
            tree.pop();
        }
        tree
    }
}
