//! `query`: one line a match, with its place.

use std::borrow::Cow;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::excerpt::{Excerpt, Mark};
use super::json::{JsonPosition, Tool, located, to_json};
use super::visible::visible;
use crate::source::{FileId, Span};
use crate::triage::{Matches, counted};

/// How much is shown of the beginning of a match that is too long to show, in characters.
const FRONT: usize = 48;
/// How much is shown of its end, in characters.
const BACK: usize = 32;

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
        let mark = Mark { span, message: "", primary: true };
        let excerpt = Excerpt::new(file, &[mark]);
        let Some(placed) = excerpt.marks.first() else { continue };
        let part = |range: std::ops::Range<usize>| excerpt.text.get(range).unwrap_or("");
        let shown = part(placed.range.clone());
        let (words, after) = match shortened(file.slice(span), shown) {
            Some(words) => (words, String::new()),
            None => (shown.to_owned(), part(placed.range.end..excerpt.text.len()).trim_end().to_owned()),
        };
        let _ = writeln!(
            out,
            "{}:{}:{}: {}{open}{words}{close}{after}",
            visible(&file.path),
            at.line,
            at.column,
            part(0..placed.range.start).trim_start(),
        );
    }
    out
}

/// A match of which the excerpt shows only the beginning, on one line: its first and last words, with
/// the cut between them. `None` when all of it is shown.
fn shortened(matched: &str, shown: &str) -> Option<String> {
    let words: Vec<Cow<'_, str>> = matched.split_whitespace().map(visible).collect();
    if words.iter().map(AsRef::as_ref).eq(shown.split_whitespace()) {
        return None;
    }
    let size = |words: &[Cow<'_, str>]| words.iter().map(|word| word.chars().count() + 1).sum::<usize>();
    if size(&words) <= FRONT + BACK {
        return Some(words.join(" "));
    }
    let front =
        (1..words.len()).take_while(|&count| words.get(..count).is_some_and(|f| size(f) <= FRONT)).last();
    let front = front.unwrap_or(1);
    let back = (front..words.len()).find(|&at| words.get(at..).is_some_and(|back| size(back) <= BACK));
    let back = back.unwrap_or(words.len() - 1).max(front);
    let (first, last) = (words.get(..front)?, words.get(back..)?);
    let cut = if front < back { " … " } else { " " };
    Some(format!("{}{cut}{}", first.join(" "), last.join(" ")).trim_end().to_owned())
}

/// Says that nothing matches, and in how many files.
#[must_use]
pub fn nothing(matches: &Matches, pattern: &str) -> String {
    let mut said = format!("no match in {}", counted(matches.searched, "file"));
    if pattern.contains('*') {
        said.push_str("; `*` stands for one letter, `pay!` for every word that begins so");
    } else if !pattern.contains(['!', '@', '$']) {
        said.push_str("; a word stands for itself and its plural, `pay!` for every word that begins so");
    }
    said.push('\n');
    said
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn shown(text: &str, from: &str, to: &str) -> String {
        let mut sources = Sources::new();
        let file = sources.add("a.md", text);
        let start = text.find(from).expect("the words are there");
        let end = text.rfind(to).expect("the words are there") + to.len();
        let spans = vec![Span::new(file, start..end)];
        lines(&Matches { sources, spans, searched: 1, failures: Vec::new() }, false)
    }

    #[test]
    fn a_short_match_stands_in_its_line() {
        let text = "The Supplier shall pay the Customer.\n";
        assert_eq!(shown(text, "Supplier", "pay"), "a.md:1:5: The «Supplier shall pay» the Customer.\n");
    }

    #[test]
    fn a_long_match_shows_its_first_and_last_words_and_the_cut() {
        let text = format!("The Supplier shall {}be liable for it all.\n", "at all times ".repeat(40));
        let line = shown(&text, "Supplier", "liable");
        assert!(line.starts_with("a.md:1:5: The «Supplier shall at all times"), "{line}");
        assert!(line.contains(" … ") && line.ends_with("be liable»\n"), "{line}");
        assert!(line.chars().count() < 120, "{line}");
    }

    #[test]
    fn a_match_over_two_lines_is_shown_on_one() {
        let text = "The Supplier\nshall pay.\n";
        assert_eq!(shown(text, "Supplier", "pay"), "a.md:1:5: The «Supplier shall pay»\n");
    }

    #[test]
    fn a_match_without_blanks_keeps_its_end() {
        let text = format!("{} end\n", "x".repeat(400));
        let line = shown(&text, "x", "end");
        assert!(line.ends_with(" end»\n"), "{line}");
    }
}
