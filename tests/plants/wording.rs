//! Slips of wording: blanks, brackets, quotation marks, verbs, and terms that should not stand there.

use std::ops::Range;

use super::text::{ends, insert, line_of, numbered, parties, places, replace, subject};
use super::{Pick, Planted};

/// A period, a sum or the name of a party that was never filled in.
pub(super) fn blank(text: &str, pick: &mut Pick) -> Option<Planted> {
    let blank = pick.of(&[
        "[●]",
        "[Client]",
        "____",
        "TBD",
        "{{ value }}",
        "<REDACTED>",
        "INSERT DATE",
        "EDITME",
        "[insert name]",
        "[TBC]",
    ])?;
    let mut found: Vec<Range<usize>> = Vec::new();
    for one in numbered(text) {
        let line = &text[one.line.clone()];
        for (at, word) in line.match_indices("within ").chain(line.match_indices("exceed ")) {
            let from = at + word.len();
            let end = line[from..].find([')', ',', ';', '.']).map_or(line.len(), |end| from + end);
            let end = if line[end..].starts_with(')') { end + 1 } else { end };
            let words = &line[from..end];
            if words.contains(|c: char| c.is_ascii_digit()) && words.len() < 40 {
                found.push(one.line.start + from..one.line.start + end);
            }
        }
    }
    Some(replace(text, pick.of(&found)?, blank))
}

/// The pairs of brackets with words in them.
fn pairs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for one in numbered(text) {
        let line = &text[one.line.clone()];
        for (at, _) in line.match_indices('(') {
            let Some(end) = line[at..].find(')') else { continue };
            let words = &line[at + 1..at + end];
            if words.contains(' ') && words.starts_with(char::is_lowercase) {
                found.push(one.line.start + at..one.line.start + at + end);
            }
        }
    }
    found
}

pub(super) fn bracket(text: &str, pick: &mut Pick) -> Option<Planted> {
    let pair = pick.of(&pairs(text))?;
    let lost = if pick.below(2) == 0 { pair.start } else { pair.end };
    let mut planted = replace(text, lost..lost + 1, "");
    planted.at = vec![pair];
    Some(planted)
}

/// Words in quotation marks of which one is lost.
pub(super) fn quote(text: &str, pick: &mut Pick) -> Option<Planted> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for one in numbered(text) {
        let line = &text[one.line.clone()];
        if line.contains('"') || line.contains("**") && line.len() < 60 {
            continue;
        }
        for (at, _) in line.match_indices(' ') {
            let rest = &line[at + 1..];
            let end = rest.find([' ', ',', '.', ';']).unwrap_or(rest.len());
            let plain = rest[..end].bytes().all(|byte| byte.is_ascii_lowercase());
            // What closes at the end may be the last paragraph of a longer quotation.
            if end > 3 && plain && at > 12 && rest.len() > end + 20 {
                words.push(one.line.start + at + 1..one.line.start + at + 1 + end);
            }
        }
    }
    let word = pick.of(&words)?;
    let quoted = &text[word.clone()];
    let with = if pick.below(2) == 0 { format!("\"{quoted}") } else { format!("{quoted}\"") };
    Some(replace(text, word, &with))
}

/// A duty of the supplier in words that do not bind.
pub(super) fn modal(text: &str, pick: &mut Pick) -> Option<Planted> {
    const ACTS: [&str; 20] = [
        "back", "assist", "notify", "report", "provide", "deliver", "maintain", "restore", "protect", "test",
        "correct", "return", "encrypt", "measure", "prepare", "complete", "answer", "repair", "keep",
        "perform",
    ];
    const SERVING: [&str; 8] =
        ["back", "assist", "notify", "restore", "protect", "encrypt", "answer", "remedy"];
    let (supplier, _) = parties(text);
    let shall = format!("{} shall ", supplier);
    let (weak, acts) = match pick.below(5) {
        0 => ("may ", SERVING.as_slice()),
        1 => ("should ", ACTS.as_slice()),
        2 => ("shall endeavour to ", ACTS.as_slice()),
        3 => ("will endeavor to ", ACTS.as_slice()),
        _ => ("intends to ", ACTS.as_slice()),
    };
    let is_duty = |place: &Range<usize>| {
        acts.iter().any(|act| text[place.end..].strip_prefix(act).is_some_and(|rest| rest.starts_with(' ')))
    };
    let duties: Vec<Range<usize>> = places(text, &shall).into_iter().filter(is_duty).collect();
    let place = pick.of(&duties)?;
    Some(replace(text, place.start + supplier.len() + 1..place.end, weak))
}

/// Puts a sentence behind some clause.
fn added(text: &str, pick: &mut Pick, sentence: &str) -> Option<Planted> {
    let at = pick.of(&ends(text))?;
    Some(insert(text, at, &format!(" {sentence}")))
}

pub(super) fn changes(text: &str, pick: &mut Pick) -> Option<Planted> {
    let who = subject(text, parties(text).0);
    let sentence = match pick.below(4) {
        0 => format!("{who} may change the charges at any time by notice."),
        1 => format!("{who} may amend this Agreement from time to time by publishing a new text."),
        2 => format!("{who} reserves the right to modify these terms."),
        _ => format!("{who} may increase its prices at any time."),
    };
    added(text, pick, &sentence)
}

pub(super) fn decides(text: &str, pick: &mut Pick) -> Option<Planted> {
    let who = subject(text, parties(text).0);
    let sentence = match pick.below(3) {
        0 => format!("{who} may, in its sole discretion, suspend its performance."),
        1 => format!("{who} may refuse a request at its absolute discretion."),
        _ => format!("{who} may at its sole and absolute discretion replace its staff."),
    };
    added(text, pick, &sentence)
}

pub(super) fn renews(text: &str, pick: &mut Pick) -> Option<Planted> {
    let days = pick.of(&["ninety (90) days", "180 days", "six months", "120 days"])?;
    let sentence = match pick.below(2) {
        0 => format!(
            "The term shall automatically renew for one year unless either party gives notice of non-renewal \
             at least {days} before its end."
        ),
        _ => format!(
            "The term is automatically extended by one year unless a party notifies the other not to renew it \
             no less than {days} prior to the end of the term. "
        ),
    };
    added(text, pick, sentence.trim_end())
}

pub(super) fn credits(text: &str, pick: &mut Pick) -> Option<Planted> {
    let customer = parties(text).1;
    let owner = if text.contains(&format!("The {customer} ")) {
        format!("the {customer}")
    } else {
        customer.to_owned()
    };
    let sentence = match pick.below(2) {
        0 => format!("Service credits are {owner}'s sole and exclusive remedy for a failure."),
        _ => "Service credits are the only remedy for a level that is missed.".to_owned(),
    };
    // A clause that lets the customer out is no trap.
    let traps: Vec<usize> = ends(text)
        .into_iter()
        .filter(|&at| {
            let line = line_of(text, at - 1);
            let top = numbered(text).into_iter().find(|one| one.line.end == line.end);
            let same = |one: &super::text::Numbered| top.as_ref().is_some_and(|top| top.top == one.top);
            !numbered(text).iter().filter(|one| same(one)).any(|one| {
                let words = text[one.line.clone()].to_lowercase();
                words.contains("terminat") || words.contains("cancel")
            })
        })
        .collect();
    let at = pick.of(&traps)?;
    Some(insert(text, at, &format!(" {sentence}")))
}

/// The line that holds some words, in lower case.
fn line_with(text: &str, words: &str) -> Option<Range<usize>> {
    text.to_ascii_lowercase().find(words).map(|at| line_of(text, at))
}

/// Adds a sentence that contradicts the line that holds some words.
fn against(text: &str, pick: &mut Pick, words: &str, sentence: &str) -> Option<Planted> {
    line_with(text, words)?;
    let mut planted = added(text, pick, sentence)?;
    let lower = planted.text.to_ascii_lowercase();
    planted.at.extend(places(&lower, words).into_iter().map(|place| line_of(&planted.text, place.start)));
    Some(planted)
}

pub(super) fn law(text: &str, pick: &mut Pick) -> Option<Planted> {
    let land = pick.of(&["Scotland", "Ireland", "the State of Texas", "Austria", "France"])?;
    let sentence = match pick.below(2) {
        0 => format!("This Agreement is governed by the laws of {land}."),
        _ => format!("This Agreement shall be construed in accordance with the law of {land}."),
    };
    against(text, pick, "governed by", &sentence)
}

pub(super) fn liability(text: &str, pick: &mut Pick) -> Option<Planted> {
    let (supplier, _) = parties(text);
    let owner = if text.contains("The Supplier ") || text.contains(&format!("The {supplier} ")) {
        format!("the {supplier}")
    } else {
        supplier.to_owned()
    };
    let sum = pick.of(&["EUR 77,000", "GBP 310,000", "USD 150,000"])?;
    let sentence = match pick.below(2) {
        0 => format!("The total liability of {owner} under this Agreement shall not exceed {sum}."),
        _ => format!("The aggregate liability of {owner} under this Agreement is limited to {sum}."),
    };
    line_with(text, "liability of").or_else(|| line_with(text, "total liability"))?;
    if !text.contains(" shall not exceed GBP")
        && !text.contains("is limited to $")
        && !text.contains("exceed EUR")
    {
        return None;
    }
    against(text, pick, "liability", &sentence)
}

pub(super) fn notice(text: &str, pick: &mut Pick) -> Option<Planted> {
    let (_, customer) = parties(text);
    let who = subject(text, customer);
    let length = pick.of(&["15 days'", "four (4) months'", "forty (40) days'", "one year's"])?;
    let sentence = match pick.below(2) {
        0 => format!("{who} may terminate this Agreement for convenience on {length} written notice."),
        _ => format!("{who} may terminate this Agreement at any time by giving {length} notice."),
    };
    against(text, pick, "for convenience", &sentence)
}

pub(super) fn precedence(text: &str, pick: &mut Pick) -> Option<Planted> {
    let paper = ["Work Order", "Order Form"].into_iter().find(|paper| {
        text.contains(&format!("and a {paper}")) || text.contains(&format!("and an {paper}"))
    })?;
    let own = if text.contains("this Contract shall prevail") { "this Contract" } else { "this Agreement" };
    let sentence = match pick.below(2) {
        0 => {
            format!("If there is any inconsistency between the {paper} and {own}, the {paper} shall prevail.")
        }
        _ => format!("In case of a conflict between {own} and the {paper}, the {paper} prevails."),
    };
    against(text, pick, "shall prevail", &sentence)
}
