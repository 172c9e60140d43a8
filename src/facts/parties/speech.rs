//! What a word does in a sentence about who does what for whom.

use crate::token::{Reading, Token};

/// The part a word plays; most words play none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Not looked at yet.
    Unseen,
    None,
    /// shall, will, must, agrees, undertakes
    Modal,
    /// is, are, be, been
    Be,
    /// not, no, never
    Not,
    /// desires, wishes, willing
    Desire,
    /// provides
    Provide,
    /// performs, renders, delivers, supplies
    Perform,
    /// hosts, develops, manufactures, maintains
    Work,
    /// pays, reimburses
    Pay,
    /// invoices
    Invoice,
    /// engages, retains, appoints
    Engage,
    /// receives, purchases, orders, uses
    Receive,
    /// services, work, support
    Service,
    /// fees, charges, payment
    Fee,
    /// information, notice, access: what both sides give each other
    Matter,
    By,
    To,
    With,
    That,
    And,
    Article,
    /// third parties and one's own people
    Outsider,
    /// taxes, expenses of one's own
    Cost,
}

/// A word's part, and whether it is a participle ("provided", "paid").
#[derive(Clone, Copy, Debug)]
pub(super) struct Role {
    pub(super) part: Part,
    pub(super) past: bool,
    /// Third person: "provides".
    pub(super) third: bool,
    /// Index into the first words of names, counted from 1; 0 for none.
    pub(super) name: u16,
}

const UNSEEN: Role = Role { part: Part::Unseen, past: false, third: false, name: 0 };

/// The parts of all words of a reading, each worked out once.
pub(super) struct Speech<'a> {
    text: &'a str,
    reading: &'a Reading,
    roles: Vec<Role>,
}

impl<'a> Speech<'a> {
    /// Looks at each distinct word once; `name_of` says whether a name begins with it.
    pub(super) fn new(text: &'a str, reading: &'a Reading, name_of: impl Fn(&str) -> u16) -> Self {
        let most = reading.tokens.iter().map(|token| token.word.0 as usize + 1).max().unwrap_or(0);
        let mut roles = vec![UNSEEN; most];
        for token in &reading.tokens {
            let role = &mut roles[token.word.0 as usize];
            if role.part == Part::Unseen {
                let lower = lower(text, *token);
                *role = Role { name: name_of(bare(&lower)), ..role_of(&lower) };
            }
        }
        Self { text, reading, roles }
    }

    pub(super) fn role(&self, at: usize) -> Role {
        self.reading.tokens.get(at).map_or(UNSEEN, |token| self.roles[token.word.0 as usize])
    }

    pub(super) fn part(&self, at: usize) -> Part {
        self.role(at).part
    }

    /// The word as written.
    pub(super) fn surface(&self, at: usize) -> &'a str {
        self.reading.tokens.get(at).map_or("", |token| slice(self.text, *token))
    }
}

pub(super) fn slice(text: &str, token: Token) -> &str {
    text.get(token.start as usize..token.end as usize).unwrap_or("")
}

pub(super) fn lower(text: &str, token: Token) -> String {
    slice(text, token).to_lowercase()
}

/// Without a possessive ending.
pub(super) fn bare(lower: &str) -> &str {
    lower.strip_suffix("'s").unwrap_or(lower)
}

fn role_of(lower: &str) -> Role {
    let past = lower.ends_with("ed") || matches!(lower, "paid" | "made" | "sold" | "payable");
    let third = lower.ends_with('s');
    let plain = Role { part: part(lower), past, third, name: 0 };
    if plain.part != Part::None {
        return plain;
    }
    let stems = ["s", "es", "ed", "d", "ing"].iter().filter_map(|end| lower.strip_suffix(end));
    let mut found = stems.map(part).find(|part| *part != Part::None).unwrap_or(Part::None);
    if let Some(stem) = lower.strip_suffix("ing").filter(|_| found == Part::None) {
        found = part(&format!("{stem}e"));
    }
    Role { part: found, ..plain }
}

fn part(word: &str) -> Part {
    match word {
        "shall" | "will" | "must" | "agree" | "undertake" | "covenant" | "soll" | "muss" => Part::Modal,
        "be" | "is" | "are" | "been" | "being" | "was" | "were" => Part::Be,
        "not" | "no" | "never" | "neither" | "nor" | "nicht" => Part::Not,
        "desire" | "wish" | "wishes" | "want" | "willing" | "seek" | "intend" => Part::Desire,
        "provide" | "make" | "offer" => Part::Provide,
        "perform" | "render" | "deliver" | "supply" | "supplies" | "supplied" | "furnish" | "carry"
        | "erbringt" | "erbracht" => Part::Perform,
        "host" | "develop" | "manufacture" | "install" | "implement" | "repair" | "maintain" | "design"
        | "operate" | "administer" | "administrate" | "configure" | "correct" | "monitor" | "fix"
        | "staff" | "build" | "construct" | "ship" | "process" | "remedy" | "remedies" | "restore"
        | "troubleshoot" | "respond" | "resolve" | "manage" => Part::Work,
        "pay" | "paid" | "payable" | "reimburse" | "compensate" | "remunerate" | "zahlt" | "bezahlt" => {
            Part::Pay
        }
        "invoice" | "bill" => Part::Invoice,
        "engage" | "retain" | "appoint" | "hire" | "commission" | "beauftragt" | "employ" | "outsource"
        | "contract" => Part::Engage,
        "receive" | "purchase" | "order" | "procure" | "buy" | "use" | "subscribe" | "obtain" | "accept"
        | "approve" | "request" => Part::Receive,
        "service" | "work" | "support" | "deliverable" | "maintenance" | "hosting" | "platform"
        | "software" | "solution" | "leistung" | "leistungen" | "dienste" | "system" | "product"
        | "facility" | "facilities" | "personnel" => Part::Service,
        "fee" | "charge" | "payment" | "price" | "compensation" | "vergütung" | "amount" | "retainer"
        | "salary" => Part::Fee,
        "information" | "notice" | "access" | "data" | "material" | "copy" | "copies" | "evidence"
        | "document" | "documentation" | "cooperation" | "assistance" | "instruction" | "specification"
        | "content" | "certificate" | "notification" | "consent" | "details" | "feedback" | "record"
        | "obligation" | "duty" | "duties" | "insurance" | "confidentiality" | "list" | "name" | "input"
        | "forecast" | "direction" | "response" | "liability" | "opportunity" | "report" => Part::Matter,
        "by" | "durch" | "von" => Part::By,
        "to" | "for" | "an" => Part::To,
        "with" => Part::With,
        "that" => Part::That,
        "and" | "or" | "und" => Part::And,
        "the" | "a" | "any" | "such" | "all" | "each" | "der" | "die" | "das" | "dem" | "den" => {
            Part::Article
        }
        "subcontractor" | "employee" | "third" | "another" | "other" | "affiliate" | "counsel"
        | "auditor" => Part::Outsider,
        "tax" | "taxes" | "expense" | "wage" | "subcontract" => Part::Cost,
        _ => Part::None,
    }
}
