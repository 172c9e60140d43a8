//! `undefined-term`: words written like a defined term that no definition gives a meaning.
//!
//! Only words that stand several times in the middle of sentences, behind an article or the like;
//! names, titles, statutes, headings and the contract's own clause titles are left alone.

use std::collections::HashMap;
use std::sync::LazyLock;

use memchr::memmem;

use super::names::{is_name, is_ordinary};
use super::{Proof, Slip};
use crate::facts::sought::Sought;
use crate::token::Token;

/// The fewest uses for words to count as a term.
const USES: usize = 2;
/// The fewest definitions of a contract that defines its terms.
const DEFINED: usize = 3;
/// So many groups of words are looked at closely.
const RUNS: usize = 300;
/// The longest term in words.
const WORDS: usize = 4;

/// Words in front of a term.
const FRONT: &[&str] = &[
    "the",
    "a",
    "an",
    "any",
    "each",
    "all",
    "such",
    "this",
    "these",
    "those",
    "its",
    "their",
    "every",
    "no",
    "other",
    "applicable",
    "relevant",
    "our",
    "your",
    "said",
    "certain",
    "some",
    "additional",
    "both",
    "same",
];

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let definitions = &proof.definitions;
    let known = definitions.terms.iter().filter(|term| !term.lower).count();
    if known < DEFINED || defines_elsewhere(proof) {
        return Vec::new();
    }
    let uses = || definitions.terms.iter().flat_map(|term| &term.uses);
    let mut covered: Vec<(u32, u32)> = Vec::with_capacity(uses().count() + definitions.definitions.len());
    covered.extend(uses().map(|one| (one.text.start, one.text.end)));
    covered.extend(definitions.definitions.iter().map(|one| (one.text.start, one.text.end)));
    // The uses of each term are in order: a sort that sees this has little to do.
    covered.sort();
    let capitals = Capitals::of(proof);
    let mut runs: HashMap<String, Run> = HashMap::new();
    for unit in &proof.reading.units {
        let block = proof.document.block(unit.block);
        if block.kind != crate::document::BlockKind::Paragraph
            && block.kind != crate::document::BlockKind::Item
        {
            continue;
        }
        collect(proof, unit.own..unit.own_end, &capitals, &covered, &mut runs);
    }
    if runs.values().all(|run| run.count < USES) {
        return Vec::new();
    }
    let titles = titles(proof);
    let parties: String = proof.facts.parties.all_names().join("|");
    let mut runs: Vec<(String, Run)> = runs.into_iter().filter(|(_, run)| run.count >= USES).collect();
    runs.sort_by_key(|(_, run)| run.first);
    let told = |(key, run): &(String, Run)| {
        !run.elsewhere
            && run.fronted * 2 >= run.count
            && key.split(' ').all(|word| proof.is_common(word) || is_ordinary(word))
            && !titles.contains(key.as_str())
            && !parties.contains(key.as_str())
            && !is_quoted(proof, &run.written)
            && !is_told(proof, &run.written)
    };
    runs.iter().take(RUNS).filter(|run| told(run)).map(|(_, run)| slip(proof, run)).collect()
}

/// Whether the words behind a term lead to where its meaning stands.
fn elsewhere_said(behind: &str) -> bool {
    const WORDS: &[&str] = &[
        " (as defined",
        ", as defined",
        " as defined",
        " as such term",
        " defined in",
        " set forth in",
        " described in",
        " under the",
        " pursuant to",
        " (as such",
        " specified",
        " set forth",
        " set out",
        " identified in",
        " referred to",
        " named in",
    ];
    WORDS.iter().any(|words| behind.starts_with(words))
}

fn is_front(word: &str) -> bool {
    FRONT.contains(&word)
}

/// Words written like a term.
struct Run {
    written: String,
    first: (u32, u32),
    second: (u32, u32),
    count: usize,
    fronted: usize,
    elsewhere: bool,
}

/// Whether terms may have their meaning from another paper.
fn defines_elsewhere(proof: &Proof<'_>) -> bool {
    static WORDS: LazyLock<Sought> = LazyLock::new(|| {
        Sought::first([
            "apitalized terms",
            "apitalised terms",
            "apitalized words",
            "nitially capitalized",
            "not otherwise defined",
            "not defined h",
            "Cover Page",
            "terms used herein",
            "terms used in this",
        ])
    });
    WORDS.stands_in(&proof.document.prose.text)
}

fn collect(
    proof: &Proof<'_>,
    range: std::ops::Range<u32>,
    capitals: &Capitals,
    covered: &[(u32, u32)],
    runs: &mut HashMap<String, Run>,
) {
    let tokens = &proof.reading.tokens[range.start as usize..range.end as usize];
    let mut at = 0;
    while at < tokens.len() {
        if !capitals.hold(&tokens[at]) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len()
            && capitals.hold(&tokens[end])
            && adjoins(proof, tokens[end - 1], tokens[end])
        {
            end += 1;
        }
        // "Each Party", "Such Services" at the start of an item.
        while at + 1 < end && is_front(&proof.words.word(tokens[at].word()).lower) {
            at += 1;
        }
        let run = &tokens[at..end];
        let place = (run[0].start, proof.reading.end(run[run.len() - 1]));
        let starts = || proof.reading.sentences.binary_search(&(range.start + index(at))).is_ok();
        let free = || {
            let next = covered.partition_point(|site| site.1 <= place.0);
            covered[next..].iter().take(4).all(|site| site.0 >= place.1)
        };
        // Most words with a capital stand alone.
        if (2..=WORDS).contains(&run.len()) && at > 0 && !run[0].is_heading() && !starts() && free() {
            add(proof, tokens, at..end, place, runs);
        }
        at = end;
    }
}

fn add(
    proof: &Proof<'_>,
    tokens: &[Token],
    range: std::ops::Range<usize>,
    place: (u32, u32),
    runs: &mut HashMap<String, Run>,
) {
    let lower = |token: &Token| &*proof.words.word(token.word()).lower;
    let run = &tokens[range.clone()];
    let bare = |word: &str| word.trim_end_matches("'s").trim_end_matches('\'').to_owned();
    // "the Postal Service" is a name, a Service Report is not.
    let last = run.len() - 1;
    let named = |(at, token): (usize, &Token)| {
        let word = bare(lower(token));
        is_name(&word) && (at == last || word != "service")
    };
    if run.iter().enumerate().any(named) {
        return;
    }
    // "the Acme Widget Show of New York", "Jane Doe, Vice President".
    if run[..run.len() - 1].iter().any(|token| lower(token).contains('\'')) {
        return;
    }
    let text = &proof.document.prose.text;
    let before = text[..place.0 as usize].trim_end();
    let behind = &text[place.1 as usize..];
    if before.ends_with(['"', '\'', '.', ':', '/', '-', '&', '–'])
        || behind.starts_with(['"', '/', '-', '&', '–', ':', '™', '®'])
        || goes_on(behind)
    {
        return;
    }
    // "(Effective Date)" and "Purchase Orders (or "POs")" define in their way; behind words in
    // capitals it is part of a longer name.
    let caps = range.start > 0 && proof.reading.end(tokens[range.start - 1]) + 1 == place.0 && {
        let word = &proof.words.word(tokens[range.start - 1].word()).surface;
        word.len() > 1 && !word.chars().any(char::is_lowercase)
    };
    // A link leads to where the meaning stands.
    let source = proof.document.source(place.0..place.1).start();
    if caps || proof.source.text[..source].ends_with(['>', '[']) {
        return;
    }
    let bracketed = before.ends_with('(') && behind.starts_with(')')
        || behind.starts_with(" (") && behind.split(')').next().is_some_and(|inner| inner.contains('"'));
    let elsewhere = elsewhere_said(behind) || bracketed;
    let fronted = before.len() < place.0 as usize && FRONT.contains(&lower(&tokens[range.start - 1]));
    let key = run.iter().map(|token| &*proof.words.word(token.word()).folded).collect::<Vec<_>>().join(" ");
    let run = runs.entry(key).or_insert_with(|| Run {
        written: text[place.0 as usize..place.1 as usize].to_owned(),
        first: place,
        second: place,
        count: 0,
        fronted: 0,
        elsewhere: false,
    });
    run.elsewhere |= elsewhere;
    if run.count == 1 {
        run.second = place;
    }
    run.count += 1;
    run.fronted += usize::from(fronted);
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The words that begin with a capital and go on in lower case, by number.
struct Capitals(Vec<bool>);

impl Capitals {
    fn of(proof: &Proof<'_>) -> Self {
        let mut capitals = vec![false; proof.words.len()];
        for one in &proof.distinct {
            capitals[one.word.0 as usize] = proof.words.form(one.word).capital;
        }
        Self(capitals)
    }

    fn hold(&self, token: &Token) -> bool {
        self.0[token.word().0 as usize]
    }
}

fn adjoins(proof: &Proof<'_>, one: Token, other: Token) -> bool {
    let end = proof.reading.end(one);
    other.start > end && matches!(proof.document.prose.slice(end..other.start), " " | "-")
}

/// Whether a name goes on: "Safety and Health Administration".
fn goes_on(behind: &str) -> bool {
    let rest = [" and ", " of ", " & "].iter().find_map(|joint| behind.strip_prefix(joint));
    let mut words = rest.unwrap_or("").split(' ');
    let capital = |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    capital(words.next()) && capital(words.next())
}

/// The folded words of all titles in one text.
fn titles(proof: &Proof<'_>) -> String {
    let mut text = String::new();
    for token in proof.reading.tokens.iter().filter(|token| token.is_heading()) {
        text.push_str(&proof.words.word(token.word()).folded);
        text.push(' ');
    }
    text
}

/// Whether the words stand in quotes somewhere: then they have a meaning given in some way.
fn is_quoted(proof: &Proof<'_>, written: &str) -> bool {
    let bare = written.trim_end_matches('s');
    let finder = format!("\"{bare}");
    memmem::find(proof.document.prose.text.as_bytes(), finder.as_bytes()).is_some()
}

/// Whether words have their meaning without quotes: "Effective Date: 1 May", "for this purpose, Work Plan means".
fn is_told(proof: &Proof<'_>, written: &str) -> bool {
    let text = &proof.document.prose.text;
    memmem::find_iter(text.as_bytes(), written.as_bytes()).any(|at| {
        let behind = &text[at + written.len()..];
        let line = at == 0 || text[..at].ends_with('\n');
        line && behind.starts_with(':')
            || [" means ", " shall mean ", " mean "].iter().any(|words| behind.starts_with(words))
    })
}

fn slip(proof: &Proof<'_>, run: &Run) -> Slip {
    let name = run.written.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut others = Vec::new();
    if run.second != run.first {
        others.push((proof.document.source(run.second.0..run.second.1), "used again".to_owned()));
    }
    Slip {
        span: proof.document.source(run.first.0..run.first.1),
        message: format!("\"{name}\" is written like a defined term and has no definition"),
        label: format!("used {} times, defined nowhere", run.count),
        others,
        help: format!("define \"{name}\", or write it without capitals"),
        fix: None,
    }
}
