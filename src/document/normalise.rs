//! Characters as they are read: odd spaces, curly quotes, soft hyphens and ligatures resolved.
//!
//! Markdown's own marks (escapes, entities, emphasis) are resolved by the parser's events; here
//! stand the rules for the characters that are left.

use super::prose::Prose;

/// Adds a text of the source, which stands there at `source`, in its normal form.
#[inline]
pub(super) fn push(out: &mut Prose, text: &str, source: usize) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = plain_until(bytes, 0);
    while let Some(&byte) = bytes.get(at) {
        let width = width(byte);
        if let Some(normal) = normal(bytes.get(at..at + width).unwrap_or_default()) {
            out.push_verbatim(text.get(from..at).unwrap_or(""), source + from);
            out.push_replaced(normal, source + at..source + at + width);
            from = at + width;
        }
        at = plain_until(bytes, at + width);
    }
    out.push_verbatim(text.get(from..).unwrap_or(""), source + from);
}

/// The first byte at or after `at` that may not stay as it is; looks at many at a time.
fn plain_until(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..at + 32) {
        if chunk.iter().fold(false, |odd, &byte| odd | (byte.wrapping_sub(0x20) >= 0x5f)) {
            break;
        }
        at += 32;
    }
    while let Some((word, _)) = bytes.get(at..).and_then(<[u8]>::split_first_chunk) {
        let odd = odd_bytes(u64::from_le_bytes(*word));
        if odd == 0 {
            at += 8;
            continue;
        }
        at += (odd.trailing_zeros() / 8) as usize;
        if bytes.get(at) != Some(&b'\t') {
            return at;
        }
        at += 1;
    }
    while bytes.get(at).is_some_and(|&byte| (0x20..0x7f).contains(&byte) || byte == b'\t') {
        at += 1;
    }
    at
}

/// The high bit of each of eight bytes that is no printable ASCII; exact for the lowest one.
const fn odd_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    let control = word.wrapping_sub(0x20 * ONES) & !word;
    (control | word | word.wrapping_add(ONES)) & (0x80 * ONES)
}

/// Adds a text that stands as a whole for `source` (an entity), in its normal form.
pub(super) fn push_whole(out: &mut Prose, text: &str, source: std::ops::Range<usize>) {
    let mut plain = Prose::default();
    push(&mut plain, text, 0);
    out.push_replaced(&plain.text, source);
}

/// Bytes of the character that begins with this byte.
const fn width(byte: u8) -> usize {
    match byte {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    }
}

/// What a character is read as; `None` when it stays as it is.
fn normal(character: &[u8]) -> Option<&'static str> {
    Some(match character {
        // Control characters; C1 ones are Windows quotes that were decoded as Latin-1.
        [_] | [0xc2, 0x80..=0x90 | 0x95..=0xa0] => " ",
        [0xc2, 0x91 | 0x92] => "'",
        [0xc2, 0x93 | 0x94 | 0xab | 0xbb] => "\"",
        [0xc2, 0xad] => "",
        [0xe2, 0x80, third] => match third {
            0x80..=0x8a | 0xa8 | 0xa9 | 0xaf => " ",
            0x8b..=0x8f => "",
            // The hyphens of Unicode, one of which holds a line together.
            0x90 | 0x91 => "-",
            0x98..=0x9b | 0xb9 | 0xba => "'",
            0x9c..=0x9f => "\"",
            _ => return None,
        },
        [0xe2, 0x81, 0x9f] | [0xe1, 0x9a, 0x80] | [0xe3, 0x80, 0x80] => " ",
        [0xe2, 0x81, 0xa0] | [0xef, 0xbb, 0xbf] => "",
        [0xef, 0xac, third] => match third {
            0x80 => "ff",
            0x81 => "fi",
            0x82 => "fl",
            0x83 => "ffi",
            0x84 => "ffl",
            _ => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut prose = Prose::default();
        push(&mut prose, text, 0);
        prose.text
    }

    #[test]
    fn odd_characters_are_made_plain() {
        assert_eq!(read("“30\u{a0}days’ notice”"), "\"30 days' notice\"");
        assert_eq!(read("Infra\u{ad}struc\u{200b}ture"), "Infrastructure");
        assert_eq!(read("forty\u{2010}five non\u{2011}cash"), "forty-five non-cash");
        assert_eq!(read("a\u{2003}b – ﬁnal « x »"), "a b – final \" x \"");
    }

    #[test]
    fn a_word_with_a_soft_hyphen_maps_to_all_of_its_source() {
        let mut prose = Prose::default();
        push(&mut prose, "x Sub\u{ad}processor y", 10);
        let at = prose.text.find("Subprocessor").unwrap_or_default();
        let range = prose.source_range(at as u32..(at + 12) as u32);
        assert_eq!(range, 12..26);
    }
}
