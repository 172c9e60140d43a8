//! What Markdown leaves alone and a reader does not: HTML, and indented text that only looks like
//! code.

use std::ops::Range;

use memchr::memmem;

use super::super::html;
use super::{Form, Look, Reader};

impl Reader<'_> {
    /// Indented "code" is prose with its line ends kept; a blank line ends a paragraph.
    pub(super) fn indented(&mut self, range: Range<usize>) {
        let text = self.text;
        let mut at = range.start;
        for line in text.get(range.clone()).unwrap_or("").split_inclusive('\n') {
            let from = at;
            at += line.len();
            if line.trim().is_empty() && self.comment.is_none() {
                self.close(from);
                continue;
            }
            let mut broken = false;
            self.outside_comments(from..at, self.block_end, |reader, part| {
                let written = text.get(part.clone()).unwrap_or("");
                let start = part.start + (written.len() - written.trim_start().len());
                if reader.open.is_some() && !broken {
                    reader.push_break(start.saturating_sub(1)..start, false);
                }
                broken = true;
                reader.unmarked(written.trim(), start);
                reader.last = start + written.trim().len();
            });
        }
    }

    /// Gives the parts of a stretch that Markdown did not parse which hold words outside comments.
    /// A comment may go on after the stretch, up to `limit`.
    pub(super) fn outside_comments(
        &mut self,
        range: Range<usize>,
        limit: usize,
        mut give: impl FnMut(&mut Self, Range<usize>),
    ) {
        /// A comment longer than this is a stray "<!--"; the bound keeps the scan linear.
        const LONGEST: usize = 4096;
        let bytes = self.text.as_bytes();
        let find = |from: usize, to: usize, mark: &str| {
            memmem::find(bytes.get(from..to).unwrap_or_default(), mark.as_bytes()).map(|len| from + len)
        };
        let mut at = range.start;
        while at < range.end {
            if let Some(start) = self.comment {
                let Some(end) = find(at, range.end, "-->") else { return };
                at = end + 3;
                self.raw.comments.push(self.base + start..self.base + at);
                self.comment = None;
                self.last = at;
                continue;
            }
            let mut from = at;
            let opened = loop {
                match find(from, range.end, "<!--") {
                    Some(start) if find(start, limit.min(start + LONGEST), "-->").is_none() => {
                        from = start + 4
                    }
                    found => break found,
                }
            };
            let end = opened.unwrap_or(range.end);
            if !self.text.get(at..end).unwrap_or("").trim().is_empty() {
                give(self, at..end);
            }
            self.comment = opened;
            at = opened.map_or(end, |start| start + 4);
        }
    }

    /// Text that Markdown did not parse: emphasis marks and escapes at the edges of words go.
    pub(super) fn unmarked(&mut self, plain: &str, start: usize) {
        let bytes = plain.as_bytes();
        let (mut from, mut at) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            // How many there are matters of "*" only; of "\", whether there are more.
            let most = match byte {
                b'*' => usize::MAX,
                b'\\' => 2,
                _ => 1,
            };
            let run = bytes.iter().skip(at).take(most).take_while(|&&next| next == byte).count();
            let next = bytes.get(at + run);
            let skip = match byte {
                b'*' if run <= 3 => {
                    let word = |side: Option<&u8>| side.is_some_and(u8::is_ascii_alphanumeric);
                    word(next) || at > 0 && word(bytes.get(at - 1))
                }
                b'\\' => run == 1 && next.is_some_and(u8::is_ascii_punctuation),
                _ => false,
            };
            if skip {
                self.push_source(plain.get(from..at).unwrap_or(""), start + from);
                from = at + run;
                // The escaped sign itself stays, whatever it is.
                at = from + usize::from(byte == b'\\');
            } else {
                at += if byte == b'*' { run } else { 1 };
            }
        }
        self.push_source(plain.get(from..).unwrap_or(""), start + from);
    }

    pub(super) fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        let source = self.base + range.start..self.base + range.end;
        match html::tag(tag) {
            _ if tag.starts_with("<!--") => self.raw.comments.push(source),
            Some(html::Tag::Break) if self.cell.is_some() => {
                self.inline(range.start).raw.scratch.push_replaced(" ", source);
            }
            Some(html::Tag::Break) => self.line_end(range.clone(), true),
            Some(html::Tag::Mark) => self.begin_look(range.start, Look::Strong),
            Some(html::Tag::MarkEnd) => {
                if self.looks.last().is_some_and(|(_, look)| *look == Look::Strong) {
                    self.end_look(Look::Strong);
                }
            }
            Some(html::Tag::Block) => self.inline(range.start).raw.scratch.push_replaced(" ", source),
            Some(_) => {
                self.inline(range.start);
            }
            None => return self.words(tag, range),
        }
        self.last = self.last.max(range.end);
    }

    /// The text of an HTML block, headings and rows of tables included.
    pub(super) fn html_block(&mut self) {
        let Some(range) = self.html.take() else { return };
        let text = self.text.get(range.clone()).unwrap_or("");
        let start = range.start;
        html::tokens(text, |token| match token {
            html::Token::Text(part) => {
                let words = text.get(part.clone()).unwrap_or("");
                if self.open.is_some() || !words.trim().is_empty() {
                    self.words(words, start + part.start..start + part.end);
                }
            }
            html::Token::LineEnd(part) => {
                if self.open.as_ref().is_some_and(|open| open.form == Form::Text) {
                    self.line_end(start + part.start..start + part.end, false);
                } else if self.open.is_some() {
                    let source = self.base + start + part.start..self.base + start + part.end;
                    self.raw.scratch.push_replaced(" ", source);
                }
            }
            html::Token::Entity(part, sign) => {
                let mut buffer = [0; 4];
                self.words(sign.encode_utf8(&mut buffer), start + part.start..start + part.end);
            }
            html::Token::Comment(part) => {
                self.raw.comments.push(self.base + start + part.start..self.base + start + part.end);
            }
            html::Token::Tag(tag, part) => self.html_tag(tag, start + part.start..start + part.end),
        });
        self.close(range.end);
    }

    fn html_tag(&mut self, tag: html::Tag, range: Range<usize>) {
        let row = self.open.as_ref().is_some_and(|open| open.form == Form::Row);
        match tag {
            html::Tag::Heading(level) => self.open(Form::Heading(level), range.start),
            html::Tag::Row => {
                self.open(Form::Row, range.start);
                let goes_on = self.raw.pieces.last().is_some_and(|piece| piece.form == Form::Row);
                self.table += u32::from(!goes_on);
            }
            html::Tag::Cell if row => self.cell = Some(self.raw.scratch.len()),
            html::Tag::CellEnd if row => self.end_cell(range.end),
            html::Tag::HeadingEnd | html::Tag::RowEnd => {
                self.last = range.end;
                self.close(range.end);
            }
            html::Tag::Break | html::Tag::Block if row => {
                let source = self.base + range.start..self.base + range.end;
                self.raw.scratch.push_replaced(" ", source);
            }
            html::Tag::Break if self.open.is_some() => self.line_end(range, true),
            html::Tag::Block | html::Tag::Cell | html::Tag::CellEnd => self.close(range.start),
            html::Tag::Mark if self.open.is_some() => {
                self.looks.push((self.raw.scratch.len(), Look::Strong));
            }
            html::Tag::MarkEnd if !self.looks.is_empty() => self.end_look(Look::Strong),
            _ => {}
        }
    }
}
