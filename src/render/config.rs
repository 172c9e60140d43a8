//! `config show`: the values that hold for a file, each with the place that it comes from. The text
//! is itself TOML; the JSON is a versioned format of its own.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::to_json;
use super::visible::visible;
use crate::settings::{Shown, Value};
use crate::source::{Sources, Span};

/// What `clauselint config show --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "clauselint config show")]
#[serde(deny_unknown_fields)]
pub struct ConfigJson {
    /// Version of this format; a change that breaks a reader raises it.
    version: u32,
    /// The file or folder that was asked about.
    path: String,
    /// The configuration files that were read: the nearest, then what each extends. Empty when there
    /// is none.
    files: Vec<String>,
    /// The values, in the order of the format; levels and thresholds one entry each.
    values: Vec<JsonValue>,
}

/// A value that holds.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonValue {
    /// The key that sets it: "for", "levels.weak".
    key: String,
    /// A text, a truth value or a list of texts; null where nothing is set.
    value: serde_json::Value,
    /// Where it is written; null for a default.
    origin: Option<JsonOrigin>,
    /// For a list: where each item is written, in the same order; else empty.
    item_origins: Vec<JsonOrigin>,
}

/// A line of a configuration file.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonOrigin {
    /// The file.
    file: String,
    /// The line, counted from 1.
    line: usize,
}

/// The values as JSON.
#[must_use]
pub fn json(path: &str, files: &[&str], values: &[Shown], sources: &Sources) -> String {
    let place = |span: Span| {
        let (file, line) = place(span, sources)?;
        Some(JsonOrigin { file: file.to_owned(), line })
    };
    let value = |shown: &Shown| JsonValue {
        key: shown.key.clone(),
        value: match &shown.value {
            Value::Text(text) => text.as_str().into(),
            Value::Flag(flag) => (*flag).into(),
            Value::List(items) => items.iter().map(|item| item.value.as_str()).collect(),
            Value::Unset(_) => serde_json::Value::Null,
        },
        origin: shown.origin.and_then(place),
        item_origins: match &shown.value {
            Value::List(items) => items.iter().filter_map(|item| place(item.origin)).collect(),
            _ => Vec::new(),
        },
    };
    to_json(&ConfigJson {
        version: 1,
        path: path.to_owned(),
        files: files.iter().map(|&file| file.to_owned()).collect(),
        values: values.iter().map(value).collect(),
    })
}

/// The values as TOML, with the places behind them.
#[must_use]
pub fn text(path: &str, files: &[&str], values: &[Shown], sources: &Sources) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for shown in values {
        let from = origin(shown.origin, sources);
        let key = &shown.key;
        match &shown.value {
            Value::Text(text) => lines.push((format!("{key} = {}", quoted(text)), from)),
            Value::Flag(flag) => lines.push((format!("{key} = {flag}"), from)),
            Value::Unset(meaning) => lines.push((format!("# {key}: {meaning}"), from)),
            Value::List(items) => match items.as_slice() {
                [] => lines.push((format!("{key} = []"), from)),
                [item] => lines.push((format!("{key} = [{}]", quoted(&item.value)), from)),
                _ => {
                    lines.push((format!("{key} = ["), String::new()));
                    for item in items {
                        let from = origin(Some(item.origin), sources);
                        lines.push((format!("  {},", quoted(&item.value)), from));
                    }
                    lines.push(("]".to_owned(), String::new()));
                }
            },
        }
    }
    let mut out = head(path, files);
    let width = lines.iter().map(|(line, _)| line.chars().count()).filter(|&width| width <= WIDEST).max();
    let width = width.unwrap_or(0);
    for (line, from) in lines {
        let from = if from.is_empty() { from } else { format!("  # {from}") };
        let _ = writeln!(out, "{}", format!("{line:width$}{from}").trim_end());
    }
    out
}

/// The widest value behind which the places still stand in a column.
const WIDEST: usize = 60;

fn head(path: &str, files: &[&str]) -> String {
    let path = visible(path);
    match files {
        [] => format!("# {path}: no clauselint.toml there or above, so the defaults hold\n"),
        [nearest, bases @ ..] => {
            let mut line = format!("# {path}: settings of {}", visible(nearest));
            for base in bases {
                let _ = write!(line, ", which extends {}", visible(base));
            }
            line.push('\n');
            line
        }
    }
}

/// "clauselint.toml:3", or "default".
fn origin(span: Option<Span>, sources: &Sources) -> String {
    span.and_then(|span| place(span, sources))
        .map_or_else(|| "default".to_owned(), |(file, line)| format!("{}:{line}", visible(file)))
}

fn place(span: Span, sources: &Sources) -> Option<(&str, usize)> {
    let file = sources.get(span.file())?;
    Some((file.path.as_str(), file.position(span.start()).line))
}

/// A text as TOML has it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
