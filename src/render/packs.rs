//! Checklists: the table that ends `check` and `coverage`, and the same as JSON.

use std::borrow::Cow;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{JsonPosition, located};
use super::visible::{visible, wrapped};
use crate::checklist::{Checklist, ItemResult, Proof, Standing};
use crate::lint::{add_lacking_line, atom_name, lacking_of_item};
use crate::rule::{Item, Mark, Pack, RuleSet, Test};
use crate::source::{SourceFile, Sources};
use crate::triage::counted;

/// The widest table line, in characters.
const WIDTH: usize = 110;

/// Room for where an item is met and what lacks, in bytes.
const REST: usize = 160;

/// What one contract makes of one pack.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonPack {
    /// The contract, as it was given.
    path: String,
    /// The pack's name: "dora".
    id: String,
    title: String,
    /// The text that the items are taken from.
    instrument: String,
    /// Where the items were read.
    source: String,
    counts: JsonCounts,
    /// In the order of the pack.
    items: Vec<JsonItem>,
}

/// How many items stand how.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonCounts {
    met: usize,
    weak: usize,
    missing: usize,
    by_hand: usize,
    off: usize,
}

/// One item of a pack.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonItem {
    /// Its id: "DORA-30.2-e".
    id: String,
    /// The code of its finding: "dora/30.2-e".
    code: String,
    /// What it asks for.
    asks: String,
    /// The scope that it belongs to; null when it holds for every contract.
    scope: Option<String>,
    /// How far that was held against the text; null for a house's own item.
    mark: Option<JsonMark>,
    status: JsonStanding,
    /// Where the contract says what the item asks for, or part of it.
    proofs: Vec<JsonProof>,
    /// What lacks for it to be met; alternatives are joined by "or".
    lacking: Vec<String>,
    /// Why a reader must look; null unless the status is "by-hand".
    by_hand: Option<String>,
}

/// How far a paraphrase was held against the text of its instrument.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum JsonMark {
    Verified,
    Secondary,
    FromMemory,
}

/// How an item stands.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum JsonStanding {
    Met,
    Weak,
    Missing,
    ByHand,
    Off,
}

/// Where a contract says part of an item.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonProof {
    /// The clause that it proves: "exit-transition".
    clause: String,
    /// The element of it; null for the clause as a whole.
    element: Option<String>,
    start: JsonPosition,
    end: JsonPosition,
    text: String,
    /// The clause that the words stand in, as the contract numbers it.
    citation: String,
    /// Whether all the evidence stands under wording that empties it.
    soft: bool,
}

pub(super) fn json(list: &Checklist, sources: &Sources, rules: &RuleSet) -> Option<JsonPack> {
    let pack = rules.pack(&list.pack)?;
    let item = |result: &ItemResult| json_item(result, pack, sources, rules);
    Some(JsonPack {
        path: sources.get(list.file)?.path.clone(),
        id: pack.id.clone(),
        title: pack.title.clone(),
        instrument: pack.instrument.clone(),
        source: pack.source.clone(),
        counts: JsonCounts {
            met: list.count(Standing::Met),
            weak: list.count(Standing::Weak),
            missing: list.count(Standing::Missing),
            by_hand: list.count(Standing::ByHand),
            off: list.count(Standing::Off),
        },
        items: list.results.iter().filter_map(item).collect(),
    })
}

fn json_item(result: &ItemResult, pack: &Pack, sources: &Sources, rules: &RuleSet) -> Option<JsonItem> {
    let item = pack.items.get(result.item)?;
    let proof = |proof: &Proof| {
        let atom = pack.atoms.get(proof.atom)?;
        let (_, start, end) = located(proof.span, sources)?;
        Some(JsonProof {
            clause: atom.clause.clone(),
            element: atom.element.clone(),
            start,
            end,
            text: sources.get(proof.span.file())?.slice(proof.span).to_owned(),
            citation: proof.citation.clone(),
            soft: proof.soft,
        })
    };
    Some(JsonItem {
        id: item.id.clone(),
        code: format!("{}/{}", pack.id, pack.short(item)),
        asks: item.asks.clone(),
        scope: item.scope.and_then(|at| pack.scopes.get(at)).map(|scope| scope.id.clone()),
        mark: item.mark.map(|mark| match mark {
            Mark::Verified => JsonMark::Verified,
            Mark::Secondary => JsonMark::Secondary,
            Mark::FromMemory => JsonMark::FromMemory,
        }),
        status: match result.standing {
            Standing::Met => JsonStanding::Met,
            Standing::Weak => JsonStanding::Weak,
            Standing::Missing => JsonStanding::Missing,
            Standing::ByHand => JsonStanding::ByHand,
            Standing::Off => JsonStanding::Off,
        },
        proofs: result.proofs.iter().filter_map(proof).collect(),
        lacking: lacking_of_item(result, pack, rules),
        by_hand: match &item.test {
            Test::ByHand(why) => Some(why.clone()),
            Test::Formula { .. } => None,
        },
    })
}

/// A table of one checklist, the items for some contracts only apart; ends with an empty line.
#[must_use]
pub fn table(list: &Checklist, sources: &Sources, rules: &RuleSet) -> String {
    let (Some(pack), Some(file)) = (rules.pack(&list.pack), sources.get(list.file)) else {
        return String::new();
    };
    let mut out = format!("{} · {} · {}\n", visible(&file.path), visible(&pack.id), visible(&pack.title));
    let row = |result: &ItemResult| Row::new(result, pack, list, sources, rules);
    let rows: Vec<(Option<usize>, Row<'_>)> = list
        .results
        .iter()
        .filter_map(|result| Some((pack.items.get(result.item)?.scope, row(result)?)))
        .collect();
    let first = rows.iter().map(|(_, row)| row.id.chars().count()).max().unwrap_or(0).max(4);
    let scopes = [None].into_iter().chain((0..pack.scopes.len()).map(Some));
    for scope in scopes {
        let own: Vec<&Row<'_>> = rows.iter().filter(|(of, _)| *of == scope).map(|(_, row)| row).collect();
        if own.is_empty() {
            continue;
        }
        if let Some(scope) = scope.and_then(|at| pack.scopes.get(at)) {
            let _ = writeln!(out, "\n  {}:", visible(&scope.title));
        } else {
            out.push('\n');
        }
        for row in own {
            row.write(&mut out, first);
        }
    }
    let _ = writeln!(out, "\n  {}: {}\n", counted(list.results.len(), "item"), counts(list));
    out
}

/// "3 met, 1 weak, 2 missing, 1 by hand, 1 off": the last two only when there are some.
#[must_use]
pub fn counts(list: &Checklist) -> String {
    let always = [Standing::Met, Standing::Weak, Standing::Missing];
    let all = always.into_iter().chain([Standing::ByHand, Standing::Off]);
    let shown = all.map(|standing| (standing, list.count(standing)));
    let shown = shown.filter(|(standing, count)| *count > 0 || always.contains(standing));
    shown.map(|(standing, count)| format!("{count} {}", standing.name())).collect::<Vec<_>>().join(", ")
}

/// One item of a table.
struct Row<'a> {
    id: Cow<'a, str>,
    standing: &'static str,
    asks: Cow<'a, str>,
    /// Where it is met, or what lacks.
    rest: Cow<'a, str>,
}

impl<'a> Row<'a> {
    fn new(
        result: &ItemResult,
        pack: &'a Pack,
        list: &Checklist,
        sources: &Sources,
        rules: &RuleSet,
    ) -> Option<Self> {
        let item = pack.items.get(result.item)?;
        let file = sources.get(list.file)?;
        let rest = match result.standing {
            Standing::ByHand | Standing::Off => visible(why(item)),
            standing => {
                let mut rest = String::with_capacity(REST);
                add_places(&mut rest, result, file);
                if standing != Standing::Met {
                    rest.push_str(if rest.is_empty() { "lacks " } else { "; lacks " });
                    add_lacking_line(&mut rest, result, pack, rules);
                }
                match visible(&rest) {
                    Cow::Borrowed(_) => rest.into(),
                    Cow::Owned(shown) => shown.into(),
                }
            }
        };
        let (id, asks) = (visible(&item.id), visible(&item.asks));
        Some(Self { id, standing: result.standing.name(), asks, rest })
    }

    fn write(&self, out: &mut String, first: usize) {
        let left = WIDTH.saturating_sub(first + 7 + 8);
        let third = left / 2;
        let (asks, rest) = (wrapped(&self.asks, third), wrapped(&self.rest, left - third));
        for line in 0..asks.len().max(rest.len()) {
            let (id, standing) = if line == 0 { (&*self.id, self.standing) } else { ("", "") };
            let start = out.len();
            for (cell, width) in [(id, first), (standing, 7), (asks.get(line).map_or("", |line| line), third)]
            {
                let _ = write!(out, "  {cell:width$}");
            }
            out.push_str("  ");
            out.push_str(rest.get(line).map_or("", |line| line));
            out.truncate(start + out[start..].trim_end().len());
            out.push('\n');
        }
    }
}

/// Adds "12.3 (line 88), line 90" for what proves an item; nothing is proved of one that is missing.
fn add_places(out: &mut String, result: &ItemResult, file: &SourceFile) {
    if result.standing == Standing::Missing {
        return;
    }
    let place = |proof: &Proof| file.lines().line_of(proof.span.start()) + 1;
    for (at, proof) in result.proofs.iter().enumerate() {
        let line = place(proof);
        let before = result.proofs.get(..at).unwrap_or_default();
        if before.iter().any(|other| other.citation == proof.citation && place(other) == line) {
            continue;
        }
        if !out.is_empty() {
            out.push_str(", ");
        }
        let _ = match proof.citation.as_str() {
            "" => write!(out, "line {line}"),
            citation => write!(out, "{citation} (line {line})"),
        };
    }
}

/// Why an item is not assessed.
fn why(item: &Item) -> &str {
    match &item.test {
        Test::ByHand(why) => why,
        Test::Formula { .. } => "from memory: off until it is verified",
    }
}

/// How far a paraphrase was held against the text, in words.
#[must_use]
pub const fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Verified => "verified: held against the text of the instrument or a near-verbatim copy",
        Mark::Secondary => "secondary: held against what others write about the instrument",
        Mark::FromMemory => "from memory: off until someone has verified it",
    }
}

/// A formula over the atoms of a pack, in words.
#[must_use]
pub fn formula(formula: &crate::rule::Formula, pack: &Pack, rules: &RuleSet) -> String {
    use crate::rule::Formula;
    let joined = |parts: &[Formula], word: &str| {
        let inner = |part: &Formula| {
            let text = self::formula(part, pack, rules);
            if matches!(part, Formula::Element(_)) { text } else { format!("[{text}]") }
        };
        parts.iter().map(inner).collect::<Vec<_>>().join(word)
    };
    match formula {
        Formula::Element(index) => {
            pack.atoms.get(*index).map_or_else(|| "?".to_owned(), |atom| atom_name(atom, rules))
        }
        Formula::And(parts) => joined(parts, " and "),
        Formula::Or(parts) => joined(parts, " or "),
    }
}
