//! `one-sided`: terms that leave the customer at the supplier's mercy.
//!
//! The supplier decides at its sole discretion, changes the terms alone, renews the contract unless
//! notice was given long before, or owes nothing but credits. Only where the text tells which party
//! is the supplier; what binds both sides alike is not one-sided.

mod variation;

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
        let variations = variation::find(proof, &names);
        let mut decisions = discretion(proof, &names);
        // "may change the charges in its sole discretion" is told once.
        decisions.retain(|one| !variations.iter().any(|other| other.sentence.contains(one.span)));
        slips.extend(decisions);
        slips.extend(variations.into_iter().filter_map(|one| one.slip));
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
