//! `waivers`: every waiver in the contracts, for whoever answers for them: as a table, as JSON, as
//! CSV for a spreadsheet.

use std::borrow::Cow;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{JsonPosition, Tool, located, to_json};
use super::visible::{visible, wrap};
use crate::source::SourceFile;
use crate::triage::{Hidden, HiddenBy, Reach, Report, Waiver, WaiverStanding, counted};

/// The widest line of a reason, in characters.
const REASON: usize = 100;
/// The widest line of a name.
const NAME: usize = 20;

/// Each waiver in a row with its reason below, and how many there are of each standing.
#[must_use]
pub fn table(report: &Report) -> String {
    let mut out = String::new();
    let rows: Vec<Row<'_>> = rows(report).collect();
    if !rows.is_empty() {
        lay_out(&mut out, &rows);
        out.push('\n');
    }
    out.push_str(&summary(report));
    out.push('\n');
    out
}

/// A waiver and its file.
struct Row<'a> {
    file: &'a SourceFile,
    line: usize,
    waiver: &'a Waiver,
    hidden: Vec<&'a Hidden>,
}

fn rows(report: &Report) -> impl Iterator<Item = Row<'_>> {
    let mut hidden: Vec<Vec<&Hidden>> = vec![Vec::new(); report.waivers.len()];
    for finding in &report.hidden {
        if let HiddenBy::Waiver(at) = finding.by
            && let Some(list) = hidden.get_mut(at)
        {
            list.push(finding);
        }
    }
    report.waivers.iter().zip(hidden).filter_map(|(waiver, hidden)| {
        let file = report.sources.get(waiver.span.file())?;
        let line = file.lines().line_of(waiver.span.start()) + 1;
        Some(Row { file, line, waiver, hidden })
    })
}

/// The columns, each cell in lines, and each reason under its row.
fn lay_out(out: &mut String, rows: &[Row<'_>]) {
    const HEADS: [&str; 7] = ["where", "clause", "state", "hides", "until", "by", "allows"];
    let heads = HEADS.map(|head| vec![head.to_owned()]);
    let cells: Vec<_> = rows.iter().map(Row::cells).collect();
    let mut widths = [0; 7];
    for row in cells.iter().chain([&heads]) {
        for (cell, width) in row.iter().zip(&mut widths) {
            *width = cell.iter().map(|line| line.chars().count()).fold(*width, usize::max);
        }
    }
    one_row(out, &heads, &widths);
    for (row, cells) in rows.iter().zip(&cells) {
        one_row(out, cells, &widths);
        let reason = visible(&row.waiver.reason);
        for line in wrap(&reason, REASON).iter().filter(|line| !line.is_empty()) {
            let _ = writeln!(out, "    {line}");
        }
    }
}

fn one_row(out: &mut String, cells: &[Vec<String>; 7], widths: &[usize; 7]) {
    for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        let mut line = String::new();
        for (column, (cell, &width)) in cells.iter().zip(widths).enumerate() {
            let text = cell.get(at).map_or("", String::as_str);
            let gap = if column == 0 { "" } else { "  " };
            // Numbers stand under each other.
            let _ = match column {
                3 => write!(line, "{gap}{text:>width$}"),
                _ => write!(line, "{gap}{text:width$}"),
            };
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

impl Row<'_> {
    fn cells(&self) -> [Vec<String>; 7] {
        let waiver = self.waiver;
        let one = |text: &str| vec![visible(text).into_owned()];
        let allows = waiver.allows.iter().map(|name| visible(name).into_owned());
        [
            vec![format!("{}:{}", visible(&self.file.path), self.line)],
            one(&self.clause()),
            one(standing(waiver.standing)),
            vec![waiver.hides.to_string()],
            one(waiver.until.as_deref().unwrap_or("-")),
            wrap(&visible(waiver.by.as_deref().unwrap_or("-")), NAME),
            if waiver.allows.is_empty() { one("-") } else { allows.collect() },
        ]
    }

    /// "7.2", "7 and below", "file", "front".
    fn clause(&self) -> Cow<'_, str> {
        let clause = self.waiver.clause.as_str();
        match self.waiver.reach {
            Reach::File => "file".into(),
            // A section around no clause is the file.
            Reach::Section if clause.is_empty() && self.whole() => "file".into(),
            Reach::Section if clause.is_empty() => "section".into(),
            Reach::Section => format!("{clause} and below").into(),
            Reach::Clause if clause.is_empty() && self.waiver.covers.start() == 0 => "front".into(),
            Reach::Clause if clause.is_empty() => "-".into(),
            Reach::Clause => clause.into(),
        }
    }

    fn whole(&self) -> bool {
        self.waiver.covers.len() == self.file.text.len()
    }
}

/// How a waiver stands, as people and programs read it.
const fn standing(standing: WaiverStanding) -> &'static str {
    match standing {
        WaiverStanding::InForce => "in force",
        WaiverStanding::NotAsked => "not asked",
        WaiverStanding::HidesNothing => "hides nothing",
        WaiverStanding::Ended => "ended",
        WaiverStanding::NoReason => "no reason",
        WaiverStanding::Mistaken => "mistaken",
    }
}

/// "3 waivers in 2 files: 1 in force, 1 ended, 1 no reason; 2 findings waived".
fn summary(report: &Report) -> String {
    let mut files: Vec<_> = report.waivers.iter().map(|waiver| waiver.span.file()).collect();
    files.dedup();
    let contracts = counted(report.coverages.len(), "contract");
    if files.is_empty() {
        return format!("no waivers in {contracts}");
    }
    let all = [
        WaiverStanding::InForce,
        WaiverStanding::NotAsked,
        WaiverStanding::HidesNothing,
        WaiverStanding::Ended,
        WaiverStanding::NoReason,
        WaiverStanding::Mistaken,
    ];
    let counts = all.into_iter().filter_map(|of| {
        let count = report.waivers.iter().filter(|waiver| waiver.standing == of).count();
        let word =
            if of == WaiverStanding::HidesNothing && count > 1 { "hide nothing" } else { standing(of) };
        (count > 0).then(|| format!("{count} {word}"))
    });
    format!(
        "{} in {} of {contracts}: {}; {} waived",
        counted(report.waivers.len(), "waiver"),
        files.len(),
        counts.collect::<Vec<_>>().join(", "),
        counted(report.waived(), "finding")
    )
}

/// The waivers as CSV with a header, as RFC 4180 has it, ready for a spreadsheet: a cell that one
/// would take for a formula begins with an apostrophe.
#[must_use]
pub fn csv(report: &Report) -> String {
    let heads = ["path", "line", "reach", "clause", "allows", "reason", "by", "until", "hides", "state"];
    let mut out = heads.join(",");
    out.push_str("\r\n");
    for row in rows(report) {
        let waiver = row.waiver;
        let cells = [
            cell(&row.file.path),
            row.line.to_string(),
            reach(waiver.reach).to_owned(),
            cell(&waiver.clause),
            cell(&waiver.allows.join(" ")),
            cell(&waiver.reason),
            cell(waiver.by.as_deref().unwrap_or_default()),
            cell(waiver.until.as_deref().unwrap_or_default()),
            waiver.hides.to_string(),
            standing(waiver.standing).to_owned(),
        ];
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// A text as a cell: nothing in it steers a terminal, starts a formula or ends the cell.
fn cell(text: &str) -> String {
    let text = visible(text);
    // Spreadsheets read the wide forms of these signs too, and skip blanks in front.
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let formula = text.trim_start().starts_with(signs);
    let text = if formula { format!("'{text}") } else { text.into_owned() };
    if text.contains([',', '"', ';', '\'']) || text.trim() != text {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

const fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Clause => "clause",
        Reach::Section => "section",
        Reach::File => "file",
    }
}

/// What `clauselint waivers --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "clauselint waivers")]
#[serde(deny_unknown_fields)]
pub struct WaiversJson {
    /// Version of this format; a change that breaks a reader raises it.
    version: u32,
    tool: Tool,
    /// How many contracts were read.
    contracts: usize,
    /// How many findings are waived.
    waived: usize,
    /// Every waiver, in the order of the files and places.
    waivers: Vec<JsonWaiver>,
}

/// A waiver in a contract.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonWaiver {
    /// The file, as it was given.
    path: String,
    /// Where its comment begins.
    start: JsonPosition,
    /// Where its comment ends.
    end: JsonPosition,
    reach: JsonReach,
    /// The clause that it stands at, as the contract cites it; null in front of the first clause and
    /// for a waiver of a whole file.
    clause: Option<String>,
    covers: JsonCovers,
    /// The rules or codes that it allows, as written.
    allows: Vec<String>,
    /// Why; null when it does not say.
    reason: Option<String>,
    /// Who allowed it.
    by: Option<String>,
    /// The last day on which it holds, as written: "2027-03-31".
    until: Option<String>,
    state: JsonState,
    /// The findings that it hides, by place.
    hides: Vec<JsonHidden>,
}

/// How far a waiver reaches.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum JsonReach {
    /// `allow`: a clause with the items of its lists.
    Clause,
    /// `allow-section`: a clause with all that lies below it.
    Section,
    /// `allow-file`: the whole file.
    File,
}

/// The text that a waiver covers.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonCovers {
    /// Its first line, counted from 1.
    first_line: usize,
    /// Its last line.
    last_line: usize,
}

/// Whether a waiver counts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum JsonState {
    /// It hides findings.
    InForce,
    /// Nothing that it names was looked for in this run.
    NotAsked,
    /// There is nothing for it to hide.
    HidesNothing,
    /// Its last day has passed.
    Ended,
    /// It states no reason, and hides nothing.
    NoReason,
    /// It is not written as it must be, and hides nothing.
    Mistaken,
}

/// A finding that a waiver hides.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonHidden {
    /// What it is about: "weak-sla-metrics".
    code: String,
    /// The headline.
    message: String,
    /// Where it begins, or where what is missing would go in.
    start: Option<JsonPosition>,
    /// Identifies the finding across edits elsewhere in the contract.
    fingerprint: String,
}

/// The waivers as JSON, ending with a line feed.
#[must_use]
pub fn json(report: &Report) -> String {
    to_json(&WaiversJson {
        version: 1,
        tool: Tool::this(),
        contracts: report.coverages.len(),
        waived: report.waived(),
        waivers: rows(report).filter_map(|row| json_waiver(&row, report)).collect(),
    })
}

fn json_waiver(row: &Row<'_>, report: &Report) -> Option<JsonWaiver> {
    let waiver = row.waiver;
    let (path, start, end) = located(waiver.span, &report.sources)?;
    let line = |at: usize| row.file.lines().line_of(at) + 1;
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some(JsonWaiver {
        path: path.to_owned(),
        start,
        end,
        reach: match waiver.reach {
            Reach::Clause => JsonReach::Clause,
            Reach::Section => JsonReach::Section,
            Reach::File => JsonReach::File,
        },
        clause: said(&waiver.clause),
        covers: JsonCovers { first_line: line(waiver.covers.start()), last_line: line(waiver.covers.end()) },
        allows: waiver.allows.clone(),
        reason: said(&waiver.reason),
        by: waiver.by.clone(),
        until: waiver.until.clone(),
        state: match waiver.standing {
            WaiverStanding::InForce => JsonState::InForce,
            WaiverStanding::NotAsked => JsonState::NotAsked,
            WaiverStanding::HidesNothing => JsonState::HidesNothing,
            WaiverStanding::Ended => JsonState::Ended,
            WaiverStanding::NoReason => JsonState::NoReason,
            WaiverStanding::Mistaken => JsonState::Mistaken,
        },
        hides: row.hidden.iter().map(|hidden| json_hidden(hidden, report)).collect(),
    })
}

fn json_hidden(hidden: &Hidden, report: &Report) -> JsonHidden {
    let finding = &hidden.finding;
    let place = finding.anchor.span().and_then(|span| located(span, &report.sources));
    JsonHidden {
        code: finding.code.to_string(),
        message: finding.message.clone(),
        start: place.map(|(_, start, _)| start),
        fingerprint: finding.fingerprint.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_ends_early() {
        assert_eq!(cell("plain words"), "plain words");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        for sign in ['=', '+', '-', '@', '＝'] {
            assert_eq!(cell(&format!("{sign}cmd()")), format!("\"'{sign}cmd()\""));
        }
        assert_eq!(cell("\t=1"), "\"' =1\"");
        assert_eq!(cell("a\r\nb\u{1b}[31m\u{202e}"), "a\\u{d}\\u{a}b\\u{1b}[31m\\u{202e}");
    }
}
