//! Service-credit tiers: from the rows of a table, the items of a list or the parts of a sentence.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ranges::{Band, End, Percent, Read, read};
use crate::document::{Block, BlockId, BlockKind, Document};

/// What a tier gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Credit {
    pub(super) value: f64,
    pub(super) unit: Unit,
}

/// What a credit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Percent of the charges.
    Percent,
    /// Days of service.
    Days,
    /// No credit, written in words.
    None,
}

/// One tier.
#[derive(Clone, Debug)]
pub(super) struct Tier {
    pub(super) low: Option<End>,
    pub(super) high: Option<End>,
    pub(super) credit: Credit,
    /// The range, in bytes of the prose.
    pub(super) band_at: Range<u32>,
    /// The credit, in bytes of the prose.
    pub(super) credit_at: Range<u32>,
}

/// Tiers that belong together, in the order of the text.
#[derive(Clone, Debug)]
pub(super) struct Ladder {
    pub(super) tiers: Vec<Tier>,
    /// What the credit is a share of, as far as the text around says, in lower case.
    pub(super) base: String,
}

/// The lowest figure that is taken for a performance: below lie credits and error rates.
const PERFORMANCE: f64 = 60.0;
/// Words that name a credit.
pub(super) const CREDITS: [&str; 7] =
    ["credit", "rebate", "refund", "reduction", "discount", "deduction", "abatement"];
/// Words of a tier's own name, which do not tell what is measured.
const NAMES: [&str; 8] = ["tier", "level", "band", "step", "stage", "row", "range", "no"];

/// One line that may be a tier: what it measures, and the tier.
struct Line {
    measures: BTreeSet<String>,
    tier: Tier,
}

/// The ladders of a document, given the blocks that hold a percentage, in order.
pub(super) fn find(document: &Document, blocks: &[BlockId]) -> Vec<Ladder> {
    let mut found = Vec::new();
    let mut open: Vec<(BlockId, Line)> = Vec::new();
    for &id in blocks {
        let block = document.block(id);
        let lines = match block.kind {
            BlockKind::TableRow => row(document, block).into_iter().collect(),
            BlockKind::Item | BlockKind::Paragraph => parts(document, block),
            _ => Vec::new(),
        };
        let sole = lines.len() == 1;
        if let Some((before, _)) = open.last()
            && !(sole && follows(document, *before, id))
        {
            close(document, &mut open, &mut found);
        }
        open.extend(lines.into_iter().map(|line| (id, line)));
        if !sole {
            close(document, &mut open, &mut found);
        }
    }
    close(document, &mut open, &mut found);
    found
}

/// Whether two blocks are neighbours of one table or list.
fn follows(document: &Document, before: BlockId, id: BlockId) -> bool {
    let (one, two) = (document.block(before), document.block(id));
    let near = id.index() - before.index() <= 2;
    let parent = |block: &Block| document.clause(block.clause).parent;
    match (one.kind, two.kind) {
        (BlockKind::TableRow, BlockKind::TableRow) => {
            let headers =
                |block: &Block| block.cells.iter().map(|cell| cell.header.clone()).collect::<Vec<_>>();
            near && headers(one) == headers(two)
        }
        (BlockKind::Item, BlockKind::Item) => {
            id.index() - before.index() == 1
                && (one.clause == two.clause || parent(one) == parent(two))
                && one.lead == two.lead
        }
        _ => false,
    }
}

/// Closes what is open: lines that measure the same thing are a ladder.
fn close(document: &Document, open: &mut Vec<(BlockId, Line)>, found: &mut Vec<Ladder>) {
    let lines = std::mem::take(open);
    let Some(&(block, _)) = lines.first() else { return };
    let all = lines.iter().map(|(_, line)| &line.measures).max_by_key(|measures| measures.len());
    let Some(all) = all.cloned() else { return };
    let alike = lines.iter().all(|(_, line)| line.measures.is_subset(&all));
    if lines.len() < 2 || !alike {
        return;
    }
    let tiers = lines.into_iter().map(|(_, line)| line.tier).collect();
    found.push(Ladder { tiers, base: base(document, block) });
}

/// What stands around a ladder that may say what its credits are a share of.
fn base(document: &Document, id: BlockId) -> String {
    let block = document.block(id);
    let mut text = document.text(block).to_ascii_lowercase();
    for header in block.cells.iter().filter_map(|cell| cell.header.clone()) {
        text.push(' ');
        text.push_str(&document.prose.slice(header).to_ascii_lowercase());
    }
    if let Some(lead) = block.lead {
        text.push(' ');
        text.push_str(&document.text(document.block(lead)).to_ascii_lowercase());
    }
    text
}

/// A row with one range of performance and one credit.
fn row(document: &Document, block: &Block) -> Option<Line> {
    let mut band: Option<(Band, u32)> = None;
    let mut credit: Option<(Credit, Range<u32>)> = None;
    let mut measures = BTreeSet::new();
    for cell in &block.cells {
        let text = document.prose.slice(cell.text.clone());
        let header = cell.header.clone().map(|header| document.prose.slice(header).to_ascii_lowercase());
        let header = header.unwrap_or_default();
        let read = read(text);
        let is_credit = CREDITS.iter().any(|word| header.contains(word));
        if let (false, [one]) = (is_credit, read.bands.as_slice())
            && performs(one)
        {
            if band.is_some() {
                return None;
            }
            band = Some((one.clone(), cell.text.start));
            measures.extend(told(&read));
        } else if is_credit || (header.is_empty() || speaks_of_charges(&header)) && read.bare.len() == 1 {
            if credit.is_some() {
                return None;
            }
            credit = Some((credit_of(&read, text)?, cell.text.clone()));
        } else {
            measures.extend(told(&read));
            measures.extend(read.bare.iter().map(|(percent, _)| percent.value.to_string()));
        }
    }
    let ((band, from), (credit, credit_at)) = (band?, credit?);
    let at = |place: usize| from + u32::try_from(place).unwrap_or(0);
    let band_at = at(band.place.start)..at(band.place.end);
    Some(Line { measures, tier: Tier { low: band.low, high: band.high, credit, band_at, credit_at } })
}

/// Whether a header names the charges that a credit is a share of.
fn speaks_of_charges(header: &str) -> bool {
    ["fee", "charge", "of monthly", "of the monthly", "invoice"].iter().any(|word| header.contains(word))
}

/// The parts of a paragraph or item that each hold a range and a credit.
fn parts(document: &Document, block: &Block) -> Vec<Line> {
    let text = document.text(block);
    let lead = block.lead.map(|lead| document.text(document.block(lead))).unwrap_or_default();
    let lower = [text, lead].map(str::to_ascii_lowercase);
    if !CREDITS.iter().any(|word| lower.iter().any(|text| text.contains(word))) {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let mut from = 0;
    for part in text.split_inclusive(';') {
        let at = |place: usize| block.text.start + u32::try_from(from + place).unwrap_or(0);
        let read = read(part);
        let bands: Vec<&Band> = read.bands.iter().filter(|band| performs(band)).collect();
        if let ([band], [(percent, place)]) = (bands.as_slice(), read.bare.as_slice())
            && read.bands.len() == 1
        {
            let credit = Credit { value: percent.value, unit: Unit::Percent };
            let (band_at, credit_at) =
                (at(band.place.start)..at(band.place.end), at(place.start)..at(place.end));
            let tier = Tier { low: band.low, high: band.high, credit, band_at, credit_at };
            lines.push(Line { measures: told(&read), tier });
        }
        from += part.len();
    }
    lines
}

/// Whether a range is one of performance.
fn performs(band: &Band) -> bool {
    let fits = |end: Option<End>| end.is_none_or(|end| (PERFORMANCE..=100.0).contains(&end.at.value));
    // "below 10%" alone may be an error rate; so may "below 50%".
    fits(band.high)
        && (fits(band.low) || band.high.is_some() && band.low.is_some_and(|low| low.at.value == 0.0))
}

/// The words that tell what is measured: names of tiers, small words and units left out.
fn told(read: &Read) -> BTreeSet<String> {
    let words = read.words.iter().filter(|word| word.len() > 3 && !NAMES.contains(&word.as_str()));
    words.cloned().collect()
}

/// The credit that a cell names.
fn credit_of(read: &Read, text: &str) -> Option<Credit> {
    let lower = text.trim().to_ascii_lowercase();
    if let [(Percent { value, .. }, _)] = read.bare.as_slice() {
        return read.bands.is_empty().then_some(Credit { value: *value, unit: Unit::Percent });
    }
    if !read.bands.is_empty() || !read.bare.is_empty() {
        return None;
    }
    let nothing = [
        "none",
        "nil",
        "no credit",
        "no service credit",
        "n/a",
        "-",
        "–",
        "—",
        "not applicable",
        "no refund",
    ];
    if nothing.iter().any(|word| lower == *word) {
        return Some(Credit { value: 0.0, unit: Unit::None });
    }
    let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
    let unit = lower[digits..].trim_start();
    let value = lower[..digits].parse().ok()?;
    unit.starts_with("day").then_some(Credit { value, unit: Unit::Days })
}
