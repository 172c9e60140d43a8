//! The one type for everything that a run has to say.
//!
//! Rule hits, broken rule files, unreadable input and notes about a file are all [`Finding`]s, so
//! that one renderer, one exit code table and one baseline serve them all. No output format and
//! no rule lives here.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// How bad a finding is; ordered, so that `Severity::Error` is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; never fails a run by default.
    Note,
    /// A clause that is there but weak.
    Warning,
    /// A clause that must be there and is not, or input that could not be read.
    Error,
}

impl Severity {
    /// As it is written: "warning".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// What a finding is about, as it is printed in brackets and selected by users.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// `missing-exit-transition`: the clause of this id is not there.
    Missing(String),
    /// `weak-exit-transition`: the clause is there, but elements lack.
    Weak(String),
    /// `soft-exit-transition`: wording that empties a duty of the clause.
    Soft(String),
    /// `broken-reference` and the like: a slip that the proofreading check of this id finds.
    Slip(String),
    /// `one-sided-step-in-rights`: a clause that weighs on the side for which the contract is judged.
    OneSided(String),
    /// `unknown-profile`: a contract that asks for a profile which does not exist.
    UnknownProfile,
    /// `front-matter`: a contract whose front matter asks for what nobody knows.
    FrontMatter,
    /// `dora/30.2-e`: an item of a pack that the contract does not meet, or meets in part.
    Pack {
        /// The pack's name.
        pack: String,
        /// The item's id without the pack's prefix.
        item: String,
    },
    /// `position-sla-metrics.target`: a figure of this clause and element that meets less than the
    /// preferred tier.
    Position(String, String),
    /// `rule-file`: a mistake in a rule file.
    RuleFile,
    /// `pattern`: a mistake in a pattern given on the command line.
    Pattern,
    /// `unreadable`: a file that could not be read as text.
    Unreadable,
    /// `not-a-contract`: a file that holds no contract.
    NotAContract,
    /// `other-language`: a contract in a language that the rules do not read.
    OtherLanguage,
    /// `usage`: a request that cannot be met, such as a folder without contracts.
    Usage,
    /// `config`: a mistake in a clauselint.toml.
    Config,
    /// `waiver`: a waiver that states no reason, names no known rule, has ended or hides nothing.
    Waiver,
    /// `baseline`: a baseline file that cannot be used.
    Baseline,
}

impl Code {
    /// The clause that the finding is about, if it is about one.
    #[must_use]
    pub fn clause(&self) -> Option<&str> {
        match self {
            Self::Missing(clause)
            | Self::Weak(clause)
            | Self::Soft(clause)
            | Self::OneSided(clause)
            | Self::Position(clause, _) => Some(clause),
            _ => None,
        }
    }
}

impl Code {
    /// As it is printed, in one piece.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts().concat()
    }

    /// As it is printed, in the pieces that it is made of.
    fn parts(&self) -> [&str; 4] {
        match self {
            Self::Missing(clause) => ["missing-", clause, "", ""],
            Self::Weak(clause) => ["weak-", clause, "", ""],
            Self::Soft(clause) => ["soft-", clause, "", ""],
            Self::Slip(check) => [check, "", "", ""],
            Self::OneSided(clause) => ["one-sided-", clause, "", ""],
            Self::UnknownProfile => ["unknown-profile", "", "", ""],
            Self::FrontMatter => ["front-matter", "", "", ""],
            Self::Pack { pack, item } => [pack, "/", item, ""],
            Self::Position(clause, element) => ["position-", clause, ".", element],
            Self::RuleFile => ["rule-file", "", "", ""],
            Self::Pattern => ["pattern", "", "", ""],
            Self::Unreadable => ["unreadable", "", "", ""],
            Self::NotAContract => ["not-a-contract", "", "", ""],
            Self::OtherLanguage => ["other-language", "", "", ""],
            Self::Usage => ["usage", "", "", ""],
            Self::Config => ["config", "", "", ""],
            Self::Waiver => ["waiver", "", "", ""],
            Self::Baseline => ["baseline", "", "", ""],
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts().into_iter().try_for_each(|part| out.write_str(part))
    }
}

/// Where a finding stands. Absence is modelled, never an empty range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// These words.
    Span(Span),
    /// This clause as a whole.
    Clause(Span),
    /// The document as a whole; a missing clause would go in at `insert_at`.
    Document {
        /// Where the missing text would go: an empty span in front of which it would stand.
        insert_at: Span,
    },
    /// No text at all: a path that does not exist, a broken command line.
    Nowhere,
}

impl Anchor {
    /// The span that the anchor points at, if there is text to point at.
    #[must_use]
    pub const fn span(self) -> Option<Span> {
        match self {
            Self::Span(span) | Self::Clause(span) | Self::Document { insert_at: span } => Some(span),
            Self::Nowhere => None,
        }
    }
}

/// A second place that explains a finding, with what to see there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to see there: lower case, no full stop.
    pub message: String,
}

/// How safely a fix can be applied without a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// To be shown, never applied.
    DisplayOnly,
    /// Changes what the contract says: applied only when asked for twice.
    Unsafe,
    /// Changes no meaning.
    Safe,
}

/// One replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A change that would settle a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, in one line.
    pub title: String,
    /// Sorted, not overlapping.
    pub edits: Vec<Edit>,
    /// How safely it can be applied.
    pub applicability: Applicability,
}

/// Identifies a finding within its contract, across edits elsewhere, new numbers and another file
/// name: 16 hexadecimal digits (64-bit FNV-1a).
///
/// What is absent or falls short as a whole is known by its code; words that are wrong by their code,
/// the title above them and the words themselves. Equals of one contract differ by their order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

    /// The fingerprint of these parts, in this order.
    #[must_use]
    pub fn of(parts: &[&str]) -> Self {
        Self::new(parts.iter().fold(Self::OFFSET, |hash, part| end(add(hash, part))))
    }

    /// The fingerprint of a code, and of what is said where that makes it another one.
    fn of_code(code: &Code, message: Option<&str>) -> Self {
        let hash = end(code.parts().into_iter().fold(Self::OFFSET, add));
        Self::new(message.map_or(hash, |message| end(add(hash, message))))
    }

    fn new(hash: u64) -> Self {
        Self(std::array::from_fn(|at| b"0123456789abcdef"[(hash >> (60 - 4 * at) & 15) as usize]))
    }

    /// Reads a fingerprint back.
    #[must_use]
    pub fn read(digits: &str) -> Option<Self> {
        let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        <[u8; 16]>::try_from(digits.as_bytes()).ok().filter(|digits| digits.iter().all(is_digit)).map(Self)
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The fingerprint of the one of this number among equals, counted from 0.
    fn nth(&self, number: usize) -> Self {
        if number == 0 { self.clone() } else { Self::of(&[self.as_str(), &number.to_string()]) }
    }
}

const fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

fn add(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, mix)
}

/// Ends a part, so that two of them differ from both as one.
const fn end(hash: u64) -> u64 {
    mix(hash, 0xff)
}

/// Makes equal fingerprints of one contract differ, in the order of the text: for all findings of a
/// contract together, and once.
pub fn tell_apart(findings: &mut [Finding]) {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|&at| findings[at].anchor.span());
    let mut seen: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    for at in order {
        let number = seen.entry(findings[at].fingerprint.clone()).or_default();
        findings[at].fingerprint = findings[at].fingerprint.nth(*number);
        *number += 1;
    }
}

/// One thing that a run has to say. Built by [`Finding::new`], which demands a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The headline: stands alone, lower case, no full stop.
    pub message: String,
    /// Where.
    pub anchor: Anchor,
    /// What to see at the anchor itself; empty for nothing.
    pub anchor_message: String,
    /// The clause of the contract that it concerns, as the contract labels it ("12.3").
    pub clause_label: Option<String>,
    /// Second places.
    pub labels: Vec<Label>,
    /// Why it matters and what was found.
    pub notes: Vec<String>,
    /// What to write.
    pub help: Vec<String>,
    /// A change that would settle it.
    pub fix: Option<Fix>,
    /// What identifies it across edits.
    pub fingerprint: Fingerprint,
    /// What its subject lacks, by id, sorted: a finding that lacks more than it did is a new one.
    pub lacks: Vec<String>,
    /// How far a figure falls short of the preferred tier, in thousandths of its unit: one that falls
    /// shorter than it did is a new finding.
    pub short_by: Option<u64>,
}

impl Finding {
    /// A finding with its code, headline and place; everything else is empty.
    #[must_use]
    pub fn new(code: Code, severity: Severity, message: impl Into<String>, anchor: Anchor) -> Self {
        let message = message.into();
        let fingerprint = match code {
            // A contract has one of each, wherever its closest text or its best figure stands.
            Code::Missing(_) | Code::Weak(_) | Code::Soft(_) | Code::Pack { .. } | Code::Position(..) => {
                Fingerprint::of_code(&code, None)
            }
            _ => Fingerprint::of_code(&code, Some(&message)),
        };
        Self {
            code,
            severity,
            message,
            anchor,
            anchor_message: String::new(),
            clause_label: None,
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            fix: None,
            fingerprint,
            lacks: Vec::new(),
            short_by: None,
        }
    }

    /// Says what to see at the anchor.
    #[must_use]
    pub fn at(mut self, message: impl Into<String>) -> Self {
        self.anchor_message = message.into();
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Says what its subject lacks, by id.
    #[must_use]
    pub fn lacking(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.lacks.extend(ids.into_iter().map(Into::into));
        self.lacks.sort_unstable();
        self.lacks.dedup();
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}
