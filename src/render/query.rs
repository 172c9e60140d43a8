//! `query`: one line a match, with its place.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::excerpt::{Excerpt, Mark};
use super::json::{JsonPosition, Tool, located, to_json};
use super::visible::visible;
use crate::source::{FileId, Span};
use crate::triage::Matches;

/// What `clauselint query --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "clauselint query")]
#[serde(deny_unknown_fields)]
pub struct QueryJson {
    /// Version of this format; a change that breaks a reader raises it.
    version: u32,
    tool: Tool,
    /// The pattern as it was given.
    pattern: String,
    /// By file and place.
    matches: Vec<JsonMatch>,
}

/// Words that the pattern matches.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonMatch {
    path: String,
    start: JsonPosition,
    end: JsonPosition,
    text: String,
}

/// The matches as JSON that ends with a line feed.
#[must_use]
pub fn json(matches: &Matches, pattern: &str) -> String {
    let one = |span: &Span| {
        let (path, start, end) = located(*span, &matches.sources)?;
        let text = matches.sources.get(span.file())?.slice(*span).to_owned();
        Some(JsonMatch { path: path.to_owned(), start, end, text })
    };
    to_json(&QueryJson {
        version: 1,
        tool: Tool::this(),
        pattern: pattern.to_owned(),
        matches: matches.spans.iter().filter_map(one).collect(),
    })
}

/// One line a match: `path:line:column: text`, the match between « and ».
#[must_use]
pub fn lines(matches: &Matches, colour: bool) -> String {
    let (open, close) = if colour { ("\u{1b}[1;31m«", "»\u{1b}[0m") } else { ("«", "»") };
    let mut out = String::new();
    for &span in &matches.spans {
        let Some(file) = matches.sources.get(span.file()) else { continue };
        let at = file.position(span.start());
        let mark = Mark { span, message: String::new(), primary: true };
        let excerpt = Excerpt::new(file, &[mark]);
        let Some(placed) = excerpt.marks.first() else { continue };
        let part = |range: std::ops::Range<usize>| excerpt.text.get(range).unwrap_or("");
        let _ = writeln!(
            out,
            "{}:{}:{}: {}{open}{}{close}{}",
            visible(&file.path),
            at.line,
            at.column,
            part(0..placed.range.start).trim_start(),
            part(placed.range.clone()),
            part(placed.range.end..excerpt.text.len()).trim_end(),
        );
    }
    out
}

/// One line a file with matches: `path: count`.
#[must_use]
pub fn counts(matches: &Matches) -> String {
    let mut counts: Vec<(FileId, usize)> = Vec::new();
    for span in &matches.spans {
        match counts.last_mut() {
            Some((file, count)) if *file == span.file() => *count += 1,
            _ => counts.push((span.file(), 1)),
        }
    }
    let mut out = String::new();
    for (file, count) in counts {
        if let Some(file) = matches.sources.get(file) {
            let _ = writeln!(out, "{}: {count}", visible(&file.path));
        }
    }
    out
}
