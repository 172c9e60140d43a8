//! What the trade calls the two sides, and how much such a word tells.

/// How strongly a word by itself names a side: above 0 the supplier, below 0 the customer, 0 when
/// it tells nothing ("Company"); none for words that are no name of a party.
pub(super) fn leaning(word: &str) -> Option<f64> {
    Some(match word {
        "auftragnehmer" | "auftragnehmerin" | "dienstleister" | "processor" | "provider"
        | "service provider" | "servicer" | "supplier" | "vendor" | "contractor" | "consultant"
        | "subcontractor" => 8.0,
        "administrator"
        | "adviser"
        | "advisor"
        | "anbieter"
        | "auftragsverarbeiter"
        | "cro"
        | "developer"
        | "designer"
        | "host"
        | "manufacturer"
        | "outsourcer"
        | "service company"
        | "services provider"
        | "operator" => 6.0,
        "agent" | "carrier" | "employee" | "executive" | "licensor" | "manager" | "seller" | "talent"
        | "freelancer" | "transporter" | "subprocessor" | "integrator" | "lieferant" | "custodian"
        | "transfer agent" => 4.0,
        "agency" | "company" | "corporation" | "distributor" | "bank" | "partner" | "publisher"
        | "reseller" | "affiliate" | "franchisor" | "marketer" | "firm" => 0.0,
        "licensee" | "fund" | "trust" | "sponsor" | "merchant" | "shipper" | "franchisee" | "issuer"
        | "school" | "city" | "county" | "state" | "university" | "hospital" | "portfolio" => -4.0,
        "owner" | "employer" | "principal" | "user" | "subscriber" | "controller" | "agencies" | "kunde"
        | "kundin" | "verantwortlicher" | "government" | "department" => -6.0,
        "auftraggeber" | "auftraggeberin" | "authority" | "buyer" | "client" | "customer" | "purchaser"
        | "recipient" | "service recipient" => -8.0,
        _ => return None,
    })
}

/// Words that mean the customer in any contract, unless it gives them to the other side.
pub(super) const CUSTOMER: &[&str] = &[
    "customer",
    "client",
    "buyer",
    "purchaser",
    "recipient",
    "service recipient",
    "authority",
    "auftraggeber",
    "kunde",
];

/// Words that mean the supplier in any contract, unless it gives them to the other side.
pub(super) const SUPPLIER: &[&str] = &[
    "supplier",
    "vendor",
    "provider",
    "service provider",
    "contractor",
    "consultant",
    "servicer",
    "outsourcer",
    "auftragnehmer",
    "anbieter",
    "dienstleister",
];

/// Words that are looked for in the text even when nothing introduces them.
pub(super) const TRADE: &[&str] = &[
    "customer",
    "client",
    "buyer",
    "purchaser",
    "recipient",
    "service recipient",
    "government",
    "licensee",
    "subscriber",
    "company",
    "auftraggeber",
    "kunde",
    "supplier",
    "vendor",
    "provider",
    "service provider",
    "contractor",
    "consultant",
    "developer",
    "servicer",
    "licensor",
    "processor",
    "controller",
    "auftragnehmer",
    "anbieter",
    "dienstleister",
    "manufacturer",
    "administrator",
    "outsourcer",
    "seller",
    "bank",
];
