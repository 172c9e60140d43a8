//! Where the label of a clause may have been lost on the way to Markdown: blacked out with the words
//! behind it, or run into the paragraph before.

use super::Proof;

/// Whether a number stands somewhere in a text as a label that was not read as one: behind the end
/// of a line, a sentence or a redaction, with a capital, a mark or a redaction behind it.
pub(super) fn is_written(number: &str, text: &str) -> bool {
    const ENDS: [char; 10] = ['\n', '.', ';', ':', '|', '>', '"', '”', ']', ')'];
    // A bare figure may be an amount or a day; one that is a label has a stop or starts a line.
    let bare = !number.contains('.');
    // A number without figures stands everywhere, and so also inside of a character.
    let places = memchr::memmem::find_iter(text.as_bytes(), number);
    places.filter(|&at| text.is_char_boundary(at)).any(|at| {
        let stopped = text[at + number.len()..].starts_with(['.', ')', '\\', ':']);
        let titled = text[at + number.len()..].lines().next().is_some_and(|line| !line.trim().is_empty());
        if bare && !stopped && !(text[..at].ends_with('\n') && titled) {
            return false;
        }
        let before = text[..at].trim_end_matches(['*', '_', '#', '\\', '§']).trim_end_matches(' ');
        let behind = text[at + number.len()..].trim_start_matches(['.', ')', '\\', '*', '_', ':']);
        let begins = |c: char| c.is_uppercase() || matches!(c, '*' | '"' | '“' | '[' | '\\');
        (before.is_empty() || before.ends_with(ENDS)) && behind.trim_start().starts_with(begins)
    })
}

/// Whether a clause may be blacked out in a part of the source (in bytes): a line that begins with a
/// redaction may have begun with a label.
pub(super) fn is_blacked_out(proof: &Proof<'_>, from: usize, to: usize) -> bool {
    proof.source.text.get(from..to).is_some_and(|text| text.lines().skip(1).any(opens_with_redaction))
}

/// "[***]", "\[ \* \]", "[…***…]", "[Redacted]" in front of what a line says.
fn opens_with_redaction(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '-', '#', '>', '\\']);
    let Some(inner) = line.strip_prefix('[') else { return false };
    let Some(end) = inner.find(']').filter(|&end| end > 0) else { return false };
    let inner = inner[..end].trim();
    let lower = inner.to_ascii_lowercase();
    let signs =
        !inner.is_empty() && !inner.contains(char::is_alphanumeric) && inner.contains(['*', '∗', '•', '●']);
    signs || ["redacted", "omitted", "deleted"].iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redactions_are_told_from_links_boxes_and_blanks() {
        for line in ["[***]", "\\[\\*\\*\\*\\] under this", "- [ * ]", "[…***…]", "[Redacted]"] {
            assert!(opens_with_redaction(line), "{line}");
        }
        for line in
            ["[Schedule 1](schedule.md)", "[ ] paid", "- [x] paid", "[Client]", "the [***] rate", "[]"]
        {
            assert!(!opens_with_redaction(line), "{line}");
        }
    }

    #[test]
    fn a_label_stands_behind_an_end_and_in_front_of_a_capital() {
        assert!(is_written("1.3", "as said. 1.3 The price"));
        assert!(is_written("6.3.7", "[***] 6.3.7 Within ten days"));
        assert!(is_written("5.4", "prices. 5.4 \\[ * \\] 6. FEES"));
        assert!(!is_written("1.3", "as Section 1.3 The"));
        assert!(!is_written("20", "April 2020. 20 Days later"));
        assert!(!is_written("1.3", "the rate is 1.3 per cent"));
    }
}
