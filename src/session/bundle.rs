//! Which files are one contract: a master and what it incorporates.
//!
//! A master names its files in its front matter (`clauselint: schedules: [sla.md]`), by links that
//! incorporate them ("[Schedule 2](schedules/sla.md) forms part of this Agreement"), or the project
//! does in its configuration. Files that a master names and the user does not are read too. A link
//! alone binds nothing: it must stand where the text speaks of schedules or of incorporation. Links
//! never lead out of the folder of the master: its text may be the other side's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::discover::is_markdown;
use super::load::{Loaded, load_one};
use super::read::Contract;
use crate::document::Document;
use crate::facts::{Given, PaperKind};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::source::{SourceFile, Sources, Span};
use crate::token::words::Words;

/// Words beside a link that say its target is part of the contract.
const BINDING: [&str; 11] = [
    "schedule",
    "annex",
    "appendi",
    "exhibit",
    "attachment",
    "attached",
    "addend",
    "incorporat",
    "forms part",
    "form part",
    "part of this",
];

/// The files of one contract, as indices of what was loaded; the master's first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bundle {
    pub(super) files: Vec<usize>,
}

/// Files that the project declares to be one contract, as paths; the master's first.
pub(super) type Declared = Vec<PathBuf>;

/// Sorts files into contracts, reading what masters name besides; says what they name in vain.
pub(super) fn bundles(
    loaded: &mut Vec<Loaded>,
    sources: &mut Sources,
    declared: &[Declared],
) -> (Vec<Bundle>, Vec<Finding>) {
    let mut shelf = Shelf::new(loaded, sources);
    shelf.declare(declared);
    // Grows while files name further ones.
    let mut at = 0;
    while at < shelf.loaded.len() {
        shelf.follow(at);
        at += 1;
    }
    let bundles = shelf.bundles();
    (bundles, shelf.problems)
}

/// The files at hand and which names which.
struct Shelf<'a> {
    loaded: &'a mut Vec<Loaded>,
    sources: &'a mut Sources,
    /// Files by where they really are.
    places: BTreeMap<PathBuf, usize>,
    /// What each file incorporates, in order.
    parts: BTreeMap<usize, Vec<usize>>,
    problems: Vec<Finding>,
}

impl<'a> Shelf<'a> {
    fn new(loaded: &'a mut Vec<Loaded>, sources: &'a mut Sources) -> Self {
        let places = loaded.iter().enumerate();
        let places = places.filter_map(|(at, one)| Some((real(one.path.as_ref()?), at))).collect();
        Self { loaded, sources, places, parts: BTreeMap::new(), problems: Vec::new() }
    }

    /// Takes in what the project declares, as far as one of the files is at hand.
    fn declare(&mut self, declared: &[Declared]) {
        for paths in declared {
            if !paths.iter().any(|path| self.places.contains_key(&real(path))) {
                continue;
            }
            let files: Vec<usize> = paths.iter().filter_map(|path| self.shelve(path)).collect();
            if let Some((&master, rest)) = files.split_first() {
                for &part in rest {
                    self.bind(master, part);
                }
            }
        }
    }

    /// The place of a file on the shelf, which is read if it is not there yet.
    fn shelve(&mut self, path: &Path) -> Option<usize> {
        let real = real(path);
        if let Some(&at) = self.places.get(&real) {
            return Some(at);
        }
        match load_one(self.sources, path) {
            Ok(one) => {
                self.loaded.push(one);
                self.places.insert(real, self.loaded.len() - 1);
                Some(self.loaded.len() - 1)
            }
            Err(problem) => {
                self.problems.push(*problem);
                None
            }
        }
    }

    fn bind(&mut self, master: usize, part: usize) {
        let parts = self.parts.entry(master).or_default();
        if master != part && !parts.contains(&part) {
            parts.push(part);
        }
    }

    /// Finds what a file incorporates.
    fn follow(&mut self, at: usize) {
        let Some(path) = self.loaded[at].path.clone() else { return };
        let Some(file) = self.sources.get(self.loaded[at].file).cloned() else { return };
        if !may_name_files(&file) {
            return;
        }
        let contract = Contract::read(&file, &mut Words::new(), &Given::default());
        let folder = path.parent().unwrap_or(Path::new(""));
        let front = contract.document.front_matter.as_ref().map(|front| front.span);
        for (target, span) in
            contract.schedules_in_front().filter_map(|target| Some((target.to_owned(), front?)))
        {
            match inside(folder, &target) {
                Some(path) if path.is_file() && is_markdown(&path) => {
                    if let Some(part) = self.shelve(&path) {
                        self.bind(at, part);
                    }
                }
                _ => self.problems.push(not_there(&target, span)),
            }
        }
        if contract.facts.paper.kind == PaperKind::NotAContract {
            return;
        }
        for target in incorporated(&file, &contract.document) {
            // A link that leads nowhere is a broken reference, which proofreading tells.
            let Some(path) = inside(folder, &target).filter(|path| path.is_file()) else { continue };
            if let Some(part) = self.shelve(&path) {
                self.bind(at, part);
            }
        }
    }

    /// One bundle for each file that no other incorporates, with all that it reaches; in a ring of
    /// files the first is the master.
    fn bundles(&self) -> Vec<Bundle> {
        let mut bundles = Vec::new();
        let mut placed: BTreeSet<usize> = BTreeSet::new();
        let incorporated: BTreeSet<usize> = self.parts.values().flatten().copied().collect();
        let roots = (0..self.loaded.len()).filter(|at| !incorporated.contains(at));
        let rings = (0..self.loaded.len()).filter(|at| incorporated.contains(at));
        for (at, is_root) in roots.map(|at| (at, true)).chain(rings.map(|at| (at, false))) {
            if is_root || !placed.contains(&at) {
                let files = self.reached(at);
                placed.extend(&files);
                bundles.push(Bundle { files });
            }
        }
        bundles.sort_by_key(|bundle| bundle.files.first().copied());
        bundles
    }

    /// A file and all that it incorporates, near ones first.
    fn reached(&self, from: usize) -> Vec<usize> {
        let mut files = vec![from];
        let mut seen = BTreeSet::from([from]);
        let mut next = 0;
        while let Some(&at) = files.get(next) {
            for &part in self.parts.get(&at).into_iter().flatten() {
                if seen.insert(part) {
                    files.push(part);
                }
            }
            next += 1;
        }
        files
    }
}

fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether a text can name other files at all; saves reading it twice.
fn may_name_files(file: &SourceFile) -> bool {
    let text = file.text.as_bytes();
    memchr::memmem::find(text, b".md").is_some()
        || memchr::memmem::find(text, b".markdown").is_some()
        || memchr::memmem::find(text, b"clauselint:").is_some()
}

/// The targets of links that incorporate a file.
fn incorporated(file: &SourceFile, document: &Document) -> Vec<String> {
    let markdown = |target: &str| {
        let bare = target.split(['#', '?']).next().unwrap_or(target);
        let is = [".md", ".markdown"].iter().any(|end| bare.to_ascii_lowercase().ends_with(end));
        (is && !bare.contains("://")).then(|| bare.to_owned())
    };
    let mut targets: Vec<String> = Vec::new();
    for link in &document.links {
        if let Some(target) = markdown(&link.target)
            && is_binding(file, document, link.span)
            && !targets.contains(&target)
        {
            targets.push(target);
        }
    }
    targets
}

/// Whether the sentence of a link, what leads into it or the title above speaks of schedules or of
/// incorporation.
fn is_binding(file: &SourceFile, document: &Document, link: Span) -> bool {
    let at = document.blocks.partition_point(|block| block.span.start() <= link.start());
    let Some(block) = at.checked_sub(1).and_then(|at| document.blocks.get(at)) else { return false };
    let speaks = |text: &str| {
        let text = text.to_lowercase();
        BINDING.iter().any(|word| text.contains(word))
    };
    let before = file.text.get(block.span.start()..link.start()).unwrap_or("");
    let behind = file.text.get(link.end()..block.span.end()).unwrap_or("");
    let before = before.rsplit(". ").next().unwrap_or(before);
    let behind = behind.split(". ").next().unwrap_or(behind);
    let lead = block.lead.map(|lead| document.text(document.block(lead)));
    let title = document.clause(block.clause).title.clone().map(|title| document.prose.slice(title));
    let words = file.slice(link).split("](").next().unwrap_or("");
    [before, words, behind].into_iter().chain(lead).chain(title).any(speaks)
}

/// A path below a folder; none for one that leads out of it.
pub(super) fn inside(folder: &Path, target: &str) -> Option<PathBuf> {
    let target = target.replace("%20", " ");
    let path = Path::new(&target);
    let stays = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let path: PathBuf = folder.join(path).components().collect();
    // Through a link of the file system it may lead out all the same.
    let lies_below = |path: &Path| {
        real(path).starts_with(real(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }))
    };
    (stays && (!path.exists() || lies_below(&path))).then_some(path)
}

fn not_there(target: &str, span: Span) -> Finding {
    let message = format!(
        "the front matter names {target}, and there is no such Markdown file beside this one or below"
    );
    Finding::new(Code::Usage, Severity::Error, message, Anchor::Span(span))
        .help("name Markdown files of the same folder or below, relative to this file")
}
