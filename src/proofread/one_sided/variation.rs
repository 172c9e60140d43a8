//! Terms that the supplier may change alone: "the Supplier may change the charges at any time". Where a
//! sentence near by lets the customer refuse the change or leave, nothing is told.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Names, clean};
use crate::facts::sought::Sought;
use crate::proofread::sentences::{Sentence, with as sentences};
use crate::proofread::{Proof, Slip};
use crate::source::Span;

/// So many sentences behind the one that lets the supplier change the terms are asked for a way out.
const BEHIND: usize = 3;

/// A sentence by which the supplier may change the terms alone.
pub(super) struct Variation {
    pub(super) sentence: Span,
    /// What to tell, unless the customer may refuse or leave.
    pub(super) slip: Option<Slip>,
}

/// Words that bind a change to consent, to the other side or to a measure.
const BOUND: [&str; 24] = [
    "agree in",
    "agreed",
    "mutual",
    "consent",
    "both parties",
    "either party",
    "neither",
    "in writing signed",
    "signed by",
    "written agreement",
    "under which we",
    "to other parties",
    " not ",
    "no party",
    "cannot",
    "change order",
    "change request",
    "cpi",
    "consumer price",
    "approval",
    "index",
    "inflation",
    "in accordance with",
    "to reflect",
];

/// What a supplier may change on its own: the objects that matter.
const OBJECTS: [&str; 22] = [
    "this agreement",
    "the agreement",
    "these terms",
    "the terms",
    "any of the terms",
    "any terms",
    "this contract",
    "the fees",
    "its fees",
    "the prices",
    "its prices",
    "any prices",
    "the charges",
    "its charges",
    "its rates",
    "the rates",
    "the pricing",
    "its pricing",
    "the service levels",
    "any provision of this agreement",
    "any part of this agreement",
    "any part of these terms",
];

/// "the Supplier may change these terms at any time".
pub(super) fn find(proof: &Proof<'_>, names: &Names) -> Vec<Variation> {
    const VERBS: [&str; 8] =
        ["modify ", "change ", "amend ", "revise ", "update ", "vary ", "increase ", "adjust "];
    static WORDS: LazyLock<Sought> = LazyLock::new(|| Sought::first(VERBS));
    let mut found = Vec::new();
    for sentence in sentences(proof, &WORDS) {
        if sentence.says(&BOUND) {
            continue;
        }
        let Some((at, verb)) = VERBS.iter().find_map(|verb| {
            sentence
                .lower
                .match_indices(verb)
                .map(|(at, _)| at)
                .find(|&at| object(&sentence.lower[at + verb.len()..]).is_some())
                .map(|at| (at, *verb))
        }) else {
            continue;
        };
        let Some(object) = object(&sentence.lower[at + verb.len()..]) else { continue };
        let Some((true, place)) = names.last_actor(&sentence.lower[..at]) else { continue };
        let between = &sentence.lower[place.end..at];
        let may =
            ["may", "reserve", "can ", "right to", "entitled to"].iter().any(|word| between.contains(word));
        if !may || between.len() > 90 {
            continue;
        }
        let part = place.start..at + verb.len() + object;
        let whole = sentence.span(proof, 0..sentence.text.len());
        let slip = (!lets_out(&sentence, proof)).then(|| slip(&sentence, part, proof));
        found.push(Variation { sentence: whole, slip });
    }
    found
}

fn slip(sentence: &Sentence<'_>, part: Range<usize>, proof: &Proof<'_>) -> Slip {
    let help = "ask for the customer's consent, or give it notice and a right to end the contract before the change holds";
    Slip {
        span: sentence.span(proof, part.clone()),
        message: format!("the supplier changes the terms alone: \"{}\"", clean(&sentence.text[part])),
        label: "no consent of the customer is needed".to_owned(),
        others: Vec::new(),
        help: help.to_owned(),
        fix: None,
    }
}

/// Whether a sentence or one of the next in its block says what happens where the customer does not agree:
/// the change is rejected, or the customer ends the contract.
fn lets_out(sentence: &Sentence<'_>, proof: &Proof<'_>) -> bool {
    const DIFFERS: [&str; 9] = [
        "not agree",
        "disagree",
        "not accept",
        "unacceptable",
        "reject",
        "object to",
        "objects to",
        "not wish to",
        "not consent",
    ];
    const WAYS: [&str; 7] =
        ["terminate", "cancel", "reject", "end this", "end the", "withdraw from", "object"];
    let (start, block) = (sentence.tokens.start, sentence.block);
    let starts = &proof.reading.sentences;
    let from = starts.partition_point(|&at| at < start);
    let near = starts[from..].iter().take(BEHIND + 1).filter_map(|&at| Sentence::of(proof, at));
    near.take_while(|one| one.block == block).any(|one| one.says(&DIFFERS) && one.says(&WAYS))
}

/// The length of the object with which a text begins, if it is one that matters.
fn object(text: &str) -> Option<usize> {
    OBJECTS
        .iter()
        .find(|object| text.starts_with(**object))
        .map(|object| object.len())
        .or_else(|| price(text))
}

/// The length of "the monthly fee", "our hourly service rates" at the front of a text.
fn price(text: &str) -> Option<usize> {
    const PRICES: [&str; 8] = ["fee", "fees", "price", "prices", "charge", "charges", "rate", "rates"];
    const NAMES: [&str; 12] = [
        "monthly",
        "yearly",
        "annual",
        "hourly",
        "daily",
        "quarterly",
        "subscription",
        "service",
        "support",
        "license",
        "maintenance",
        "hosting",
    ];
    let rest = ["the ", "its ", "our "].iter().find_map(|word| text.strip_prefix(word))?;
    let mut at = text.len() - rest.len();
    for word in rest.split(' ').take(3) {
        let bare = word.trim_end_matches([',', '.', ';']);
        if PRICES.contains(&bare) {
            return Some(at + bare.len());
        }
        if !NAMES.contains(&word) {
            return None;
        }
        at += word.len() + 1;
    }
    None
}
