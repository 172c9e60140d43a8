//! A share of time beside the downtime that it is said to allow: "99.9% (no more than 8 hours a
//! month)".

use std::ops::Range;

use crate::document::{BlockId, BlockKind};
use crate::proofread::sentences::Sentence;
use crate::proofread::{Proof, Slip};
use crate::token::{Quantity, QuantityKind};

/// Windows by the words that name them, with their least and greatest length in hours.
const WINDOWS: [(&[&str], f64, f64, &str); 5] = [
    (&["year", "annual", "annum"], 8760.0, 8784.0, "year"),
    (&["quarter"], 2160.0, 2208.0, "quarter"),
    (&["month"], 672.0, 744.0, "month"),
    (&["week"], 168.0, 168.0, "week"),
    (&["per day", "daily", "a day", "each day", "24-hour"], 24.0, 24.0, "day"),
];
/// How far a rounded figure may lie off.
const SLACK: f64 = 1.2;

/// A percentage from here on may be a share of time.
const TIME: f64 = 60.0;

/// Words that make another thing of the duration: an allowance beside the target, a time to tell.
const OTHER: [&str; 17] = [
    "schedul",
    "planned",
    "maintenance",
    "exclud",
    "exclusi",
    "notice",
    "notif",
    "without taking",
    "respon",
    "restor",
    "resol",
    "business hours",
    "working hours",
    "service hours",
    "support hours",
    "consecutive",
    "operating hours",
];

pub(super) fn find(proof: &Proof<'_>, blocks: &[BlockId]) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut last = None;
    for (at, quantity) in proof.reading.quantities.iter().enumerate() {
        let share = quantity.kind == QuantityKind::Percent
            && quantity.value.is_some_and(|value| (90.0..100.0).contains(&value));
        if !share {
            continue;
        }
        let Some(sentence) = Sentence::of(proof, quantity.start) else { continue };
        let key = (sentence.block, sentence.range.start);
        if last == Some(key) || blocks.binary_search(&sentence.block).is_err() {
            continue;
        }
        last = Some(key);
        slips.extend(slip(proof, &sentence, at));
    }
    slips
}

fn slip(proof: &Proof<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Slip> {
    let share = proof.reading.quantities.get(at)?;
    let block = proof.document.block(sentence.block);
    let rows: Vec<Quantity> = sentence.quantities(proof).copied().collect();
    let place = |one: &Quantity| proof.reading.tokens[one.start as usize].start;
    let cell = block.cells.iter().find(|cell| cell.text.contains(&place(share)));
    // A credit in the next cell is no share of time.
    let is_share = |other: &&Quantity| {
        other.kind == QuantityKind::Percent
            && (cell.is_none_or(|cell| cell.text.contains(&place(other)))
                || other.value.is_none_or(|value| value >= TIME))
    };
    let shares = rows.iter().filter(is_share).count();
    let durations: Vec<&Quantity> = rows
        .iter()
        .filter(|other| other.kind == QuantityKind::Duration && !is_window(sentence, proof, other))
        .collect();
    let ([duration], 1) = (durations.as_slice(), shares) else { return None };
    let mut around = sentence.lower.clone();
    if block.kind == BlockKind::TableRow {
        for header in block.cells.iter().filter_map(|cell| cell.header.clone()) {
            around.push(' ');
            around.push_str(&proof.document.prose.slice(header).to_ascii_lowercase());
        }
    }
    if OTHER.iter().any(|word| around.contains(word)) || !allows(sentence, proof, share, duration, &around) {
        return None;
    }
    let mut windows = WINDOWS.iter().filter(|(words, ..)| words.iter().any(|word| around.contains(word)));
    let (Some((_, least, greatest, name)), None) = (windows.next(), windows.next()) else { return None };
    let down = (100.0 - share.value?) / 100.0;
    let (from, to) = (down * least / SLACK, down * greatest * SLACK);
    let hours = duration.value?;
    if (from..=to).contains(&hours) || hours <= 0.0 {
        return None;
    }
    let (place, other): (Range<usize>, Range<usize>) =
        (sentence.place(proof, duration), sentence.place(proof, share));
    let written = &sentence.text[other.clone()];
    let allowed = shown(down * (least + greatest) / 2.0);
    Some(Slip {
        span: sentence.span(proof, place.clone()),
        message: format!(
            "\"{}\" of downtime does not fit {written} of a {name}, which allows about {allowed}",
            &sentence.text[place]
        ),
        label: format!("{written} of a {name} leaves about {allowed}"),
        others: vec![(sentence.span(proof, other), "the share of time".to_owned())],
        help: format!("write {allowed}, or the share that the downtime comes to"),
        fix: None,
    })
}

/// Whether a duration is the window itself: "in any 30 day period", "per month".
fn is_window(sentence: &Sentence<'_>, proof: &Proof<'_>, duration: &Quantity) -> bool {
    let place = sentence.place(proof, duration);
    let before = sentence.lower[..place.start].trim_end();
    let day = duration.value.is_some_and(|hours| hours >= 24.0);
    day && ["per", "any", "each", "every", "over", "a", "in", "within", "rolling"].iter().any(|word| {
        before.ends_with(word) && !before[..before.len() - word.len()].ends_with(|c: char| c.is_alphabetic())
    })
}

/// Whether the duration is said to be the downtime that the share leaves.
fn allows(
    sentence: &Sentence<'_>,
    proof: &Proof<'_>,
    share: &Quantity,
    duration: &Quantity,
    around: &str,
) -> bool {
    let (one, two) = (sentence.place(proof, share), sentence.place(proof, duration));
    let down = ["downtime", "unavailab", "outage", "interruption", "down time"]
        .iter()
        .any(|word| around.contains(word));
    let up = ["availab", "uptime", "up-time"].iter().any(|word| around.contains(word));
    let Some(between) = sentence.lower.get(one.end..two.start) else { return false };
    let equals = [
        "equal",
        "that is",
        "i.e.",
        "equivalent",
        "correspond",
        "which means",
        "allow",
        "permit",
        "no more than",
        "not more than",
        "at most",
        "maximum",
        "up to",
        "not exceed",
        "or ",
        "~",
        "approximately",
        "about",
    ];
    let bracket = between.trim_matches([' ', ']']).starts_with('(') && between.len() < 30;
    let row = proof.document.block(sentence.block).kind == BlockKind::TableRow;
    between.len() < 120
        && (up && down && (row || bracket || equals.iter().any(|word| between.contains(word)))
            || (up && bracket && between.contains(['~', '≈'])))
}

/// Hours as a reader likes them: "43 minutes", "8.8 hours".
fn shown(hours: f64) -> String {
    let minutes = hours * 60.0;
    if minutes < 2.0 {
        format!("{:.0} seconds", minutes * 60.0)
    } else if minutes < 120.0 {
        format!("{minutes:.0} minutes")
    } else if hours < 48.0 {
        format!("{hours:.1} hours")
    } else {
        format!("{:.1} days", hours / 24.0)
    }
}
