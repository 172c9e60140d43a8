//! Normalised text with a map back to the source, exact to the byte.
//!
//! The map is a sorted list of runs. A run of the text that is as long as its source is read byte
//! for byte; any other run (an entity, a curly quote, a ligature) maps as a whole. Characters that
//! the text leaves out (marks, soft hyphens) are simply the gaps between the runs' sources.

use std::ops::Range;

/// The text of a document as it is read: emphasis marks, escapes, entities, soft hyphens and
/// zero-width characters resolved, NBSP and soft line breaks made spaces, curly quotes made
/// straight; blocks are separated by a line feed. Each byte maps back to the source.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// The normalised text.
    pub text: String,
    runs: Vec<Run>,
}

/// A stretch of the text and the source that made it; it ends where the next one begins.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// First byte in the text.
    out: u32,
    /// First byte in the source.
    source: u32,
    /// Bytes of the source; as many as of the text for a verbatim run.
    len: u32,
}

/// How far a text was.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    text: usize,
    runs: usize,
    /// The bytes of the last run's source, which may grow.
    last: u32,
}

/// The source of the byte at `at`, which lies in a run of `len` bytes of the text.
fn start_in(run: Run, len: u32, at: u32) -> usize {
    let inside = if len == run.len { (at - run.out).min(len) } else { 0 };
    (run.source + inside) as usize
}

/// The source after the byte that ends at `end`, which lies in a run of `len` bytes of the text.
fn end_in(run: Run, len: u32, end: u32) -> usize {
    let inside = if len == run.len { (end - run.out).min(len) } else { run.len };
    (run.source + inside) as usize
}

pub(super) fn to_u32(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Prose {
    /// A text that is its own source: each byte maps to itself.
    #[must_use]
    pub fn verbatim(text: impl Into<String>) -> Self {
        let mut prose = Self::default();
        prose.push_verbatim(&text.into(), 0);
        prose
    }

    /// The text of a range of bytes; empty when the range is not on its boundaries.
    #[must_use]
    pub fn slice(&self, range: Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or("")
    }

    /// The bytes of the source from the first byte that made the first character of the range to
    /// the last byte that made its last character.
    #[must_use]
    pub fn source_range(&self, range: Range<u32>) -> Range<usize> {
        let start = self.source_start(range.start);
        if range.end <= range.start {
            return start..start;
        }
        start..self.source_end(range.end).max(start)
    }

    /// As [`Self::source_range`], for a range that begins in or near the run `near`.
    pub(super) fn source_range_near(&self, range: Range<u32>, near: usize) -> Range<usize> {
        let first = self.run_near(range.start, near);
        let last = self.run_near(range.end.saturating_sub(1), first);
        let start = self.run(first).map_or(0, |(run, len)| start_in(run, len, range.start));
        let end = self.run(last).map_or(0, |(run, len)| end_in(run, len, range.end));
        start..if range.end > range.start { end.max(start) } else { start }
    }

    /// The source of the byte at `at`.
    pub(super) fn source_start(&self, at: u32) -> usize {
        self.run_at(at).map_or(0, |(run, len)| start_in(run, len, at))
    }

    /// The source after the byte that ends at `end`.
    pub(super) fn source_end(&self, end: u32) -> usize {
        self.run_at(end.saturating_sub(1)).map_or(0, |(run, len)| end_in(run, len, end))
    }

    /// As [`Self::source_end`]; `near` is a run at or before the byte and becomes the byte's own.
    pub(super) fn source_end_near(&self, end: u32, near: &mut usize) -> usize {
        *near = self.run_near(end.saturating_sub(1), *near);
        self.run(*near).map_or(0, |(run, len)| end_in(run, len, end))
    }

    /// The run that holds a byte, with its length in the text.
    fn run_at(&self, at: u32) -> Option<(Run, u32)> {
        self.run(self.runs.partition_point(|run| run.out <= at).checked_sub(1)?)
    }

    fn run(&self, index: usize) -> Option<(Run, u32)> {
        let run = *self.runs.get(index)?;
        Some((run, self.run_end(index) - run.out))
    }

    /// The run that holds a byte, sought from the run `near` on first.
    pub(super) fn run_near(&self, at: u32, near: usize) -> usize {
        let runs = self.runs.get(near..near + 16).unwrap_or_default();
        match runs.iter().position(|run| run.out > at) {
            Some(after @ 1..) => near + after - 1,
            _ => self.runs.partition_point(|run| run.out <= at).saturating_sub(1),
        }
    }

    fn run_end(&self, index: usize) -> u32 {
        self.runs.get(index + 1).map_or_else(|| self.len(), |next| next.out)
    }

    /// Bytes so far.
    pub(super) fn len(&self) -> u32 {
        to_u32(self.text.len())
    }

    /// Adds text that the source holds at `source`, byte for byte.
    pub(super) fn push_verbatim(&mut self, text: &str, source: usize) {
        if text.is_empty() {
            return;
        }
        let (out, source, len) = (self.len(), to_u32(source), to_u32(text.len()));
        match self.runs.last_mut() {
            Some(last) if last.out + last.len == out && last.source + last.len == source => {
                last.len += len;
            }
            _ => self.runs.push(Run { out, source, len }),
        }
        self.text.push_str(text);
    }

    /// Adds text that stands for other bytes of the source.
    pub(super) fn push_replaced(&mut self, text: &str, source: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let run = Run { out: self.len(), source: to_u32(source.start), len: to_u32(source.len()) };
        let verbatim = source.len() == text.len();
        match self.runs.last_mut() {
            Some(last)
                if verbatim && last.len == run.out - last.out && last.source + last.len == run.source =>
            {
                last.len += run.len;
            }
            _ => self.runs.push(run),
        }
        self.text.push_str(text);
    }

    /// Adds a character that no byte of the source made, placed at `source`.
    pub(super) fn push_separator(&mut self, text: &str, source: usize) {
        self.push_replaced(text, source..source);
    }

    /// How far the text is; see [`Self::back`].
    pub(super) fn mark(&self) -> Mark {
        let last = self.runs.last().map_or(0, |run| run.len);
        Mark { text: self.text.len(), runs: self.runs.len(), last }
    }

    /// Takes back what was added since.
    pub(super) fn back(&mut self, mark: Mark) {
        self.text.truncate(mark.text);
        self.runs.truncate(mark.runs);
        if let Some(last) = self.runs.last_mut() {
            last.len = mark.last;
        }
    }

    /// Makes room for what a Markdown text of this many bytes becomes, most often.
    pub(super) fn reserve(&mut self, len: usize) {
        self.text.reserve(len);
        self.runs.reserve(len / 64);
    }

    /// Makes room for the text of another one and some more runs than it has.
    pub(super) fn reserve_for(&mut self, other: &Self, more: usize) {
        self.text.reserve(other.text.len() + more);
        self.runs.reserve(other.runs.len() + more);
    }

    /// Gives back the room that was made and not used.
    pub(super) fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.runs.shrink_to_fit();
    }

    /// Copies a range of another text with its map.
    /// `first` is the run of the other text that holds the first byte.
    pub(super) fn push_from(&mut self, other: &Self, range: Range<u32>, first: usize) {
        let text = other.slice(range.clone());
        if text.is_empty() {
            return;
        }
        let (shift, copied) = (self.len(), self.runs.len());
        let runs = other.runs.get(first..).unwrap_or_default().iter();
        let runs = runs.take_while(|run| run.out < range.end);
        self.runs.extend(runs.map(|run| Run { out: run.out.max(range.start) - range.start + shift, ..*run }));
        // The first and the last one may be copied in part.
        let last = first + (self.runs.len() - copied).saturating_sub(1);
        if let (Some(run), Some(copy)) = (other.runs.get(last), self.runs.last_mut()) {
            let end = other.run_end(last);
            if end > range.end && end - run.out == run.len {
                copy.len -= end - range.end;
            }
        }
        if let (Some(run), Some(copy)) = (other.runs.get(first), self.runs.get_mut(copied))
            && run.out < range.start
            && other.run_end(first) - run.out == run.len
        {
            copy.source += range.start - run.out;
            copy.len -= range.start - run.out;
        }
        self.text.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbatim_and_replaced_runs_map_back() {
        let mut prose = Prose::default();
        prose.push_verbatim("ab", 2);
        prose.push_replaced("&", 4..9);
        prose.push_verbatim("cd", 9);
        assert_eq!(prose.text, "ab&cd");
        assert_eq!(prose.source_range(1..4), 3..10);
        assert_eq!(prose.source_range(2..3), 4..9);
        let mut copy = Prose::default();
        copy.push_separator("\n", 0);
        copy.push_from(&prose, 1..4, prose.run_near(1, 0));
        assert_eq!(copy.text, "\nb&c");
        assert_eq!(copy.source_range(1..4), 3..10);
        assert_eq!(copy.source_range(3..4), 9..10);
    }
}
