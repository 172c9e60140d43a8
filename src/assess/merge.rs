//! Coverages of the files of one contract -> the coverage of the contract: what a schedule says
//! counts for the master.
//!
//! Elements are looked for file by file, since nothing that a pattern joins runs over the end of a
//! file; only here do they come together for the formulas.

use super::{Assessment, Coverage, ElementResult, NearMiss, Place, Status, status};
use crate::rule::{ClauseRule, RuleSet};

/// How many places are listed for an element of a contract of several files.
const PLACES: usize = 8;

/// Joins the coverages of the files of one contract, the master's first, each with the name by which
/// a reader knows the file. All were assessed against the same rules in the same order.
#[must_use]
pub fn merge(files: Vec<(String, Coverage)>, rules: &RuleSet) -> Option<Coverage> {
    let mut files = files.into_iter();
    let (_, mut whole) = files.next()?;
    for (name, mut part) in files {
        whole.others.push(part.file);
        whole.clauses_read += part.clauses_read;
        for (one, mut other) in whole.assessments.iter_mut().zip(part.assessments.drain(..)) {
            cite(&mut other, &name);
            join(one, other);
        }
    }
    if !whole.others.is_empty() {
        settle(&mut whole, rules);
    }
    Some(whole)
}

/// Adds what a later stretch of the same file says; [`settle`] comes after the last one.
pub(super) fn add(whole: &mut Coverage, stretch: Coverage) {
    for (one, other) in whole.assessments.iter_mut().zip(stretch.assessments) {
        let insert_at = other.insert_at;
        let known = one.nearest.as_ref().map(|near| near.span);
        join(one, other);
        one.soft.truncate(PLACES);
        if one.nearest.as_ref().map(|near| near.span) != known {
            one.insert_at = insert_at;
        }
    }
}

/// The verdicts on what all files or stretches say together.
pub(super) fn settle(whole: &mut Coverage, rules: &RuleSet) {
    for one in &mut whole.assessments {
        if let Some(rule) = rules.get(&one.clause) {
            judge(one, rule);
        }
    }
}

/// Names the file in every citation: "2.1" of a schedule is not that of the master.
fn cite(assessment: &mut Assessment, name: &str) {
    let near = assessment.elements.iter_mut().filter_map(|element| element.nearest.as_mut());
    let near = near.chain(assessment.nearest.as_mut()).map(|near| &mut near.citation);
    let home = assessment.home.as_mut().map(|home| &mut home.citation);
    for citation in near.chain(home) {
        *citation = named(citation, name);
    }
    for proof in assessment.elements.iter_mut().flat_map(|element| &mut element.evidence) {
        proof.citation = named(&proof.citation, name);
    }
}

fn named(citation: &str, name: &str) -> String {
    if citation.is_empty() { name.to_owned() } else { format!("{citation} of {name}") }
}

fn join(one: &mut Assessment, other: Assessment) {
    if carried(&other) > carried(one) {
        one.home = other.home;
    }
    for (mine, theirs) in one.elements.iter_mut().zip(other.elements) {
        join_element(mine, theirs);
    }
    one.soft.extend(other.soft);
    one.nearest = nearer(one.nearest.take(), other.nearest);
}

/// How many elements the clause of a file carries; none when there is no such clause.
fn carried(assessment: &Assessment) -> usize {
    let present = assessment.elements.iter().filter(|element| element.present).count();
    if assessment.home.is_some() { present } else { 0 }
}

fn join_element(mine: &mut ElementResult, theirs: ElementResult) {
    match (mine.present, theirs.present) {
        (true, true) => {
            // Firm words go before soft ones, whichever file they stand in.
            if mine.soft && !theirs.soft {
                mine.evidence.splice(0..0, theirs.evidence);
            } else {
                mine.evidence.extend(theirs.evidence);
            }
            mine.evidence.truncate(PLACES);
            mine.soft &= theirs.soft;
        }
        (false, true) => *mine = theirs,
        (true, false) => {}
        (false, false) => mine.nearest = nearer(mine.nearest.take(), theirs.nearest),
    }
}

/// The near miss that tells more; the master's when both tell as much.
fn nearer(mine: Option<NearMiss>, theirs: Option<NearMiss>) -> Option<NearMiss> {
    match (&mine, &theirs) {
        (None, _) => theirs,
        (Some(one), Some(other)) if other.telling && !one.telling => theirs,
        _ => mine,
    }
}

/// The verdict on what the files say together.
fn judge(assessment: &mut Assessment, rule: &ClauseRule) {
    assessment.status = status(rule, &assessment.elements);
    if assessment.status != Status::Missing {
        assessment.nearest = None;
    }
    if assessment.status != Status::Missing && assessment.home.is_none() {
        assessment.home = home(assessment);
    }
}

/// The words of the first proof, where neither file alone had the clause.
fn home(assessment: &Assessment) -> Option<Place> {
    let proof = assessment.elements.iter().find_map(|element| element.evidence.first())?;
    Some(Place { clause: proof.clause, head: proof.quote, citation: proof.citation.clone() })
}
