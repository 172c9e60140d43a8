//! A notice that must be given before the contract begins: its period is longer than the term.

use std::ops::Range;
use std::sync::LazyLock;

use crate::document::ClauseId;
use crate::facts::sought::Sought;
use crate::proofread::conflict::notices;
use crate::proofread::sentences::{Sentence, with as sentences};
use crate::proofread::{Proof, Slip};
use crate::token::QuantityKind;

/// How much longer a notice must be: "30 days" and "one month" are meant alike.
const LONGER: f64 = 1.1;

/// The length of the first term.
struct Term<'a> {
    sentence: Sentence<'a>,
    place: Range<usize>,
    hours: f64,
}

pub(super) fn longer_notices(proof: &Proof<'_>) -> Vec<Slip> {
    let notices = notices::all(proof);
    if notices.is_empty() {
        return Vec::new();
    }
    let terms = terms(proof);
    // Of several terms none is known to be the one that the notice ends.
    let [term] = terms.as_slice() else { return Vec::new() };
    let written = |sentence: &Sentence<'_>, place: &Range<usize>| {
        sentence.text[place.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
    };
    notices
        .iter()
        .filter(|notice| notice.hours > term.hours * LONGER)
        .filter(|notice| notice.sentence.paper(proof) == term.sentence.paper(proof))
        .map(|notice| {
            let (one, two) = (written(&notice.sentence, &notice.place), written(&term.sentence, &term.place));
            Slip {
                span: notice.sentence.span(proof, notice.place.clone()),
                message: format!("the notice of {one} is longer than the term of {two}"),
                label: "it would have to be given before the contract begins".to_owned(),
                others: vec![(term.sentence.span(proof, term.place.clone()), "the term".to_owned())],
                help: "shorten the notice, or correct the length of the term".to_owned(),
                fix: None,
            }
        })
        .collect()
}

/// The lengths of the contract's own term, each once.
fn terms<'a>(proof: &'a Proof<'_>) -> Vec<Term<'a>> {
    static WORDS: LazyLock<Sought> =
        LazyLock::new(|| Sought::first(["erm", "force", "effect", "runs for", "continue", "lasts"]));
    let mut terms: Vec<Term<'a>> = Vec::new();
    for sentence in sentences(proof, &WORDS) {
        let quantities = sentence.quantities(proof).filter(|one| one.kind == QuantityKind::Duration);
        let found: Vec<(Range<usize>, f64)> = quantities
            .filter_map(|one| Some((sentence.place(proof, one), one.value.filter(|hours| *hours > 0.0)?)))
            .filter(|(place, _)| is_term(&sentence, place))
            .collect();
        if let Some((place, hours)) = found.into_iter().next()
            && terms.iter().all(|term| (term.hours - hours).abs() > 1.0)
            && sentence.paper(proof) == ClauseId::default()
        {
            terms.push(Term { sentence, place, hours });
        }
    }
    terms
}

/// Whether a length is that of the contract's term: "this Agreement runs for two years", "an initial
/// term of twelve (12) months".
fn is_term(sentence: &Sentence<'_>, place: &Range<usize>) -> bool {
    const LEADS: [&str; 6] =
        ["a period of", "an initial period of", "a term of", "an initial term of", "a", "an"];
    const NAMES: [&str; 6] = [
        "initial term of",
        "initial term is",
        "initial term shall be",
        "initial term means",
        "term of this agreement is",
        "term of this agreement shall be",
    ];
    const RUNS: [&str; 8] = [
        "runs for",
        "run for",
        "continues for",
        "continue for",
        "in force for",
        "in effect for",
        "agreement lasts",
        "contract lasts",
    ];
    let front = sentence.lower[..place.start].replace(['"', '“', '”', '*'], "");
    let front = front.trim_end();
    let bare = LEADS.iter().find_map(|lead| front.strip_suffix(lead).filter(|rest| rest.ends_with(' ')));
    let bare = bare.unwrap_or(front).trim_end();
    let named = NAMES.iter().any(|name| front.ends_with(name) || bare.ends_with(name));
    // "shall remain in force for five years after its end" is a matter of survival.
    let after = sentence.lower[place.end..].trim_start();
    let survives =
        after.starts_with("after") || after.starts_with("following") || after.starts_with("thereafter");
    let own = ["this agreement", "this contract", "the agreement", "the contract"];
    let runs = RUNS.iter().any(|runs| bare.ends_with(runs)) && own.iter().any(|name| bare.contains(name));
    (named || runs)
        && !survives
        && !sentence.says(&[
            "surviv",
            "confidential",
            "renewal term of",
            "unless extended",
            "if ",
            "insurance",
        ])
}
