//! What kind of paper this is: an agreement, a service level schedule, a data processing
//! agreement, a non-disclosure agreement, or no contract at all, told from its title and text.
//! `title` reads what names a paper.
//!
//! A contract binds somebody: it has sentences with "shall", "agrees" or "must" about parties, and
//! it speaks the language of contracts. A title helps, but a title alone makes no contract.

mod kind;
mod title;

use std::ops::Range;

use memchr::memmem;

pub use kind::PaperKind;
use title::Name;

use super::parties::{Parties, Role, first_bytes, is_actor, lower_into};
use crate::document::{BlockKind, Document};
use crate::source::Span;
use crate::token::Reading;

/// The kind and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it was taken for.
    pub kind: PaperKind,
    /// Why, for people: lower case, no full stop.
    pub reason: String,
    /// The words that decided it.
    pub evidence: Option<Span>,
}

/// The language of contracts, in lower case; what the text uses of it is counted once a word.
const LEGAL: &[&str] = &[
    "agreement",
    "auftraggeber",
    "auftragnehmer",
    "breach",
    "clause",
    "confidential",
    "confidentiality",
    "consent",
    "contract",
    "damages",
    "fees",
    "governed",
    "haftung",
    "hereby",
    "herein",
    "indemnification",
    "indemnify",
    "jurisdiction",
    "kündigung",
    "laws",
    "laufzeit",
    "leistungen",
    "liability",
    "liable",
    "notice",
    "obligations",
    "parties",
    "party",
    "pursuant",
    "refund",
    "terminate",
    "termination",
    "terms",
    "vergütung",
    "vertrag",
    "vertragspartner",
    "warranties",
    "warranty",
    "whereas",
];

/// What the words of a text add up to.
#[derive(Clone, Debug, Default)]
struct Language {
    /// Words that bind and that only contracts use: "shall", "agrees", "hereby".
    binding: u32,
    /// Sentences that bind a party: "the supplier will", "we must".
    duties: u32,
    /// Mentions of parties.
    actors: u32,
    /// Distinct words of the contract language.
    legal: u32,
    /// The first binding word.
    first: Option<Range<u32>>,
    /// Words of the text.
    words: u32,
}

impl Language {
    /// Whether it is enough beside a title.
    const fn speaks(&self) -> bool {
        self.binding + self.duties > 0 || self.legal > 2
    }

    /// How much the text by itself is a contract: 3 is enough.
    fn points(&self) -> u32 {
        let per_thousand = |count: u32| f64::from(count) * 1000.0 / f64::from(self.words.max(1));
        let binding = match (self.binding, per_thousand(self.binding)) {
            (6.., 2.0..) => 2,
            (3.., 1.0..) => 1,
            _ => 0,
        };
        let duties = match (self.duties, per_thousand(self.duties)) {
            (8.., 4.0..) => 2,
            (3.., 2.0..) => 1,
            _ => 0,
        };
        let legal = match self.legal {
            12.. => 2,
            5.. => 1,
            _ => 0,
        };
        binding + duties + legal
    }
}

/// Tells the kind of a document.
#[must_use]
pub fn find(document: &Document, reading: &Reading, parties: &Parties) -> Paper {
    const ENOUGH: u32 = 3;
    let place = |range: Range<u32>| Some(document.source(range));
    let title = title::of(document);
    let titled = title.as_ref().filter(|title| title.contract);
    let own_name = title::own_name(document).filter(|_| titled.is_none_or(|title| title.general));
    let language = language(document, reading, titled.is_some() || own_name.is_some());
    let speaks = |kind: PaperKind| {
        language.speaks()
            || introduces_both(parties)
            || (kind == PaperKind::StatementOfWork && language.actors > 1)
    };
    if let Some(name) = own_name.filter(|name| speaks(name.kind)) {
        let words = name.place.clone().map_or(name.words, |range| document.prose.slice(range));
        return by_name(document, &name, format!("it calls itself \"{}\"", words.trim()));
    }
    if let Some(title) = titled.filter(|title| speaks(title.kind)) {
        return by_name(document, title, format!("its title says \"{}\"", title.words));
    }
    // A title that is none of a contract may still tell which sort of contract this is.
    let as_told = |reason: String, evidence: Option<Span>| match title.as_ref().filter(|name| !name.contract)
    {
        Some(title) => by_name(document, title, format!("its title says \"{}\"", title.words)),
        None => Paper { kind: PaperKind::Agreement, reason, evidence },
    };
    let evidence = language.first.clone().and_then(place);
    if let Some(range) = opening(document).filter(|_| language.points() > 0) {
        let reason = "it opens as an agreement between parties".to_owned();
        return as_told(reason, place(range));
    }
    if let Some(range) = bond(document) {
        let reason = "it says between whom it applies".to_owned();
        return as_told(reason, place(range));
    }
    if language.binding > 0 && introduces_both(parties) {
        let reason = "it introduces a customer and a supplier and binds them".to_owned();
        return as_told(reason, evidence);
    }
    if language.points() >= ENOUGH {
        let reason =
            format!("it has {} binding words and {} duties of a party", language.binding, language.duties);
        return as_told(reason, evidence);
    }
    let reason = "no title of a contract, and hardly a sentence that binds a party".to_owned();
    Paper { kind: PaperKind::NotAContract, reason, evidence }
}

/// The paper that its title or its own words name. Before there was law on personal data, "data
/// processing" meant computing for others.
fn by_name(document: &Document, name: &Name, reason: String) -> Paper {
    let evidence = name.place.clone().map(|range| document.source(range));
    if name.kind == PaperKind::DataProcessing && !speaks_of_personal_data(document) {
        let reason = format!("{reason}, but nothing speaks of personal data");
        return Paper { kind: PaperKind::Agreement, reason, evidence };
    }
    Paper { kind: name.kind, reason, evidence }
}

/// Whether the text speaks the language of data protection.
fn speaks_of_personal_data(document: &Document) -> bool {
    const FIRST: usize = 40_000;
    const WORDS: &[&str] = &[
        "personal data",
        "personal information",
        "data subject",
        "data controller",
        "gdpr",
        "protected health information",
        "personenbezogen",
    ];
    let lower = first_bytes(&document.prose.text, FIRST).to_ascii_lowercase();
    WORDS.iter().any(|words| lower.contains(words))
}

/// What a word is to this module.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Unseen,
    Plain,
    /// Binds, and only contracts use it.
    Binding,
    /// Binds when a party stands before it.
    Modal,
    /// A party.
    Actor,
}

/// Counts the language of the first pages; with a title, only until it speaks.
fn language(document: &Document, reading: &Reading, titled: bool) -> Language {
    const PAGES: usize = 6000;
    let tokens = &reading.tokens[..reading.tokens.len().min(PAGES)];
    let mut seen = vec![0u8; reading.words()];
    let mut legal = [false; LEGAL.len()];
    let mut found =
        Language { words: u32::try_from(tokens.len()).unwrap_or(u32::MAX), ..Language::default() };
    let (mut last, mut lower) = (Word::Plain, String::new());
    for token in tokens {
        let known = &mut seen[token.word().0 as usize];
        if *known == Word::Unseen as u8 {
            lower_into(document.prose.slice(reading.place(*token)), &mut lower);
            *known = word_of(&lower) as u8;
            if let Ok(at) = LEGAL.binary_search(&lower.as_str()) {
                found.legal += u32::from(!legal[at]);
                legal[at] = true;
            }
        }
        let word = Word::ALL[*known as usize];
        found.binding += u32::from(word == Word::Binding);
        found.actors += u32::from(word == Word::Actor);
        if word == Word::Binding || (word == Word::Modal && last == Word::Actor) {
            found.duties += u32::from(last == Word::Actor);
            found.first.get_or_insert_with(|| reading.place(*token));
        }
        if titled && found.speaks() {
            break;
        }
        last = word;
    }
    found
}

impl Word {
    const ALL: [Self; 5] = [Self::Unseen, Self::Plain, Self::Binding, Self::Modal, Self::Actor];
}

fn word_of(lower: &str) -> Word {
    match lower {
        "shall" | "agrees" | "hereby" | "undertakes" | "warrants" | "hereto" | "hereunder" | "thereof"
        | "verpflichtet" => Word::Binding,
        "must" | "will" | "agree" | "muss" | "guarantee" | "guarantees" | "warrant" | "undertake"
        | "wird" | "werden" | "provides" | "provide" => Word::Modal,
        "party" | "parties" | "we" | "you" | "wir" => Word::Actor,
        _ if is_actor(lower) => Word::Actor,
        _ => Word::Plain,
    }
}

/// Whether the text introduces both a customer and a supplier by name.
fn introduces_both(parties: &Parties) -> bool {
    let introduced =
        |role: Role| parties.parties.iter().any(|party| party.role == role && party.introduced.is_some());
    parties.roles_known && introduced(Role::Customer) && introduced(Role::Supplier)
}

/// A sentence on the first pages that says between whom the text applies: "these terms apply
/// between you and ...", "this order is between ...", "these terms govern your use of ...".
fn bond(document: &Document) -> Option<Range<u32>> {
    const FIRST: usize = 30;
    const HEAD: usize = 600;
    const REACH: usize = 70;
    const PAPERS: &[&str] = &[
        "these terms",
        "these conditions",
        "this agreement",
        "this contract",
        "this order",
        "this deed",
        "this letter",
        "this sow",
        "this statement of work",
        "this schedule",
    ];
    const BONDS: &[&str] = &[
        " between ",
        " between: ",
        " by and between",
        " is made with ",
        " apply to you and ",
        " govern your ",
        " govern the services",
        " applies to you and ",
    ];
    document.blocks.iter().filter(|block| block.kind != BlockKind::Furniture).take(FIRST).find_map(|block| {
        let lower = first_bytes(document.text(block), HEAD).to_ascii_lowercase();
        let (at, words) = PAPERS.iter().find_map(|words| Some((place_of(words, &lower)?, words)))?;
        let behind = format!("{} ", first_bytes(lower.get(at + words.len()..)?, REACH));
        let sentence = behind.split(". ").next().unwrap_or("");
        let sentence = format!("{} ", sentence.trim_end_matches(':'));
        BONDS.iter().any(|bond| sentence.contains(bond)).then_some(())?;
        let start = block.text.start + u32::try_from(at).ok()?;
        Some(start..start + u32::try_from(words.len()).ok()?)
    })
}

/// Where words first stand in a text.
fn place_of(words: &str, text: &str) -> Option<usize> {
    memmem::find(text.as_bytes(), words.as_bytes())
}

/// The words with which an agreement opens.
fn opening(document: &Document) -> Option<Range<u32>> {
    const OPENING: usize = 12;
    const HEAD: usize = 800;
    const WORDS: &[&str] = &[
        "(the \"agreement\")",
        "(\"agreement\")",
        "entered into",
        "hereby agree",
        "undersigned",
        "agreement is between",
        "agreement is made",
        "this statement of work",
        "dieser vertrag",
    ];
    document.blocks.iter().filter(|block| block.kind != BlockKind::Furniture).take(OPENING).find_map(
        |block| {
            let lower = first_bytes(document.text(block), HEAD).to_ascii_lowercase();
            let (at, words) = WORDS.iter().find_map(|words| Some((place_of(words, &lower)?, words)))?;
            let start = block.text.start + u32::try_from(at).ok()?;
            Some(start..start + u32::try_from(words.len()).ok()?)
        },
    )
}
