//! Cuts HTML into tags, comments and text; knows just enough tags to tell them from `<REDACTED>`.

use std::ops::Range;

/// A piece of HTML, in bytes of the text that was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, entities not resolved; without line ends.
    Text(Range<usize>),
    /// A line end with the blanks around it.
    LineEnd(Range<usize>),
    /// An entity such as `&amp;` and what it stands for.
    Entity(Range<usize>, char),
    /// A known tag.
    Tag(Tag, Range<usize>),
    /// A comment.
    Comment(Range<usize>),
}

/// What a tag does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// `<h1>` to `<h6>`.
    Heading(u8),
    /// `</h1>` to `</h6>`.
    HeadingEnd,
    /// `<br>`.
    Break,
    /// A tag that begins or ends a block: `<p>`, `<div>`, `<li>`.
    Block,
    /// `<tr>`.
    Row,
    /// `</tr>`.
    RowEnd,
    /// `<td>`, `<th>`.
    Cell,
    /// `</td>`, `</th>`.
    CellEnd,
    /// `<b>`, `<u>`, `<span class="header">`: marks that may make a title.
    Mark,
    /// The end of such a mark.
    MarkEnd,
    /// Any other known tag: vanishes.
    Inline,
}

const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "script",
    "style",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "title",
    "ul",
];
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "big", "button", "cite", "code", "col", "colgroup", "data", "del", "dfn", "font",
    "img", "input", "ins", "kbd", "label", "mark", "meta", "nobr", "object", "param", "q", "s", "samp",
    "select", "small", "source", "span", "strike", "sub", "sup", "svg", "textarea", "time", "tt", "var",
    "video", "wbr",
];
const MARKS: &[&str] = &["b", "em", "i", "strong", "u"];

/// Reads a whole tag such as `</h2>`; `None` when it is no tag of HTML.
pub(super) fn tag(text: &str) -> Option<Tag> {
    let inner = text.strip_prefix('<')?.trim_end_matches('>');
    let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
    let len = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, attributes) = inner.split_at_checked(len)?;
    if len == 0 || len > 10 || !attributes.is_empty() && !attributes.starts_with([' ', '\t', '\n', '\r', '/'])
    {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    Some(match lower.as_str() {
        "br" => Tag::Break,
        "tr" if closing => Tag::RowEnd,
        "tr" => Tag::Row,
        "td" | "th" if closing => Tag::CellEnd,
        "td" | "th" => Tag::Cell,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if closing => Tag::HeadingEnd,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Tag::Heading(*lower.as_bytes().get(1)? - b'0'),
        "span" if closing => Tag::MarkEnd,
        "span" if attributes.contains("head") || attributes.contains("title") => Tag::Mark,
        name if MARKS.contains(&name) => {
            if closing {
                Tag::MarkEnd
            } else {
                Tag::Mark
            }
        }
        name if BLOCK.contains(&name) => Tag::Block,
        name if INLINE.contains(&name) => Tag::Inline,
        _ => return None,
    })
}

/// Cuts a block of HTML.
pub(super) fn tokens(text: &str, mut give: impl FnMut(Token)) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let (token, end) = match byte {
            b'<' => markup(text, at),
            b'&' => entity(text, at),
            b'\n' | b'\r' => line_end(bytes, at),
            _ => (None, at + 1),
        };
        if let Some(token) = token {
            if from < at {
                give(Token::Text(from..at));
            }
            give(token);
            from = end;
        }
        at = end;
    }
    if from < bytes.len() {
        give(Token::Text(from..bytes.len()));
    }
}

fn line_end(bytes: &[u8], at: usize) -> (Option<Token>, usize) {
    let blanks = bytes.iter().skip(at).take_while(|byte| byte.is_ascii_whitespace()).count();
    (Some(Token::LineEnd(at..at + blanks)), at + blanks)
}

/// A tag or comment at `at`; text when it is neither.
fn markup(text: &str, at: usize) -> (Option<Token>, usize) {
    let rest = text.get(at..).unwrap_or("");
    if rest.starts_with("<!--") {
        let len = rest.find("-->").map_or(rest.len(), |end| end + 3);
        return (Some(Token::Comment(at..at + len)), at + len);
    }
    // A tag longer than this is a stray "<"; the bound keeps the scan linear.
    let window = rest.bytes().take(1024).position(|byte| byte == b'>');
    let Some(len) = window.map(|end| end + 1) else { return (None, at + 1) };
    match rest.get(..len).and_then(tag) {
        Some(tag) => (Some(Token::Tag(tag, at..at + len)), at + len),
        None => (None, at + 1),
    }
}

fn entity(text: &str, at: usize) -> (Option<Token>, usize) {
    let rest = text.get(at + 1..).unwrap_or("");
    let Some(len) = rest.bytes().take(9).position(|byte| byte == b';') else { return (None, at + 1) };
    match rest.get(..len).and_then(character) {
        Some(sign) => (Some(Token::Entity(at..at + len + 2, sign)), at + len + 2),
        None => (None, at + 1),
    }
}

/// The character that an entity stands for; the common names and all numbers.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|sign| *sign != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" | "ldquo" | "rdquo" | "bdquo" | "laquo" | "raquo" => '"',
        "apos" | "lsquo" | "rsquo" | "sbquo" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "shy" => '\u{ad}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "sect" => '§',
        "para" => '¶',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "euro" => '€',
        "pound" => '£',
        "deg" => '°',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_no_tags() {
        assert_eq!(tag("<REDACTED>"), None);
        assert_eq!(tag("<span class=\"header_2\" id=\"1\">"), Some(Tag::Mark));
        assert_eq!(tag("<h2 id=\"x\">"), Some(Tag::Heading(2)));
        assert_eq!(tag("<br/>"), Some(Tag::Break));
    }

    #[test]
    fn html_is_cut_into_tags_text_and_entities() {
        let mut seen = Vec::new();
        let text = "<p>A &amp; b <x> < c\n d<!-- no --></p>";
        tokens(text, |token| {
            seen.push(match token {
                Token::Text(range) => format!("text {}", &text[range]),
                Token::LineEnd(_) => "line".to_owned(),
                Token::Entity(_, sign) => format!("entity {sign}"),
                Token::Tag(tag, _) => format!("{tag:?}"),
                Token::Comment(range) => format!("comment {}", range.len()),
            });
        });
        let want =
            ["Block", "text A ", "entity &", "text  b <x> < c", "line", "text d", "comment 11", "Block"];
        assert_eq!(seen, want);
    }
}
