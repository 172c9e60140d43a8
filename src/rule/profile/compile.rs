//! Raw data -> [`Profile`]s; each mistake becomes a finding in the profile file, all at once.

use toml::Spanned;

use super::raw::{RawBurden, RawGroup, RawPaper, RawProfile, RawSide};
use super::{ALL, Burden, DEFAULT, Demand, Entry, Profile};
use crate::facts::PaperKind;
use crate::finding::Finding;
use crate::rule::ClauseRule;
use crate::rule::compile::{File, is_kebab, severity};
use crate::rule::load::SchemaName;
use crate::rule::spelling::{join, nearest};

/// A profile file, its own entries read and what it starts from not yet added.
struct Draft<'a> {
    id: &'a str,
    own: bool,
    file: File<'a>,
    raw: RawProfile,
    entries: Vec<Entry>,
    burdens: Vec<Burden>,
}

/// Compiles profile files over the rules in use. Files come with the name of the profile and whether
/// they are a user's own; a user's own stand first.
pub(super) fn compile_profiles(
    files: Vec<(&str, bool, File<'_>)>,
    rules: &[ClauseRule],
    findings: &mut Vec<Finding>,
) -> Vec<Profile> {
    let mut drafts: Vec<Draft<'_>> = Vec::with_capacity(files.len());
    for (id, own, mut file) in files {
        match read(&mut file, id, own, rules) {
            Some((raw, entries, burdens)) => drafts.push(Draft { id, own, file, raw, entries, burdens }),
            None => findings.append(&mut file.findings),
        }
    }
    let bases: Vec<Result<Vec<usize>, Wrong>> = (0..drafts.len()).map(|at| bases(&drafts, at)).collect();
    for (draft, bases) in drafts.iter_mut().zip(&bases) {
        if let Err((message, advice)) = bases {
            let place = draft.raw.extends.as_ref().map(Spanned::span).unwrap_or_default();
            draft.file.error(place, message, advice);
        }
    }
    papers_once(&mut drafts);
    let mut profiles: Vec<Profile> = Vec::with_capacity(drafts.len());
    for (at, bases) in bases.into_iter().enumerate() {
        let replaced = profiles.iter().any(|profile| profile.id == drafts[at].id);
        if !drafts[at].file.is_broken() && !replaced {
            profiles.push(profile(&drafts, at, &bases.unwrap_or_default()));
        }
    }
    findings.extend(drafts.into_iter().flat_map(|draft| draft.file.findings));
    profiles
}

/// A message and what to write instead.
type Wrong = (String, String);

/// The profiles that a profile starts from, the nearest first.
fn bases(drafts: &[Draft<'_>], start: usize) -> Result<Vec<usize>, Wrong> {
    let mut chain = vec![start];
    let mut at = start;
    while let Some(name) = &drafts[at].raw.extends {
        let name = name.get_ref().as_str();
        let itself = name == drafts[at].id;
        let base = drafts.iter().position(|draft| draft.id == name && !(itself && draft.own));
        let Some(base) = base else {
            let known = drafts.iter().map(|draft| draft.id).filter(|id| *id != drafts[at].id);
            let advice = nearest(name, known.clone()).map_or_else(
                || format!("the profiles are {}", join(&known.collect::<Vec<_>>(), "and")),
                |near| format!("did you mean `{near}`?"),
            );
            return Err((format!("no profile is called `{name}`"), advice));
        };
        if chain.contains(&base) {
            let message = format!("the profile `{}` starts from itself", drafts[start].id);
            return Err((message, "let one of them name its clauses itself".to_owned()));
        }
        chain.push(base);
        at = base;
    }
    Ok(chain.split_off(1))
}

/// Reports papers that two profiles of one make claim: which of them is taken would be chance.
fn papers_once(drafts: &mut [Draft<'_>]) {
    for at in 1..drafts.len() {
        let (earlier, rest) = drafts.split_at_mut(at);
        let Some(draft) = rest.first_mut() else { continue };
        for paper in &draft.raw.papers {
            let claims = |other: &&Draft<'_>| {
                let theirs = other.raw.papers.iter().any(|theirs| theirs.get_ref() == paper.get_ref());
                theirs && other.own == draft.own
            };
            if let Some(other) = earlier.iter().find(claims) {
                let message = format!("the profile `{}` is for this kind of paper too", other.id);
                draft.file.error(paper.span(), message, "leave it to one of them");
            }
        }
    }
}

/// A profile with what it starts from: an entry goes before every earlier one for the same side that
/// names one of its clauses.
fn profile(drafts: &[Draft<'_>], at: usize, bases: &[usize]) -> Profile {
    let draft = &drafts[at];
    let mut entries = draft.entries.clone();
    let mut burdens = draft.burdens.clone();
    for &base in bases {
        let named = |entry: &&Entry| {
            let same = |own: &Entry| own.side == entry.side && own.demand.shares_a_rule_with(&entry.demand);
            !entries.iter().any(same)
        };
        let inherited: Vec<Entry> = drafts[base].entries.iter().filter(named).cloned().collect();
        // What is inherited stands first, so that the order of the base is kept.
        entries.splice(0..0, inherited);
        burdens.splice(0..0, drafts[base].burdens.iter().cloned());
    }
    let own_name = bases.first().filter(|&&base| drafts[base].id == draft.id);
    let papers = match own_name {
        Some(&base) if draft.raw.papers.is_empty() => &drafts[base].raw.papers,
        _ => &draft.raw.papers,
    };
    Profile {
        id: draft.id.to_owned(),
        path: draft.file.path.to_owned(),
        title: draft.raw.title.get_ref().clone(),
        summary: draft.raw.summary.clone(),
        for_services: draft.id == DEFAULT || bases.iter().any(|&base| drafts[base].id == DEFAULT),
        papers: papers.iter().map(|paper| kind(*paper.get_ref())).collect(),
        entries,
        burdens,
    }
}

/// Reads one file; `None` after reporting what keeps it from being used.
fn read(
    file: &mut File<'_>,
    id: &str,
    own: bool,
    rules: &[ClauseRule],
) -> Option<(RawProfile, Vec<Entry>, Vec<Burden>)> {
    let raw: RawProfile = file.read(SchemaName::Profile)?;
    if !is_kebab(id) {
        let advice = "name the file in lower case and hyphens: house-paper.toml";
        file.error(0..0, format!("`{id}` is no name for a profile"), advice);
    }
    if id == ALL {
        let advice = "it stands for every clause: give the file another name";
        file.error(0..0, "no profile may be called `all`", advice);
    }
    if raw.clauses.is_empty() && raw.extends.is_none() {
        let advice = "add a [[clauses]] with a list `ask`";
        file.error(raw.title.span(), "the profile asks for no clause", advice);
    }
    let mut reader = Reader { file, own, rules };
    let entries = reader.entries(&raw.clauses);
    let burdens = raw.burden.iter().filter_map(|burden| reader.burden(burden)).collect();
    if file.is_broken() { None } else { Some((raw, entries, burdens)) }
}

/// Reads the groups and burdens of one file.
struct Reader<'r, 'f> {
    file: &'r mut File<'f>,
    /// Whether the file is a user's own. A built-in profile may name a built-in rule that a user
    /// has broken, which is told there.
    own: bool,
    rules: &'r [ClauseRule],
}

impl Reader<'_, '_> {
    fn entries(&mut self, groups: &[RawGroup]) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for group in groups {
            for names in &group.ask {
                let rules: Vec<usize> = self
                    .names(names)
                    .into_iter()
                    .filter_map(|(name, at)| self.rule(names, &name, at))
                    .collect();
                let Some(first) = rules.first().and_then(|&at| self.rules.get(at)) else { continue };
                let demand = Demand {
                    missing: group.missing.map_or(first.missing, severity),
                    weak: group.weak.map_or(first.weak, severity),
                    rules,
                };
                let side = group.side;
                if entries.iter().any(|one| one.side == side && one.demand.shares_a_rule_with(&demand)) {
                    let message = format!("`{}` is asked for twice", names.get_ref());
                    self.file.error(names.span(), message, "leave it in one of the groups");
                }
                entries.push(Entry { side, demand });
            }
        }
        entries
    }

    fn burden(&mut self, raw: &RawBurden) -> Option<Burden> {
        let mut found = Vec::new();
        for (name, start) in self.names(&raw.found) {
            let (clause, element) = name.split_once('.').map_or((name.as_str(), None), |(a, b)| (a, Some(b)));
            let Some(rule) = self.rule(&raw.found, clause, start) else { continue };
            match element {
                None => found.push((rule, None)),
                Some(element) => {
                    let start = start + clause.len() + 1;
                    found.extend(self.element(raw, rule, element, start).map(|at| (rule, Some(at))));
                }
            }
        }
        let level = severity(raw.level)?;
        let side: RawSide = raw.side;
        let text = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (message, advice) = (text(&raw.message), text(&raw.advice));
        (!found.is_empty()).then_some(Burden { side, level, found, message, advice })
    }

    /// The names that "or" joins, each with its first byte in the text.
    fn names(&self, value: &Spanned<String>) -> Vec<(String, usize)> {
        let mut at = 0;
        let mut names = Vec::new();
        for part in value.get_ref().split(" or ") {
            names.push((part.trim().to_owned(), at + (part.len() - part.trim_start().len())));
            at += part.len() + " or ".len();
        }
        names
    }

    /// The rule of a name that stands at `start` in the text of a value.
    fn rule(&mut self, value: &Spanned<String>, name: &str, start: usize) -> Option<usize> {
        let found = self.rules.iter().position(|rule| rule.id == name);
        if found.is_none() && self.own {
            let advice = nearest(name, self.rules.iter().map(|rule| rule.id.as_str())).map_or_else(
                || "`clauselint rules list` names the clauses".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let place = self.file.inside(value, &(start..start + name.len()));
            self.file.error(place, format!("no clause is called `{name}`"), advice);
        }
        found
    }

    fn element(&mut self, raw: &RawBurden, rule: usize, name: &str, start: usize) -> Option<usize> {
        let rule = self.rules.get(rule)?;
        let found = rule.element(name);
        if found.is_none() && self.own {
            let known: Vec<&str> = rule.elements.iter().map(|element| &*element.id).collect();
            let advice = nearest(name, known.iter().copied()).map_or_else(
                || format!("the elements of {} are {}", rule.id, join(&known, "and")),
                |near| format!("did you mean `{near}`?"),
            );
            let place = self.file.inside(&raw.found, &(start..start + name.len()));
            self.file.error(place, format!("no element of {} is called `{name}`", rule.id), advice);
        }
        found
    }
}

const fn kind(paper: RawPaper) -> PaperKind {
    match paper {
        RawPaper::Agreement => PaperKind::Agreement,
        RawPaper::MasterAgreement => PaperKind::MasterAgreement,
        RawPaper::Subscription => PaperKind::Subscription,
        RawPaper::ServiceLevels => PaperKind::ServiceLevels,
        RawPaper::DataProcessing => PaperKind::DataProcessing,
        RawPaper::NonDisclosure => PaperKind::NonDisclosure,
        RawPaper::StatementOfWork => PaperKind::StatementOfWork,
    }
}
