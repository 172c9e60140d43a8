//! Colours of a terminal and the marks at the left of what is drawn.

use memchr::memchr;

use crate::finding::Severity;

/// What fills a line up to a column.
pub(super) const BLANKS: &str = "                                                                ";

/// What a stretch of text is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// None: what follows is as the terminal shows plain text.
    None,
    /// A level and its code in brackets.
    Level(Severity),
    /// What is said behind them.
    Headline,
    /// Borders, line numbers and bullets.
    Border,
    /// A finding's own place.
    Own(Severity),
    /// Another place.
    Other,
}

impl Ink {
    /// What a terminal is sent. Each ink but none first takes off the one before.
    const fn escape(self) -> &'static str {
        match self {
            Self::None => "\u{1b}[0m",
            Self::Level(Severity::Error) => "\u{1b}[0m\u{1b}[1m\u{1b}[38;5;9m",
            Self::Level(Severity::Warning) => "\u{1b}[0m\u{1b}[1m\u{1b}[38;5;11m",
            Self::Level(Severity::Note) => "\u{1b}[0m\u{1b}[1m\u{1b}[38;5;10m",
            Self::Headline => "\u{1b}[0m\u{1b}[1m",
            Self::Border | Self::Other => "\u{1b}[0m\u{1b}[36m",
            Self::Own(Severity::Error) => "\u{1b}[0m\u{1b}[31m",
            Self::Own(Severity::Warning) => "\u{1b}[0m\u{1b}[33m",
            Self::Own(Severity::Note) => "\u{1b}[0m\u{1b}[32m",
        }
    }
}

/// A text that is drawn on.
pub(super) struct Canvas<'a> {
    pub(super) out: &'a mut String,
    pub(super) colour: bool,
}

impl Canvas<'_> {
    /// Draws with this ink from here on.
    pub(super) fn dip(&mut self, ink: Ink) {
        if self.colour {
            self.out.push_str(ink.escape());
        }
    }

    /// Adds a text in an ink, and none behind it.
    pub(super) fn inked(&mut self, ink: Ink, text: &str) {
        self.dip(ink);
        self.out.push_str(text);
        self.dip(Ink::None);
    }

    pub(super) fn blanks(&mut self, count: usize) {
        self.fill(BLANKS, count);
    }

    /// Adds as much of a text of one repeated letter.
    pub(super) fn fill(&mut self, letters: &str, count: usize) {
        let mut missing = count;
        while missing > 0 {
            let some = missing.min(letters.len());
            self.out.push_str(&letters[..some]);
            missing -= some;
        }
    }

    /// Adds what stands left of a border that is indented so far.
    pub(super) fn gutter(&mut self, padding: usize) {
        self.blanks(padding + 1);
    }

    /// Adds a note, its lines under each other.
    pub(super) fn note(&mut self, padding: usize, note: &str) {
        let (mut rest, mut first) = (note, true);
        while !rest.is_empty() {
            let end = memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
            let (line, behind) = rest.split_at(end);
            self.gutter(padding);
            match std::mem::take(&mut first) {
                true => self.inked(Ink::Border, "="),
                false => self.out.push(' '),
            }
            self.out.push(' ');
            self.out.push_str(line.strip_suffix('\n').unwrap_or(line));
            self.out.push('\n');
            rest = behind;
        }
    }
}
