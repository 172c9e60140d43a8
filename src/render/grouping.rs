//! What a report says, put by file once: a repository of contracts has too many of both to look up
//! one in the other.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::source::FileId;
use crate::triage::{Hidden, HiddenBy, Report, file_of};

/// What there is to say of one file.
#[derive(Debug, Default)]
pub(super) struct OfFile<'a> {
    /// Whether it is a contract that was assessed.
    pub(super) contract: bool,
    /// What was found in it, in order.
    pub(super) findings: Vec<&'a Finding>,
    /// What is wrong with it, such as that it cannot be read.
    pub(super) failures: Vec<&'a Finding>,
    /// What was found and is not reported.
    pub(super) hidden: Vec<&'a Hidden>,
}

/// The files that there is something to say of and the contracts, in order; in front what concerns
/// no file.
pub(super) fn by_file(report: &Report) -> BTreeMap<Option<FileId>, OfFile<'_>> {
    let mut files: BTreeMap<Option<FileId>, OfFile<'_>> = BTreeMap::new();
    for coverage in &report.coverages {
        files.entry(Some(coverage.file)).or_default().contract = true;
    }
    for finding in &report.findings {
        files.entry(file_of(finding)).or_default().findings.push(finding);
    }
    for failure in &report.failures {
        files.entry(file_of(failure)).or_default().failures.push(failure);
    }
    for hidden in &report.hidden {
        files.entry(file_of(&hidden.finding)).or_default().hidden.push(hidden);
    }
    files
}

/// Why a finding is not reported, in words.
pub(super) fn why_hidden(hidden: &Hidden, report: &Report) -> String {
    match hidden.by {
        HiddenBy::Baseline => "known to the baseline".to_owned(),
        HiddenBy::Waiver(at) => match report.waivers.get(at).filter(|waiver| !waiver.reason.is_empty()) {
            Some(waiver) => waiver.reason.clone(),
            None => "allowed by a waiver without a reason".to_owned(),
        },
    }
}
