//! Where the contract introduces its parties: "Helix Systems Ltd (the "Supplier")", "hereinafter
//! referred to as MORPHO".
//!
//! Only the first pages are read, and what is found is a candidate: whether it is a party shows in
//! what it does (see `deeds`).

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::full_names::{first_name, is_firm, is_name, is_suffix, name_before};
use super::lexicon::{is_pronoun, leaning};
use super::speech::bare;
use crate::document::{Block, BlockKind, Document};
use crate::token::Reading;

/// Tokens of own text that are searched for introductions.
const PREAMBLE: u32 = 3000;
/// Tokens of own text after which tables tell no parties.
const TABLES: u32 = 400;
/// Bytes of one block that are searched.
const BLOCK: usize = 20_000;
/// The longest bracket that introduces a party, in bytes.
const BRACKET: usize = 200;

/// A party as it is introduced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Introduction {
    /// The terms ("Supplier"), then the full name if one stands before.
    pub(super) names: Vec<String>,
    /// The full name.
    pub(super) full: Option<String>,
    /// The words that introduce it, in bytes of the prose.
    pub(super) place: Range<u32>,
    /// Whether a word or a firm's name says that this is a party; else only its deeds can.
    pub(super) sure: bool,
}

/// All introductions of the first pages, in order.
pub(super) fn find(document: &Document, reading: &Reading) -> Vec<Introduction> {
    let mut found: Vec<Introduction> = Vec::new();
    let mut read = 0;
    for unit in &reading.units {
        let block = document.block(unit.block);
        if block.kind == BlockKind::TableRow {
            if read > TABLES {
                break;
            }
            found.extend(in_row(document, block));
            continue;
        }
        if read > PREAMBLE {
            break;
        }
        read += unit.own_end - unit.own;
        let text = first_bytes(document.text(block), BLOCK);
        in_block(text, block.text.start, &mut found);
        if read < TABLES && found.is_empty() && block.kind != BlockKind::Heading {
            without_terms(text, block.text.start, &mut found);
        }
    }
    found
}

/// A row of a table of the parties: a name, and in another cell its term or a word of the trade.
fn in_row(document: &Document, block: &Block) -> Option<Introduction> {
    const CELLS: usize = 4;
    let mut names: Vec<String> = Vec::new();
    let mut full = None;
    for cell in block.cells.iter().take(CELLS) {
        let text = first_bytes(document.prose.slice(cell.text.clone()), BRACKET);
        let trade = leaning(&clean(text).to_lowercase()).is_some_and(|leaning| leaning != 0.0);
        let found = if trade { vec![clean(text)] } else { terms(text) };
        if found.is_empty() || text.contains('(') {
            full = full.or_else(|| first_name(text).filter(|name| name.contains(' ')));
        }
        names.extend(found);
    }
    let known = names.iter().any(|name| leaning(&name.to_lowercase()).is_some());
    let name = full.filter(|_| !names.is_empty() && block.cells.len() <= CELLS)?;
    let sure = known || is_firm(&name);
    names.push(name.clone());
    Some(Introduction { names, full: Some(name), place: block.text.clone(), sure })
}

/// The beginning of a text, at most so many bytes.
pub(in crate::facts) fn first_bytes(text: &str, most: usize) -> &str {
    let end = (0..=text.len().min(most)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[..end]
}

fn in_block(text: &str, offset: u32, found: &mut Vec<Introduction>) {
    let (mut from, mut at, mut between) = (0, 0, false);
    // The firm named last, whose short name may stand behind a bracket on something else.
    let mut firm: Option<String> = None;
    let mut herein = find_herein(text, 0);
    while let Some((start, end, inside)) = next_term(text, at, herein) {
        at = end;
        if herein < at {
            herein = find_herein(text, at);
        }
        let mut terms = terms(inside);
        let defined = !terms.is_empty();
        let segment = text.get(from..start).unwrap_or("");
        from = end;
        terms.retain(|term| !abbreviates_a_thing(term, segment));
        if defined && terms.is_empty() {
            continue;
        }
        let short = if terms.is_empty() { short_name(inside, segment, &mut firm) } else { None };
        let (terms, name) = match short {
            Some((short, firm)) => (vec![short], Some(firm)),
            None if terms.is_empty() => continue,
            None => (terms, name_before(segment)),
        };
        let speaks = terms.iter().any(|term| is_pronoun(&term.to_lowercase()));
        let known = speaks || terms.iter().any(|term| leaning(&term.to_lowercase()).is_some());
        let place = offset + index(start)..offset + index(end);
        between |= segment.contains("between") || segment.contains("among") || segment.contains("BETWEEN");
        let is_firm = name.as_deref().is_some_and(is_firm);
        let (mut names, named) = (terms, name.is_some());
        if speaks && !named {
            names.extend(trade_before(segment));
        }
        names.extend(name.clone());
        found.push(Introduction { names, full: name, place, sure: known || is_firm || (between && named) });
    }
}

/// Whether a term is short for a thing named in front: "Blanket Purchase Agreement ("BPA")". Services and systems
/// give names to firms, too.
fn abbreviates_a_thing(term: &str, segment: &str) -> bool {
    const THINGS: [&str; 16] = [
        "act",
        "addendum",
        "agreement",
        "contract",
        "data",
        "fee",
        "fees",
        "information",
        "level",
        "order",
        "period",
        "plan",
        "policy",
        "price",
        "rights",
        "statement",
    ];
    if !(2..=6).contains(&term.len()) || !term.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    let words = || segment.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
    let initials =
        words().filter(|word| word.starts_with(char::is_uppercase)).filter_map(|word| word.chars().next());
    let thing = words().next().is_some_and(|word| THINGS.contains(&word.to_lowercase().as_str()));
    thing && initials.take(term.len()).eq(term.chars().rev())
}

/// The short name that a bracket without quotes gives the firm named last, and that firm.
fn short_name(inside: &str, segment: &str, firm: &mut Option<String>) -> Option<(String, String)> {
    if segment.split_whitespace().next_back().is_some_and(is_suffix) {
        *firm = name_before(segment).filter(|name| is_firm(name)).or(firm.take());
    }
    let known = firm.as_ref()?;
    let short = clean(inside);
    shortens(&short, known).then(|| (short, known.clone()))
}

/// Whether one or two words in brackets are short for a firm: "(Orlan Freight)" for "Orlan Freight Lines Ltd".
fn shortens(short: &str, firm: &str) -> bool {
    let words: Vec<&str> = short.split(' ').collect();
    let first = firm.split_whitespace().next().map(|word| word.trim_end_matches(','));
    words.len() <= 3
        && short.len() > 2
        && words.first().copied() == first
        && words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// The word of the trade in "the supplier named in the order ("you")".
fn trade_before(segment: &str) -> Option<String> {
    const NEAR: usize = 10;
    let words = segment.split_whitespace().rev().take(NEAR);
    let lower = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    lower.take_while(|word| word != "and").find(|word| leaning(word).is_some_and(|leaning| leaning != 0.0))
}

/// The two names of "this agreement is between X, which receives the services, and Y", which
/// defines no terms: each by its full name, its first word and the word that says what it is.
fn without_terms(text: &str, offset: u32, found: &mut Vec<Introduction>) {
    const HEAD: usize = 500;
    let head = first_bytes(text, HEAD);
    let Some(at) = head.find(" between ").map(|at| at + " between ".len()) else { return };
    let sentence = &head[at..];
    let sides = sentence.match_indices(" and ").find_map(|(and, joint)| {
        let other = &sentence[and + joint.len()..];
        let begins = |text: &str| text.trim_start_matches("the ").starts_with(char::is_uppercase);
        let (one, other) =
            (begins(sentence).then(|| first_name(sentence))??, begins(other).then(|| first_name(other))??);
        (one != other && !one.contains(&other)).then_some([one, other])
    });
    for name in sides.into_iter().flatten() {
        let mut names = vec![name.clone()];
        let words: Vec<&str> = name.split_whitespace().filter(|word| !is_suffix(word)).collect();
        // "the Appointed Agent" is called so, and not "Appointed".
        let described = head.find(name.as_str()).is_some_and(|at| head[..at].trim_end().ends_with("the"));
        if let [first, .., last] = *words {
            let short = Some(first).filter(|word| !described && word.len() > 3 && is_name(word));
            names.extend(short.map(str::to_owned));
            names
                .extend(Some(last).filter(|word| leaning(&word.to_lowercase()).is_some()).map(str::to_owned));
        }
        let start = offset + index(text.find(name.as_str()).unwrap_or(at));
        found.push(Introduction {
            names,
            full: Some(name.clone()),
            place: start..start + index(name.len()),
            sure: true,
        });
    }
}

/// The next "hereinafter" or "referred to as" from a byte on; the end of everything when there is
/// none.
fn find_herein(text: &str, from: usize) -> usize {
    static WORDS: LazyLock<[Finder<'_>; 2]> =
        LazyLock::new(|| ["hereinafter", "referred to as"].map(Finder::new));
    let places = |words: &'static Finder<'_>| {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        // What is "commonly referred to as" something is a habit of speech.
        words.find_iter(rest).map(|at| from + at).find(|&at| !text[..at].ends_with("commonly "))
    };
    WORDS.iter().find_map(places).unwrap_or(usize::MAX)
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The next bracket or "hereinafter ..." from a byte on: where it starts and ends, and its inside.
fn next_term(text: &str, from: usize, herein: usize) -> Option<(usize, usize, &str)> {
    let open = text.get(from..)?.find('(').map_or(usize::MAX, |at| from + at);
    if open < herein {
        let inside = &text[open + 1..];
        let close = inside.bytes().take(BRACKET).position(|byte| byte == b')' || byte == b'(');
        return Some(close.map_or((open, open + 1, ""), |close| {
            (open, open + close + 2.min(inside.len()), &inside[..close])
        }));
    }
    let inside = text.get(herein..)?;
    let stop = herein_end(inside);
    Some((herein, herein + stop.max(1), inside.get(..stop).unwrap_or("")))
}

/// The end of "hereinafter referred to as "X"": its second quote, or the end of the phrase.
fn herein_end(inside: &str) -> usize {
    const PHRASE: usize = 60;
    let open = inside.bytes().take(PHRASE).position(|byte| byte == b'"');
    let close = open
        .and_then(|open| Some(open + 2 + inside[open + 1..].bytes().take(PHRASE).position(|b| b == b'"')?));
    let stop = close.or_else(|| inside.find(['.', ';', '\n'])).unwrap_or(inside.len()).min(BRACKET);
    (0..=stop.min(inside.len())).rev().find(|&at| inside.is_char_boundary(at)).unwrap_or(0)
}

/// The terms that a bracket defines: what stands in quotes, or what follows "hereinafter", or a
/// bare word of the trade.
fn terms(inside: &str) -> Vec<String> {
    const COLLECTIVE: &[&str] = &["collectively", "together", "individually", "jointly"];
    let quoted: Vec<_> = inside.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    let herein =
        inside.contains("hereinafter") || inside.contains("referred to as") || inside.contains("hereafter");
    let single = || inside.split('\'').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let opens = strip_article(inside.trim_start()).starts_with('\'') || herein;
    let mut terms = if quoted.is_empty() && opens { single() } else { quoted };
    if terms.is_empty() && (herein || leaning(strip_article(inside.trim()).to_lowercase().as_str()).is_some())
    {
        terms = after_filler(inside).into_iter().collect();
    }
    let mut terms: Vec<_> = terms.iter().map(|term| clean(term)).filter(|term| is_name(term)).collect();
    terms.truncate(4);
    let collective = || {
        let lower = inside.to_lowercase();
        COLLECTIVE.iter().any(|word| lower.contains(word))
    };
    if terms.iter().any(|term| term.to_lowercase().starts_with("part")) && collective() {
        Vec::new()
    } else {
        terms
    }
}

fn strip_article(term: &str) -> &str {
    ["the ", "The ", "THE ", "this ", "a "]
        .iter()
        .find_map(|article| term.strip_prefix(article))
        .unwrap_or(term)
}

fn clean(term: &str) -> String {
    let term = term.trim_matches(|c: char| !c.is_alphanumeric() && c != ']' && c != '[');
    bare(strip_article(term)).trim_matches(['[', ']', '_', ' ']).to_owned()
}

/// What follows the words "hereinafter referred to as (the)": capitalised words or one quoted term.
fn after_filler(inside: &str) -> Option<String> {
    const FILLER: &[&str] = &[
        "hereinafter",
        "hereafter",
        "referred",
        "to",
        "as",
        "called",
        "known",
        "the",
        "also",
        "individually",
        "simply",
    ];
    let mut words = inside.split_whitespace().skip_while(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        bare.is_empty() || FILLER.contains(&bare.as_str())
    });
    let first = words.next()?;
    let mut name = first.to_owned();
    let done = |word: &str| word.ends_with([',', '"', '.', ')', ';']);
    if !done(first) {
        for word in words.take(2).take_while(|word| word.starts_with(char::is_uppercase)) {
            name.push(' ');
            name.push_str(word);
            if done(word) {
                break;
            }
        }
    }
    Some(name)
}

#[cfg(test)]
mod tests;
