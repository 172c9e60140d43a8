//! Rules as data: a TOML file a clause -> [`ClauseRule`]s over one shared plan of patterns.
//!
//! `raw` is the format, `shape` and `compile` turn every mistake in a file into a finding with its
//! place, `builtin` embeds the rules that ship with clauselint, `load` puts the built-in rules and
//! a user's own together: same format, same checks; `prepared` spares the work for the former. What a rule says about a contract is worked
//! out in `assess`; nothing here reads a contract or the disk.

mod builtin;
pub mod check;
mod compile;
mod denials;
pub mod extend;
mod later;
mod lists;
mod load;
pub mod pack;
pub mod position;
pub mod prepared;
pub mod profile;
pub mod raw;
pub(crate) mod shape;
pub(crate) mod spelling;
pub mod strength;

pub use check::{Check, CheckExample};
pub(crate) use compile::{is_kebab, severity};
pub use denials::Denials;
pub use later::Later;
pub use load::{RuleSet, SchemaName, schema};
pub use pack::{Atom, Item, Mark, Pack, Test};
pub use position::{Position, Threshold};
pub use profile::{Asked, Burden, Demand, Profile, Side};
pub use raw::{RawNegation as Negation, RawReach as Reach};
pub use strength::Formula;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::finding::Severity;
use crate::pattern::{PatternId, Plan};
use crate::source::Span;

/// How a clause stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Nothing of what makes the clause is there.
    Missing,
    /// It is there, but what makes it strong is not all there.
    Weak,
    /// All that makes it strong is there.
    Strong,
}

impl Status {
    /// `missing`, `weak` or `strong`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Weak => "weak",
            Self::Strong => "strong",
        }
    }
}

/// A pattern of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePattern {
    /// Where it stands in the plan of the rule set.
    pub id: PatternId,
}

impl RulePattern {
    /// What a pattern of titles is put into before it joins the plan.
    const TITLE: &str = "heading(";

    /// A pattern as it joins the plan, of what an author wrote for titles.
    fn of_titles(text: &str) -> String {
        format!("{}{text})", Self::TITLE)
    }

    /// The pattern as the rule's author wrote it.
    #[must_use]
    pub fn text(self, plan: &Plan) -> &str {
        plan.text(self.id)
    }

    /// The same for a pattern of titles.
    #[must_use]
    pub fn title_text(self, plan: &Plan) -> &str {
        Self::without_title(plan.text(self.id))
    }

    fn without_title(text: &str) -> &str {
        text.strip_prefix(Self::TITLE).and_then(|text| text.strip_suffix(')')).unwrap_or(text)
    }
}

/// One clause that a contract should hold; built only by the loader, from checked data.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ClauseRule {
    /// `exit-transition`: the stem of the file's name.
    pub id: String,
    /// The file that it was read from, as the user gave it; built-in rules from the top of the
    /// package.
    pub path: String,
    /// Whether it is a user's own, or changed by a user's file.
    pub own: bool,
    /// Which of its levels a user's change sets: those hold in every profile that asks for the clause.
    pub set_levels: SetLevels,
    /// The folder that holds the file ("core").
    pub pack: String,
    /// "Exit and transition".
    pub title: String,
    /// One line on what the clause does.
    pub summary: String,
    /// The level of the finding when the clause is missing and the profile leaves it to the rule;
    /// `None` for no finding.
    pub missing: Option<Severity>,
    /// The level of the finding when the clause is weak and the profile leaves it to the rule; `None`
    /// for no finding.
    pub weak: Option<Severity>,
    /// The version of clauselint that brought the rule.
    pub since: Option<String>,
    /// The risk without the clause.
    pub why: String,
    /// What to draft.
    pub remedy: String,
    /// Laws and guides that ask for the clause.
    pub references: Vec<String>,
    /// Titles under which the clause usually stands; matches headings and run-in titles only.
    pub heading: Option<RulePattern>,
    /// What the clause is made of, in the order of the file.
    pub elements: Later<Vec<Element>>,
    /// Indices into `elements`, each after those that its `within` names.
    pub order: Vec<usize>,
    /// Else the clause is missing.
    pub present: Formula,
    /// Else the clause is weak.
    pub strong: Formula,
    /// Whether elements under soft wording count towards `strong`.
    pub soft_counts: bool,
    /// Wording that empties a duty.
    pub soft: Later<Vec<Soft>>,
    /// A model clause in Markdown.
    pub model: Option<String>,
    /// Documentation and self-test.
    pub examples: Later<Vec<Example>>,
}

/// Which levels of a rule a user's change sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetLevels {
    /// That of the missing clause.
    pub missing: bool,
    /// That of the weak clause.
    pub weak: bool,
}

impl ClauseRule {
    /// The index of the element of this id.
    #[must_use]
    pub fn element(&self, id: &str) -> Option<usize> {
        self.elements.iter().position(|element| element.id == id)
    }

    /// The title as it stands inside a sentence: "exit and transition", but "IP licensing".
    #[must_use]
    pub fn title_in_sentence(&self) -> String {
        let mut title = String::with_capacity(self.title.len());
        self.add_title_in_sentence(&mut title);
        title
    }

    /// Adds the title as it stands inside a sentence.
    pub fn add_title_in_sentence(&self, out: &mut String) {
        let mut letters = self.title.chars();
        let (first, rest) = (letters.next(), letters.as_str());
        match (first, letters.next()) {
            (Some(first), Some(second)) if !second.is_uppercase() => {
                out.extend(first.to_lowercase());
                out.push_str(rest);
            }
            _ => out.push_str(&self.title),
        }
    }

    /// The first sentence of `why`, on one line, without its full stop.
    #[must_use]
    pub fn reason(&self) -> String {
        let mut line = String::new();
        for word in self.why.split_whitespace() {
            if line.ends_with('.') {
                break;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        line.truncate(line.trim_end_matches('.').len());
        line
    }
}

/// One thing that the clause should say. The words of a built-in one stay where they lie in the program.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Element {
    /// `assistance`.
    #[serde(borrow)]
    pub id: Cow<'static, str>,
    /// "the supplier must help the services move".
    #[serde(borrow)]
    pub title: Cow<'static, str>,
    /// The noun for it: "assistance".
    #[serde(borrow)]
    pub name: Cow<'static, str>,
    /// What to write when it lacks.
    #[serde(borrow)]
    pub advice: Cow<'static, str>,
    /// One of these shows it.
    pub any: Vec<RulePattern>,
    /// A match in a sentence with one of these proves nothing.
    pub unless: Vec<RulePattern>,
    /// Near which elements it must stand; anywhere when empty.
    pub within: Vec<usize>,
    /// How near.
    pub reach: Reach,
    /// What a negated duty in front of a match does.
    pub negation: Negation,
    /// Whether it is there for packs alone: what is said of the clause itself leaves it out.
    pub packs_only: bool,
    /// What one wants of the figure that it states.
    pub position: Option<Position>,
    /// The level of a weak clause that lacks it, where a project sets one; else that of the clause.
    pub level: Option<Severity>,
}

/// Wording that empties a duty.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Soft {
    /// `best-endeavours`.
    pub name: String,
    /// The wording.
    pub pattern: RulePattern,
    /// The elements that it empties, as indices.
    pub within: Vec<usize>,
    /// Why it empties the duty.
    pub message: String,
}

/// A piece of contract and what the rule must say about it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Example {
    /// The verdict.
    pub status: Status,
    /// Exactly the elements that must be there, as indices; `None` when that is not checked.
    pub elements: Option<Vec<usize>>,
    /// Words of the text that the evidence of an element must touch, by its index.
    pub shows: Vec<(usize, String)>,
    /// Names of the customer, where the text does not tell.
    pub customer: Vec<String>,
    /// Names of the supplier, where the text does not tell.
    pub supplier: Vec<String>,
    /// What the example shows.
    pub note: Option<String>,
    /// The text in Markdown.
    pub text: String,
    /// Whether it is of a rule that a user's file has changed since: shown, but no longer tested.
    pub inherited: bool,
    /// Where the example stands in its file; the file is the one that the rule set was loaded as.
    pub place: Span,
}
