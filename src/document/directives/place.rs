//! Which clause a comment stands at, and how much text that is.
//!
//! A comment inside a clause, or after it without an empty line, is about that clause; else it is
//! about what follows. Under a heading it is about the heading too: people write it on either side.

use super::Reach;
use crate::document::{BlockKind, ClauseId, Document, LabelKind};
use crate::source::{SourceFile, Span};

/// What parts a comment from the text next to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// They stand on one line.
    None,
    /// A line end.
    Line,
    /// An empty line.
    Blank,
}

/// Where a comment stands among the blocks.
#[derive(Clone, Copy, Debug)]
struct Stand {
    comment: Span,
    /// How many blocks begin in front of it.
    blocks: usize,
    /// Whether it stands inside the last of those.
    inside: bool,
    /// What parts it from the block before, other comments aside.
    before: Gap,
    /// What parts it from the block after.
    after: Gap,
}

/// The comments of a document among its clauses.
pub(super) struct Places<'a> {
    document: &'a Document,
    source: &'a SourceFile,
    stands: Vec<Stand>,
    /// For each clause, the first of those after it that stand alone.
    next_alone: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Looks at each comment and clause once.
    pub(super) fn new(document: &'a Document, source: &'a SourceFile) -> Self {
        let mut next = document.clauses.len();
        let mut next_alone = vec![next; next];
        for (at, after) in next_alone.iter_mut().enumerate().rev() {
            *after = next;
            if stands_alone(document, at) {
                next = at;
            }
        }
        Self { document, source, stands: stands(document, source), next_alone }
    }

    /// The clause that a comment stands at, and the text that is covered from there.
    pub(super) fn covered(&self, comment: Span, reach: Reach) -> (ClauseId, Span) {
        let whole = self.span(0, self.source.text.len());
        let at = self.stands.binary_search_by_key(&comment.start(), |stand| stand.comment.start());
        let Some(stand) = at.ok().and_then(|at| self.stands.get(at)) else {
            return (ClauseId::default(), whole);
        };
        let (clause, also) = self.clauses_at(stand);
        let covers = match reach {
            Reach::File => whole,
            Reach::Section if clause == ClauseId::default() => whole,
            Reach::Section => self.document.clause(clause).span,
            Reach::Clause => {
                let own = self.own(clause);
                also.map_or(own, |also| own.cover(self.own(also)))
            }
        };
        (if reach == Reach::File { ClauseId::default() } else { clause }, covers)
    }

    /// The clause that a comment stands at, and another that it is about as well.
    fn clauses_at(&self, stand: &Stand) -> (ClauseId, Option<ClauseId>) {
        let blocks = &self.document.blocks;
        let before = stand.blocks.checked_sub(1).and_then(|at| blocks.get(at));
        let after = blocks.get(stand.blocks);
        let (before, after) = match (before, after) {
            (Some(before), Some(after)) if !stand.inside => (before, after),
            (Some(before), _) => return (before.clause, None),
            // Above everything: about the document, and about what it stands on.
            (None, Some(after)) => return (after.clause, Some(ClauseId::default())),
            (None, None) => return (ClauseId::default(), None),
        };
        let parted = (stand.before, stand.after);
        let under_heading = before.kind == BlockKind::Heading && self.holds(before.clause, after.clause);
        match parted {
            (Gap::None, _) => (before.clause, None),
            (_, Gap::None) => (after.clause, None),
            (Gap::Blank, Gap::Line) => (after.clause, None),
            _ if under_heading => (before.clause, Some(after.clause)),
            (Gap::Line, Gap::Blank) => (before.clause, None),
            _ => (after.clause, None),
        }
    }

    /// Whether the clause `inner` is `outer` or lies below it.
    fn holds(&self, outer: ClauseId, inner: ClauseId) -> bool {
        let mut at = Some(inner);
        while let Some(id) = at {
            if id == outer {
                return true;
            }
            at = self.document.clause(id).parent;
        }
        false
    }

    /// The text of a clause with the items of its lists, up to the first clause below it that stands
    /// alone.
    fn own(&self, clause: ClauseId) -> Span {
        let whole = self.document.clause(clause).span;
        let start = if clause == ClauseId::default() { 0 } else { whole.start() };
        let next = self.next_alone.get(clause.index()).and_then(|&at| self.document.clauses.get(at));
        let end = next.map_or(whole.end(), |next| next.span.start().min(whole.end())).max(start);
        let text = self.source.text.get(start..end).unwrap_or("");
        self.span(start, start + text.trim_end().len())
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.document.file, start..end)
    }
}

/// Whether a clause has a number or title of its own; an item of a list is part of its clause.
fn stands_alone(document: &Document, at: usize) -> bool {
    let Some(clause) = document.clauses.get(at) else { return false };
    let head = document.blocks.get(clause.blocks.start as usize);
    let numbered = document.label(clause).is_some_and(|label| {
        matches!(label.kind, LabelKind::Number | LabelKind::Article | LabelKind::Attachment)
    });
    at > 0 && (numbered || head.is_some_and(|head| head.kind == BlockKind::Heading))
}

/// Where each comment stands, in order.
fn stands(document: &Document, source: &SourceFile) -> Vec<Stand> {
    let mut comments = document.comments.clone();
    comments.sort_unstable();
    let between = |from: usize, to: usize| gap(source.text.get(from..to).unwrap_or(""));
    let mut stands: Vec<Stand> = Vec::with_capacity(comments.len());
    let (mut from, mut furthest, mut blocks) = (0, 0, 0);
    for comment in comments {
        while let Some(block) =
            document.blocks.get(blocks).filter(|block| block.span.start() <= comment.start())
        {
            furthest = block.span.end();
            blocks += 1;
        }
        let inside = comment.start() < furthest;
        let same_gap = stands.last().filter(|last| last.blocks == blocks && !last.inside && !inside);
        let first = same_gap.map_or(Gap::None, |last| last.before);
        from = if same_gap.is_some() { from } else { furthest };
        let before = if inside { Gap::None } else { first.max(between(from, comment.start())) };
        from = comment.end();
        stands.push(Stand { comment, blocks, inside, before, after: Gap::None });
    }
    let mut later: Option<Stand> = None;
    for stand in stands.iter_mut().rev() {
        let same_gap = later.filter(|later| later.blocks == stand.blocks);
        let next = document.blocks.get(stand.blocks).map_or(source.text.len(), |block| block.span.start());
        let (until, rest) = same_gap.map_or((next, Gap::None), |later| (later.comment.start(), later.after));
        stand.after = rest.max(between(stand.comment.end(), until));
        later = Some(*stand);
    }
    stands
}

/// What parts the texts at both ends of this one.
fn gap(between: &str) -> Gap {
    let mut lines = between.split('\n').skip(1).peekable();
    if lines.peek().is_none() {
        return if between.contains('\r') { Gap::Line } else { Gap::None };
    }
    // The text after the last line end is the front of a line that goes on.
    while let Some(line) = lines.next() {
        if lines.peek().is_some() && line.trim_matches(['>', ' ', '\t', '\r']).is_empty() {
            return Gap::Blank;
        }
    }
    Gap::Line
}

#[cfg(test)]
mod tests {
    use super::super::directives;
    use super::*;
    use crate::document::parse;
    use crate::source::FileId;

    /// The first and the last word of what the only directive covers, with the clause's label.
    fn covered(text: &str) -> String {
        let source = SourceFile::new(FileId::default(), "a.md", text);
        let document = parse(&source);
        let found = directives(&document, &source);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        let covers = source.slice(one.covers);
        let mut words = Vec::new();
        let mut rest = covers;
        while let Some((words_before, after)) = rest.split_once("<!--") {
            words.extend(words_before.split_whitespace());
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        }
        words.extend(rest.split_whitespace());
        let ends = [words.first(), words.last()].map(|word| word.copied().unwrap_or_default());
        format!("[{}] {} … {}", document.citation(one.clause), ends[0], ends[1])
    }

    /// A contract with a directive at a mark.
    fn with(mark: &str, directive: &str) -> String {
        let text = "@top@\n# Services Agreement\n@title@\n\nThis agreement is made by us.\n\n@above@\n\n\
                    ## 7. Service Levels @heading@\n\n@under@\n\n@tight@\n7.1 The Supplier shall @inside@ keep \
                    the levels.\n@end@\n\n7.2 The Supplier shall:\n\n   (a) measure; @item@\n\n   (b) report \
                    weekly.\n\n@loose@\n\n## 8. Fees\n\nFees are due monthly.\n@last@\n";
        let parts = text.split('@').enumerate().map(|(at, part)| match at % 2 {
            0 => part,
            _ if part == mark => directive,
            _ => "",
        });
        parts.collect()
    }

    #[test]
    fn a_comment_is_about_the_clause_that_it_stands_in_or_above() {
        let at = |mark: &str| covered(&with(mark, "<!-- clauselint: allow(x) r -->"));
        assert_eq!(at("top"), "[] # … us.");
        assert_eq!(at("title"), "[] # … us.");
        assert_eq!(at("above"), "[7] ## … Levels");
        assert_eq!(at("heading"), "[7] ## … Levels");
        assert_eq!(at("under"), "[7] ## … levels.");
        assert_eq!(at("tight"), "[7.1] 7.1 … levels.");
        assert_eq!(at("inside"), "[7.1] 7.1 … levels.");
        assert_eq!(at("end"), "[7.1] 7.1 … levels.");
        assert_eq!(at("item"), "[7.2(a)] (a) … measure;");
        assert_eq!(at("loose"), "[8] ## … monthly.");
        assert_eq!(at("last"), "[8] ## … monthly.");
    }

    #[test]
    fn a_section_takes_in_what_lies_below_and_a_file_everything() {
        let at = |mark: &str| covered(&with(mark, "<!-- clauselint: allow-section(x) r -->"));
        assert_eq!(at("above"), "[7] ## … weekly.");
        assert_eq!(at("under"), "[7] ## … weekly.");
        assert_eq!(at("tight"), "[7.1] 7.1 … levels.");
        assert_eq!(at("top"), "[] # … monthly.");
        assert_eq!(covered(&with("item", "<!-- clauselint: allow-file(x) r -->")), "[] # … monthly.");
    }

    #[test]
    fn comments_on_top_of_each_other_are_about_the_same_clause() {
        let text =
            "## 1. Scope\n\n1.1 One.\n\n<!-- clauselint: allow(x) r -->\n<!-- drafting note -->\n1.2 Two.\n";
        assert_eq!(covered(text), "[1.2] 1.2 … Two.");
        let text =
            "## 1. Scope\n\n1.1 One.\n<!-- drafting\nnote --> <!-- clauselint: allow(x) r -->\n\n1.2 Two.\n";
        assert_eq!(covered(text), "[1.1] 1.1 … One.");
    }

    #[test]
    fn line_ends_of_windows_part_as_others_do() {
        assert_eq!(gap("\r\n"), Gap::Line);
        assert_eq!(gap("\r\n\r\n"), Gap::Blank);
        assert_eq!(gap(" \n> \n> "), Gap::Blank);
        assert_eq!(gap("\r"), Gap::Line);
        assert_eq!(gap(" "), Gap::None);
    }
}
