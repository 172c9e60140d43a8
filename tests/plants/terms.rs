//! Slips of defined terms and of the names of parties.

use super::text::{Definition, definitions, ends, insert, line_of, numbered, parties, places, replace, uses};
use super::{Pick, Planted};

/// The definition of a used term is gone.
pub(super) fn cut(text: &str, pick: &mut Pick) -> Option<Planted> {
    // A single word may be a name, and what is the title of a clause may mean that clause.
    let telling = |one: &Definition| {
        let title = text.lines().any(|line| {
            let line = line.to_lowercase();
            let titled = line.starts_with('#') || line.contains(&format!("**{}.**", one.term.to_lowercase()));
            titled && line.contains(&one.term.to_lowercase())
        });
        one.term.contains(' ') && uses(text, one).len() > 2 && !title && !one.term.ends_with("Report")
    };
    let used: Vec<Definition> = definitions(text).into_iter().filter(telling).collect();
    let gone = pick.of(&used)?;
    let mut changed = text.to_owned();
    changed.replace_range(gone.line.start..(gone.line.end + 2).min(text.len()), "");
    let at = places(&changed, &gone.term);
    Some(Planted { text: changed, at })
}

/// A line like that of the last definition, with another term and text.
fn define(text: &str, term: &str, meaning: &str) -> Option<Planted> {
    let last = definitions(text).pop()?;
    let number = numbered(text).into_iter().find(|one| one.line == last.line);
    let front = &text[last.line.start..last.place.start];
    let front = match number {
        Some(one) => front.replacen(&text[one.number.clone()], &format!("{}.{}", one.top, one.sub + 1), 1),
        None => front.to_owned(),
    };
    let behind = &text[last.place.end..last.line.end];
    let marks = &behind[..behind.find(" means ")?];
    let apart = if text[last.line.end..].starts_with("\n\n") && !front.trim_start().starts_with('-') {
        "\n\n"
    } else {
        "\n"
    };
    let mut planted = insert(text, last.line.end, &format!("{apart}{front}{term}{marks} means {meaning}."));
    planted.at.iter_mut().for_each(|at| at.start += apart.len());
    Some(planted)
}

pub(super) fn unused(text: &str, pick: &mut Pick) -> Option<Planted> {
    let term = pick.of(&["Reference Site", "Quality Gate", "Release Note", "Key Holder", "Night Shift"])?;
    let meaning =
        pick.of(&["the building that the parties name in writing", "each step that an order lists"])?;
    define(text, term, meaning)
}

pub(super) fn twice(text: &str, pick: &mut Pick) -> Option<Planted> {
    // A definition that points elsewhere is none, or not the only one.
    let whole = |one: &Definition| {
        let words = &text[one.line.clone()];
        !["Schedule", "Exhibit", "clause"].iter().any(|other| words.contains(other))
    };
    let whole: Vec<Definition> = definitions(text).into_iter().filter(whole).collect();
    let term = pick.of(&whole)?;
    let meaning = pick.of(&["what the parties agree in writing", "each thing that an order lists"])?;
    let mut planted = define(text, &term.term, meaning)?;
    planted.at.push(term.line);
    Some(planted)
}

/// One of many uses has lost the capitals, or all but the first.
pub(super) fn small(text: &str, pick: &mut Pick) -> Option<Planted> {
    let of_two = |one: &Definition| one.term.contains(' ') && uses(text, one).len() > 4;
    let terms: Vec<Definition> = definitions(text).into_iter().filter(of_two).collect();
    let term = pick.of(&terms)?;
    let pointed: Vec<_> = uses(text, &term)
        .into_iter()
        .filter(|place| {
            let front = text[..place.start].to_lowercase();
            ["the ", "such ", "this "].iter().any(|word| front.ends_with(word))
        })
        .collect();
    let (words, place) = match pick.below(2) {
        0 => (term.term.to_lowercase(), pick.of(&pointed)?),
        _ => {
            let (first, rest) = term.term.split_once(' ')?;
            (format!("{first} {}", rest.to_lowercase()), pick.of(&uses(text, &term))?)
        }
    };
    Some(replace(text, place, &words))
}

pub(super) fn circular(text: &str, pick: &mut Pick) -> Option<Planted> {
    let terms: Vec<Definition> =
        definitions(text).into_iter().filter(|one| !uses(text, one).is_empty()).collect();
    let term = pick.of(&terms)?;
    let from = term.line.start + text[term.line.clone()].find(" means ")? + " means ".len();
    let meaning = match pick.below(2) {
        0 => format!("any {} that the parties agree in writing.", term.term),
        _ => format!("each {} which an order names.", term.term),
    };
    let mut planted = replace(text, from..term.line.end, &meaning);
    planted.at.push(term.place);
    Some(planted)
}

/// A defined period with another length.
pub(super) fn lengths(text: &str, pick: &mut Pick) -> Option<Planted> {
    let is_period = |one: &Definition| {
        let words = &text[one.line.clone()];
        one.term.ends_with("Period") && words.contains('(')
    };
    let terms: Vec<Definition> = definitions(text).into_iter().filter(is_period).collect();
    let term = pick.of(&terms)?;
    let at = pick.of(&ends(text))?;
    let length = pick.of(&["21 days", "forty (40) days", "four months", "100 days"])?;
    let sentence = match pick.below(3) {
        0 => format!(" The {} is {length}.", term.term),
        1 => format!(" The {} shall be {length}.", term.term),
        _ => format!(" This holds until the end of the {} of {length}.", term.term),
    };
    let mut planted = insert(text, at, &sentence);
    let line = planted.text.find(&text[term.line.clone()])?;
    planted.at.push(line..line + term.line.len());
    Some(planted)
}

/// The places of a party's name in the clauses, where it acts.
fn mentions(text: &str, party: &str) -> Vec<std::ops::Range<usize>> {
    let body = |place: &std::ops::Range<usize>| {
        let line = line_of(text, place.start);
        let words = text[line].trim_start_matches([' ', '*']);
        words.starts_with(|c: char| c.is_ascii_digit()) && !words.contains('"') && !words.contains(" means ")
    };
    places(text, party).into_iter().filter(body).collect()
}

pub(super) fn misspelt(text: &str, pick: &mut Pick) -> Option<Planted> {
    let (supplier, customer) = parties(text);
    let party = pick.of(&[supplier, customer])?;
    let place = pick.of(&mentions(text, party))?;
    let word = party.rsplit(' ').next()?;
    // Two letters inside are exchanged, or one is lost.
    let at = place.end - word.len() + 1 + pick.below(word.len() - 3);
    let (one, two) = (&text[at..=at], &text[at + 1..at + 2]);
    let with = match pick.below(2) {
        0 if one != two => format!("{two}{one}"),
        _ => one.to_owned(),
    };
    let mut planted = replace(text, at..at + 2, &with);
    planted.at = vec![place];
    Some(planted)
}

pub(super) fn stranger(text: &str, pick: &mut Pick) -> Option<Planted> {
    let (supplier, _) = parties(text);
    let strangers: Vec<&str> = ["Vendor", "Supplier", "Contractor", "Provider"]
        .into_iter()
        .filter(|name| !text.contains(name))
        .collect();
    let stranger = pick.of(&strangers)?;
    let binds = |place: &std::ops::Range<usize>| text[place.end..].starts_with(" shall ");
    let bound: Vec<_> = mentions(text, supplier).into_iter().filter(binds).collect();
    Some(replace(text, pick.of(&bound)?, stranger))
}
