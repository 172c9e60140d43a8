//! The format of a profile file, as serde and JSON-schema types.
//!
//! The doc comments are the manual: `clauselint schema profile` prints them. What the values mean
//! together is checked in `compile`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::rule::raw::RawLevel;

/// A kind of paper, as it is told from title and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawPaper {
    /// An agreement for services, and any other contract.
    Agreement,
    /// An agreement under which orders or statements of work are made.
    MasterAgreement,
    /// Terms for software or a cloud service that the customer subscribes to.
    Subscription,
    /// A service level agreement or schedule.
    ServiceLevels,
    /// A data processing agreement.
    DataProcessing,
    /// A non-disclosure agreement.
    NonDisclosure,
    /// A statement of work or an order under an agreement.
    StatementOfWork,
}

/// For whom a contract is judged.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RawSide {
    /// The party that gets the services.
    #[default]
    Customer,
    /// The party that performs them.
    Supplier,
}

/// What is asked of one kind of paper. The file lies in a folder `profiles`; its name without
/// `.toml` is the profile's name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawProfile {
    /// What people call the paper: "Service level agreement".
    #[schemars(with = "String")]
    pub title: Spanned<String>,
    /// One line on what such a paper must hold.
    #[serde(default)]
    pub summary: String,
    /// Another profile to start from: what it asks is asked here too, unless an entry of `clauses`
    /// names the clause. A profile that starts from its own name starts from the built-in one.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub extends: Option<Spanned<String>>,
    /// The kinds of paper for which this profile is taken when the user names none.
    #[serde(default)]
    #[schemars(with = "Vec<RawPaper>")]
    pub papers: Vec<Spanned<RawPaper>>,
    /// Groups of clauses with their levels. A clause that no group names is not looked at.
    #[serde(default)]
    pub clauses: Vec<RawGroup>,
    /// What such a paper should not hold, when it is judged for one side.
    #[serde(default)]
    pub burden: Vec<RawBurden>,
}

/// Clauses that are asked for at the same levels.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawGroup {
    /// For which side they are asked; for both when left out. A group for one side goes before a
    /// group for both that names the same clause.
    #[serde(default, rename = "for")]
    pub side: Option<RawSide>,
    /// The level of the finding when the clause is missing; that of the rule when left out.
    #[serde(default)]
    pub missing: Option<RawLevel>,
    /// The level of the finding when the clause is weak; that of the rule when left out. A clause
    /// with both levels "off" is not looked at.
    #[serde(default)]
    pub weak: Option<RawLevel>,
    /// Ids of clauses. Several joined by "or" are alternatives: one of them is enough.
    #[schemars(with = "Vec<String>")]
    pub ask: Vec<Spanned<String>>,
}

/// Something that weighs on one side when it is there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawBurden {
    /// The side on which it weighs.
    #[serde(rename = "for")]
    pub side: RawSide,
    /// The level of the finding.
    #[serde(default = "note")]
    pub level: RawLevel,
    /// What shows it: a clause ("step-in-rights"), an element of one
    /// ("charges-and-payment.set-off"), or several joined by "or".
    #[schemars(with = "String")]
    pub found: Spanned<String>,
    /// The headline: "the customer may take over the services".
    pub message: String,
    /// What to ask for in return.
    #[serde(default)]
    pub advice: String,
}

const fn note() -> RawLevel {
    RawLevel::Note
}
