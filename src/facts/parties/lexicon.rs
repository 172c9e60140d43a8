//! What the trade calls the two sides, and how much such a word tells.

use std::sync::LazyLock;

use crate::token::hash::QuickMap;

/// Words that name a side, by how strongly they do: above 0 the supplier, below 0 the customer.
const LEANINGS: &[(f64, &[&str])] = &[
    (
        8.0,
        &[
            "auftragnehmer",
            "auftragnehmerin",
            "dienstleister",
            "processor",
            "provider",
            "service provider",
            "servicer",
            "supplier",
            "vendor",
            "contractor",
            "consultant",
            "subcontractor",
            "it provider",
            "hosting provider",
            "cloud provider",
            "business associate",
            "ict provider",
        ],
    ),
    (
        6.0,
        &[
            "administrator",
            "adviser",
            "advisor",
            "anbieter",
            "auftragsverarbeiter",
            "cro",
            "developer",
            "designer",
            "host",
            "manufacturer",
            "outsourcer",
            "service company",
            "services provider",
            "operator",
        ],
    ),
    (
        4.0,
        &[
            "agent",
            "carrier",
            "employee",
            "executive",
            "licensor",
            "manager",
            "seller",
            "talent",
            "freelancer",
            "transporter",
            "subprocessor",
            "integrator",
            "lieferant",
            "custodian",
            "transfer agent",
        ],
    ),
    (
        0.0,
        &[
            "agency",
            "company",
            "corporation",
            "distributor",
            "bank",
            "partner",
            "publisher",
            "reseller",
            "affiliate",
            "franchisor",
            "marketer",
            "firm",
        ],
    ),
    (
        -4.0,
        &[
            "licensee",
            "fund",
            "trust",
            "sponsor",
            "merchant",
            "shipper",
            "franchisee",
            "issuer",
            "school",
            "city",
            "council",
            "county",
            "municipality",
            "ministry",
            "ordering party",
            "state",
            "university",
            "hospital",
            "portfolio",
        ],
    ),
    (
        -6.0,
        &[
            "owner",
            "employer",
            "principal",
            "user",
            "subscriber",
            "controller",
            "agencies",
            "kunde",
            "kundin",
            "verantwortlicher",
            "government",
            "department",
        ],
    ),
    (
        -8.0,
        &[
            "auftraggeber",
            "auftraggeberin",
            "authority",
            "buyer",
            "client",
            "customer",
            "purchaser",
            "recipient",
            "service recipient",
            "covered entity",
            "financial entity",
            "financial institution",
            "regulated entity",
        ],
    ),
];

static BY_WORD: LazyLock<QuickMap<&str, f64>> = LazyLock::new(|| {
    LEANINGS.iter().flat_map(|(leaning, words)| words.iter().map(|word| (*word, *leaning))).collect()
});

/// How strongly a word by itself names a side: above 0 the supplier, below 0 the customer, 0 when
/// it tells nothing ("Company"); none for words that are no name of a party.
pub(super) fn leaning(word: &str) -> Option<f64> {
    BY_WORD.get(word).copied()
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

/// Last words of defined terms that name things ("Effective Date", "Services"), not parties.
const THINGS: &str = "a acceptance accordingly account accounts act acts addendum affiliate affiliates agreement \
    agreements all also although amendment amount amounts an and annex any api apis app appendix \
    application applications apps arbitration arbitrator arbitrators article asset assets attachment \
    aup board body both box breach building business change claim claims clients closing code \
    commission committee compensation condition conditions confidential content contract contracts cost costs court \
    courts criteria customers damages data date day default deliverable deliverables delivery \
    deposit discharge disclosure document documents dollar dollars dpa dsa each effective effort \
    efforts either employment equipment error errors eula event except exhibit expenses facilities \
    facility failure fee fees for force form funding gdpr hardware he hereafter herein hereinafter \
    if information insurance intellectual interest invoice invoices invoicing it item items law laws \
    lead level levels license list loss losses majeure mark market marks materials msa nasdaq nda \
    neither network no note nothing notice notices obligations of offering officer options or order \
    orders parties party payment payments payor percent period person plan platform policy premises \
    price product products program project projects property provision purpose rate records report \
    reports requirements rights rules schedule sec section security server servers service services \
    shares she site sites sla software sow specifications standard standards state statement store \
    stores subscription subsidiary such system systems tax taxes technology term termination terms \
    territory test testing tests that the there these they this those trademarks transaction \
    transactions transfer unless upon us usd users vehicle vehicles warranty website what which who \
    work works year years gtc gtcs tcs";

static THING_WORDS: LazyLock<QuickMap<&str, ()>> =
    LazyLock::new(|| THINGS.split_ascii_whitespace().map(|thing| (thing, ())).collect());

/// Whether a defined term that ends in this word names a thing.
pub(super) fn is_thing(word: &str) -> bool {
    THING_WORDS.contains_key(word)
}

/// Whether a name in lower case is one of the speaker or the reader.
pub(super) fn is_pronoun(lower: &str) -> bool {
    matches!(lower, "we" | "us" | "our" | "i" | "me" | "my" | "you" | "your")
}
