//! `double-definition`: a term that is given its meaning in two places.
//!
//! A definition that only points to the other one is none, and neither is one for a part of the
//! contract or in a schedule of its own.

use super::{Proof, Slip};
use crate::facts::definitions::{Definition, Form, Term};

/// So many last words in front of a bracket tell whether it is behind the same thing.
const SAME: usize = 3;

/// So many definitions of a term are compared with the later ones.
const COMPARED: usize = 8;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let definitions = &proof.definitions;
    let mut slips = Vec::new();
    for term in definitions.terms.iter().filter(|term| !term.lower && term.definitions.len() > 1) {
        let full: Vec<&Definition> = definitions
            .of(term)
            .filter(|one| (!one.refers || leads_away(one, proof)) && !one.local && !is_general(term, proof))
            .collect();
        for (at, second) in full.iter().enumerate().skip(1) {
            let first = full[..at].iter().take(COMPARED).find(|first| {
                first.instrument == second.instrument
                    && !(first.refers && second.refers)
                    && (first.block != second.block || is_said_again(first, second, proof))
                    && clash(first, second, proof)
            });
            if let Some(first) = first {
                slips.push(slip(first, second, proof));
            }
        }
    }
    slips.sort_by_key(|slip| slip.span);
    slips
}

/// `the manager of the site ("Manager"). The term "Manager" means a person who ...`: two definitions,
/// though they stand side by side.
fn is_said_again(first: &Definition, second: &Definition, proof: &Proof<'_>) -> bool {
    let front =
        |one: &Definition| proof.source.text[..one.span.start()].trim_end_matches(['"', '“', '*', '_', ' ']);
    first.form == Form::Bracket
        && second.form == Form::Means
        && front(first).trim_end_matches("the").trim_end().ends_with('(')
        && front(second).ends_with("he term")
}

/// Whether a definition leaves the meaning to a schedule, an instrument of its own: then a meaning that the contract
/// itself gives is another one. Where it is left to a clause, that clause may be the other definition.
fn leads_away(one: &Definition, proof: &Proof<'_>) -> bool {
    const AWAY: [&str; 5] = ["attachment", "schedule", "exhibit", "annex", "appendix"];
    const HERE: [&str; 16] = [
        "section",
        "clause",
        "article",
        "paragraph",
        "above",
        "below",
        "herein",
        "hereof",
        "recital",
        "preamble",
        "defined",
        "meaning",
        "background",
        "page",
        "§",
        "signature",
    ];
    let lower = proof.document.prose.slice(one.meaning.clone()).to_ascii_lowercase();
    one.form == Form::Means
        && AWAY.iter().any(|word| lower.contains(word))
        && !HERE.iter().any(|word| lower.contains(word))
}

/// Terms that each instrument defines for itself, and the names of the parties, which a preamble
/// introduces and a list of definitions says again.
fn is_general(term: &Term, proof: &Proof<'_>) -> bool {
    let lower = term.name.to_lowercase();
    proof
        .facts
        .parties
        .parties
        .iter()
        .any(|party| party.names.iter().any(|name| name.to_lowercase() == lower))
        || matches!(
            lower.as_str(),
            "party" | "parties" | "agreement" | "amendment" | "recipient" | "we" | "you"
        )
}

/// Whether two definitions may mean two things: a bracket behind the same words means the same.
fn clash(first: &Definition, second: &Definition, proof: &Proof<'_>) -> bool {
    let words = |one: &Definition| -> Vec<String> {
        let meaning = proof.document.prose.slice(one.meaning.clone());
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        meaning.split_whitespace().rev().map(bare).filter(|word| !word.is_empty()).take(SAME).collect()
    };
    // "US" and "US$" are two terms.
    let sign = |one: &Definition| {
        let behind = proof.source.text[one.span.end()..].chars().next();
        behind.filter(|c| matches!(c, '$' | '€' | '£' | '%' | '+' | '#'))
    };
    if sign(first) != sign(second) || is_shared(first, proof) && is_shared(second, proof) {
        return false;
    }
    // "Aberystwyth University ("AU")" may be spelt out again.
    let short = second.written.len() <= 5 && second.written.bytes().all(|byte| byte.is_ascii_uppercase());
    let brackets = first.form == Form::Bracket && second.form == Form::Bracket;
    !(brackets && short || first.form == second.form && words(first) == words(second))
}

/// Whether a definition says what a term means for one thing only, and another may say it for the
/// next: `"Affiliate" means, in relation to the Supplier, ...`.
fn is_shared(one: &Definition, proof: &Proof<'_>) -> bool {
    const FOR: [&str; 7] = [
        "in relation to",
        "with respect to",
        "in respect of",
        "as to",
        "in the case of",
        "with regard to",
        "when used",
    ];
    let meaning = proof.document.prose.slice(one.meaning.clone());
    let meaning = meaning.trim_start_matches(|c: char| !c.is_alphabetic());
    let head = meaning.strip_prefix("means").unwrap_or(meaning).trim_start_matches([',', ':', ' ']);
    FOR.iter().any(|words| head.starts_with(words))
}

fn slip(first: &Definition, second: &Definition, proof: &Proof<'_>) -> Slip {
    let name = &second.written;
    let place = match proof.document.citation(first.clause).as_str() {
        "" => format!("line {}", proof.source.position(first.span.start()).line),
        citation => citation.to_owned(),
    };
    Slip {
        span: second.span,
        message: format!("the term \"{name}\" is defined twice"),
        label: format!("already defined in {place}"),
        others: vec![(first.span, "the first definition".to_owned())],
        help: "keep one definition, or give the second thing a name of its own".to_owned(),
        fix: None,
    }
}
