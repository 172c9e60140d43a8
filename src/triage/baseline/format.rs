//! The baseline file: JSON Lines, one finding a line, sorted, so that it is read in a review, and
//! merged by git line by line. No line counts others.
//!
//! Order, repeated lines and empty lines are of no matter to the reader, so that `merge=union` gives
//! a good file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::likeness::Sketch;
use super::{Baseline, Entry, Likeness};
use crate::finding::{Anchor, Code, Finding, Fingerprint, Severity};
use crate::source::{SourceFile, Span};

/// The version that is written, and the only one that is read.
const VERSION: u64 = 1;

/// A line of a baseline file: the first of these that it fits.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "a line of a clauselint baseline")]
#[serde(untagged)]
pub enum Line {
    /// The first line.
    Head(Head),
    /// What a contract is like.
    Contract(ContractLine),
    /// A finding that is known.
    Finding(FindingLine),
}

/// Says what the file is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Always "baseline".
    clauselint: String,
    /// Version of this format; a change that breaks a reader raises it.
    version: u64,
}

/// What a contract is like, to find it again when it has moved.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractLine {
    /// The contract, relative to the folder of the baseline, with forward slashes.
    path: String,
    /// A hash of its title and its parties: 16 hexadecimal digits.
    names: String,
    /// A sketch of its text: 64 hexadecimal digits.
    text: String,
}

/// A finding that is known.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingLine {
    /// The contract, relative to the folder of the baseline, with forward slashes.
    path: String,
    /// What the finding is about: "weak-sla-metrics".
    code: String,
    /// What it is known by, as in the other formats: 16 hexadecimal digits.
    id: String,
    /// What the clause lacks: one that lacks more is a new finding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lacks: Vec<String>,
    /// How far a figure falls short of the preferred tier, in thousandths of its unit: one that falls
    /// shorter is a new finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    short_by: Option<u64>,
}

impl Baseline {
    /// The file, ending with a line feed.
    #[must_use]
    pub fn print(&self) -> String {
        let mut lines = vec![Line::Head(Head { clauselint: "baseline".to_owned(), version: VERSION })];
        for (path, known) in &self.contracts {
            lines.extend(known.likenesses.iter().map(|likeness| {
                Line::Contract(ContractLine {
                    path: path.clone(),
                    names: likeness.names.as_str().to_owned(),
                    text: likeness.text.digits(),
                })
            }));
            lines.extend(known.entries.iter().map(|entry| {
                Line::Finding(FindingLine {
                    path: path.clone(),
                    code: entry.code.clone(),
                    id: entry.id.as_str().to_owned(),
                    lacks: entry.lacks.clone(),
                    short_by: entry.short_by,
                })
            }));
        }
        // Plain structs of strings and numbers always serialize.
        lines.iter().map(|line| serde_json::to_string(line).unwrap_or_default() + "\n").collect()
    }

    /// Reads a file. What is wrong with it is told line by line, all at once; the lines without
    /// mistakes are kept.
    #[must_use]
    pub fn parse(source: &SourceFile) -> (Self, Vec<Finding>) {
        let mut reader = Reader { baseline: Self::default(), wrong: Vec::new(), headed: false };
        for line in 0..source.lines().line_count() {
            let text = source.line_text(line);
            let start = source.lines().line_start(line).unwrap_or_default();
            // A byte order mark is no part of the first line.
            let text = text.trim_start_matches('\u{feff}').trim();
            let whole = Span::new(source.id, start..start + source.line_text(line).len());
            if !text.is_empty() && !reader.conflict(whole, text) {
                reader.line(text).unwrap_or_else(|mistake| reader.wrong.push(mistake.finding(whole)));
            }
        }
        if !reader.headed && reader.wrong.is_empty() {
            let anchor = Anchor::Document { insert_at: Span::new(source.id, 0..0) };
            let message = "this file is no baseline";
            let finding = Finding::new(Code::Baseline, Severity::Error, message, anchor);
            reader.wrong.push(finding.help(REWRITE));
        }
        (reader.baseline.tidy(), reader.wrong)
    }
}

const REWRITE: &str = "clauselint baseline write --force writes it anew";
const LINE: &str = "take the line out, or write the file anew with clauselint baseline write --force";

/// Why a line cannot be used.
struct Mistake {
    message: String,
    advice: String,
}

impl Mistake {
    fn new(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { message: message.into(), advice: advice.into() }
    }

    fn finding(self, span: Span) -> Finding {
        Finding::new(Code::Baseline, Severity::Error, self.message, Anchor::Span(span)).help(self.advice)
    }
}

struct Reader {
    baseline: Baseline,
    wrong: Vec<Finding>,
    /// Whether the first line was there.
    headed: bool,
}

impl Reader {
    /// Whether a line is a mark that git leaves in a file that it could not merge; told once.
    fn conflict(&mut self, line: Span, text: &str) -> bool {
        const MARKS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];
        if !MARKS.iter().any(|mark| text.starts_with(mark)) {
            return false;
        }
        if text.starts_with("<<<<<<<") {
            let mistake = Mistake::new(
                "a merge conflict is left in the baseline",
                "keep the lines of both sides, take out the marks, then run clauselint baseline update; \
                 `clauselint-baseline.jsonl merge=union` in .gitattributes makes git do so",
            );
            self.wrong.push(mistake.finding(line));
        }
        true
    }

    fn line(&mut self, text: &str) -> Result<(), Mistake> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| Mistake::new(format!("this line is no JSON: {}", plain(&error)), LINE))?;
        let has = |key: &str| value.get(key).is_some();
        if has("clauselint") {
            self.head(value)
        } else if has("code") {
            self.finding(value)
        } else if has("text") {
            self.contract(value)
        } else {
            Err(Mistake::new("this line is neither a contract nor a finding", LINE))
        }
    }

    fn head(&mut self, value: Value) -> Result<(), Mistake> {
        let version = value.get("version").and_then(Value::as_u64);
        if let Some(version) = version.filter(|&version| version > VERSION) {
            self.headed = true;
            return Err(Mistake::new(
                format!("this baseline has version {version}, and this clauselint reads version {VERSION}"),
                "use the clauselint that wrote it, or a later one",
            ));
        }
        let head: Head = of(value)?;
        if head.clauselint != "baseline" || head.version != VERSION {
            return Err(Mistake::new("this file is no baseline", REWRITE));
        }
        self.headed = true;
        Ok(())
    }

    fn contract(&mut self, value: Value) -> Result<(), Mistake> {
        let line: ContractLine = of(value)?;
        let names = Fingerprint::read(&line.names).ok_or_else(|| digits("names", 16))?;
        let text = Sketch::read(&line.text).ok_or_else(|| digits("text", 64))?;
        let known = self.baseline.contracts.entry(line.path).or_default();
        known.likenesses.push(Likeness { names, text });
        Ok(())
    }

    fn finding(&mut self, value: Value) -> Result<(), Mistake> {
        let mut line: FindingLine = of(value)?;
        let id = Fingerprint::read(&line.id).ok_or_else(|| digits("id", 16))?;
        line.lacks.sort_unstable();
        let entry = Entry { code: line.code, id, lacks: line.lacks, short_by: line.short_by };
        self.baseline.contracts.entry(line.path).or_default().entries.push(entry);
        Ok(())
    }
}

fn of<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, Mistake> {
    serde_json::from_value(value).map_err(|error| Mistake::new(plain(&error), LINE))
}

fn digits(key: &str, count: usize) -> Mistake {
    Mistake::new(format!("`{key}` is not {count} hexadecimal digits"), LINE)
}

/// What serde says, without the line: the finding shows it.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
