//! Slips of numbers and parts: references, numbering, headings, lists, schedules, signatures.

use std::ops::Range;

use super::text::{lines, numbered, places, replace};
use super::{Pick, Planted};

/// A reference to a clause behind the last one.
pub(super) fn reference(text: &str, pick: &mut Pick) -> Option<Planted> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for keyword in ["clause ", "Section ", "Clause "] {
        for place in places(text, keyword) {
            let digits = &text[place.end..];
            let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
            let number = digits[..end].trim_end_matches('.');
            if number.contains('.') {
                found.push(place.end..place.end + number.len());
            }
        }
    }
    let place = pick.of(&found)?;
    let clauses = numbered(text);
    let target = pick.of(&clauses)?;
    let last = clauses.iter().filter(|one| one.top == target.top).map(|one| one.sub).max()?;
    let tops = clauses.iter().map(|one| one.top).max()?;
    let more = 1 + pick.below(5) as u32;
    let number = match pick.below(2) {
        0 => format!("{}.{}", target.top, last + more),
        _ => format!("{}.{more}", tops + more),
    };
    Some(replace(text, place, &number))
}

/// From some clause on, the numbers are one too high.
pub(super) fn gap(text: &str, pick: &mut Pick) -> Option<Planted> {
    let clauses = numbered(text);
    let inner: Vec<_> = clauses.iter().filter(|one| one.sub > 1).cloned().collect();
    let from = pick.of(&inner)?;
    let mut changed = text.to_owned();
    let later = clauses.iter().filter(|one| one.top == from.top && one.sub >= from.sub);
    for one in later.rev() {
        changed.replace_range(one.number.clone(), &format!("{}.{}", one.top, one.sub + 1));
    }
    let label = from.line.start..from.line.start + 12;
    Some(Planted { text: changed, at: vec![label] })
}

/// A clause has the number of the one in front of it.
pub(super) fn twice(text: &str, pick: &mut Pick) -> Option<Planted> {
    let inner: Vec<_> = numbered(text).into_iter().filter(|one| one.sub > 1).collect();
    let from = pick.of(&inner)?;
    Some(replace(text, from.number, &format!("{}.{}", from.top, from.sub - 1)))
}

/// The titles of clauses on lines of their own, without mark and number.
fn titles(text: &str) -> Vec<Range<usize>> {
    let of = |line: Range<usize>| {
        let words = &text[line.clone()];
        let titled = words.starts_with('#')
            && !words.to_lowercase().ends_with("general")
            && words.contains(|c: char| c.is_ascii_digit())
            && !words.to_lowercase().contains("schedule")
            && !words.to_lowercase().contains("annex");
        let start = [" - ", ". "].iter().find_map(|sign| words.find(sign).map(|at| at + sign.len()))?;
        titled.then_some(line.start + start..line.end)
    };
    lines(text).into_iter().filter_map(of).collect()
}

/// A clause has the title of another.
pub(super) fn heading(text: &str, pick: &mut Pick) -> Option<Planted> {
    let titles = titles(text);
    let (one, other) = (pick.of(&titles)?, pick.of(&titles)?);
    if one == other {
        return None;
    }
    let words = text[other].to_owned();
    let mut planted = replace(text, one, &words);
    planted.at = places(&planted.text, &words);
    Some(planted)
}

/// The letters of lists: "(a)", "(b)", each with its place.
fn letters(text: &str) -> Vec<(Range<usize>, u8)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('(') {
        let bytes = &text.as_bytes()[at..];
        if let [b'(', letter @ b'a'..=b'h', b')', b' ', ..] = bytes {
            found.push((at..at + 3, *letter));
        }
    }
    found
}

/// From some item on, the letters are one too high.
pub(super) fn letter_gap(text: &str, pick: &mut Pick) -> Option<Planted> {
    let letters = letters(text);
    let inner: Vec<usize> = (0..letters.len()).filter(|&at| letters[at].1 > b'a').collect();
    let from = pick.of(&inner)?;
    let run = (from..letters.len()).take_while(|&at| at == from || letters[at].1 == letters[at - 1].1 + 1);
    let mut changed = text.to_owned();
    for at in run.collect::<Vec<_>>() {
        changed.replace_range(letters[at].0.clone(), &format!("({})", char::from(letters[at].1 + 1)));
    }
    Some(Planted { text: changed, at: vec![letters[from].0.clone()] })
}

/// An item has the letter of the one in front of it.
pub(super) fn letter_twice(text: &str, pick: &mut Pick) -> Option<Planted> {
    let inner: Vec<_> = letters(text).into_iter().filter(|(_, letter)| *letter > b'a').collect();
    let (place, letter) = pick.of(&inner)?;
    Some(replace(text, place, &format!("({})", char::from(letter - 1))))
}

/// A schedule that is referred to is gone.
pub(super) fn schedule(text: &str, pick: &mut Pick) -> Option<Planted> {
    let heads: Vec<Range<usize>> = lines(text)
        .into_iter()
        .filter(|line| {
            let words = text[line.clone()].trim_start_matches(['#', ' ']).to_lowercase();
            text[line.clone()].starts_with('#')
                && ["schedule", "exhibit", "annex"].iter().any(|keyword| words.starts_with(keyword))
        })
        .collect();
    let which = pick.below(heads.len().max(1));
    let head = heads.get(which)?;
    let words = text[head.clone()].trim_start_matches(['#', ' ']).to_lowercase();
    let label: String = words.chars().take_while(|c| c.is_alphanumeric() || *c == ' ').collect();
    let end = heads.get(which + 1).map_or(text.len(), |next| next.start);
    let mut changed = text.to_owned();
    changed.replace_range(head.start..end, "");
    let lower = changed.to_lowercase();
    let at = places(&lower, label.trim());
    (!at.is_empty() && heads.len() > 1).then_some(Planted { text: changed, at })
}

/// The signatures are announced and do not follow.
pub(super) fn signatures(text: &str, _: &mut Pick) -> Option<Planted> {
    let witness = text.find("IN WITNESS WHEREOF")?;
    let from = witness + text[witness..].find('\n')?;
    let to = from + text[from..].find("\n## ")?;
    let mut changed = text.to_owned();
    changed.replace_range(from..to, "\n");
    let announced = witness..from;
    Some(Planted { text: changed, at: vec![announced] })
}
