//! Source text and the places in it.
//!
//! A [`Span`] is the only kind of position that crosses a module border: a file and a range of
//! bytes on character boundaries. Lines and columns are worked out here, by [`LineIndex`], and
//! only at the edge (a report, an editor). Nothing here knows Markdown or contracts.

use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// Which file of a run a span lies in; counted from 0 in the order of [`Sources::add`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(u32);

impl FileId {
    /// The file with this number, counted from 0.
    #[must_use]
    pub const fn new(index: u32) -> Self {
        Self(index)
    }

    /// The number of the file, counted from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes of one file; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    file: FileId,
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes `range` of `file`. A range whose end lies before its start is read as empty.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        let end = u32::try_from(range.end).unwrap_or(u32::MAX);
        Self { file, start, end: end.max(start) }
    }

    /// The file that the span lies in.
    #[must_use]
    pub const fn file(self) -> FileId {
        self.file
    }

    /// First byte, counted from 0.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last one.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// The bytes as a range, to slice the source with.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// How many bytes the span holds.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both; `self` when `other` lies in another file.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in Unicode characters, counted from 1.
    pub column: usize,
    /// Column in UTF-16 code units, counted from 1.
    pub utf16: usize,
    /// Byte in the file, counted from 0.
    pub offset: usize,
}

/// Where the lines of a text begin. A line ends with LF, CRLF or a lone CR.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `text` in one pass.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            // Of CRLF only the LF ends the line.
            if bytes.get(at..at + 2) != Some(b"\r\n") {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line that holds `offset`, counted from 0.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// First byte of a line counted from 0; `None` past the last line.
    #[must_use]
    pub fn line_start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).map(|&start| start as usize)
    }
}

/// A whole text: that of a built-in rule file stays where it lies in the program.
#[derive(Clone, Debug)]
pub enum Text {
    /// In the program.
    Builtin(&'static str),
    /// Read by this run.
    Read(Arc<str>),
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Builtin(text) => text,
            Self::Read(text) => text,
        }
    }
}

impl<T: Into<Arc<str>>> From<T> for Text {
    fn from(text: T) -> Self {
        Self::Read(text.into())
    }
}

/// One text with its name and its lines.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The file's number in its run.
    pub id: FileId,
    /// The path as the user gave it; `-` for standard input.
    pub path: String,
    /// The whole text, unchanged.
    pub text: Text,
    /// Found on first use: most texts are read without a question for a line.
    lines: OnceLock<LineIndex>,
    /// Found when a place far along a line is first asked for.
    milestones: OnceLock<Vec<Signs>>,
}

/// How many signs stand in some text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Signs {
    /// Unicode characters.
    characters: usize,
    /// Those of them that take two UTF-16 units: of UTF-8, the ones of four bytes.
    pairs: usize,
}

impl Signs {
    /// Counts the first bytes of characters, so a piece may begin or end inside of one.
    fn of(bytes: &[u8]) -> Self {
        // Told many bytes at a time.
        if bytes.is_ascii() {
            return Self { characters: bytes.len(), pairs: 0 };
        }
        let characters = bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        let pairs = bytes.iter().filter(|&&byte| byte >= 0xf0).count();
        Self { characters, pairs }
    }

    const fn and(self, other: Self) -> Self {
        Self { characters: self.characters + other.characters, pairs: self.pairs + other.pairs }
    }
}

/// How many bytes lie between two milestones.
const MILE: usize = 4096;

impl SourceFile {
    /// A file of this name and text.
    #[must_use]
    pub fn new(id: FileId, path: impl Into<String>, text: impl Into<Text>) -> Self {
        Self { id, path: path.into(), text: text.into(), lines: OnceLock::new(), milestones: OnceLock::new() }
    }

    /// The lines of the text.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Line and column of a byte. An offset past the end is read as the end, one inside a
    /// character as that character's first byte.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let lines = self.lines();
        let line = lines.line_of(offset);
        let start = lines.line_start(line).unwrap_or(0);
        let signs = self.signs(start, offset);
        let column = signs.characters + 1;
        Position { line: line + 1, column, utf16: column + signs.pairs, offset }
    }

    /// The signs between two bytes. A contract may be one line of a megabyte with a thousand findings,
    /// so what lies far along a line is counted from a milestone.
    fn signs(&self, start: usize, end: usize) -> Signs {
        let bytes = self.text.as_bytes();
        let counted = |start: usize, end: usize| Signs::of(bytes.get(start..end).unwrap_or_default());
        if end - start <= 2 * MILE {
            return counted(start, end);
        }
        let first = start.div_ceil(MILE);
        let last = end / MILE;
        let milestones = self.milestones.get_or_init(|| {
            let miles = bytes.chunks(MILE).scan(Signs::default(), |before, mile| {
                *before = before.and(Signs::of(mile));
                Some(*before)
            });
            std::iter::once(Signs::default()).chain(miles).collect()
        });
        let at = |mile: usize| milestones.get(mile).copied().unwrap_or_default();
        let between = Signs {
            characters: at(last).characters - at(first).characters,
            pairs: at(last).pairs - at(first).pairs,
        };
        counted(start, first * MILE).and(between).and(counted(last * MILE, end))
    }

    /// The text that a span of this file covers; empty when the span is not on its boundaries.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// A line counted from 0, without its line end; empty past the last line.
    #[must_use]
    pub fn line_text(&self, line: usize) -> &str {
        let Some(start) = self.lines().line_start(line) else { return "" };
        let end = self.lines().line_start(line + 1).unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\r', '\n'])
    }
}

/// The files of one run, in the order they were added.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under a name and says which file it became.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Text>) -> FileId {
        let id = self.next_id();
        self.files.push(SourceFile::new(id, path, text));
        id
    }

    /// The number that the next file gets.
    #[must_use]
    pub fn next_id(&self) -> FileId {
        FileId::new(u32::try_from(self.files.len()).unwrap_or(u32::MAX))
    }

    /// Adds a file that was made with [`Sources::next_id`] or the numbers after it, in order.
    pub fn push(&mut self, file: SourceFile) {
        debug_assert_eq!(file.id, self.next_id(), "files are added in the order of their numbers");
        self.files.push(file);
    }

    /// The file of this number.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.index())
    }

    /// The text of a span; empty for a span of no known file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file()).map_or("", |file| file.slice(span))
    }

    /// All files, in order.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_lf_crlf_and_lone_cr() {
        let file = SourceFile::new(FileId::default(), "a.md", "one\r\ntwo\rthree\nfour");
        let lines: Vec<&str> = (0..file.lines().line_count()).map(|at| file.line_text(at)).collect();
        assert_eq!(lines, ["one", "two", "three", "four"]);
    }

    #[test]
    fn places_far_along_a_line_count_like_near_ones() {
        let text = format!("first\n{}", "a§𝒜b ".repeat(5_000));
        let file = SourceFile::new(FileId::default(), "a.md", text.as_str());
        for (offset, _) in text.char_indices().skip(6).step_by(997) {
            let before = &text[6..offset];
            let position = file.position(offset);
            assert_eq!(position.column, before.chars().count() + 1, "at {offset}");
            assert_eq!(position.utf16, before.encode_utf16().count() + 1, "at {offset}");
        }
        let end = file.position(text.len());
        assert_eq!((end.line, end.column), (2, 25_001));
    }

    #[test]
    fn columns_count_characters_and_utf16_units_from_one() {
        let file = SourceFile::new(FileId::default(), "a.md", "x\n§ 𝒜 “end”");
        let offset = file.text.find("end").expect("the word is there");
        assert_eq!(file.position(offset), Position { line: 2, column: 6, utf16: 7, offset });
    }

    #[test]
    fn an_offset_inside_a_character_is_that_character() {
        let file = SourceFile::new(FileId::default(), "a.md", "é");
        assert_eq!(file.position(1).offset, 0);
        assert_eq!(file.position(9).offset, 2);
    }
}
