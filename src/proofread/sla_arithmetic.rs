//! `sla-arithmetic`: service levels and credits whose figures do not add up.
//!
//! Tiers that overlap or leave a gap, credits that fall as performance falls, credits above their
//! cap, a target below the threshold of its own credits, a share of time beside a downtime that
//! does not fit it. Where it is not certain that figures belong together, nothing is said.

mod downtime;
mod outages;
mod ranges;
mod tiers;

use std::ops::Range;

use super::sentences::Sentence;
use super::{Proof, Slip};
use crate::document::{BlockId, BlockKind, ClauseId};
use crate::token::QuantityKind;
use ranges::End;
use tiers::{Ladder, Tier, Unit};

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut slips = outages::find(proof);
    let blocks = blocks(proof);
    if blocks.is_empty() {
        return slips;
    }
    let ladders = tiers::find(proof.document, &blocks);
    slips.extend(downtime::find(proof, &blocks));
    for ladder in &ladders {
        slips.extend(boundaries(ladder, proof));
        slips.extend(falling(ladder, proof));
    }
    slips.extend(above_cap(&ladders, proof));
    slips.extend(low_target(&ladders, proof, &blocks));
    slips.sort_by_key(|slip| slip.span.start());
    slips
}

/// The blocks that hold a percentage, in order.
fn blocks(proof: &Proof<'_>) -> Vec<BlockId> {
    let reading = proof.reading;
    let percents = reading.quantities.iter().filter(|quantity| quantity.kind == QuantityKind::Percent);
    if !percents.clone().any(|quantity| quantity.value.is_some_and(|value| value >= 60.0)) {
        return Vec::new();
    }
    let units = percents.map(|quantity| reading.units[reading.unit_of(quantity.start)].block);
    let mut blocks: Vec<BlockId> = units.collect();
    blocks.dedup();
    blocks
}

/// A percentage as written: "99.5%".
fn shown(end: End) -> String {
    format!("{:.*}%", end.at.places as usize, end.at.value)
}

fn span(proof: &Proof<'_>, place: &Range<u32>) -> crate::source::Span {
    proof.document.source(place.clone())
}

fn words<'a>(proof: &Proof<'a>, place: &Range<u32>) -> &'a str {
    proof.document.prose.slice(place.clone()).trim()
}

/// Tiers that overlap or leave a gap.
fn boundaries(ladder: &Ladder, proof: &Proof<'_>) -> Vec<Slip> {
    // "below 99.9%", "below 99%" are read as steps.
    if ladder.tiers.iter().filter(|tier| tier.low.is_some() && tier.high.is_some()).count() == 0 {
        return Vec::new();
    }
    let mut tiers: Vec<&Tier> = ladder.tiers.iter().collect();
    let top = |tier: &Tier| tier.high.map_or(101.0, |end| end.at.value);
    tiers.sort_by(|one, two| top(two).total_cmp(&top(one)));
    tiers.windows(2).filter_map(|pair| boundary(pair[0], pair[1], proof)).collect()
}

/// What is wrong between a tier and the next one below.
fn boundary(upper: &Tier, lower: &Tier, proof: &Proof<'_>) -> Option<Slip> {
    let (low, high) = (upper.low?, lower.high?);
    let step = 10f64.powi(-i32::try_from(low.at.places.max(high.at.places)).ok()?);
    let apart = low.at.value - high.at.value;
    // "99.0% to 99.4%" and "99.5% to 99.9%" go by figures that are rounded to one place.
    let rounded = apart > 0.0 && apart < step * 1.5 && low.inclusive && high.inclusive;
    let (what, where_) = if apart.abs() < 1e-9 {
        match (low.inclusive, high.inclusive) {
            (true, true) => ("overlap", format!("exactly {} lies in both tiers", shown(low))),
            (false, false) => ("leave a gap", format!("exactly {} lies in neither tier", shown(low))),
            _ => return None,
        }
    } else if apart < 0.0 {
        ("overlap", format!("{} to {} lies in both tiers", shown(low), shown(high)))
    } else if rounded {
        return None;
    } else {
        ("leave a gap", format!("what lies between {} and {} is in no tier", shown(high), shown(low)))
    };
    let (one, two) = (words(proof, &upper.band_at), words(proof, &lower.band_at));
    Some(Slip {
        span: span(proof, &lower.band_at),
        message: format!("the credit tiers \"{one}\" and \"{two}\" {what}"),
        label: where_,
        others: vec![(span(proof, &upper.band_at), "the tier above".to_owned())],
        help: format!(
            "let each tier begin where the next ends, such as \"below {0} but at least ...\" under \"{0} or more\"",
            shown(low)
        ),
        fix: None,
    })
}

/// Credits that fall as performance falls.
fn falling(ladder: &Ladder, proof: &Proof<'_>) -> Option<Slip> {
    let mut tiers: Vec<&Tier> = ladder.tiers.iter().collect();
    let alike = |unit: Unit| {
        tiers.iter().all(|tier| matches!(tier.credit.unit, Unit::None) || tier.credit.unit == unit)
    };
    if !(alike(Unit::Percent) || alike(Unit::Days)) {
        return None;
    }
    if !tiers.iter().any(|tier| tier.credit.value > 0.0) {
        return None;
    }
    let by_low = tiers.iter().all(|tier| tier.low.is_some());
    let by_high = tiers.iter().all(|tier| tier.high.is_some());
    let mixed = !by_low && !by_high;
    let worth = |tier: &Tier| {
        let end = if by_low && !by_high { tier.low } else { tier.high };
        end.map_or(if mixed { 101.0 } else { 0.0 }, |end| end.at.value)
    };
    tiers.sort_by(|one, two| worth(two).total_cmp(&worth(one)));
    let pair = tiers.windows(2).find(|pair| pair[1].credit.value < pair[0].credit.value - 1e-9)?;
    let (better, worse) = (pair[0], pair[1]);
    if (worth(better) - worth(worse)).abs() < 1e-9 {
        return None;
    }
    let (one, two) = (words(proof, &better.credit_at), words(proof, &worse.credit_at));
    Some(Slip {
        span: span(proof, &worse.credit_at),
        message: format!(
            "the credit falls as performance falls: \"{one}\" for \"{}\", but \"{two}\" for \"{}\"",
            words(proof, &better.band_at),
            words(proof, &worse.band_at)
        ),
        label: "worse performance, smaller credit".to_owned(),
        others: vec![(span(proof, &better.credit_at), "better performance, larger credit".to_owned())],
        help: "correct the credit or the range, so that each worse tier gives at least as much".to_owned(),
        fix: None,
    })
}

/// Credits above the cap that the contract sets for them.
fn above_cap(ladders: &[Ladder], proof: &Proof<'_>) -> Vec<Slip> {
    if ladders.is_empty() {
        return Vec::new();
    }
    let caps: Vec<(Sentence<'_>, f64, Range<usize>)> = caps(proof);
    let [(sentence, cap, place)] = caps.as_slice() else { return Vec::new() };
    let period = |text: &str| ["annual", "year", "quarter"].iter().any(|word| text.contains(word));
    let mut slips = Vec::new();
    for ladder in ladders {
        // The cap may stand in the contract and the tiers in a schedule of it.
        let same_paper = sentence.paper(proof) == ClauseId::default()
            || Sentence::at(proof, ladder.tiers[0].band_at.start)
                .is_some_and(|tier| tier.paper(proof) == sentence.paper(proof));
        if period(&sentence.lower) || period(&ladder.base) || !same_paper {
            continue;
        }
        for tier in &ladder.tiers {
            if tier.credit.unit != Unit::Percent || tier.credit.value <= cap + 1e-9 {
                continue;
            }
            let words = words(proof, &tier.credit_at);
            slips.push(Slip {
                span: span(proof, &tier.credit_at),
                message: format!("the credit \"{words}\" is above the cap of {cap}% on service credits"),
                label: format!("more than {cap}%"),
                others: vec![(sentence.span(proof, place.clone()), "the cap".to_owned())],
                help: "lower the credit to the cap, or raise the cap".to_owned(),
                fix: None,
            });
        }
    }
    slips
}

/// The sentences that cap service credits at a share of the charges.
fn caps<'a>(proof: &'a Proof<'_>) -> Vec<(Sentence<'a>, f64, Range<usize>)> {
    let mut found: Vec<(Sentence<'a>, f64, Range<usize>)> = Vec::new();
    for quantity in &proof.reading.quantities {
        let (QuantityKind::Percent, Some(value)) = (quantity.kind, quantity.value) else { continue };
        let Some(sentence) = Sentence::of(proof, quantity.start) else { continue };
        let place = sentence.place(proof, quantity);
        let before = &sentence.lower[..place.start];
        let limits = [
            "not exceed",
            "capped at",
            "limited to",
            "maximum of",
            "not be more than",
            "no more than",
            "not more than",
        ];
        let limited =
            limits.iter().any(|words| before.rfind(words).is_some_and(|at| place.start - at < 60 && at > 0));
        let row = proof.document.block(sentence.block).kind == BlockKind::TableRow;
        if limited && !row && before.contains("credit") && sentence.lower[place.end..].contains("of ") {
            found.push((sentence, value, place));
        }
    }
    found
}

/// A target that lies below the threshold from which credits are owed.
fn low_target(ladders: &[Ladder], proof: &Proof<'_>, blocks: &[BlockId]) -> Option<Slip> {
    let [ladder] = ladders else { return None };
    let owed = ladder.tiers.iter().filter(|tier| tier.credit.value > 0.0);
    let tier = owed.max_by(|one, two| {
        let top = |tier: &Tier| tier.high.map_or(101.0, |end| end.at.value);
        top(one).total_cmp(&top(two))
    })?;
    let threshold = tier.high?;
    if measures_else(tier, proof) {
        return None;
    }
    let mut targets: Vec<(Sentence<'_>, f64, Range<usize>)> = Vec::new();
    for quantity in &proof.reading.quantities {
        let (QuantityKind::Percent, Some(value)) = (quantity.kind, quantity.value) else { continue };
        if !(60.0..=100.0).contains(&value) {
            continue;
        }
        let Some(sentence) = Sentence::of(proof, quantity.start) else { continue };
        let block = proof.document.block(sentence.block);
        if block.kind == BlockKind::TableRow || !blocks.contains(&sentence.block) {
            continue;
        }
        let place = sentence.place(proof, quantity);
        let before = &sentence.lower[..place.start];
        let aims = ["at least", "not less than", "no less than", "minimum of", "target of"];
        let aimed = aims.iter().any(|words| before.trim_end_matches([' ', '[', '(']).ends_with(words));
        let available = sentence.says(&["available", "availability", "uptime"]);
        if aimed && available && !sentence.says(&["credit", "rebate", "refund", "terminat"]) {
            targets.push((sentence, value, place));
        }
    }
    let [(sentence, value, place)] = targets.as_slice() else { return None };
    if *value > threshold.at.value - 1e-9 {
        return None;
    }
    let written = &sentence.text[place.clone()];
    Some(Slip {
        span: sentence.span(proof, place.clone()),
        message: format!("the target of {written} lies below {}, where credits begin", shown(threshold)),
        label: "met, and a credit is owed all the same".to_owned(),
        others: vec![(span(proof, &tier.band_at), "credits are owed from here down".to_owned())],
        help: "make the target and the threshold of the first credit the same".to_owned(),
        fix: None,
    })
}

/// Whether the column of a tier's range is headed by something that is not availability: "Pay runs
/// completed in time".
fn measures_else(tier: &Tier, proof: &Proof<'_>) -> bool {
    const AVAILABILITY: [&str; 7] =
        ["availab", "uptime", "up-time", "level", "performance", "achieved", "percentage"];
    let Some(row) = Sentence::at(proof, tier.band_at.start) else { return false };
    let cells = &proof.document.block(row.block).cells;
    let cell = cells.iter().find(|cell| cell.text.contains(&tier.band_at.start));
    let Some(header) = cell.and_then(|cell| cell.header.clone()) else { return false };
    let header = proof.document.prose.slice(header).to_ascii_lowercase();
    !AVAILABILITY.iter().any(|word| header.contains(word))
}
