//! Holds the findings of a run against a baseline.
//!
//! An entry covers a finding with its fingerprint that is no worse than it was; an entry for a clause
//! also covers lesser findings on it, since a clause that was missing and is now weak has improved.
//! Entries of contracts that were not read are never gone.

use std::collections::{BTreeMap, BTreeSet};

use super::{Baseline, Contract, Entry, Gone, Known, Likeness};
use crate::finding::{Code, Finding, Fingerprint};
use crate::source::FileId;
use crate::triage::{Report, file_of};

/// What has become of the paths that a baseline knows.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Those at which there is no file: their entries may be taken over.
    pub absent: BTreeSet<String>,
    /// Those of them that lie in a folder that was read as a whole: what is not taken over is gone.
    pub searched: BTreeSet<String>,
}

/// What a baseline makes of a run.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The findings that are known, as indices into [`Report::findings`], in order.
    pub known: Vec<usize>,
    /// The findings that it could know and does not.
    pub new: Vec<usize>,
    /// The entries that are gone, by path.
    pub gone: Vec<Gone>,
    /// Contracts whose entries were taken over, from the path in the baseline to the one now.
    pub moved: BTreeMap<String, String>,
    /// How many known findings have become less than they were.
    pub improved: usize,
    /// What stands in each contract that was read, in their order.
    standing: Vec<Standing>,
    /// What is known of the others.
    others: BTreeMap<String, Known>,
}

/// The entries of one contract.
#[derive(Clone, Debug, Default)]
struct Standing {
    /// Those that are known and not gone.
    kept: Vec<Entry>,
    /// Those that are new.
    fresh: Vec<Entry>,
    /// Those of `kept` in whose place a worse one of `fresh` has come.
    outdone: Vec<Entry>,
}

/// Holds a run against a baseline.
#[must_use]
pub fn hold(baseline: &Baseline, report: &Report, contracts: &[Contract], tree: &Tree) -> Held {
    let mut held = Held::default();
    let taken = takeovers(baseline, report, contracts, tree);
    let findings = by_contract(report, contracts);
    let packs: BTreeSet<&str> = report.checklists.iter().map(|list| list.pack.as_str()).collect();
    let nothing = Known::default();
    for (at, contract) in contracts.iter().enumerate() {
        let from = taken.get(&at).copied().unwrap_or(contract.path.as_str());
        if from != contract.path {
            held.moved.insert(from.to_owned(), contract.path.clone());
        }
        let known = baseline.contracts.get(from).unwrap_or(&nothing);
        let standing = held.contract(from, &known.entries, &findings[at], report, &packs);
        held.standing.push(standing);
    }
    held.rest(baseline, contracts, tree);
    held.known.sort_unstable();
    held.new.sort_unstable();
    held.gone.sort_unstable();
    held
}

/// The findings of each contract, as indices.
fn by_contract(report: &Report, contracts: &[Contract]) -> Vec<Vec<usize>> {
    let files = |(at, contract): (usize, &Contract)| {
        contract.files.iter().map(move |&file| (file, at)).collect::<Vec<_>>()
    };
    let of_file: BTreeMap<FileId, usize> = contracts.iter().enumerate().flat_map(files).collect();
    let mut findings = vec![Vec::new(); contracts.len()];
    for (at, finding) in report.findings.iter().enumerate() {
        if let Some(&contract) = file_of(finding).and_then(|file| of_file.get(&file)) {
            findings[contract].push(at);
        }
    }
    findings
}

impl Held {
    /// Holds the findings of one contract against what is known of it.
    fn contract(
        &mut self,
        path: &str,
        entries: &[Entry],
        findings: &[usize],
        report: &Report,
        packs: &BTreeSet<&str>,
    ) -> Standing {
        let mut standing = Standing::default();
        let mut used = vec![false; entries.len()];
        let mut better: Vec<Fingerprint> = Vec::new();
        for &at in findings {
            let Some(finding) = report.findings.get(at) else { continue };
            let Some(now) = Entry::of(finding) else { continue };
            let covering = covering(entries, finding);
            if covering.is_empty() {
                self.new.push(at);
                better.push(now.id.clone());
                better.extend(lesser(&finding.code));
                standing.fresh.push(now);
                continue;
            }
            self.known.push(at);
            self.improved += usize::from(!covering.iter().any(|&entry| entries[entry] == now));
            covering.into_iter().for_each(|entry| used[entry] = true);
            standing.kept.push(now);
        }
        for (entry, _) in entries.iter().zip(used).filter(|(_, used)| !used) {
            let outdone = better.contains(&entry.id);
            // A run without a pack says nothing about its items.
            if outdone || entry.pack().is_some_and(|pack| !packs.contains(pack)) {
                standing.kept.push(entry.clone());
                standing.outdone.extend(outdone.then(|| entry.clone()));
            } else {
                self.gone.push(Gone { path: path.to_owned(), code: entry.code.clone() });
            }
        }
        standing
    }

    /// What is known of contracts that were not read stays as it is, unless they are no longer there.
    fn rest(&mut self, baseline: &Baseline, contracts: &[Contract], tree: &Tree) {
        let read: BTreeSet<&str> = contracts.iter().map(|contract| contract.path.as_str()).collect();
        for (path, known) in &baseline.contracts {
            if read.contains(path.as_str()) || self.moved.contains_key(path) {
                continue;
            }
            if tree.searched.contains(path) {
                let codes = known.entries.iter().map(|entry| entry.code.clone());
                self.gone.extend(codes.map(|code| Gone { path: path.clone(), code }));
            } else {
                self.others.insert(path.clone(), known.clone());
            }
        }
    }

    /// The baseline without what is gone, with moved contracts under their new paths and improved
    /// findings as they are now; with the new findings when they are accepted.
    #[must_use]
    pub fn renewed(&self, report: &Report, contracts: &[Contract], accept: bool) -> Baseline {
        let mut renewed = Baseline { contracts: self.others.clone() };
        for (contract, standing) in contracts.iter().zip(&self.standing) {
            let kept = standing.kept.iter().filter(|entry| !accept || !standing.outdone.contains(entry));
            let fresh = standing.fresh.iter().filter(|_| accept);
            let entries: Vec<Entry> = kept.chain(fresh).cloned().collect();
            if !entries.is_empty() {
                let known = Known { likenesses: vec![like(contract, report)], entries };
                renewed.contracts.insert(contract.path.clone(), known);
            }
        }
        renewed.tidy()
    }
}

/// What a contract of a run is like.
fn like(contract: &Contract, report: &Report) -> Likeness {
    let first = contract.files.first();
    let coverage = report.coverages.iter().find(|coverage| Some(&coverage.file) == first);
    let files = contract.files.iter().filter_map(|&file| report.sources.get(file));
    Likeness::of(coverage, files.map(|file| &*file.text))
}

/// The entries that cover a finding: those that are it, else the one for a worse finding on the same
/// clause.
fn covering(entries: &[Entry], finding: &Finding) -> Vec<usize> {
    let all = |holds: &dyn Fn(&Entry) -> bool| -> Vec<usize> {
        entries.iter().enumerate().filter(|(_, entry)| holds(entry)).map(|(at, _)| at).collect()
    };
    let own = all(&|entry| entry.covers(finding));
    if !own.is_empty() {
        return own;
    }
    let worse = worse(&finding.code);
    all(&|entry| worse.contains(&entry.id))
}

/// What worse findings on the same clause are known by.
fn worse(code: &Code) -> Vec<Fingerprint> {
    match code {
        Code::Weak(clause) => ids([Code::Missing(clause.clone())]),
        Code::Soft(clause) => ids([Code::Weak(clause.clone()), Code::Missing(clause.clone())]),
        _ => Vec::new(),
    }
}

/// What lesser findings on the same clause are known by.
fn lesser(code: &Code) -> Vec<Fingerprint> {
    match code {
        Code::Missing(clause) => ids([Code::Weak(clause.clone()), Code::Soft(clause.clone())]),
        Code::Weak(clause) => ids([Code::Soft(clause.clone())]),
        _ => Vec::new(),
    }
}

fn ids(codes: impl IntoIterator<Item = Code>) -> Vec<Fingerprint> {
    codes.into_iter().map(|code| Fingerprint::of(&[&code.to_string()])).collect()
}

/// Which contract of a run takes over the entries of which path: one that the baseline does not know
/// and that is like the one that stood there. The most alike pair comes first; each path and each
/// contract is in one pair at most.
fn takeovers<'a>(
    baseline: &'a Baseline,
    report: &Report,
    contracts: &[Contract],
    tree: &Tree,
) -> BTreeMap<usize, &'a str> {
    let absent = || baseline.contracts.iter().filter(|(path, _)| tree.absent.contains(*path));
    let mut left: BTreeSet<&str> = absent().map(|(path, _)| path.as_str()).collect();
    let mut taken = BTreeMap::new();
    if left.is_empty() {
        return taken;
    }
    let unknown = |(_, contract): &(usize, &Contract)| !baseline.contracts.contains_key(&contract.path);
    let mut pairs: Vec<(usize, usize, &str)> = Vec::new();
    for (at, contract) in contracts.iter().enumerate().filter(unknown) {
        let now = like(contract, report);
        for (path, known) in absent() {
            let share = known.likenesses.iter().filter_map(|then| then.with(&now)).max();
            pairs.extend(share.map(|share| (share, at, path.as_str())));
        }
    }
    pairs.sort_by_key(|&(share, at, path)| (std::cmp::Reverse(share), at, path));
    for (_, at, path) in pairs {
        if !taken.contains_key(&at) && left.remove(path) {
            taken.insert(at, path);
        }
    }
    taken
}
