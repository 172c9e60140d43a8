//! The text of one configuration file -> what it says. Every mistake becomes a finding with its
//! place; what is left when they are taken out is used.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use schemars::schema_for;
use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::discover;
use super::globs::{self, Globs};
use super::layer::{Bounds, Exclude, Layer, Level, List, Override, Wishes, Written};
use super::project::ContractSet;
use super::raw::{RawConfig, RawContract, RawNames, RawOverride, RawParties, RawTiers};
use super::selector::Selector;
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::rule::Threshold;
use crate::rule::profile::raw::RawSide;
use crate::rule::raw::RawLevel;
use crate::rule::severity;
use crate::rule::shape::misfits;
use crate::source::{FileId, Span};

/// One file while it is read.
pub(super) struct Reader<'a> {
    pub(super) file: FileId,
    /// The folder of the file, as a path that can be opened.
    pub(super) folder: &'a Path,
    /// The mistakes found so far.
    pub(super) findings: Vec<Finding>,
    /// Whether the file is no TOML.
    pub(super) broken: bool,
}

type Names = Option<Spanned<Vec<Spanned<String>>>>;

impl Reader<'_> {
    pub(super) fn error(&mut self, range: Range<usize>, message: impl Into<String>, advice: &str) {
        self.findings.push(mistake(self.span(range), message, advice));
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// Reads the file.
    pub(super) fn layer(&mut self, text: &str) -> Layer {
        let raw = self.raw(text);
        let wishes = Wishes {
            profile: raw.profile.map(|profile| self.written(profile)),
            side: raw.side.map(|side| self.written(side)),
            packs: self.list(raw.packs, |name| name),
            customer: self.names(raw.parties.customer),
            supplier: self.names(raw.parties.supplier),
            select: self.list(raw.select, |name| Selector::read(&name)),
            ignore: self.list(raw.ignore, |name| Selector::read(&name)),
            levels: self.levels(raw.levels),
            thresholds: self.thresholds(raw.thresholds),
        };
        let exclude = raw.exclude.map(|globs| {
            let at = self.span(globs.span());
            let (globs, places) = self.globs(globs.into_inner());
            Exclude { globs, at, places }
        });
        Layer {
            extends: raw.extends.map(|path| self.written(path)),
            wishes,
            rules: raw.rules.map(|folders| self.folders(folders)),
            exclude,
            fail_on: raw.fail_on.map(|level| self.written(level)),
            baseline: raw.baseline.map(|path| {
                let at = self.span(path.span());
                Written { value: discover::tidy(&self.folder.join(path.get_ref())), at }
            }),
            approver: raw.waivers.approver.map(|flag| self.written(flag)),
            end: raw.waivers.end.map(|flag| self.written(flag)),
            contracts: raw.contract.into_iter().filter_map(|set| self.contract(set)).collect(),
            overrides: raw.overrides.into_iter().filter_map(|set| self.some_files(set)).collect(),
        }
    }

    /// What serde makes of the file, or of what is left of it without its mistakes of form.
    fn raw(&mut self, text: &str) -> RawConfig {
        let refused = match toml::from_str(text) {
            Ok(raw) => return raw,
            Err(refused) => refused,
        };
        let (table, syntax) = DeTable::parse_recoverable(text);
        for error in &syntax {
            self.error(error.span().unwrap_or_default(), lower_first(error.message()), "");
        }
        if let Some(last) = self.findings.pop_if(|_| !syntax.is_empty()) {
            self.findings.push(last.note("until it can be read, no contract that it holds for is checked"));
        }
        if !syntax.is_empty() {
            // What the parser recovers behind a mistake may not be what was meant.
            self.broken = true;
            return RawConfig::default();
        }
        let schema = schema_for!(RawConfig).to_value();
        let wrong = misfits(&schema, table.get_ref());
        let places: Vec<Range<usize>> = wrong.iter().map(|misfit| misfit.range.clone()).collect();
        for misfit in wrong {
            self.error(misfit.range, misfit.message, &misfit.advice);
        }
        if places.is_empty() {
            self.error(refused.span().unwrap_or_default(), lower_first(refused.message()), "");
        }
        let table = table.into_inner();
        let read = |entries| {
            let right = Spanned::new(0..text.len(), pruned(table.clone(), &places, entries));
            RawConfig::deserialize(Deserializer::from(right)).ok()
        };
        read(Entries::Tables).or_else(|| read(Entries::All)).unwrap_or_default()
    }

    fn written<T>(&self, spanned: Spanned<T>) -> Written<T> {
        let at = self.span(spanned.span());
        Written { value: spanned.into_inner(), at }
    }

    fn list<T>(&self, list: Names, read: impl Fn(String) -> T) -> Option<List<T>> {
        let one = |item: Spanned<String>| {
            let at = self.span(item.span());
            Written { value: read(item.into_inner()), at }
        };
        let list = list?;
        let at = self.span(list.span());
        Some(List { items: list.into_inner().into_iter().map(one).collect(), at })
    }

    fn names(&self, names: Option<Spanned<RawNames>>) -> Option<Written<Vec<String>>> {
        let names = names?;
        Some(Written { at: self.span(names.span()), value: names.into_inner().into_list() })
    }

    fn levels(&self, levels: BTreeMap<Spanned<String>, Spanned<RawLevel>>) -> Vec<Level> {
        let one = |(name, level): (Spanned<String>, Spanned<RawLevel>)| {
            let at = Span::new(self.file, name.span().start..level.span().end);
            let selector = Written { value: Selector::read(name.get_ref()), at };
            Level { selector, level: severity(level.into_inner()) }
        };
        let mut levels: Vec<Level> = levels.into_iter().map(one).collect();
        levels.sort_by_key(|level| (level.selector.value.rank(), level.selector.at.start()));
        levels
    }

    fn thresholds(&mut self, thresholds: BTreeMap<Spanned<String>, Spanned<RawTiers>>) -> Vec<Bounds> {
        let mut found = Vec::with_capacity(thresholds.len());
        for (name, tiers) in thresholds {
            let at = tiers.span();
            let (preferred, fallback) = match tiers.into_inner() {
                RawTiers::One(bound) => {
                    let bound = self.bound(bound, at);
                    (bound.clone(), bound)
                }
                RawTiers::Two(tiers) => {
                    let mut read = |bound: Option<Spanned<String>>| {
                        let bound = bound?;
                        let at = bound.span();
                        self.bound(bound.into_inner(), at)
                    };
                    (read(tiers.preferred), read(tiers.fallback))
                }
            };
            if preferred.is_some() || fallback.is_some() {
                found.push(Bounds { name: self.written(name), preferred, fallback });
            }
        }
        found.sort_by_key(|bounds| bounds.name.at.start());
        found
    }

    /// A bound, whose sign may be left out: the figure says which way is better.
    fn bound(&mut self, text: String, range: Range<usize>) -> Option<Written<String>> {
        if let Err((message, advice)) = Threshold::read(&with_sign(&text, true)) {
            self.error(range, message, &advice);
            return None;
        }
        Some(Written { value: text, at: self.span(range) })
    }

    /// The globs that are some, and the place of each.
    fn globs(&mut self, globs: Vec<Spanned<String>>) -> (Globs, Vec<Span>) {
        let (mut read, mut places) = (Vec::with_capacity(globs.len()), Vec::new());
        for glob in globs {
            match globs::read(glob.get_ref()) {
                Ok(one) => {
                    places.push(self.span(glob.span()));
                    read.push((glob.into_inner(), one));
                }
                Err((message, advice)) => self.error(glob.span(), message, &advice),
            }
        }
        let set = Globs::new(discover::real(self.folder), read).unwrap_or_else(|_| {
            let whole = places.iter().copied().reduce(Span::cover);
            let range = whole.map_or(0..0, |whole| whole.start()..whole.end());
            self.error(range, "these globs are too large together", "write fewer of them");
            Globs::default()
        });
        (set, places)
    }

    /// Globs of which there must be one.
    fn files(&mut self, globs: Spanned<Vec<Spanned<String>>>) -> Option<Globs> {
        if globs.get_ref().is_empty() {
            self.error(globs.span(), "no file is named", "write globs: files = [\"schedules/*.md\"]");
            return None;
        }
        let (globs, _) = self.globs(globs.into_inner());
        Some(globs).filter(|globs| !globs.texts.is_empty())
    }

    fn folders(&mut self, folders: Spanned<Vec<Spanned<String>>>) -> List<PathBuf> {
        let at = self.span(folders.span());
        let mut items = Vec::with_capacity(folders.get_ref().len());
        for folder in folders.into_inner() {
            let path = discover::tidy(&self.folder.join(folder.get_ref()));
            if discover::is_folder(&path) {
                items.push(Written { value: path, at: self.span(folder.span()) });
            } else {
                let message = format!("there is no folder {}", shown(&path));
                self.error(folder.span(), message, "paths start from the folder of this file");
            }
        }
        List { items, at }
    }

    fn contract(&mut self, set: Spanned<RawContract>) -> Option<ContractSet> {
        let raw = set.into_inner();
        let files = self.files(raw.files)?;
        let name = self.written(raw.name);
        Some(ContractSet::new(name.value, name.at, files, self.folder.to_owned()))
    }

    fn some_files(&mut self, set: Spanned<RawOverride>) -> Option<Override> {
        let RawOverride { files, profile, side, packs, parties, select, ignore, levels, thresholds } =
            set.into_inner();
        let RawParties { customer, supplier } = parties;
        let side: Option<Spanned<RawSide>> = side;
        let wishes = Wishes {
            profile: profile.map(|profile| self.written(profile)),
            side: side.map(|side| self.written(side)),
            packs: self.list(packs, |name| name),
            customer: self.names(customer),
            supplier: self.names(supplier),
            select: self.list(select, |name| Selector::read(&name)),
            ignore: self.list(ignore, |name| Selector::read(&name)),
            levels: self.levels(levels),
            thresholds: self.thresholds(thresholds),
        };
        Some(Override { files: self.files(files)?, wishes })
    }
}

/// A mistake in a configuration file.
pub(super) fn mistake(at: Span, message: impl Into<String>, advice: &str) -> Finding {
    let finding = Finding::new(Code::Config, Severity::Error, message, Anchor::Span(at));
    if advice.is_empty() { finding } else { finding.at(advice) }
}

/// A bound with its sign: as written, or the one of the figure.
pub(super) fn with_sign(bound: &str, at_least: bool) -> String {
    let bound = bound.trim();
    if bound.starts_with(['<', '>']) {
        return bound.to_owned();
    }
    format!("{} {bound}", if at_least { ">=" } else { "<=" })
}

/// A path as it is shown, without a leading `./`.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    match text.strip_prefix("./").unwrap_or(&text) {
        "" => ".".to_owned(),
        rest => rest.to_owned(),
    }
}

/// Which entries go with a mistake at the place of their value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entries {
    /// All but lists of tables, which stand at the place of their first table.
    Tables,
    /// All.
    All,
}

/// A table without what stands at these places: entries by their key or their value, items of lists.
fn pruned<'i>(table: DeTable<'i>, places: &[Range<usize>], entries: Entries) -> DeTable<'i> {
    let is_wrong = |range: Range<usize>| places.contains(&range);
    let right = table.into_iter().filter(|(key, value)| {
        let first = value.get_ref().as_array().and_then(|items| items.first());
        let of_first = first.is_some_and(|item| item.span() == value.span());
        let spared = of_first && entries == Entries::Tables;
        !is_wrong(key.span()) && (spared || !is_wrong(value.span()))
    });
    right.map(|(key, value)| (key, pruned_value(value, places, entries))).collect()
}

fn pruned_value<'i>(
    value: Spanned<DeValue<'i>>,
    places: &[Range<usize>],
    entries: Entries,
) -> Spanned<DeValue<'i>> {
    let place = value.span();
    let value = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(pruned(table, places, entries)),
        DeValue::Array(items) => {
            let mut right = DeArray::new();
            for item in items.into_iter().filter(|item| !places.contains(&item.span())) {
                right.push(pruned_value(item, places, entries));
            }
            DeValue::Array(right)
        }
        other => other,
    };
    Spanned::new(place, value)
}

/// The words of another library in our style: lower case, one line, no full stop.
fn lower_first(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let mut letters = line.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
