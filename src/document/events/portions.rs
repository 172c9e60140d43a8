//! A long file is given to pulldown-cmark in portions, since its tree takes some 50 bytes for each mark
//! and each stretch of text between two. What is read is what the whole would give.
//!
//! A portion ends where a line does, and what it says of its last block at the outermost level is
//! thrown away: the next portion begins with that block. Where a block begins with nothing open
//! around it, what stands above plays no part in how Markdown reads on, so that a cut there
//! changes nothing. Only definitions of links and footnotes hold for a whole file: a file that may
//! have one is read at once. A paragraph longer than a portion is cut between words, where
//! [`super::bound`] cuts it anyway, or not far from there.

use std::ops::Range;

use memchr::{memchr, memmem};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::super::prose::Mark;
use super::{Code, Look, Raw, Reader};

/// Bytes of a portion, and of the longest paragraph that is read as one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    portion: usize,
    paragraph: usize,
}

/// Twenty pages. The tree takes some 5 MB where all is marks.
pub(super) const BOUNDS: Bounds = Bounds { portion: 64 * 1024, paragraph: 64 * 1024 };
/// How far back from the end of a portion a place between words is looked for.
const BACK: usize = 4096;

/// Reads Markdown. `base` is where `text` begins in the file; line ends are LF or CRLF only.
pub(super) fn read(text: &str, base: usize, bounds: Bounds) -> Raw {
    let mut reader = Reader { text, base, ..Reader::default() };
    reader.raw.scratch.reserve(text.len());
    reader.raw.pieces.reserve(text.len() / 160);
    let whole = text.len() <= bounds.portion || memmem::find(text.as_bytes(), b"]:").is_some();
    let (mut at, mut room) = (0, if whole { text.len() } else { bounds.portion });
    while at < text.len() {
        let end = end(text, at, room, bounds);
        let Some(last) = reader.portion(at..end) else {
            // Nothing but blank lines, or part of one.
            (at, room) = if ends_line(text, end) { (end, bounds.portion) } else { (at, room * 2) };
            continue;
        };
        if end == text.len() {
            break;
        }
        let begin =
            text.get(at..last.start).and_then(|above| above.rfind('\n')).map_or(at, |line| at + line + 1);
        let cut = if begin == at && last.paragraph && room >= bounds.paragraph {
            between_words(text, at + room / 2..end - 1)
        } else {
            None
        };
        reader.back(last);
        match cut {
            Some(cut) => {
                reader.portion(at..cut);
                (at, room) = (cut, bounds.portion);
            }
            None if begin == at => room *= 2,
            None => (at, room) = (begin, bounds.portion),
        }
    }
    reader.close(text.len());
    reader.raw
}

/// Where a portion ends: with a line, or where none ends for long between words.
fn end(text: &str, at: usize, room: usize, bounds: Bounds) -> usize {
    let least = at.saturating_add(room);
    let line = |to: usize| {
        let bytes = text.as_bytes().get(least..to.min(text.len())).unwrap_or_default();
        memchr(b'\n', bytes).map(|line| least + line + 1)
    };
    let near = if room < bounds.paragraph { None } else { line(least.saturating_add(room)) };
    let words = || if room < bounds.paragraph { None } else { between_words(text, at + room / 2..least) };
    near.or_else(|| if least < text.len() { words() } else { None })
        .or_else(|| line(text.len()))
        .unwrap_or(text.len())
}

fn ends_line(text: &str, at: usize) -> bool {
    at == text.len() || text.as_bytes().get(at.saturating_sub(1)) == Some(&b'\n')
}

/// The last place of a range where a paragraph may go on as another: inside a line, in front of what
/// begins no block; behind a stop, else a blank, else anywhere.
fn between_words(text: &str, range: Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes();
    let from = range.start.max(range.end.saturating_sub(BACK)).max(2);
    let rank = |at: usize| {
        let (before, next) = (*bytes.get(at - 1)?, *bytes.get(at)?);
        let plain = next.is_ascii_alphabetic()
            || !next.is_ascii() && text.is_char_boundary(at)
            // "<<" begins no tag.
            || next == b'<' && bytes.get(at + 1) == Some(&b'<')
            // "*_" is neither a list nor a rule.
            || next == b'*' && bytes.get(at + 1) == Some(&b'_')
            || matches!(next, b'[' | b']' | b'(' | b')' | b'&' | b'"' | b'\'' | b'!' | b',' | b';' | b'.');
        let blank = before == b' ' && next.is_ascii_alphabetic();
        let stop = blank && matches!(bytes.get(at - 2), Some(b'.' | b';' | b'?' | b'!'));
        // An escape stays with what it escapes.
        let inside = !matches!(before, b'\n' | b'\r' | b'\\');
        (plain && inside).then_some(u8::from(blank) + u8::from(stop))
    };
    (from..range.end).rev().filter_map(|at| Some((rank(at)?, at))).max().map(|(_, at)| at)
}

/// How far a reader was in front of a block with nothing open around it.
#[derive(Debug)]
struct Stage {
    /// Where the block begins.
    start: usize,
    paragraph: bool,
    scratch: Mark,
    pieces: usize,
    items: usize,
    styles: usize,
    breaks: usize,
    cells: usize,
    comments: usize,
    links: usize,
    next_list: u32,
    table: u32,
    looks: Vec<(u32, Look)>,
    block_end: usize,
    last: usize,
}

impl<'a> Reader<'a> {
    /// Reads a portion of the text. Gives the stage in front of its last block; none if there is no
    /// block.
    fn portion(&mut self, range: Range<usize>) -> Option<Stage> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS;
        let text: &'a str = self.text.get(range.clone()).unwrap_or("");
        let (mut last, mut depth) = (None, 0_usize);
        let goes_on = range.end < self.text.len();
        for (event, part) in Parser::new_ext(text, options).into_offset_iter() {
            let part = range.start + part.start..range.start + part.end;
            if depth == 0 && (goes_on || last.is_none()) {
                last = Some(self.stage(part.start, matches!(event, Event::Start(Tag::Paragraph))));
            }
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.event(event, part);
        }
        last
    }

    fn stage(&self, start: usize, paragraph: bool) -> Stage {
        Stage {
            start,
            paragraph,
            scratch: self.raw.scratch.mark(),
            pieces: self.raw.pieces.len(),
            items: self.raw.items.len(),
            styles: self.raw.styles.len(),
            breaks: self.raw.breaks.len(),
            cells: self.raw.cells.len(),
            comments: self.raw.comments.len(),
            links: self.raw.links.len(),
            next_list: self.next_list,
            table: self.table,
            looks: self.looks.clone(),
            block_end: self.block_end,
            last: self.last,
        }
    }

    /// Forgets what was read since.
    fn back(&mut self, stage: Stage) {
        let raw = &mut self.raw;
        raw.scratch.back(stage.scratch);
        raw.pieces.truncate(stage.pieces);
        raw.items.truncate(stage.items);
        raw.styles.truncate(stage.styles);
        raw.breaks.truncate(stage.breaks);
        raw.cells.truncate(stage.cells);
        raw.comments.truncate(stage.comments);
        raw.links.truncate(stage.links);
        self.next_list = stage.next_list;
        self.table = stage.table;
        self.looks = stage.looks;
        self.block_end = stage.block_end;
        self.last = stage.last;
        // Between two blocks nothing is open.
        (self.open, self.marker, self.html, self.comment, self.cell) = (None, None, None, None, None);
        self.code = Code::None;
        self.around.clear();
        self.lists.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;

    /// Everything that was read, with its map.
    fn shown(raw: &Raw) -> String {
        format!("{raw:?}")
    }

    fn whole(text: &str) -> String {
        shown(&read(text, 7, Bounds { portion: usize::MAX, paragraph: usize::MAX }))
    }

    /// Reads in portions of so many bytes, and in how many; paragraphs stay whole.
    fn in_portions(text: &str, portion: usize) -> String {
        shown(&read(text, 7, Bounds { portion, paragraph: usize::MAX }))
    }

    fn fixtures() -> Vec<String> {
        let folders = ["contracts", "papers", "styles", "planted"]
            .map(|name| -> PathBuf { [env!("CARGO_MANIFEST_DIR"), "fixtures", name].iter().collect() });
        let files = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder"));
        let paths = files.map(|file| file.expect("a file").path());
        let texts: Vec<String> = paths.filter_map(|path| fs::read_to_string(path).ok()).collect();
        assert!(texts.len() > 5, "there are fixtures");
        texts
    }

    #[test]
    fn fixtures_read_in_portions_are_the_fixtures_read_whole() {
        for text in fixtures() {
            let whole = whole(&text);
            for portion in [1, 300, 2000] {
                assert_eq!(in_portions(&text, portion), whole, "{portion}: {text}");
            }
        }
    }

    #[test]
    fn a_portion_gives_all_blocks_but_its_last() {
        let text = "# A\n\nOne.\n\n- two\n- three\n\nFour.\n";
        let mut reader = Reader { text, ..Reader::default() };
        let stage = reader.portion(0..text.find("Four").unwrap_or(0)).expect("there are blocks");
        assert_eq!(stage.start, text.find("- two").unwrap_or(0));
        assert_eq!(reader.raw.pieces.len(), 4);
        reader.back(stage);
        assert_eq!(reader.raw.pieces.len(), 2);
        assert_eq!(reader.raw.items.len(), 0);
    }

    /// Lines as contracts and those who mean harm write them.
    fn markdown() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec![
            "The Supplier shall pay.",
            "**1.1 Term.** It *ends* on &amp; after `x`",
            "# Title",
            "## 2. Charges ##",
            "- one",
            "* star",
            "+ plus",
            "1. first",
            "2) second",
            "  - deeper",
            "   indented",
            "    far in",
            "      \ttabs",
            "> quoted",
            "> - both",
            ">",
            "```",
            "~~~ text",
            "  ```",
            "- ```",
            "<div>",
            "</div>",
            "<b>bold</b> <br> text",
            "<!-- one line -->",
            "<!-- opens",
            "closes -->",
            "<script>",
            "</script>",
            "<?x",
            "?>",
            "<table><tr><td>a",
            "<h2>A",
            "| a | b |",
            "| --- | --- |",
            "| 1 | 2 | 3 |",
            "a | b",
            "---",
            "===",
            "***",
            "- - -",
            "[a](http://b",
            "c) [x](#y) [^1] [z]",
            "a  ",
            "b\\",
            "**open",
            "close** ~~gone~~",
            "- [ ] task",
            "(a) pay “it”;",
            "",
            "",
            "",
            " ",
            "\t",
        ]);
        let ending = prop_oneof![8 => Just("\n"), 1 => Just("\r\n"), 4 => Just("\n\n")];
        prop::collection::vec((line, ending), 0..60)
            .prop_map(|lines| lines.into_iter().flat_map(|(line, ending)| [line, ending]).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

        #[test]
        fn a_text_read_in_portions_is_the_text_read_whole(text in markdown(), portion in 1usize..200) {
            prop_assert_eq!(in_portions(&text, portion), whole(&text), "{} of {:?}", portion, text);
        }

        #[test]
        fn a_long_paragraph_loses_nothing(text in "([a-z]{1,9}|[.;]) ?([*_&(<\\[]|é| |\n[a-z]){0,3}[a-z*]{600,900}( [a-z]{1,9}[.*)]{0,2}){0,400}") {
            let raw = read(&text, 0, Bounds { portion: 500, paragraph: 500 });
            let letters = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&raw.scratch.text), letters(&text));
            prop_assert!(raw.pieces.iter().all(|piece| piece.form == super::super::Form::Text));
            if text.len() > 5000 {
                prop_assert!(raw.pieces.len() > 1, "it is cut");
            }
        }
    }
}
