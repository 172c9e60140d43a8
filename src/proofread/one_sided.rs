//! `one-sided`: terms that leave the customer at the supplier's mercy.
//!
//! The supplier decides at its sole discretion, changes the terms alone, renews the contract unless
//! notice was given long before, or owes nothing but credits. Only where the text tells which party
//! is the supplier; what binds both sides alike is not one-sided.

use std::ops::Range;
use std::sync::LazyLock;

use super::sentences::{Sentence, with as sentences};
use super::{Proof, Slip};
use crate::facts::Role;
use crate::facts::sought::Sought;
use crate::token::QuantityKind;

/// A notice window longer than this many hours is easily missed.
const WINDOW: f64 = 60.0 * 24.0;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut slips = renewals(proof);
    slips.extend(credits(proof));
    if proof.facts.parties.roles_known {
        let names = Names::of(proof);
        let variations = variation(proof, &names);
        let mut decisions = discretion(proof, &names);
        decisions.retain(|one| !variations.iter().any(|other| other.span.contains(one.span)));
        slips.extend(decisions);
        slips.extend(variations);
    }
    slips.sort_by_key(|slip| slip.span.start());
    slips
}

/// What the parties are called, in lower case.
struct Names {
    supplier: Vec<String>,
    others: Vec<String>,
}

impl Names {
    fn of(proof: &Proof<'_>) -> Self {
        let parties = &proof.facts.parties;
        let supplier = parties.names(Role::Supplier);
        let mut others = parties.names(Role::Customer);
        others.extend(parties.names(Role::Other));
        others.extend(["party", "parties"].map(str::to_owned));
        Self { supplier, others }
    }

    /// Whether the last party that a text names, not as the owner of something, is the supplier, and
    /// where it stands.
    fn last_actor(&self, lower: &str) -> Option<(bool, Range<usize>)> {
        let of = |names: &[String], ours: bool| {
            let mut last: Option<(bool, Range<usize>)> = None;
            for name in names {
                for (at, _) in lower.match_indices(name.as_str()) {
                    let end = at + name.len();
                    let part = lower[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
                    let owns = lower[end..].starts_with(['\'', '’']);
                    if !part && !owns && last.as_ref().is_none_or(|(_, place)| place.start < at) {
                        last = Some((ours, at..end));
                    }
                }
            }
            last
        };
        let (one, two) = (of(&self.supplier, true), of(&self.others, false));
        match (one, two) {
            (Some(one), Some(two)) => Some(if two.1.start > one.1.start { two } else { one }),
            (one, two) => one.or(two),
        }
    }
}

/// "the Supplier may in its sole discretion".
fn discretion(proof: &Proof<'_>, names: &Names) -> Vec<Slip> {
    static WORDS: LazyLock<Sought> = LazyLock::new(|| {
        Sought::first([
            "ole discretion",
            "bsolute discretion",
            "ole and absolute discretion",
            "nfettered discretion",
        ])
    });
    let mut slips = Vec::new();
    for sentence in sentences(proof, &WORDS) {
        let Some(at) = sentence.lower.find("discretion") else { continue };
        let front = &sentence.lower[..at];
        let Some(start) =
            ["sole", "absolute", "unfettered"].iter().filter_map(|word| front.rfind(word)).min()
        else {
            continue;
        };
        let owner = front[..start].trim_end();
        let owner = owner.strip_suffix("sole and").unwrap_or(owner).trim_end();
        // "in the Customer's sole discretion" says whose it is; "its" is that of who acts.
        let whose = ["its", "their", "our", "the", "in", "at"].iter().any(|word| owner.ends_with(word))
            || owner.ends_with("and");
        let named = names.supplier.iter().any(|name| {
            owner
                .strip_suffix("'s")
                .or_else(|| owner.strip_suffix("’s"))
                .is_some_and(|front| front.ends_with(name.as_str()))
        });
        let acts = names.last_actor(&front[..start]).filter(|(ours, _)| *ours);
        let (its, place) = match acts {
            Some((_, place)) => {
                (["its", "their", "our"].iter().any(|word| owner.ends_with(word)) && whose, place)
            }
            None => (false, start..at),
        };
        if !(its || named) || sentence.says(&["mutual", "either party", "each party", "both parties"]) {
            continue;
        }
        // "shall, at its sole discretion, repair or replace" is a choice of remedies.
        if !named
            && ![
                "may",
                "reserve",
                "can ",
                "has the right",
                "shall have the right",
                "will have the right",
                "shall be entitled",
                "is entitled",
            ]
            .iter()
            .any(|verb| sentence.lower[place.end..start].contains(verb))
        {
            continue;
        }
        let end = at + "discretion".len();
        let who = if its { &sentence.text[place] } else { "the supplier" };
        slips.push(Slip {
            span: sentence.span(proof, start..end),
            message: format!(
                "the decision is left to {} alone: \"{}\"",
                clean(who),
                clean(&sentence.text[start..end])
            ),
            label: "nothing binds this decision".to_owned(),
            others: Vec::new(),
            help: "bind it to a standard (\"acting reasonably\"), to a ground, or to the customer's consent"
                .to_owned(),
            fix: None,
        });
    }
    slips
}

fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

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
fn variation(proof: &Proof<'_>, names: &Names) -> Vec<Slip> {
    const VERBS: [&str; 8] =
        ["modify ", "change ", "amend ", "revise ", "update ", "vary ", "increase ", "adjust "];
    static WORDS: LazyLock<Sought> = LazyLock::new(|| Sought::first(VERBS));
    let mut slips = Vec::new();
    for sentence in sentences(proof, &WORDS) {
        if sentence.says(&[
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
        ]) {
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
        slips.push(Slip {
            span: sentence.span(proof, part.clone()),
            message: format!("the supplier changes the terms alone: \"{}\"", clean(&sentence.text[part])),
            label: "no consent of the customer is needed".to_owned(),
            others: Vec::new(),
            help: "ask for the customer's consent, or give it notice and a right to end the contract before the change holds"
                .to_owned(), fix: None, });
    }
    slips
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

/// Automatic renewal with a long notice window.
fn renewals(proof: &Proof<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut last = None;
    for quantity in &proof.reading.quantities {
        let hours = quantity.value.filter(|hours| *hours > WINDOW && *hours < 3.0 * 8760.0);
        if quantity.kind != QuantityKind::Duration || hours.is_none() {
            continue;
        }
        let Some(sentence) = Sentence::of(proof, quantity.start) else { continue };
        let automatic = [
            "automatically renew",
            "renew automatically",
            "automatically be renewed",
            "automatically extend",
            "be renewed automatically",
            "be automatically renewed",
            "be automatically extended",
            "extended automatically",
            "extend automatically",
            "renewed automatically",
            "deemed renewed",
        ];
        let refusal = ["unless", "not to renew", "non-renewal", "nonrenewal", "not to extend"];
        if !sentence.says(&automatic) || !sentence.says(&refusal) || !sentence.says(&["notice", "notif"]) {
            continue;
        }
        let place = sentence.place(proof, quantity);
        if !is_window(&sentence, &place) || last == Some((sentence.block, sentence.range.start)) {
            continue;
        }
        last = Some((sentence.block, sentence.range.start));
        let written = clean(&sentence.text[place.clone()]);
        slips.push(Slip {
            span: sentence.span(proof, place),
            message: format!("the contract renews by itself unless notice is given {written} before"),
            label: "a window longer than 60 days is easily missed".to_owned(),
            others: Vec::new(),
            help:
                "shorten the notice to 30 or 60 days, or let the supplier remind the customer before it runs"
                    .to_owned(),
            fix: None,
        });
    }
    slips
}

/// Whether a period is that before the end by which notice must be given.
fn is_window(sentence: &Sentence<'_>, place: &Range<usize>) -> bool {
    let behind = sentence.lower[place.end..].trim_start_matches(['\'', '’', ' ', ',', ')']);
    let near: String = behind.chars().take(45).collect();
    let before = &sentence.lower[..place.start];
    let counted = ["prior", "before", "in advance", "advance", "notice", "written", "previous"]
        .iter()
        .any(|word| near.starts_with(word));
    let from = before.char_indices().rev().nth(80).map_or(0, |(at, _)| at);
    let named = before[from..].contains("noti") || near.contains("notice");
    counted && named
}

/// Credits as the only remedy, with no way out of the contract.
fn credits(proof: &Proof<'_>) -> Vec<Slip> {
    static WORDS: LazyLock<Sought> = LazyLock::new(|| {
        Sought::first(["sole and exclusive remed", "exclusive remed", "sole remed", "only remed"])
    });
    let mut slips = Vec::new();
    for sentence in sentences(proof, &WORDS) {
        let credit = ["service credit", "service level credit", "uptime credit", "sla credit", "credits"];
        if !sentence.says(&credit) {
            continue;
        }
        let unit = proof.document.unit_of(sentence.clause(proof));
        let clause = proof.document.clause(unit);
        let text = proof.source.slice(clause.span).to_ascii_lowercase();
        if text.contains("terminat") || text.contains("cancel") {
            continue;
        }
        let Some(at) = sentence.lower.find("remed") else { continue };
        let start = ["sole", "exclusive", "only"]
            .iter()
            .filter_map(|word| sentence.lower[..at].rfind(word))
            .min()
            .unwrap_or(at);
        slips.push(Slip {
            span: sentence.span(
                proof,
                start
                    ..at + "remed".len()
                        + sentence.lower[at + 5..].find(|c: char| !c.is_alphabetic()).unwrap_or(0),
            ),
            message: "service credits are the only remedy, and no failure lets the customer end the contract"
                .to_owned(),
            label: "the supplier may fail for good at the price of the credits".to_owned(),
            others: Vec::new(),
            help:
                "let credits stand beside other remedies, and let repeated or grave failures end the contract"
                    .to_owned(),
            fix: None,
        });
    }
    slips
}
