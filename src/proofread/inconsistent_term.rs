//! `inconsistent-term`: a defined term that is written without its capitals in one or two places
//! where the defined thing is meant, or with a wrong letter.
//!
//! Only terms of several words that mostly have their capitals; the words of a definition itself
//! and of titles are left alone.

use super::misspelt::{self, LETTERS, Misspelt};
use super::names::is_ordinary;
use super::{Proof, Slip};
use crate::facts::definitions::{Term, Use, Written};
use crate::finding::{Applicability, Edit, Fix};
use crate::source::Span;
use crate::token::fold::fold;

/// The fewest uses with capitals.
const SAME: usize = 4;
/// How many times as many uses must have the capitals.
const SHARE: usize = 4;
/// So many definitions of a block are looked at.
const NEAR: usize = 50;
/// With so many uses in capitals a single one without is a slip behind the wider words too.
const MANY: usize = 6;
/// Words in front of a thing that was not named just before.
const WIDER: &[&str] = &["each", "all", "of", "by", "for", "to", "with", "no"];
/// The words in front that point to a thing named before.
const POINTING: &[&str] = &["the", "such", "these", "those", "said"];

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for term in proof.definitions.terms.iter().filter(|term| !term.lower && term.name.contains(' ')) {
        let upper = term.name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
        if upper < 2 {
            continue;
        }
        let same = term.uses.iter().filter(|one| !one.inner && one.written == Written::Same).count();
        let other =
            term.uses.iter().filter(|one| matches!(one.written, Written::Lower | Written::Mixed)).count();
        let sole = other == 1 && same >= MANY;
        let drifted: Vec<&Use> = term.uses.iter().filter(|one| is_drift(one, term, sole, proof)).collect();
        if same < SAME || other * SHARE > same {
            continue;
        }
        if let Some(first) = drifted.first() {
            slips.push(slip(proof, term, first, &drifted[1..]));
        }
    }
    slips.extend(misspelt(proof));
    slips.sort_by_key(|slip| slip.span);
    slips
}

/// "Licensd Users" for "Licensed Users". A party's name is told by `party-name-drift`.
fn misspelt(proof: &Proof<'_>) -> Vec<Slip> {
    let parties = &proof.facts.parties.parties;
    let names = || parties.iter().flat_map(|party| &party.names).flat_map(|name| name.split(' '));
    let mut words: Vec<(&str, Span)> = Vec::new();
    let mut of: Vec<&str> = Vec::new();
    for term in proof.definitions.terms.iter().filter(|term| !term.lower) {
        let same = term.uses.iter().filter(|one| one.written == Written::Same).count();
        let Some(definition) = proof.definitions.of(term).next().filter(|_| same >= SAME) else { continue };
        let long =
            term.name.split(' ').filter(|word| word.len() >= LETTERS && word.starts_with(char::is_uppercase));
        for word in long.filter(|word| word.bytes().any(|byte| byte.is_ascii_lowercase())) {
            if !words.iter().any(|(known, _)| *known == word) && !names().any(|name| name == word) {
                words.push((word, definition.span));
                of.push(&term.name);
            }
        }
    }
    let slip = |one: &Misspelt<'_>| {
        let place = proof.reading.place(proof.reading.tokens[one.word.first as usize]);
        let written = proof.document.prose.slice(place.clone());
        let at = words.iter().position(|(word, _)| *word == one.meant).unwrap_or(0);
        Slip {
            span: proof.document.source(place.clone()),
            message: format!(
                "\"{written}\" is close to \"{}\" of the defined term \"{}\"",
                one.meant, of[at]
            ),
            label: format!("elsewhere \"{}\"", one.meant),
            others: vec![(one.introduced, "the definition".to_owned())],
            help: format!("write \"{}\" if the defined term is meant", one.meant),
            fix: None,
        }
    };
    let mut found = misspelt::find(proof, &words);
    found.retain(|one| may_be_term(proof, one));
    // "Mangers" is close to a word of two terms.
    found.sort_by_key(|one| one.word.first);
    found.dedup_by_key(|one| one.word.first);
    found.iter().map(slip).collect()
}

/// Whether a word stands where a term may: not as a label ("Contact:") or somebody's name ("Craig O. Pierson"), and
/// not with another first letter.
fn may_be_term(proof: &Proof<'_>, one: &Misspelt<'_>) -> bool {
    let (text, place) =
        (&proof.document.prose.text, proof.reading.place(proof.reading.tokens[one.word.first as usize]));
    let (front, behind) = (&text[..place.start as usize], &text[place.end as usize..]);
    let word = front.trim_end().rsplit([' ', '\n']).next().unwrap_or("");
    let initial = word.len() == 2 && word.ends_with('.') && word.starts_with(char::is_uppercase);
    let begins = |word: &str| word.chars().next().map(|c| c.to_lowercase().to_string());
    !initial && !behind.starts_with(':') && begins(&text[place.start as usize..]) == begins(one.meant)
}

/// Whether a use means the defined thing and lacks its capitals.
fn is_drift(one: &Use, term: &Term, sole: bool, proof: &Proof<'_>) -> bool {
    if one.inner || one.heading || !matches!(one.written, Written::Lower | Written::Mixed) {
        return false;
    }
    // "the receiving party" of a notice is not the Receiving Party of a secret.
    if term.name.ends_with(" Party") || term.name.ends_with(" Parties") {
        return false;
    }
    if proof.definitions.of(term).next().is_some_and(|first| one.text.end <= first.text.start) {
        return false;
    }
    if proof.document.prose.slice(one.text.clone()).contains("'s ") {
        return false;
    }
    if one.written == Written::Lower && !ends(one, proof) {
        return false;
    }
    let definitions = &proof.definitions.definitions;
    let first = definitions.partition_point(|definition| definition.block < one.block);
    let here = definitions[first..].iter().take_while(|definition| definition.block == one.block);
    let mut here = here.take(NEAR);
    let defines = here.any(|definition| {
        definition.meaning.start <= one.text.start && one.text.end <= definition.meaning.end
            || proof.definitions.terms.get(definition.term).is_some_and(|other| other.name == term.name)
    });
    let before = proof.document.prose.slice(one.text.start.saturating_sub(12)..one.text.start);
    let word = before.trim_end().rsplit([' ', '(', '\n']).next().unwrap_or("");
    let inside = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let pointed = word.ends_with("'s") && word.starts_with(char::is_uppercase)
        || POINTING.contains(&word.to_ascii_lowercase().as_str());
    !defines && (pointed || inside && is_half(one, proof) || sole && WIDER.contains(&word))
}

/// Whether the first word has its capital, and not as the name of something: in the middle of a
/// sentence that tells as much as an article ("each Service report").
fn is_half(one: &Use, proof: &Proof<'_>) -> bool {
    let text = proof.document.prose.slice(one.text.clone());
    if one.written != Written::Mixed || !text.starts_with(char::is_uppercase) {
        return false;
    }
    let first = fold(&text.split([' ', '-', '/']).next().unwrap_or("").to_lowercase());
    is_ordinary(&first) || proof.is_common(&first)
}

/// Whether the words end where the term ends: "applicable time period" and "effective date of the
/// termination" are other things than an Applicable Time and the Effective Date.
fn ends(one: &Use, proof: &Proof<'_>) -> bool {
    #[rustfmt::skip]
    const NEXT: &[&str] = &[
        "a", "after", "against", "and", "any", "are", "as", "at", "be", "because", "before", "being",
        "between", "but", "by", "can", "described", "describes", "developed", "does", "during", "for",
        "from", "has", "have", "herein", "hereunder", "if", "in", "includes", "including", "into", "is",
        "it", "may", "must", "no", "not", "on", "only", "or", "owned", "performed", "pursuant",
        "received", "set", "shall", "should", "since", "so", "solely", "such", "that", "the", "then",
        "through", "to", "under", "unless", "until", "upon", "was", "were", "when", "where", "which",
        "while", "will", "with", "within", "without",
    ];
    if proof.document.prose.slice(one.text.clone()).contains("'s") {
        return false;
    }
    let text = &proof.document.prose.text;
    let behind = &text[one.text.end as usize..];
    let word = behind.strip_prefix(' ').unwrap_or("");
    let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    behind.starts_with([',', '.', ';', ')', ':', '\n'])
        || behind.starts_with(" (")
        || behind.is_empty()
        || NEXT.contains(&&word[..end])
}

fn slip(proof: &Proof<'_>, term: &Term, first: &Use, more: &[&Use]) -> Slip {
    let name = &term.name;
    let words =
        proof.document.prose.slice(first.text.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut others = Vec::new();
    if let Some(definition) = proof.definitions.of(term).next() {
        others.push((definition.span, "the definition".to_owned()));
    }
    others.extend(
        more.iter().take(2).map(|one| (proof.document.source(one.text.clone()), "here too".to_owned())),
    );
    Slip {
        span: proof.document.source(first.text.clone()),
        message: format!("\"{words}\" lacks the capitals of the defined term \"{name}\""),
        label: format!("elsewhere \"{name}\""),
        others,
        help: format!("write \"{name}\" if the defined term is meant"),
        fix: fix(proof, term, std::iter::once(first).chain(more.iter().copied())),
    }
}

/// The capitals put back at every place, which makes the defined term of it.
fn fix<'a>(proof: &Proof<'_>, term: &Term, uses: impl Iterator<Item = &'a Use>) -> Option<Fix> {
    let edit = |one: &Use| {
        let span = proof.document.source(one.text.clone());
        let replacement = with_capitals(proof.source.slice(span), &term.name)?;
        Some(Edit { span, replacement })
    };
    let edits = uses.map(edit).collect::<Option<Vec<Edit>>>()?;
    let title = format!("write the defined term \"{}\"", term.name);
    Some(Fix { title, edits, applicability: Applicability::Unsafe })
}

/// Words with the capitals of a term's words, in number and ending as they are; none where they are not
/// as many, or not written plainly.
fn with_capitals(words: &str, term: &str) -> Option<String> {
    const MARKS: [char; 2] = [' ', '-'];
    let is_plain = |c: char| c.is_alphabetic() || MARKS.contains(&c);
    let mut of_term = term.split(MARKS);
    let mut written = String::with_capacity(words.len());
    for word in words.split_inclusive(MARKS) {
        let mut letters = word.chars();
        let first = letters.next().filter(|_| word.chars().all(is_plain))?;
        if of_term.next()?.starts_with(char::is_uppercase) {
            written.extend(first.to_uppercase());
        } else {
            written.push(first);
        }
        written.push_str(letters.as_str());
    }
    of_term.next().is_none().then_some(written)
}
