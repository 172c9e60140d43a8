//! What a word does in a sentence about who does what for whom.

use std::ops::Range;
use std::sync::LazyLock;

use crate::token::hash::QuickMap;
use crate::token::words::WordId;
use crate::token::{Reading, Token};

/// The part a word plays; most words play none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
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
    /// refunds, credits, penalties: what a supplier that fails gives
    Refund,
    /// damages, losses, delay: what either side may answer for
    Loss,
    /// which, who
    Which,
    /// new, another, successor: whoever follows is no party
    Strange,
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

const NOBODY: Role = Role { part: Part::None, past: false, third: false, name: 0 };

/// The distinct words of the first pages of a reading and their parts, whoever is named by them: worked
/// out once for all that look for names.
pub(super) struct Distinct {
    /// The words in lower case, one behind the other.
    lower: String,
    /// Their numbers, where they end in `lower`, and their parts.
    words: Vec<(WordId, usize, Role)>,
}

impl Distinct {
    /// Looks at each distinct word of the first `pages` tokens once.
    pub(super) fn of(text: &str, reading: &Reading, pages: u32) -> Self {
        // A little more, because a look ahead may pass the last page.
        const AHEAD: usize = 64;
        let tokens = &reading.tokens[..reading.tokens.len().min(pages as usize + AHEAD)];
        let mut seen = vec![false; reading.words()];
        let (mut lower, mut word, mut words) = (String::new(), String::new(), Vec::new());
        for token in tokens {
            if !std::mem::replace(&mut seen[token.word().0 as usize], true) {
                lower_into(slice(text, reading, *token), &mut word);
                lower.push_str(&word);
                words.push((token.word(), lower.len(), role_of(&word)));
            }
        }
        Self { lower, words }
    }
}

/// The parts of all words of a reading, each worked out once.
pub(super) struct Speech<'a> {
    text: &'a str,
    reading: &'a Reading,
    /// For each word its place in `roles`, counted from 1; 0 for words that are not in the reading.
    places: Vec<u16>,
    roles: Vec<Role>,
    /// For each word whether a name begins with it.
    opens: Vec<bool>,
}

impl<'a> Speech<'a> {
    /// The parts of these words; `name_of` says whether a name begins with one.
    pub(super) fn new(
        text: &'a str,
        reading: &'a Reading,
        distinct: &Distinct,
        name_of: impl Fn(&str) -> u16,
    ) -> Self {
        let (mut places, mut opens) = (vec![0; reading.words()], vec![false; reading.words()]);
        // Words beyond what a place can say share the first role, which is nobody's.
        let mut roles = vec![NOBODY];
        let mut start = 0;
        for &(word, end, role) in &distinct.words {
            let lower = &distinct.lower[start..end];
            start = end;
            let role = Role { name: name_of(bare(lower)), ..role };
            let plain = role.part == Part::None && role.name == 0;
            let place = if plain { 1 } else { u16::try_from(roles.len() + 1).unwrap_or(1) };
            places[word.0 as usize] = place;
            if place > 1 {
                roles.push(role);
                opens[word.0 as usize] = role.name != 0;
            }
        }
        Self { text, reading, places, roles, opens }
    }

    /// The first of these tokens with which a name begins.
    pub(super) fn next_name(&self, tokens: Range<usize>) -> Option<usize> {
        let own = self.reading.tokens.get(tokens.clone())?;
        let opens = |token: &Token| self.opens.get(token.word().0 as usize).copied().unwrap_or(false);
        own.iter().position(opens).map(|at| tokens.start + at)
    }

    pub(super) fn role(&self, at: usize) -> Role {
        let place = self
            .reading
            .tokens
            .get(at)
            .map_or(1, |token| self.places.get(token.word().0 as usize).copied().unwrap_or(1));
        self.roles.get((place as usize).saturating_sub(1)).copied().unwrap_or(NOBODY)
    }

    pub(super) fn part(&self, at: usize) -> Part {
        self.role(at).part
    }

    /// The word as written.
    pub(super) fn surface(&self, at: usize) -> &'a str {
        self.reading.tokens.get(at).map_or("", |token| slice(self.text, self.reading, *token))
    }
}

pub(super) fn slice<'a>(text: &'a str, reading: &Reading, token: Token) -> &'a str {
    let place = reading.place(token);
    text.get(place.start as usize..place.end as usize).unwrap_or("")
}

/// Writes a word in lower case into a buffer.
pub(in crate::facts) fn lower_into(word: &str, buffer: &mut String) {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        buffer.push_str(&word.to_lowercase());
    }
}

/// Without a possessive ending.
pub(super) fn bare(lower: &str) -> &str {
    lower.strip_suffix("'s").unwrap_or(lower)
}

fn role_of(lower: &str) -> Role {
    let past = lower.ends_with("ed") || matches!(lower, "paid" | "made" | "sold" | "payable");
    Role { part: with_endings(lower), past, third: lower.ends_with('s'), name: 0 }
}

fn with_endings(lower: &str) -> Part {
    const ENDS: &[(&str, &str)] = &[("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e")];
    let mut found = part(lower);
    for (end, back) in ENDS {
        if found != Part::None {
            break;
        }
        if let Some(stem) = lower.strip_suffix(end).filter(|stem| stem.len() > 2) {
            found = if back.is_empty() { part(stem) } else { part(&[stem, back].concat()) };
        }
    }
    found
}

static BY_WORD: LazyLock<QuickMap<&str, Part>> = LazyLock::new(|| PARTS.iter().copied().collect());

fn part(word: &str) -> Part {
    BY_WORD.get(word).copied().unwrap_or(Part::None)
}

/// Verbs without their endings, and the other words that tell, sorted.
const PARTS: &[(&str, Part)] = &[
    ("a", Part::Article),
    ("accept", Part::Receive),
    ("access", Part::Matter),
    ("administer", Part::Work),
    ("administrate", Part::Work),
    ("affiliate", Part::Outsider),
    ("agree", Part::Modal),
    ("all", Part::Article),
    ("alternative", Part::Strange),
    ("amount", Part::Fee),
    ("an", Part::To),
    ("and", Part::And),
    ("another", Part::Outsider),
    ("any", Part::Article),
    ("appoint", Part::Engage),
    ("approve", Part::Receive),
    ("are", Part::Be),
    ("auditor", Part::Outsider),
    ("be", Part::Be),
    ("beauftragt", Part::Engage),
    ("been", Part::Be),
    ("being", Part::Be),
    ("bezahlt", Part::Pay),
    ("bill", Part::Invoice),
    ("build", Part::Work),
    ("buy", Part::Receive),
    ("by", Part::By),
    ("carry", Part::Perform),
    ("certificate", Part::Matter),
    ("charge", Part::Fee),
    ("commission", Part::Engage),
    ("compensate", Part::Pay),
    ("compensation", Part::Fee),
    ("confidentiality", Part::Matter),
    ("configure", Part::Work),
    ("consent", Part::Matter),
    ("construct", Part::Work),
    ("content", Part::Matter),
    ("contract", Part::Engage),
    ("copies", Part::Matter),
    ("copy", Part::Matter),
    ("correct", Part::Work),
    ("counsel", Part::Outsider),
    ("covenant", Part::Modal),
    ("credit", Part::Refund),
    ("damage", Part::Loss),
    ("das", Part::Article),
    ("data", Part::Matter),
    ("delay", Part::Loss),
    ("deliver", Part::Perform),
    ("deliverable", Part::Service),
    ("dem", Part::Article),
    ("den", Part::Article),
    ("der", Part::Article),
    ("design", Part::Work),
    ("desire", Part::Desire),
    ("details", Part::Matter),
    ("develop", Part::Work),
    ("die", Part::Article),
    ("dienste", Part::Service),
    ("direction", Part::Matter),
    ("document", Part::Matter),
    ("documentation", Part::Matter),
    ("durch", Part::By),
    ("duties", Part::Matter),
    ("duty", Part::Matter),
    ("each", Part::Article),
    ("employ", Part::Engage),
    ("employee", Part::Outsider),
    ("engage", Part::Engage),
    ("erbracht", Part::Perform),
    ("erbringt", Part::Perform),
    ("evidence", Part::Matter),
    ("expense", Part::Cost),
    ("facilities", Part::Service),
    ("facility", Part::Service),
    ("fee", Part::Fee),
    ("feedback", Part::Matter),
    ("fix", Part::Work),
    ("for", Part::To),
    ("forecast", Part::Matter),
    ("furnish", Part::Perform),
    ("hire", Part::Engage),
    ("host", Part::Work),
    ("hosting", Part::Service),
    ("implement", Part::Work),
    ("incoming", Part::Strange),
    ("indemnification", Part::Loss),
    ("indemnity", Part::Loss),
    ("information", Part::Matter),
    ("input", Part::Matter),
    ("install", Part::Work),
    ("instruction", Part::Matter),
    ("insurance", Part::Matter),
    ("intend", Part::Desire),
    ("invoice", Part::Invoice),
    ("is", Part::Be),
    ("leistung", Part::Service),
    ("leistungen", Part::Service),
    ("liability", Part::Matter),
    ("liquidated", Part::Refund),
    ("list", Part::Matter),
    ("loss", Part::Loss),
    ("maintain", Part::Work),
    ("maintenance", Part::Service),
    ("make", Part::Provide),
    ("manage", Part::Work),
    ("manufacture", Part::Work),
    ("material", Part::Matter),
    ("monitor", Part::Work),
    ("muss", Part::Modal),
    ("must", Part::Modal),
    ("name", Part::Matter),
    ("neither", Part::Not),
    ("never", Part::Not),
    ("new", Part::Strange),
    ("nicht", Part::Not),
    ("no", Part::Not),
    ("nor", Part::Not),
    ("not", Part::Not),
    ("notice", Part::Matter),
    ("notification", Part::Matter),
    ("obligation", Part::Matter),
    ("obtain", Part::Receive),
    ("offer", Part::Provide),
    ("operate", Part::Work),
    ("opportunity", Part::Matter),
    ("or", Part::And),
    ("order", Part::Receive),
    ("other", Part::Outsider),
    ("outsource", Part::Engage),
    ("paid", Part::Pay),
    ("pay", Part::Pay),
    ("payable", Part::Pay),
    ("payment", Part::Fee),
    ("penalties", Part::Refund),
    ("penalty", Part::Refund),
    ("perform", Part::Perform),
    ("personnel", Part::Service),
    ("platform", Part::Service),
    ("price", Part::Fee),
    ("process", Part::Work),
    ("procure", Part::Receive),
    ("product", Part::Service),
    ("provide", Part::Provide),
    ("provides", Part::Provide),
    ("providing", Part::Provide),
    ("purchase", Part::Receive),
    ("rebate", Part::Refund),
    ("receive", Part::Receive),
    ("record", Part::Matter),
    ("refund", Part::Refund),
    ("reimburse", Part::Pay),
    ("remedies", Part::Work),
    ("remedy", Part::Work),
    ("remunerate", Part::Pay),
    ("render", Part::Perform),
    ("repair", Part::Work),
    ("replacement", Part::Strange),
    ("report", Part::Matter),
    ("request", Part::Receive),
    ("resolve", Part::Work),
    ("respond", Part::Work),
    ("response", Part::Matter),
    ("restore", Part::Work),
    ("retain", Part::Engage),
    ("retainer", Part::Fee),
    ("salary", Part::Fee),
    ("seek", Part::Desire),
    ("service", Part::Service),
    ("services", Part::Service),
    ("shall", Part::Modal),
    ("ship", Part::Work),
    ("software", Part::Service),
    ("soll", Part::Modal),
    ("solution", Part::Service),
    ("specification", Part::Matter),
    ("staff", Part::Work),
    ("subcontract", Part::Cost),
    ("subcontractor", Part::Outsider),
    ("subscribe", Part::Receive),
    ("substitute", Part::Strange),
    ("successor", Part::Strange),
    ("such", Part::Article),
    ("supplied", Part::Perform),
    ("supplies", Part::Perform),
    ("supply", Part::Perform),
    ("support", Part::Service),
    ("system", Part::Service),
    ("tax", Part::Cost),
    ("taxes", Part::Cost),
    ("that", Part::That),
    ("the", Part::Article),
    ("thing", Part::None),
    ("third", Part::Outsider),
    ("to", Part::To),
    ("troubleshoot", Part::Work),
    ("und", Part::And),
    ("undertake", Part::Modal),
    ("use", Part::Receive),
    ("vergütung", Part::Fee),
    ("von", Part::By),
    ("wage", Part::Cost),
    ("want", Part::Desire),
    ("was", Part::Be),
    ("were", Part::Be),
    ("which", Part::Which),
    ("who", Part::Which),
    ("will", Part::Modal),
    ("willing", Part::Desire),
    ("wish", Part::Desire),
    ("wishes", Part::Desire),
    ("with", Part::With),
    ("work", Part::Service),
    ("zahlt", Part::Pay),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_sorted_and_no_word_has_two() {
        assert!(PARTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn endings_come_off() {
        for (word, expected) in [
            ("provides", Part::Provide),
            ("providing", Part::Provide),
            ("paid", Part::Pay),
            ("services", Part::Service),
            ("supplies", Part::Perform),
            ("thing", Part::None),
        ] {
            assert_eq!(role_of(word).part, expected, "{word}");
        }
    }
}
