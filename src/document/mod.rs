//! Markdown -> contract tree: the only room that knows Markdown.
//!
//! A [`Document`] is immutable. Its text is one normalised [`Prose`] with a map back to the
//! source; its [`Block`]s are what a reader sees as paragraphs, list items, table rows and
//! headings, in reading order; its [`Clause`]s are the numbered units that carry them, found from
//! the marks that the author wrote (numbers, headings, bold and capital lines, nesting), never
//! from a renderer's recount. Words, parties and rules live further on.

pub mod directives;
mod emit;
mod events;
mod front_matter;
mod furniture;
mod html;
mod inline;
mod join;
mod labels;
mod leads;
mod letters;
mod normalise;
pub mod numbering;
pub mod parse;
mod passage;
pub mod prose;
mod titles;
mod tree;
mod units;

use std::num::NonZeroU32;
use std::ops::Range;

pub use numbering::{Label, LabelKind};
pub use parse::parse;
pub use prose::Prose;

use crate::source::{FileId, Span};

/// Index of a block in [`Document::blocks`], counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(
    /// The index and one more, so that a block that is not there takes no more room.
    NonZeroU32,
);

/// Index of a clause in [`Document::clauses`], counted from 0. Clause 0 is the whole document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseId(pub u32);

impl BlockId {
    /// The block at an index, counted from 0.
    #[must_use]
    pub const fn new(index: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index))
    }

    /// The index, counted from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        (self.0.get() - 1) as usize
    }
}

impl ClauseId {
    /// The index, counted from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One contract text as a tree of clauses over blocks of prose.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file that it was read from.
    pub file: FileId,
    /// The normalised text of all blocks.
    pub prose: Prose,
    /// Paragraphs, list items, table rows and headings in reading order.
    pub blocks: Vec<Block>,
    /// The clauses in preorder; number 0 is the document itself.
    pub clauses: Vec<Clause>,
    /// The first title-like heading or line, if there is one.
    pub title: Option<BlockId>,
    /// YAML front matter, if the file opens with it.
    pub front_matter: Option<FrontMatter>,
    /// HTML comments, in order: never read as text, kept for directives.
    pub comments: Vec<Span>,
    /// Links, in order.
    pub links: Vec<Link>,
    /// The labels of the blocks as a reader cites them, one behind the other.
    pub(crate) labels: String,
}

/// A link to another file, to a place of the same one or out of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The link as it is written, text and target.
    pub span: Span,
    /// Where it leads, as written: "schedules/sla.md#targets", "#term".
    pub target: String,
}

/// What a block is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A title line: an ATX or setext heading, a bold or capital line, an HTML heading.
    Heading,
    /// Running text, block quotes and indented text included.
    Paragraph,
    /// The text of one list item, or of one `(a)` line of a paragraph.
    Item,
    /// A body row of a table; the cells are in [`Block::cells`].
    TableRow,
    /// The header row of a table.
    TableHeader,
    /// A table of contents, page number, signature line or other furniture: kept for its span,
    /// never read for clauses.
    Furniture,
}

/// A cell of a table row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The cell's own text, in bytes of the prose.
    pub text: Range<u32>,
    /// The header cell of its column, in bytes of the prose; none for an empty header or a
    /// key/value table.
    pub header: Option<Range<u32>>,
}

/// A paragraph, item, row or heading.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The source that it takes, marks included.
    pub span: Span,
    /// Its text in bytes of the prose, without its label.
    pub text: Range<u32>,
    /// How many bytes of the text are a title in front of it; see [`Block::run_in`].
    pub titled: u32,
    /// The label as the source writes it ("4.1", "(a)").
    pub label: Option<Label>,
    /// The innermost clause that it belongs to.
    pub clause: ClauseId,
    /// The block whose end leads into this one ("The Supplier shall:"), itself possibly led into.
    pub lead: Option<BlockId>,
    /// The block after the list that completes the sentence of each item ("... in each case
    /// within 30 days").
    pub tail: Option<BlockId>,
    /// The cells, for rows of a table; empty otherwise.
    pub cells: Box<[Cell]>,
}

// A long contract has a block, and most often a clause, for each hundred bytes.
const _: () = assert!(size_of::<Block>() <= 80 && size_of::<Clause>() <= 56);

impl Block {
    /// A title at the front of the text ("Initial Term." in "4.1. **Initial Term.** The initial
    /// term is ..."), in bytes of the prose.
    #[must_use]
    pub fn run_in(&self) -> Option<Range<u32>> {
        (self.titled > 0).then(|| self.text.start..self.text.start + self.titled)
    }
}

/// A unit that the contract numbers or titles, with everything below it.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The title, in bytes of the prose: a heading or a run-in title.
    pub title: Option<Range<u32>>,
    /// The source of the title line, or of the first words when there is no title.
    pub head: Span,
    /// The source that it takes with all its sub-clauses.
    pub span: Span,
    /// The clause above; `None` for the document itself.
    pub parent: Option<ClauseId>,
    /// How deep it lies; the document is 0.
    pub depth: u16,
    /// Whether this is the unit that `&` of the pattern language joins within: the outermost
    /// numbered or titled unit below the document's title and its parts and schedules.
    pub is_unit: bool,
    /// The blocks of this clause and its sub-clauses, as indices into [`Document::blocks`].
    pub blocks: Range<u32>,
}

/// The YAML block that opens a file.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// The source that it takes, fences included.
    pub span: Span,
    /// Top-level keys and the keys one level below ("parties.customer"), with their plain values.
    pub entries: Vec<(String, String)>,
}

impl FrontMatter {
    /// The value of a key, such as `title` or `parties.customer`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

impl Document {
    /// The block of this index; blocks and their ids come from the same document.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// The clause of this index.
    #[must_use]
    pub fn clause(&self, id: ClauseId) -> &Clause {
        &self.clauses[id.index()]
    }

    /// Whether a clause or one above it is among `clauses`, which is sorted.
    #[must_use]
    pub fn is_under(&self, clause: ClauseId, clauses: &[ClauseId]) -> bool {
        let mut above = std::iter::successors(Some(clause), |&id| self.clause(id).parent);
        !clauses.is_empty() && above.any(|id| clauses.binary_search(&id).is_ok())
    }

    /// The label of a clause as written ("12.3(b)", "Article IV", "Schedule 2"), if there is one: that
    /// of its first block.
    #[must_use]
    pub fn label(&self, clause: &Clause) -> Option<&Label> {
        label(&self.blocks, clause)
    }

    /// A label as a reader cites it, marks and trailing stop removed: "12.3", "(b)", "Schedule 2".
    #[must_use]
    pub fn label_text(&self, label: &Label) -> &str {
        self.labels.get(label.text.start as usize..label.text.end as usize).unwrap_or("")
    }

    /// The normalised text of a block, without its label.
    #[must_use]
    pub fn text(&self, block: &Block) -> &str {
        self.prose.slice(block.text.clone())
    }

    /// The source span of a range of the prose.
    #[must_use]
    pub fn source(&self, range: Range<u32>) -> Span {
        Span::new(self.file, self.prose.source_range(range))
    }

    /// The innermost clause at a byte of the source, if a block stands there or in front of it.
    #[must_use]
    pub fn clause_at(&self, byte: usize) -> Option<ClauseId> {
        let next = self.blocks.partition_point(|block| block.span.start() <= byte);
        self.blocks.get(next.checked_sub(1)?).map(|block| block.clause)
    }

    /// The unit that `&` joins within for a clause: the clause itself or the nearest one above
    /// that is marked as such; the document when there is none.
    #[must_use]
    pub fn unit_of(&self, clause: ClauseId) -> ClauseId {
        let mut at = Some(clause);
        while let Some(id) = at {
            if self.clause(id).is_unit {
                return id;
            }
            at = self.clause(id).parent;
        }
        ClauseId::default()
    }

    /// The full label of a clause as a reader would cite it: "12.3(b)", or its parents' labels
    /// put in front where its own is only "(b)"; empty when nothing is labelled.
    #[must_use]
    pub fn citation(&self, clause: ClauseId) -> String {
        numbering::citation(self, clause)
    }
}

/// The label of a clause of some blocks; the document itself has none.
fn label<'a>(blocks: &'a [Block], clause: &Clause) -> Option<&'a Label> {
    clause.parent?;
    blocks.get(clause.blocks.start as usize)?.label.as_ref()
}
