//! The YAML block that opens a file: plain scalars at the top level and one level below.
//!
//! No YAML library: contracts keep titles, parties and profiles here, and everything else may
//! pass unread.

use super::FrontMatter;
use crate::source::{FileId, Span};

/// Reads the front matter that `text` opens with; `base` is where `text` begins in the file.
pub(super) fn read(file: FileId, text: &str, base: usize) -> Option<FrontMatter> {
    let mut lines = Lines { text, at: 0 };
    if lines.next()?.trim_end() != "---" {
        return None;
    }
    let mut entries = Vec::new();
    let mut parent: Option<String> = None;
    // The key whose value is the list that follows.
    let mut list: Option<String> = None;
    let mut seen_key = false;
    while let Some(line) = lines.next() {
        let plain = line.trim_end();
        if plain == "---" || plain == "..." {
            let span = Span::new(file, base..base + lines.at);
            return seen_key.then_some(FrontMatter { span, entries });
        }
        let indent = plain.len() - plain.trim_start().len();
        let body = plain.trim_start();
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        if let Some(item) = body.strip_prefix("- ") {
            if let (Some(key), None) = (&list, key_value(item)) {
                append(&mut entries, key, item.trim());
            }
            continue;
        }
        match key_value(body) {
            Some((key, value)) if indent == 0 => {
                seen_key = true;
                parent = value.is_empty().then(|| key.to_owned());
                list.clone_from(&parent);
                push(&mut entries, key.to_owned(), value);
            }
            Some((key, value)) => {
                if let Some(parent) = &parent {
                    let key = format!("{parent}.{key}");
                    list = value.is_empty().then(|| key.clone());
                    push(&mut entries, key, value);
                }
            }
            // Two thematic breaks with prose between them are no front matter.
            None if indent == 0 && !seen_key => return None,
            None => {}
        }
    }
    None
}

fn push(entries: &mut Vec<(String, String)>, key: String, value: &str) {
    if !value.is_empty() {
        entries.push((key, scalar(value)));
    }
}

/// One more item of a list, which reads like a list in brackets.
fn append(entries: &mut Vec<(String, String)>, key: &str, item: &str) {
    let item = scalar(item);
    match entries.last_mut().filter(|(last, _)| last == key) {
        Some((_, value)) => *value = format!("{value}, {item}"),
        None => entries.push((key.to_owned(), item)),
    }
}

/// `key: value` with the value trimmed; `None` for any other line.
fn key_value(line: &str) -> Option<(&str, &str)> {
    let colon = line.find(':')?;
    let (key, value) = (line.get(..colon)?, line.get(colon + 1..)?);
    let key = key.trim().trim_matches(['"', '\'']);
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "-_. ".contains(c));
    let ends = value.is_empty() || value.starts_with([' ', '\t']);
    (plain && ends).then_some((key, value.trim()))
}

/// A plain, quoted or listed scalar as text.
fn scalar(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let parts: Vec<String> = inner.split(',').map(|part| scalar(part.trim())).collect();
        return parts.join(", ");
    }
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or("").to_owned();
        }
    }
    value.split(" #").next().unwrap_or("").trim_end().to_owned()
}

/// The lines of a text, ended by LF, CRLF or a lone CR; `at` is the byte after the last one read.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let stop = match rest.get(end..) {
            Some(tail) if tail.starts_with("\r\n") => 2,
            Some(tail) => tail.len().min(1),
            None => 0,
        };
        self.at += end + stop;
        rest.get(..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_and_one_level_of_nesting_are_read() {
        let text = "---\r\ntitle: \"Hosting: terms\"\nparties:\n  customer: Acme # the buyer\n  \
                    supplier: [Initech, 'Initrode']\nmenu.excerpt: x\n---\nBody";
        let front = read(FileId::default(), text, 3).expect("front matter");
        assert_eq!(front.get("title"), Some("Hosting: terms"));
        assert_eq!(front.get("parties.customer"), Some("Acme"));
        assert_eq!(front.get("parties.supplier"), Some("Initech, Initrode"));
        assert_eq!(front.get("menu.excerpt"), Some("x"));
        assert_eq!(&text[..front.span.end() - 3], text.strip_suffix("Body").expect("body"));
    }

    #[test]
    fn lists_read_alike_in_brackets_and_line_by_line() {
        let text = "---\nclauselint:\n  schedules:\n    - sla.md\n    - \"exit plan.md\"\n  profile: msa\n\
                    authors:\n  - name: x\ntags:\n- a\n- b\n---\n";
        let front = read(FileId::default(), text, 0).expect("front matter");
        assert_eq!(front.get("clauselint.schedules"), Some("sla.md, exit plan.md"));
        assert_eq!(front.get("clauselint.profile"), Some("msa"));
        assert_eq!(front.get("tags"), Some("a, b"));
        assert_eq!(front.get("authors"), None);
    }

    #[test]
    fn thematic_breaks_are_no_front_matter() {
        assert!(read(FileId::default(), "---\nThis Agreement is made.\n---\n", 0).is_none());
        assert!(read(FileId::default(), "---\ntitle: x\n", 0).is_none());
        assert!(read(FileId::default(), "# Title\n", 0).is_none());
    }
}
