//! The format of a rule file and of the vocabulary, as serde and JSON-schema types.
//!
//! The doc comments are the manual: `clauselint schema rule` prints them. Values in which a mistake
//! can be pointed at keep their place. No `tag`, `flatten` or `untagged`: serde loses the places
//! with them. What the values mean together is checked in `compile`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::position::RawPosition;

/// How loudly something is reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawLevel {
    /// Not at all.
    Off,
    /// As a note.
    Note,
    /// As a warning.
    #[default]
    Warning,
    /// As an error.
    Error,
}

/// How far from the element named by `within` an element may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawReach {
    /// In the same sentence (a list item counts with its lead-in).
    Sentence,
    /// In the same paragraph, list item or table row.
    Paragraph,
    /// In the same clause: the numbered unit with its sub-clauses.
    Clause,
    /// In the same clause or the one before or after it.
    #[default]
    Neighbours,
}

/// What a negation in front of a match does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawNegation {
    /// The match proves nothing: "shall not be obliged to provide transition assistance".
    #[default]
    Void,
    /// A denied verb (`denial` in the vocabulary) in the match or up to four words before it voids
    /// it too: "shall not become the property of". For statements whose denial says the contrary.
    Strict,
    /// The match counts all the same.
    Keep,
}

/// How an example must come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawStatus {
    /// The clause is not there.
    Missing,
    /// It is there, but weak.
    Weak,
    /// It is there and strong.
    Strong,
}

/// One clause that a contract should hold. The file's name without `.toml` is the clause's id.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawRule {
    /// What lawyers call the clause: "Exit and transition". Reads well in "no ... clause".
    #[schemars(with = "String")]
    pub title: Spanned<String>,
    /// One line on what the clause does.
    #[serde(default)]
    pub summary: String,
    /// The level of the finding when the clause is missing, where the profile leaves it to the rule.
    #[serde(default)]
    pub missing: RawLevel,
    /// The level of the finding when the clause is weak, where the profile leaves it to the rule.
    #[serde(default)]
    pub weak: RawLevel,
    /// The version of clauselint that brought the rule.
    #[serde(default)]
    pub since: Option<String>,
    /// The risk without the clause, for people. The first sentence is shown with each finding.
    #[serde(default)]
    pub why: String,
    /// What to draft.
    #[serde(default)]
    pub remedy: String,
    /// Laws and guides that ask for the clause.
    #[serde(default)]
    pub references: Vec<String>,
    /// Pattern for titles under which the clause usually stands. A hint where to look: a title
    /// never proves an element.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub heading: Option<Spanned<String>>,
    /// Whether elements that stand only under soft wording count towards `strong`.
    #[serde(default)]
    pub soft_counts: bool,
    /// The rule's own lists of words, by name: `$name` in its patterns, like those of the vocabulary.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub lists: BTreeMap<Spanned<String>, Spanned<String>>,
    /// What the clause is made of, by id, in the order in which it is shown.
    #[schemars(with = "BTreeMap<String, RawElement>")]
    pub element: BTreeMap<Spanned<String>, RawElement>,
    /// When the clause is there, and when it is strong.
    #[schemars(with = "RawStrength")]
    pub strength: Spanned<RawStrength>,
    /// Wording that empties a duty, by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawSoft>")]
    pub soft: BTreeMap<Spanned<String>, RawSoft>,
    /// A model clause.
    #[serde(default)]
    pub model: Option<RawModel>,
    /// Examples: documentation and self-test at once.
    #[serde(default)]
    #[schemars(with = "Vec<RawExample>")]
    pub example: Vec<Spanned<RawExample>>,
}

/// One thing that the clause should say.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawElement {
    /// What it says, in a few words: "the supplier must help the services move".
    #[serde(default)]
    pub title: Option<String>,
    /// The noun for it in headlines, without an article ("price", in "has no price"); the id when left
    /// out.
    #[serde(default)]
    pub name: Option<String>,
    /// The patterns that show it; one is enough.
    #[schemars(with = "Vec<String>")]
    pub any: Vec<Spanned<String>>,
    /// Patterns that spoil a match when they stand in its sentence.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub unless: Vec<Spanned<String>>,
    /// Another element of the rule, or several joined by "or", near which it must stand.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub within: Option<Spanned<String>>,
    /// How near.
    #[serde(default)]
    pub reach: RawReach,
    /// What a negated duty (`no-duty` in the vocabulary) in front of a match does.
    #[serde(default)]
    pub negation: RawNegation,
    /// What to write when it lacks: "say that the supplier must go on serving".
    #[serde(default)]
    pub advice: String,
    /// Whether it is there for packs alone: what is said of the clause itself leaves it out.
    #[serde(default)]
    pub packs_only: bool,
    /// What one wants of the figure that it states, in three tiers.
    #[serde(default)]
    pub position: Option<RawPosition>,
}

/// Formulas over element ids with `and`, `or` and parentheses.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawStrength {
    /// The clause is missing unless this holds.
    #[schemars(with = "String")]
    pub present: Spanned<String>,
    /// The clause is weak unless this holds.
    #[schemars(with = "String")]
    pub strong: Spanned<String>,
}

/// Wording that empties a duty.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawSoft {
    /// The pattern.
    #[schemars(with = "String")]
    pub pattern: Spanned<String>,
    /// The element, or several joined by "or", whose sentences it empties; all when left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub within: Option<Spanned<String>>,
    /// Why it empties the duty: "a promise to try is no duty to assist".
    pub message: String,
}

/// A clause to start from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawModel {
    /// The text in Markdown; every blank is a visible placeholder in brackets.
    pub text: String,
}

/// A piece of contract and what the rule must say about it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawExample {
    /// The verdict.
    pub status: RawStatus,
    /// Exactly the elements that are there; not checked when left out.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub elements: Option<Vec<Spanned<String>>>,
    /// Where elements must be found, by id: words of the text that their evidence must touch.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub shows: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Names of the customer, where the text does not tell; commas between several.
    #[serde(default)]
    pub customer: String,
    /// Names of the supplier, where the text does not tell; commas between several.
    #[serde(default)]
    pub supplier: String,
    /// What the example shows, for `explain`.
    #[serde(default)]
    pub note: Option<String>,
    /// The text in Markdown.
    pub text: String,
}

/// The shared lists of the clause rules.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawVocabulary {
    /// Patterns by name: `$name` in a pattern stands for the list's pattern. `must`, `may` and
    /// `not` also stand behind `@must`, `@may` and `@not`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub lists: BTreeMap<Spanned<String>, Spanned<String>>,
}
