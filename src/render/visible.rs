//! Text of contracts, paths and rules made safe for a terminal: what could move the cursor, change
//! colours or turn the reading direction is shown as an escape, never sent.

use std::borrow::Cow;

/// What a character becomes on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Itself.
    Same,
    /// A space, for tabs and the like.
    Space,
    /// Nothing: it has no width for a reader either (soft hyphen, byte order mark).
    Nothing,
    /// A visible escape.
    Escape,
}

/// How a character is shown.
pub(crate) const fn shown(character: char) -> Shown {
    match character {
        '\t' | '\u{a0}' => Shown::Space,
        '\u{ad}' | '\u{feff}' | '\u{200b}' | '\u{2060}' => Shown::Nothing,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Shown::Escape,
        _ => Shown::Same,
    }
}

/// Adds a character as it is shown.
pub(crate) fn push_shown(out: &mut String, character: char) {
    match shown(character) {
        Shown::Same => out.push(character),
        Shown::Space => out.push(' '),
        Shown::Nothing => {}
        Shown::Escape => out.extend(character.escape_unicode()),
    }
}

/// A text of one line as it is shown; line feeds are escaped too.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    // Nearly all texts are plain ASCII, which is told many bytes at a time.
    let plain = text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    if plain || text.chars().all(|character| shown(character) == Shown::Same) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        push_shown(&mut out, character);
    }
    Cow::Owned(out)
}

/// Like [`visible`], with line feeds kept.
#[must_use]
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    if let Cow::Borrowed(line) = visible(text) {
        return Cow::Borrowed(line);
    }
    Cow::Owned(text.lines().map(visible).collect::<Vec<_>>().join("\n"))
}

/// Breaks a text at blanks into lines of at most `width` characters; a longer word stands alone, and
/// a no-break space holds words together.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrapped(text, width).into_iter().map(Cow::into_owned).collect()
}

/// As [`wrap`]; a line whose words stand as far apart as in the text is part of it.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<Cow<'_, str>> {
    if is_simple(text) {
        return wrapped_simple(text, width);
    }
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    // The line so far, where it ends in the text, and how many characters it has.
    let (mut line, mut end, mut length) = (Cow::Borrowed(""), 0, 0);
    let mut from = 0;
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r');
    for word in text.as_bytes().split(is_blank) {
        let at = from;
        from += word.len() + 1;
        let word = &text[at..at + word.len()];
        if word.is_empty() {
            continue;
        }
        let size = if word.len() < 16 && word.is_ascii() { word.len() } else { word.chars().count() };
        if length > 0 && length + 1 + size > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length == 0 {
            (line, length) = (Cow::Borrowed(word), size);
        } else {
            line = match line {
                Cow::Borrowed(own) if at == end + 1 && text[end..].starts_with(' ') => {
                    Cow::Borrowed(&text[end - own.len()..at + word.len()])
                }
                own => Cow::Owned(own.into_owned() + " " + word),
            };
            length += 1 + size;
        }
        end = at + word.len();
    }
    if length > 0 || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Whether a text is plain ASCII and its words stand one blank apart, with none around them.
fn is_simple(text: &str) -> bool {
    let bytes = text.as_bytes();
    let plain = bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    plain
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && pairs.fold(true, |apart, (one, next)| apart & ((*one != b' ') | (*next != b' ')))
}

/// As [`wrapped`] for a text that is simple: a line ends at the last blank that it can hold, else at the next.
fn wrapped_simple(text: &str, width: usize) -> Vec<Cow<'_, str>> {
    let mut lines = Vec::with_capacity(text.len() / width.max(1) + 2);
    let mut rest = text;
    while rest.len() > width {
        let bytes = rest.as_bytes();
        let is_blank = |byte: &u8| *byte == b' ';
        let last = bytes.iter().take(width + 1).rposition(is_blank);
        let Some(end) = last.or_else(|| bytes.iter().position(is_blank)) else { break };
        lines.push(Cow::Borrowed(&rest[..end]));
        rest = &rest[end + 1..];
    }
    lines.push(Cow::Borrowed(rest));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_steer_a_terminal_is_shown_not_sent() {
        assert_eq!(visible("red \u{1b}[31m"), "red \\u{1b}[31m");
        assert_eq!(visible("a\u{202e}b\rc\nd"), "a\\u{202e}b\\u{d}c\\u{a}d");
        assert_eq!(visible("a\tb\u{ad}c“é”"), "a bc“é”");
        assert_eq!(visible_lines("one\ntwo\u{7}"), "one\ntwo\\u{7}");
    }

    #[test]
    fn wrapping_keeps_every_word() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("overlongword x", 4), ["overlongword", "x"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(wrap("a b\u{a0}c", 3), ["a", "b\u{a0}c"]);
        assert_eq!(wrap(" one  two\nthree four ", 13), ["one two three", "four"]);
        assert_eq!(wrap("é é é", 3), ["é é", "é"]);
        for text in ["one two three four", "a", "overlongword x yy overlongword", "a b c d e f g h"] {
            for width in 1..20 {
                // A no-break space at the end is no blank, and makes the text one that is not simple.
                let mut whole = wrap(&format!("{text} \u{a0}"), width);
                let last = whole.pop().unwrap_or_default();
                whole.extend(last.strip_suffix(" \u{a0}").map(str::to_owned));
                assert_eq!(wrap(text, width), whole, "{text} in {width}");
            }
        }
    }
}
