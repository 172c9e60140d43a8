//! Colours of a terminal and the marks at the left of what is drawn.

use crate::finding::Severity;

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
        self.out.extend(std::iter::repeat_n(' ', count));
    }

    /// Adds what stands left of a border that is indented so far.
    pub(super) fn gutter(&mut self, padding: usize) {
        self.blanks(padding + 1);
    }

    /// Adds a note, its lines under each other.
    pub(super) fn note(&mut self, padding: usize, note: &str) {
        for (at, line) in note.lines().enumerate() {
            self.gutter(padding);
            match at {
                0 => self.inked(Ink::Border, "="),
                _ => self.out.push(' '),
            }
            self.out.push(' ');
            self.out.push_str(line);
            self.out.push('\n');
        }
    }
}
