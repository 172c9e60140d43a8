//! Credit tiers in hours or minutes of downtime: "more than 4 to 8 hours" | "10% of the monthly fee". Only the rows of a
//! table whose columns say what is measured and what is given, and only where every row reads.

use std::ops::Range;

use super::tiers::CREDITS;
use crate::document::{Block, BlockKind, Document};
use crate::proofread::{Proof, Slip};

/// What the header of a column of downtime holds.
const DOWNTIME: [&str; 4] = ["downtime", "outage", "unavailab", "interruption"];
/// The units, of which a table has one.
const UNITS: [&str; 2] = ["hour", "minute"];

/// One end of a range: the figure, and whether it belongs to the range.
type End = (f64, bool);

/// A range of downtime; an end that lacks is open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Band {
    low: Option<End>,
    high: Option<End>,
    /// Whether all its figures are whole.
    whole: bool,
}

/// A row of a table of credits.
struct Tier {
    band: Band,
    /// The credit in percent.
    credit: Option<f64>,
    band_at: Range<u32>,
    credit_at: Range<u32>,
}

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let document = proof.document;
    let is_row = |block: &Block| block.kind == BlockKind::TableRow;
    let mut slips = Vec::new();
    for rows in
        document.blocks.chunk_by(|one, other| is_row(one) && is_row(other)).filter(|rows| is_row(&rows[0]))
    {
        let Some(mut tiers) = tiers(rows, document).filter(|tiers| tiers.len() > 1) else { continue };
        tiers.sort_by(|one, other| least(one).total_cmp(&least(other)));
        // "more than 4 hours", "more than 8 hours" are read as steps.
        if tiers.iter().any(|tier| tier.band.low.is_some() && tier.band.high.is_some()) {
            slips.extend(tiers.windows(2).filter_map(|pair| boundary(&pair[0], &pair[1], proof)));
        }
        slips.extend(tiers.windows(2).find_map(|pair| falling(&pair[0], &pair[1], proof)));
    }
    slips
}

fn least(tier: &Tier) -> f64 {
    tier.band.low.map_or(-1.0, |(low, _)| low)
}

/// The tiers of a table with one column of downtime and one of credits; none where a row does not read.
fn tiers(rows: &[Block], document: &Document) -> Option<Vec<Tier>> {
    let header = |block: &Block, at: usize| {
        let range = block.cells.get(at)?.header.clone()?;
        Some(document.prose.slice(range).to_ascii_lowercase())
    };
    let says = |at: usize, words: &[&str]| {
        header(&rows[0], at).is_some_and(|header| words.iter().any(|word| header.contains(word)))
    };
    let columns = 0..rows[0].cells.len();
    let measure = columns.clone().find(|&at| says(at, &DOWNTIME) && !says(at, &CREDITS))?;
    let credit = columns.into_iter().find(|&at| at != measure && says(at, &CREDITS))?;
    let text = |block: &Block, at: usize| {
        block.cells.get(at).map(|cell| document.prose.slice(cell.text.clone()).to_ascii_lowercase())
    };
    let all: String =
        rows.iter().filter_map(|row| text(row, measure)).chain(header(&rows[0], measure)).collect();
    let mut units = UNITS.iter().filter(|unit| all.contains(**unit));
    let unit = units.next().filter(|_| units.next().is_none())?;
    let tier = |row: &Block| {
        Some(Tier {
            band: band(&text(row, measure)?, unit)?,
            credit: percent(&text(row, credit)?),
            band_at: row.cells.get(measure)?.text.clone(),
            credit_at: row.cells.get(credit)?.text.clone(),
        })
    };
    rows.iter().map(tier).collect()
}

/// The figure of "10%", "10 % of the fee".
fn percent(text: &str) -> Option<f64> {
    let place = figures(text).next()?;
    text[place.end..].trim_start().starts_with('%').then(|| text[place].parse().ok())?
}

/// The places of the figures of a text.
fn figures(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_ascii_digit())?;
        let rest = &text[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let length = rest[..end].trim_end_matches('.').len();
        at = start + length;
        Some(start..at)
    })
}

/// Reads a range of downtime; none where a word is not understood.
fn band(text: &str, unit: &str) -> Option<Band> {
    let places: Vec<Range<usize>> = figures(text).collect();
    let (first, last) = (places.first()?, places.last()?);
    let words = |range: Range<usize>| plain(text.get(range).unwrap_or(""), unit);
    let value = |place: &Range<usize>| text[place.clone()].parse::<f64>().ok();
    let (front, behind) = (words(0..first.start), words(last.end..text.len()));
    let (low, high) = match places.len() {
        1 => open(&front, &behind, value(first)?)?,
        2 if behind.is_empty() && value(first)? < value(last)? => {
            let (low, high) = closed(&front, &words(first.end..last.start))?;
            (Some((value(first)?, low)), Some((value(last)?, high)))
        }
        _ => return None,
    };
    let whole = places.iter().all(|place| !text[place.clone()].contains('.'));
    Some(Band { low, high, whole })
}

/// The ends of a range with one figure, by the words around it: "more than 4", "4 or more".
fn open(front: &str, behind: &str, value: f64) -> Option<(Option<End>, Option<End>)> {
    const MORE: [&str; 6] = ["or more", "or longer", "or above", "and above", "and more", "+"];
    match bound(front) {
        Some((true, inclusive)) if behind.is_empty() => Some((Some((value, inclusive)), None)),
        Some((false, inclusive)) if behind.is_empty() => Some((None, Some((value, inclusive)))),
        None if front.is_empty() && MORE.contains(&behind) => Some((Some((value, true)), None)),
        _ => None,
    }
}

/// Whether the two figures of a range belong to it, by the words in front and between: "more than 4 to 8".
fn closed(front: &str, between: &str) -> Option<(bool, bool)> {
    let low = match bound(front) {
        Some((true, inclusive)) => inclusive,
        None if matches!(front, "" | "from" | "between") => true,
        _ => return None,
    };
    let joint = between.trim_start_matches("but").trim_start_matches("and").trim();
    match (joint, bound(joint)) {
        (_, Some((false, inclusive))) => Some((low, inclusive)),
        ("to" | "-" | "–" | "—" | "", None) => Some((low, true)),
        _ => None,
    }
}

/// Words without the unit, with single blanks.
fn plain(text: &str, unit: &str) -> String {
    let text = text.replace(&format!("{unit}s"), " ").replace(unit, " ");
    let words = text.split_whitespace().map(|word| word.trim_matches([',', ';', '.', '(', ')']));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether words in front of a figure make it the lower end of a range, and whether it belongs to it.
fn bound(words: &str) -> Option<(bool, bool)> {
    Some(match words {
        "more than" | "over" | "greater than" | "above" | "exceeding" | "longer than" | ">" => (true, false),
        "at least" | "not less than" | "no less than" | "≥" | ">=" => (true, true),
        "less than" | "under" | "below" | "fewer than" | "to less than" | "<" => (false, false),
        "up to" | "at most" | "not more than" | "no more than" | "up to and including" | "≤" | "<=" => {
            (false, true)
        }
        _ => return None,
    })
}

/// What is wrong between a tier and the next one above.
fn boundary(lower: &Tier, upper: &Tier, proof: &Proof<'_>) -> Option<Slip> {
    let ((high, with_high), (low, with_low)) = (lower.band.high?, upper.band.low?);
    let apart = low - high;
    // "0 to 4 hours" and "5 to 8 hours" count whole hours.
    let counted = lower.band.whole && upper.band.whole && with_high && with_low && (apart - 1.0).abs() < 1e-9;
    let (what, label) = if apart.abs() < 1e-9 {
        match (with_high, with_low) {
            (true, true) => ("overlap", format!("exactly {low} lies in both tiers")),
            (false, false) => ("leave a gap", format!("exactly {low} lies in neither tier")),
            _ => return None,
        }
    } else if apart < 0.0 {
        ("overlap", format!("{low} to {high} lies in both tiers"))
    } else if counted {
        return None;
    } else {
        ("leave a gap", format!("what lies between {high} and {low} is in no tier"))
    };
    let words = |at: &Range<u32>| proof.document.prose.slice(at.clone()).trim();
    Some(Slip {
        span: proof.document.source(upper.band_at.clone()),
        message: format!("the credit tiers \"{}\" and \"{}\" {what}", words(&lower.band_at), words(&upper.band_at)),
        label,
        others: vec![(proof.document.source(lower.band_at.clone()), "the tier below".to_owned())],
        help: "let each tier begin where the next shorter one ends, and say to which of them the figure between belongs"
            .to_owned(),
        fix: None,
    })
}

/// A smaller credit for a longer downtime.
fn falling(lower: &Tier, upper: &Tier, proof: &Proof<'_>) -> Option<Slip> {
    let (less, more) = (lower.credit?, upper.credit?);
    if more >= less || least(lower) >= least(upper) {
        return None;
    }
    let words = |at: &Range<u32>| proof.document.prose.slice(at.clone()).trim();
    Some(Slip {
        span: proof.document.source(upper.credit_at.clone()),
        message: format!(
            "the credit falls as downtime grows: \"{}\" for \"{}\", but \"{}\" for \"{}\"",
            words(&lower.credit_at),
            words(&lower.band_at),
            words(&upper.credit_at),
            words(&upper.band_at)
        ),
        label: "a longer downtime, a smaller credit".to_owned(),
        others: vec![(
            proof.document.source(lower.credit_at.clone()),
            "a shorter downtime, a larger credit".to_owned(),
        )],
        help: "correct the credit or the range, so that each longer downtime gives at least as much"
            .to_owned(),
        fix: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges_of_downtime() {
        let of = |low, high| Some(Band { low, high, whole: true });
        for (text, expected) in [
            ("0 - 4 hours", of(Some((0.0, true)), Some((4.0, true)))),
            ("more than 4 to 8 hours", of(Some((4.0, false)), Some((8.0, true)))),
            ("4 hours or more, but less than 8 hours", None),
            ("at least 4 hours but less than 8 hours", of(Some((4.0, true)), Some((8.0, false)))),
            ("> 4 hours and ≤ 8 hours", of(Some((4.0, false)), Some((8.0, true)))),
            ("over 8 hours", of(Some((8.0, false)), None)),
            ("8 hours or more", of(Some((8.0, true)), None)),
            ("up to 4 hours", of(None, Some((4.0, true)))),
            ("each 4 hours", None),
        ] {
            assert_eq!(band(text, "hour"), expected, "{text}");
        }
    }
}
