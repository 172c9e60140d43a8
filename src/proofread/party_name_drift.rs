//! `party-name-drift`: a party called by a name close to its defined one ("Franchiser" for
//! "Franchisor"), or by a word of another contract ("the Vendor shall" where only "Supplier" and
//! "Customer" are defined).

use std::collections::HashMap;

use super::misspelt::{self, LETTERS, Misspelt};
use super::sentences::Sentence;
use super::{Distinct, Proof, Slip};
use crate::document::ClauseId;
use crate::facts::definitions::{Definition, Form};
use crate::finding::{Applicability, Edit, Fix};
use crate::source::Span;
use crate::token::Token;
use crate::token::fold::fold;
use crate::token::words::WordId;

/// What contracts call a party. Sorted.
const TRADE: &[&str] = &[
    "advertiser",
    "agency",
    "borrower",
    "buyer",
    "client",
    "consultant",
    "contractor",
    "customer",
    "developer",
    "distributor",
    "employer",
    "franchisee",
    "franchisor",
    "landlord",
    "lender",
    "lessee",
    "lessor",
    "licensee",
    "licensor",
    "manufacturer",
    "outsourcer",
    "provider",
    "purchaser",
    "reseller",
    "seller",
    "supplier",
    "tenant",
    "vendor",
];
/// What ends the names of firms.
const LEGAL_FORMS: [&str; 4] = ["Limited", "Company", "Corporation", "Incorporated"];
/// The verbs of a duty.
const DUTIES: &[&str] = &["shall", "agrees", "will", "must", "undertakes", "warrants", "represents"];

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut slips = misspelt(proof);
    slips.extend(strange(proof));
    slips.sort_by_key(|slip| slip.span);
    slips
}

/// The words of the parties' names, short and full, with the places that introduce them.
fn names<'a>(proof: &'a Proof<'_>) -> Vec<(&'a str, Span)> {
    let parties = &proof.facts.parties.parties;
    let short = proof.definitions.definitions.iter().filter(|definition| {
        let party = parties.iter().any(|party| party.names.contains(&definition.written));
        party
            && definition.form == Form::Bracket
            && definition.instrument == 0
            && !is_one_of_many(definition, proof)
    });
    let short = short.map(|definition| (&*definition.written, definition.span));
    // "Orlan Freight Lines Ltd": every contract speaks of companies.
    let full = parties.iter().filter_map(|party| Some((party, party.introduced?)));
    let full = full.flat_map(|(party, span)| party.names.iter().map(move |name| (&**name, span)));
    let full = full.filter(|(name, _)| name.contains(' '));
    let mut names: Vec<(&str, Span)> = Vec::new();
    let full =
        full.flat_map(|(name, span)| name.split(' ').map(move |word| (word.trim_end_matches(','), span)));
    let full = full.filter(|(word, _)| !LEGAL_FORMS.contains(word));
    let short = short.flat_map(|(name, span)| name.split(' ').map(move |word| (word, span)));
    for (word, span) in short.chain(full) {
        if word.len() >= LETTERS && !names.iter().any(|(known, _)| *known == word) {
            names.push((word, span));
        }
    }
    names
}

/// `("a Marketplace")` names a kind of thing, no party.
fn is_one_of_many(definition: &Definition, proof: &Proof<'_>) -> bool {
    let front =
        proof.source.text[..definition.span.start()].trim_end_matches(['"', '“', '*', '_', ' ', '\n']);
    let word = front.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    matches!(word, "a" | "an" | "any")
}

/// Words that are one letter away from a party's name and nothing else.
fn misspelt(proof: &Proof<'_>) -> Vec<Slip> {
    let found = misspelt::find(proof, &names(proof));
    let slip = |one: &Misspelt<'_>| {
        let place = proof.reading.place(proof.reading.tokens[one.word.first as usize]);
        Slip { fix: fix(proof, one), ..slip(proof, place, one.meant, one.introduced) }
    };
    found.iter().map(slip).collect()
}

fn slip(proof: &Proof<'_>, range: std::ops::Range<u32>, name: &str, introduced: Span) -> Slip {
    let written = proof.document.prose.slice(range.clone()).to_owned();
    Slip {
        span: proof.document.source(range),
        message: format!("\"{written}\" is close to the party's name \"{name}\""),
        label: format!("elsewhere \"{name}\""),
        others: vec![(introduced, "the party is named here".to_owned())],
        help: format!("write \"{name}\" if the party is meant"),
        fix: None,
    }
}

/// The party's name at every place of a word that is close to it.
fn fix(proof: &Proof<'_>, one: &Misspelt<'_>) -> Option<Fix> {
    let (name, word) = (one.meant, proof.words.word(one.word.word));
    let shouted = !word.surface.chars().any(char::is_lowercase);
    let ending = word.lower.strip_prefix(&*word.folded)?;
    let plain = format!("{name}{ending}");
    let replacement = if shouted { plain.to_uppercase() } else { plain };
    let tokens = proof.reading.tokens.iter().filter(|token| token.word() == one.word.word);
    let edit = |token: &Token| {
        let place = proof.reading.place(*token);
        let span = proof.document.source(place.clone());
        let plain = proof.source.slice(span) == proof.document.prose.slice(place);
        plain.then(|| Edit { span, replacement: replacement.clone() })
    };
    let edits = tokens.map(edit).collect::<Option<Vec<Edit>>>()?;
    Some(Fix { title: format!("write \"{name}\""), edits, applicability: Applicability::Unsafe })
}

/// "the Vendor shall" where no Vendor is defined.
fn strange(proof: &Proof<'_>) -> Vec<Slip> {
    let parties: Vec<&Definition> = proof
        .definitions
        .definitions
        .iter()
        .filter(|one| {
            one.form == Form::Bracket
                && one.instrument == 0
                && proof.facts.parties.parties.iter().any(|party| party.names.contains(&one.written))
        })
        .collect();
    if parties.len() < 2 || proof.amends() {
        return Vec::new();
    }
    let terms = || proof.definitions.terms.iter().flat_map(|term| term.name.split([' ', '-', '/']));
    // Folding leaves the first letter alone.
    let begins =
        |word: &str, folded: &str| word.chars().flat_map(char::to_lowercase).next() == folded.chars().next();
    let is_known =
        |folded: &str| terms().any(|word| begins(word, folded) && fold(&word.to_lowercase()) == folded);
    let is_strange = |one: &&Distinct| {
        if !proof.words.form(one.word).capital {
            return false;
        }
        let word = proof.words.word(one.word);
        TRADE.binary_search(&&*word.folded).is_ok() && !is_known(&word.folded)
    };
    let candidates: Vec<&Distinct> = proof.distinct.iter().filter(is_strange).collect();
    let Some(first) = candidates.iter().map(|one| one.first).min() else { return Vec::new() };
    let candidates: Vec<WordId> = candidates.into_iter().map(|one| one.word).collect();
    let mut found: HashMap<&str, (usize, u32, u32)> = HashMap::new();
    let tokens = &proof.reading.tokens;
    // "Provider shall": this contract names its parties without an article.
    let text = &proof.document.prose.text;
    let bare = parties.iter().all(|one| {
        let verb = [" shall ", " will "].iter().any(|verb| {
            let words = format!(". {}{verb}", one.written);
            memchr::memmem::find(text.as_bytes(), words.as_bytes()).is_some()
        });
        verb || text.contains(&format!("\n{} shall ", one.written))
    });
    let opens = |at: usize| {
        let first = u32::try_from(at).is_ok_and(|at| proof.reading.sentences.binary_search(&at).is_ok());
        first
            && Sentence::at(proof, tokens[at].start)
                .is_some_and(|sentence| sentence.paper(proof) == ClauseId::default())
    };
    for at in (first as usize).max(1)..tokens.len().saturating_sub(1) {
        if !candidates.contains(&tokens[at].word()) || tokens[at].is_heading() {
            continue;
        }
        let word = proof.words.word(tokens[at].word());
        let before = &*proof.words.word(tokens[at - 1].word()).lower;
        let behind = &*proof.words.word(tokens[at + 1].word()).lower;
        let named = before == "the" || bare && opens(at) && TRADE.contains(&&*word.lower);
        if named && DUTIES.contains(&behind) {
            let entry =
                found.entry(&word.folded).or_insert((0, tokens[at].start, proof.reading.end(tokens[at])));
            entry.0 += 1;
        }
    }
    let names =
        parties.iter().map(|one| format!("\"{}\"", one.written)).take(2).collect::<Vec<_>>().join(" and ");
    found
        .into_values()
        .map(|(count, start, end)| {
            let written = proof.document.prose.slice(start..end).to_owned();
            Slip {
                span: proof.document.source(start..end),
                message: format!("\"{written}\" owes something and is not defined as a party"),
                label: format!("the parties are {names} ({count})"),
                others: parties
                    .iter()
                    .take(2)
                    .map(|one| (one.span, "a party is named here".to_owned()))
                    .collect(),
                help: "write the party's defined name".to_owned(),
                fix: None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_sorted() {
        assert!(super::TRADE.is_sorted());
    }
}
