//! Who is customer and who is supplier, from preamble, definitions and verbs, with the reason kept.

use super::Given;
use crate::document::Document;
use crate::source::Span;
use crate::token::Reading;

/// The side that a party stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Receives the services and pays.
    Customer,
    /// Performs the services.
    Supplier,
    /// Neither, or not to be told.
    Other,
}

/// One party with every name the contract gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its side.
    pub role: Role,
    /// What the contract calls it, best known name first: "Supplier", "Helix Systems Ltd", "we".
    pub names: Vec<String>,
    /// Where the contract introduces it.
    pub introduced: Option<Span>,
    /// Why it was given this role, for `explain --parties`: lower case, no full stop.
    pub reasons: Vec<(String, Option<Span>)>,
}

/// The parties of one contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// The parties found, customers first, then suppliers.
    pub parties: Vec<Party>,
    /// Whether the roles could be told; when not, `@customer` and `@supplier` match any party.
    pub roles_known: bool,
}

impl Parties {
    /// All the names that a role goes by in this contract, the general words of the trade
    /// ("supplier", "vendor", "service provider") included unless they name the other side.
    /// Names are in lower case and may hold several words. With roles unknown: the names of all.
    #[must_use]
    pub fn names(&self, _role: Role) -> Vec<String> {
        todo!("H3")
    }

    /// What any party goes by, "party" and "parties" included.
    #[must_use]
    pub fn all_names(&self) -> Vec<String> {
        todo!("H3")
    }
}

/// Works out the parties of a document.
#[must_use]
pub fn find(_document: &Document, _reading: &Reading, _given: &Given) -> Parties {
    todo!("H3")
}
