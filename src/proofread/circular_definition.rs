//! `circular-definition`: a term whose meaning needs the term itself, or two terms each of which is
//! defined by the other.

use std::cell::LazyCell;
use std::ops::Range;

use super::{Proof, Slip};
use crate::document::BlockId;
use crate::facts::definitions::{Definition, Form, Term, Written};
use crate::token::fold::fold;

/// How many words of a meaning are its head.
const HEAD: usize = 12;
/// What may stand between "means" and the term in a definition by itself.
const FRONT: &[&str] =
    &["", "a", "an", "any", "all", "each", "the", "those", "such", "all of the", "any and all"];
/// The words that go on a definition by itself; others lead to where the meaning stands, or make
/// the term a name ("the Code of 1986").
const BEHIND: &[&str] = &[
    "which",
    "that",
    "who",
    "whose",
    "approved",
    "sold",
    "supplied",
    "provided",
    "performed",
    "delivered",
    "rendered",
    "made",
    "offered",
    "used",
    "developed",
    "produced",
    "manufactured",
    "ordered",
    "purchased",
    "licensed",
    "received",
    "paid",
    "payable",
    "due",
    "to",
    "by",
    "issued",
    "owed",
    "held",
    "owned",
    "given",
];

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let definitions = &proof.definitions;
    let of_block = by_block(proof);
    let mut heads: Vec<(usize, usize)> = Vec::new();
    let mut slips = Vec::new();
    for (at, definition) in definitions.definitions.iter().enumerate() {
        if !tells(definition) {
            continue;
        }
        let is_common = LazyCell::new(|| is_common(&definition.written, proof));
        let meaning = definition.meaning.clone();
        let head = meaning.start + head_len(proof.document.prose.slice(meaning));
        let from = of_block.partition_point(|(block, _, place)| {
            (*block, place.start) < (definition.block, definition.meaning.start)
        });
        let here = of_block[from..].iter().take_while(|(block, ..)| *block == definition.block);
        for &(_, term, ref place) in here.take_while(|(_, _, place)| place.start < head) {
            if term != definition.term {
                if !*is_common || !is_plain(proof, definition, place) || is_part(&definition.written) {
                    continue;
                }
                heads.push((at, term));
            } else if is_own(proof, definition, place, || *is_common) {
                slips.push(own(proof, definition, place.clone()));
            }
        }
    }
    heads.sort_unstable();
    for &(at, term) in &heads {
        let definition = &definitions.definitions[at];
        let back = definitions.terms[term].definitions.iter().find(|&&other| {
            definitions.definitions[other].instrument == definition.instrument
                && other < at
                && heads.binary_search(&(other, definition.term)).is_ok()
        });
        if let Some(&other) = back {
            slips.push(mutual(definition, &definitions.definitions[other]));
        }
    }
    slips.sort_by_key(|slip| slip.span);
    slips.dedup_by_key(|slip| slip.span);
    slips
}

/// Whether all words of a term stand somewhere without a capital: others are names.
fn is_common(name: &str, proof: &Proof<'_>) -> bool {
    name.split([' ', '-', '/']).all(|word| proof.is_common(&fold(&word.to_lowercase())))
}

/// Parts of papers, which lists of definitions explain in one breath.
fn is_part(name: &str) -> bool {
    matches!(
        name.to_lowercase().trim_end_matches('s'),
        "article"
            | "section"
            | "clause"
            | "paragraph"
            | "exhibit"
            | "schedule"
            | "annex"
            | "appendix"
            | "part"
    )
}

/// Whether a term stands in a meaning as what the meaning needs: not as an example, not as the
/// place where more is said, not as part of a name.
fn is_plain(proof: &Proof<'_>, definition: &Definition, place: &Range<u32>) -> bool {
    let text = &proof.document.prose;
    let front = text.slice(definition.meaning.start..place.start).to_lowercase();
    let places = [
        "identified in",
        "described in",
        "set forth in",
        "specified in",
        "set out in",
        "stated in",
        "defined in",
        "listed in",
    ];
    let last = front.trim_end().rsplit(' ').next().unwrap_or("");
    let next = text.slice(place.end..definition.meaning.end).trim_start();
    let joined = text.slice(place.end..definition.meaning.end).starts_with(' ')
        && next.starts_with(char::is_uppercase);
    !front.contains("includ")
        && !front.contains("such as")
        && !front.contains("other than")
        && !front.contains("except")
        && !front.contains("excluding")
        && !places.iter().any(|words| front.contains(words))
        && !last.starts_with(|c: char| c.is_ascii_digit() || c == '$')
        && !joined
}

/// Whether a meaning says nothing but the term and what is done with it. Of what may be a name it is
/// said only where no name could stand: behind "any" and "each".
fn is_own(
    proof: &Proof<'_>,
    definition: &Definition,
    place: &Range<u32>,
    is_common: impl Fn() -> bool,
) -> bool {
    const OF_SEVERAL: [&str; 5] = ["any", "each", "all", "all of the", "any and all"];
    let text = &proof.document.prose;
    let front =
        text.slice(definition.meaning.start..place.start).trim_matches(|c: char| !c.is_alphanumeric());
    let behind = text.slice(place.end..definition.meaning.end);
    let mut words = behind.split_whitespace();
    let (next, then) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let front = front.to_lowercase();
    FRONT.contains(&front.as_str())
        && (OF_SEVERAL.contains(&front.as_str()) || is_common())
        && BEHIND.contains(&next)
        && !matches!(then, "in" | "under" | "pursuant" | "by" | "on")
}

/// Whether a definition says itself what its term means.
fn tells(definition: &Definition) -> bool {
    let plain = matches!(definition.form, Form::Means | Form::Entry | Form::Row);
    plain && !definition.refers && definition.term != usize::MAX
}

/// The uses with the term's capitals in the blocks that say what terms mean, in the order of the text:
/// block, term and place.
fn by_block(proof: &Proof<'_>) -> Vec<(BlockId, usize, Range<u32>)> {
    let mut tell = vec![false; proof.document.blocks.len()];
    for definition in proof.definitions.definitions.iter().filter(|definition| tells(definition)) {
        tell[definition.block.index()] = true;
    }
    let mut found = Vec::new();
    for (at, term) in proof.definitions.terms.iter().enumerate().filter(|(_, term)| is_long(term)) {
        let here = term.uses.iter().filter(|one| tell[one.block.index()]);
        let own = here.filter(|one| !one.inner && one.written == Written::Same);
        found.extend(own.map(|one| (one.block, at, one.text.clone())));
    }
    found.sort_by_key(|(block, _, place)| (*block, place.start));
    found
}

fn is_long(term: &Term) -> bool {
    !term.lower && term.name.len() > 2
}

/// The bytes of the first words of a meaning.
fn head_len(meaning: &str) -> u32 {
    let words = meaning.split_whitespace().nth(HEAD);
    let end = words.map_or(meaning.len(), |word| word.as_ptr() as usize - meaning.as_ptr() as usize);
    u32::try_from(end).unwrap_or(u32::MAX)
}

fn own(proof: &Proof<'_>, definition: &Definition, place: Range<u32>) -> Slip {
    let name = &definition.written;
    Slip {
        span: definition.span,
        message: format!("the definition of \"{name}\" uses \"{name}\""),
        label: "defined by itself".to_owned(),
        others: vec![(proof.document.source(place), "the term again".to_owned())],
        help: "say what it is in other words".to_owned(),
        fix: None,
    }
}

fn mutual(definition: &Definition, other: &Definition) -> Slip {
    let (one, two) = (&definition.written, &other.written);
    Slip {
        span: definition.span,
        message: format!("\"{one}\" is defined by \"{two}\", and \"{two}\" by \"{one}\""),
        label: format!("its meaning is that of \"{two}\""),
        others: vec![(other.span, format!("its meaning is that of \"{one}\""))],
        help: "define one of the two without the other".to_owned(),
        fix: None,
    }
}
