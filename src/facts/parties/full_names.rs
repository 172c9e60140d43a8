//! What a party's name looks like: "Helix Systems, Ltd", "Orlan GmbH & Co KG".
//!
//! A name is told from a title, an address, an office or a thing by its words alone; where it stands is for
//! `introduced`, what it does for `deeds`.

use super::lexicon::{is_pronoun, is_thing, leaning};

/// Whether a defined term may name a party: it names no thing.
pub(super) fn is_name(term: &str) -> bool {
    let words: Vec<_> = term.split_whitespace().map(str::to_lowercase).collect();
    let Some(last) = words.last() else { return false };
    let lower = term.to_lowercase();
    let pronoun = is_pronoun(&lower) || leaning(&lower).is_some();
    // "3M" is a name, "30 days" is none.
    let figure = term.starts_with(|c: char| c.is_ascii_digit())
        && !term.split_whitespace().next().is_some_and(|word| word.contains(char::is_uppercase));
    // "Party A" and "Party B" are all the names that some contracts give.
    let lettered = words.len() == 2 && words[0] == "party" && last.len() == 1;
    words.len() <= 5 && !figure && (pronoun || lettered || !is_thing(last) && last.len() > 1)
}

/// The full name that stands before a bracket: "by and between Helix Systems, Ltd, a ..." gives
/// "Helix Systems, Ltd". Where it begins with something else (the address of the party before), the
/// firm behind the last "and" is taken.
pub(super) fn name_before(segment: &str) -> Option<String> {
    const ANCHORS: &[&str] =
        &["between", "among", "BETWEEN", "AMONG", "Between", "Among", "And:", "AND:", "and:"];
    let cut = ANCHORS
        .iter()
        .filter_map(|anchor| segment.rfind(anchor).map(|at| at + anchor.len()))
        .max()
        .unwrap_or(0);
    let segment = segment.get(cut..)?;
    let first = first_name(segment);
    if first.as_deref().is_some_and(is_firm) {
        return first;
    }
    let behind = [" and ", " AND ", " And "]
        .iter()
        .filter_map(|and| segment.rfind(and).map(|at| at + and.len()))
        .max();
    let last = behind.and_then(|at| segment.get(at..)).and_then(first_name).filter(|name| is_firm(name));
    last.or_else(|| first.filter(|name| name.contains(' ') && (cut > 0 || !is_address(name))))
}

/// The first name in a text: capitalised words up to a comma, and what stands before "Ltd".
pub(super) fn first_name(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let firm_next = |at: usize| words.get(at + 1).is_some_and(|next| is_suffix(next));
    let legal_form =
        |at: usize| words.get(at + 1).is_some_and(|next| is_suffix(next) && !is_plain_suffix(next));
    let start = (0..words.len()).find(|&at| {
        !is_suffix(words[at]) && (begins_name(words[at]) || (legal_form(at) && is_lower_name(words[at])))
    })?;
    let before = |back: usize| start.checked_sub(back).and_then(|at| words.get(at)).copied();
    let in_paper = before(1) == Some("the") && matches!(before(2), Some("in" | "on" | "under"));
    if in_paper || matches!(before(1), Some("a" | "an" | "at" | "of" | "in")) {
        return None;
    }
    let mut name: Vec<&str> = Vec::new();
    for (at, &word) in words.iter().enumerate().skip(start) {
        name.push(word);
        let goes_on = words.get(at + 1).is_some_and(|next| begins_name(next) || is_joint(next));
        let stops = word.ends_with([',', ';', ':', ')']) || (word.ends_with('.') && word.len() > 4);
        let seat = matches!(words.get(at + 1), Some(&"of")) && name.len() > 1 && in_capitals(&name);
        let joined = words.get(at + 1) == Some(&"&");
        let complete = name.len() > 1 && is_suffix(word) && !is_plain_suffix(word) && !joined;
        if name.len() == 8 || !firm_next(at) && (stops || !goes_on || seat || complete) {
            break;
        }
    }
    let blank = name.first().is_some_and(|word| word.starts_with(['[', '<', '{']))
        || name.last().is_some_and(|word| word.ends_with(['>', '}']));
    // "General Terms and Conditions of Orlan UG": the title of the paper belongs to no name.
    if let Some(of) = name.iter().rposition(|&word| word == "of")
        && name[..of].last().is_some_and(|word| is_thing(&word.to_lowercase()))
        && is_firm(&name[of + 1..].join(" "))
    {
        name.drain(..=of);
    }
    // A sentence in capitals: "YOU AGREE TO THESE TERMS WITH ORLAN INC."
    if let Some(with) = name.iter().rposition(|&word| word == "WITH") {
        name.drain(..=with);
    }
    while name.last().is_some_and(|word| is_joint(word) || is_detail(word)) {
        name.pop();
    }
    let name = name.join(" ").trim_matches(['"', '[', ']', '_', ',', ';', ':']).to_owned();
    let trade = name.strip_suffix('.').filter(|word| leaning(&word.to_lowercase()).is_some());
    let mut name = trade.map(str::to_owned).unwrap_or(name);
    if name.ends_with('.') && !name.split(' ').next_back().is_some_and(is_suffix) && name.len() > 8 {
        name.pop();
    }
    if name.split(' ').next_back().is_some_and(|last| OFFICES.contains(&last.trim_end_matches('.'))) {
        return None;
    }
    if opens_a_sentence(words[start]) && !is_firm(&name) {
        return None;
    }
    let firm = is_firm(&name) && (!blank || name.split(' ').next_back().is_some_and(is_suffix));
    (is_name(&name) && !blank || firm || name.ends_with(" IT")).then_some(name).filter(|name| name.len() > 3)
}

/// "After the Closing Date, the Buyer ...": a capital that stands for the start of a sentence alone.
fn opens_a_sentence(word: &str) -> bool {
    matches!(
        word,
        "After"
            | "Before"
            | "If"
            | "In"
            | "On"
            | "Once"
            | "Subject"
            | "Unless"
            | "Upon"
            | "When"
            | "Where"
            | "Whereas"
            | "With"
    )
}

/// "Email:", "Phone:": what is told of a party on the line below its name.
fn is_detail(word: &str) -> bool {
    const DETAILS: [&str; 10] =
        ["address", "attn", "contact", "e-mail", "email", "fax", "mobile", "phone", "telephone", "website"];
    word.strip_suffix(':').is_some_and(|label| DETAILS.contains(&label.to_lowercase().as_str()))
}

/// Last words of what looks like a name, and is somebody's office or number: "Service Manager", "License No.".
const OFFICES: [&str; 10] = [
    "Manager",
    "Director",
    "Officer",
    "Representative",
    "Contact",
    "No",
    "Number",
    "Address",
    "Signature",
    "Name",
];

/// Whether a name is written in capitals, so that "of Council House" behind it is a place.
fn in_capitals(name: &[&str]) -> bool {
    name.iter().all(|word| !word.contains(char::is_lowercase))
}

/// Whether a name is a street or a building.
fn is_address(name: &str) -> bool {
    const PLACES: &[&str] = &[
        "avenue",
        "bldg",
        "boulevard",
        "box",
        "building",
        "city",
        "court",
        "drive",
        "expressway",
        "floor",
        "lane",
        "parkway",
        "pkwy",
        "place",
        "plaza",
        "road",
        "room",
        "square",
        "st.",
        "street",
        "suite",
        "unit",
        "way",
        "zone",
    ];
    let lower = name.to_lowercase();
    lower.split(' ').any(|word| PLACES.contains(&word))
}

/// A name in lower case before "GmbH", which no sentence holds.
fn is_lower_name(word: &str) -> bool {
    word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Suffixes that are words too.
fn is_plain_suffix(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    matches!(
        bare.as_str(),
        "limited" | "corporation" | "company" | "co" | "incorporated" | "se" | "ab" | "sa" | "na" | "ag"
    )
}

fn begins_name(word: &str) -> bool {
    const NO_NAMES: &[&str] =
        &["and", "this", "whereas", "the", "agreement", "whose", "dated", "its", "to", "parties"];
    let bare = word.trim_start_matches(['"', '[', '\'']);
    let lower = bare.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    // "2Orlan" is a name, "1012" and "2AB" are codes.
    let figure = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.contains(char::is_uppercase)
        && bare.contains(char::is_lowercase);
    (figure || bare.starts_with(char::is_uppercase)) && !NO_NAMES.contains(&lower.as_str())
}

fn is_joint(word: &str) -> bool {
    matches!(word, "of" | "and" | "&" | "the" | "for" | "de")
}

/// "Inc", "GmbH", "LLC".
pub(super) fn is_suffix(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    matches!(
        bare.as_str(),
        "inc"
            | "incorporated"
            | "llc"
            | "ltd"
            | "limited"
            | "corp"
            | "corporation"
            | "co"
            | "company"
            | "gmbh"
            | "ag"
            | "sa"
            | "lp"
            | "llp"
            | "plc"
            | "pty"
            | "bv"
            | "nv"
            | "na"
            | "spa"
            | "sarl"
            | "kg"
            | "ug"
            | "se"
            | "oy"
            | "ab"
            | "pte"
            | "pvt"
            | "sro"
            | "srl"
            | "aps"
            | "kft"
            | "doo"
    ) && (!word.starts_with(char::is_lowercase) || !is_plain_suffix(word))
        || matches!(word.trim_end_matches([',', ';']), "a.s." | "a. s.")
}

pub(super) fn is_firm(name: &str) -> bool {
    name.split_whitespace().skip(1).any(is_suffix)
}
