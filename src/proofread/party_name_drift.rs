//! `party-name-drift`: a party called by a name close to its defined one ("Franchiser" for
//! "Franchisor"), or by a word of another contract ("the Vendor shall" where only "Supplier" and
//! "Customer" are defined).

use std::collections::HashMap;

use super::sentences::Sentence;
use super::{Distinct, Proof, Slip};
use crate::document::ClauseId;
use crate::facts::definitions::{Definition, Form};
use crate::finding::{Applicability, Edit, Fix};
use crate::source::Span;
use crate::token::Token;
use crate::token::fold::fold;
use crate::token::words::WordId;

/// The shortest name in which one wrong letter tells.
const LETTERS: usize = 6;
/// The fewest uses of the right name.
const USES: u32 = 3;

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
    for (name, span) in short.chain(full) {
        let words = name.split(' ').filter(|word| word.len() >= LETTERS && !LEGAL_FORMS.contains(word));
        for word in words.map(|word| word.trim_end_matches(',')) {
            if !names.iter().any(|(known, _)| *known == word) {
                names.push((word, span));
            }
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
    let names = names(proof);
    if names.is_empty() {
        return Vec::new();
    }
    let is_small = |one: &&Distinct| proof.words.form(one.word).small;
    let (small, capital): (Vec<&Distinct>, Vec<&Distinct>) = proof.distinct.iter().partition(is_small);
    let folded = |one: &Distinct| &*proof.words.word(one.word).folded;
    let total = |wanted: &str| -> u32 {
        capital.iter().filter(|one| folded(one) == wanted).map(|one| one.count).sum()
    };
    let terms = || proof.definitions.terms.iter().flat_map(|term| term.name.split(' '));
    let is_known = |word: &str| terms().any(|known| known.to_lowercase() == word);
    let mut slips = Vec::new();
    for (name, introduced) in names {
        let wanted = fold(&name.to_lowercase());
        let uses = total(&wanted);
        for one in capital.iter().filter(|_| uses >= USES) {
            let word = proof.words.word(one.word);
            if word.folded.len() + 1 < LETTERS
                || !is_near(&word.folded, &wanted)
                || small.iter().any(|other| folded(other) == &*word.folded)
                || is_known(&word.lower)
                || is_known(&word.folded)
                || total(&word.folded).saturating_mul(USES) > uses
                || is_foreign(&word.folded, &wanted)
            {
                continue;
            }
            let place = proof.reading.place(proof.reading.tokens[one.first as usize]);
            let fix = word.lower.strip_prefix(&*word.folded).and_then(|ending| fix(proof, one, name, ending));
            slips.push(Slip { fix, ..slip(proof, place, name, introduced) });
        }
    }
    slips
}

/// Whether two words differ by one letter that is wrong, missing, added or swapped.
fn is_near(one: &str, other: &str) -> bool {
    // "Africa" and "African", "Provider" and "Provided" are two words.
    let derived = ["ed", "ing"].iter().any(|end| one.ends_with(end) && !other.ends_with(end));
    if derived || one.starts_with(other) || other.starts_with(one) {
        return false;
    }
    // What differs by a letter or two that are swapped is about as long.
    if one.len().abs_diff(other.len()) > char::MAX.len_utf8() {
        return false;
    }
    if one.is_ascii() && other.is_ascii() {
        return differ_once(one.as_bytes(), other.as_bytes());
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    differ_once(&one, &other)
}

/// Whether only the last letter of two words differs: "Instituto" is a word of another language.
fn is_foreign(one: &str, other: &str) -> bool {
    let stem = |word: &str| word.char_indices().next_back().map_or(0, |(at, _)| at);
    one[..stem(one)] == other[..stem(other)]
}

fn differ_once<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let back = back.min(a.len() - front).min(b.len() - front);
    let (x, y) = (a.len() - front - back, b.len() - front - back);
    let swapped = x == 2 && y == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
    x.max(y) == 1 || swapped
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

/// The party's name at every place of a word that is close to it. `ending`: what the word has behind its
/// plain form.
fn fix(proof: &Proof<'_>, one: &Distinct, name: &str, ending: &str) -> Option<Fix> {
    let shouted = !proof.words.word(one.word).surface.chars().any(char::is_lowercase);
    let plain = format!("{name}{ending}");
    let replacement = if shouted { plain.to_uppercase() } else { plain };
    let tokens = proof.reading.tokens.iter().filter(|token| token.word() == one.word);
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
