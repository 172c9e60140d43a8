//! Bytes -> text, or the reason why they are none. Nothing is guessed: a file that is not UTF-8 is
//! refused with the place, since a wrong guess would read a contract wrongly in silence.

use crate::finding::{Anchor, Code, Finding, Severity};
use crate::source::{FileId, SourceFile, Span};

/// A file whose bytes are no text: what can be shown of it and what is wrong.
#[derive(Debug)]
pub(super) struct Undecodable {
    /// The file with the text that could be shown; empty when there is none.
    pub(super) file: SourceFile,
    /// What is wrong.
    pub(super) finding: Finding,
}

/// The text of a file. A byte order mark stays in it, so that spans are exact.
pub(super) fn decode(id: FileId, path: &str, bytes: Vec<u8>) -> Result<SourceFile, Box<Undecodable>> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(bare(id, path, "the file is larger than 4 GiB", "split it into one file a contract"));
    }
    if let Some((message, help)) = foreign(&bytes) {
        return Err(bare(id, path, &message, help));
    }
    match String::from_utf8(bytes) {
        Ok(text) if text.is_empty() => {
            Err(bare(id, path, "the file is empty", "there is no contract to read"))
        }
        Ok(text) if is_blank(&text) => {
            Err(bare(id, path, "the file holds nothing but blanks", "there is no contract to read"))
        }
        Ok(text) => Ok(SourceFile::new(id, path, text)),
        Err(error) => Err(not_utf8(id, path, &error)),
    }
}

fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}' | '\u{ad}'))
}

/// A format that is no UTF-8 text, told from its first bytes, with advice.
fn foreign(bytes: &[u8]) -> Option<(String, &'static str)> {
    let said = |what: &str| format!("the file is {what}, not UTF-8 text");
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || looks_like_utf16(bytes) {
        return Some((said("UTF-16"), "save it as UTF-8: iconv -f UTF-16 -t UTF-8"));
    }
    if bytes.starts_with(b"%PDF-") {
        return Some((said("a PDF"), "convert it to Markdown first"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Some((
            said("a zip archive, perhaps a Word document"),
            "convert it to Markdown first: pandoc -t gfm",
        ));
    }
    let nul = memchr::memchr(0, bytes)?;
    let line = bytes.iter().take(nul).filter(|&&byte| byte == b'\n').count() + 1;
    Some((format!("the file is binary: byte {nul} on line {line} is NUL"), "give a Markdown file"))
}

/// Text in UTF-16 without a byte order mark has a NUL beside most letters, always on the same side.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(512)).unwrap_or(bytes);
    if start.len() < 8 {
        return false;
    }
    let nuls = |parity: usize| start.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let most = start.len() * 2 / 5;
    (even >= most && odd <= start.len() / 20) || (odd >= most && even <= start.len() / 20)
}

fn not_utf8(id: FileId, path: &str, error: &std::string::FromUtf8Error) -> Box<Undecodable> {
    let at = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let byte = bytes.get(at).copied().unwrap_or_default();
    // Up to the first wrong byte the lossy text is the file's own, so the place is true.
    let file = SourceFile::new(id, path, String::from_utf8_lossy(bytes).into_owned());
    let line = file.position(at).line;
    let span = Span::new(id, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
    let message = format!("the file is not UTF-8: byte {at} on line {line} is 0x{byte:02X}");
    let finding = Finding::new(Code::Unreadable, Severity::Error, message, Anchor::Span(span))
        .at("no UTF-8 from here")
        .help("save it as UTF-8; an old Windows file: iconv -f WINDOWS-1252 -t UTF-8");
    Box::new(Undecodable { file, finding })
}

/// A mistake about a whole file of which nothing can be shown.
fn bare(id: FileId, path: &str, message: &str, help: &str) -> Box<Undecodable> {
    let anchor = Anchor::Document { insert_at: Span::new(id, 0..0) };
    let finding = Finding::new(Code::Unreadable, Severity::Error, message, anchor).help(help);
    Box::new(Undecodable { file: SourceFile::new(id, path, ""), finding })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        decode(FileId::default(), "a.md", bytes.to_vec())
            .map_or_else(|bad| bad.finding.message, |_| "text".into())
    }

    #[test]
    fn text_is_text_with_its_byte_order_mark() {
        let file = decode(FileId::default(), "a.md", "\u{feff}# One".into()).expect("this is text");
        assert_eq!(&*file.text, "\u{feff}# One");
    }

    #[test]
    fn each_kind_of_no_text_has_its_words() {
        assert_eq!(message(b""), "the file is empty");
        assert_eq!(message("\u{feff} \r\n\t".as_bytes()), "the file holds nothing but blanks");
        assert_eq!(message(b"ab\ncd\0e"), "the file is binary: byte 5 on line 2 is NUL");
        assert_eq!(message(b"\xff\xfea\0b\0"), "the file is UTF-16, not UTF-8 text");
        assert_eq!(message(b"%PDF-1.7 x"), "the file is a PDF, not UTF-8 text");
        let wide: Vec<u8> = "Services Agreement".bytes().flat_map(|byte| [byte, 0]).collect();
        assert_eq!(message(&wide), "the file is UTF-16, not UTF-8 text");
    }

    #[test]
    fn a_wrong_byte_is_named_with_its_line_and_shown() {
        let bad = decode(FileId::default(), "a.md", b"one\ncaf\xe9 two".to_vec()).expect_err("not UTF-8");
        assert_eq!(bad.finding.message, "the file is not UTF-8: byte 7 on line 2 is 0xE9");
        let span = bad.finding.anchor.span().expect("a place");
        assert_eq!(bad.file.slice(span), "\u{fffd}");
    }
}
