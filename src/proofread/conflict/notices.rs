//! Two notice periods for the same act of the same party.

use std::ops::Range;
use std::sync::LazyLock;

use super::{is_plain, sentences};
use crate::facts::sought::Sought;
use crate::proofread::sentences::Sentence;
use crate::proofread::{Proof, Slip};
use crate::token::{Quantity, QuantityKind};

/// What notice is given of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Act {
    /// To end the contract without a cause.
    Terminate { actor: String, object: String },
    /// Not to let it renew.
    LetLapse,
}

/// A period of notice.
pub(in crate::proofread) struct Notice<'a> {
    pub(in crate::proofread) sentence: Sentence<'a>,
    /// The period, in bytes of the sentence.
    pub(in crate::proofread) place: Range<usize>,
    act: Act,
    pub(in crate::proofread) hours: f64,
}

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let found = all(proof);
    let mut slips = Vec::new();
    for (at, later) in found.iter().enumerate() {
        let paper = later.sentence.paper(proof);
        let same = |earlier: &&Notice<'_>| earlier.act == later.act && earlier.sentence.paper(proof) == paper;
        let Some(earlier) = found[..at].iter().find(same) else { continue };
        // "one month" and "30 days" are near enough to be meant alike.
        if (earlier.hours / later.hours).max(later.hours / earlier.hours) < 1.1 {
            continue;
        }
        let written = |notice: &Notice<'_>| {
            notice.sentence.text[notice.place.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (one, two) = (written(earlier), written(later));
        let what = match &later.act {
            Act::Terminate { actor, .. } => format!("termination without cause by {actor}"),
            Act::LetLapse => "not renewing".to_owned(),
        };
        slips.push(Slip {
            span: later.sentence.span(proof, later.place.clone()),
            message: format!("two notice periods for {what}: {one} and {two}"),
            label: "here another period holds".to_owned(),
            others: vec![(
                earlier.sentence.span(proof, earlier.place.clone()),
                "the period named first".to_owned(),
            )],
            help: "keep one period, or say when each one holds".to_owned(),
            fix: None,
        });
    }
    slips
}

/// The periods of notice by which a contract is ended without cause, or not renewed.
pub(in crate::proofread) fn all<'a>(proof: &'a Proof<'_>) -> Vec<Notice<'a>> {
    static WORDS: LazyLock<Sought> = LazyLock::new(|| Sought::first(["erminat", "enew", "ancel"]));
    let notice = |sentence: Sentence<'a>| notice(proof, sentence);
    if let Some(places) = proof.notices.get() {
        return places.iter().filter_map(|&place| Sentence::at(proof, place)).filter_map(notice).collect();
    }
    let found: Vec<Notice<'a>> = sentences(proof, &WORDS).filter_map(notice).collect();
    proof.notices.get_or_init(|| found.iter().map(|notice| notice.sentence.range.start).collect());
    found
}

fn notice<'a>(proof: &Proof<'_>, sentence: Sentence<'a>) -> Option<Notice<'a>> {
    if !sentence.says(&["notice", "notif", "notify"]) {
        return None;
    }
    let act = lapse(&sentence).or_else(|| termination(proof, &sentence))?;
    let periods: Vec<Quantity> = sentence
        .quantities(proof)
        .filter(|one| one.kind == QuantityKind::Duration && is_notice(proof, &sentence, one))
        .copied()
        .collect();
    let [period] = periods.as_slice() else { return None };
    let place = sentence.place(proof, period);
    Some(Notice { place, act, hours: period.value.filter(|hours| *hours > 0.0)?, sentence })
}

/// Whether a period is that of the notice: "30 days' notice", "notice at least 30 days before".
fn is_notice(proof: &Proof<'_>, sentence: &Sentence<'_>, period: &Quantity) -> bool {
    let place = sentence.place(proof, period);
    let behind: String = sentence.lower[place.end..].chars().take(40).collect();
    let first = behind.trim_start_matches(['\'', '’', ' ', ',', ')']);
    let before = &sentence.lower[..place.start];
    let from = before.char_indices().rev().nth(90).map_or(0, |(at, _)| at);
    let named = ["notice", "notif"].iter().any(|word| before[from..].contains(word));
    let counted = ["prior", "before", "in advance", "advance", "written", "notice"]
        .iter()
        .any(|word| first.starts_with(word));
    let own = first
        .find("notice")
        .is_some_and(|at| at < 22 && !first[..at].contains([',', ';']) && !first[..at].contains("unless"));
    own || (named && counted)
}

/// "Either party may terminate this agreement for convenience".
fn termination(proof: &Proof<'_>, sentence: &Sentence<'_>) -> Option<Act> {
    let free = [
        "for convenience",
        "without cause",
        "for any reason",
        "for no reason",
        "with or without",
        "any or no reason",
        "at any time",
        "for its convenience",
        "without reason",
        "without giving",
    ];
    let caused = [
        "breach",
        "default",
        "insolv",
        "cure",
        "remed",
        "following",
        "after the",
        "initial",
        "first",
        "fail",
        "within",
        "expir",
        "renewal",
        "anniversary",
        "fee of",
        "payment of",
        "paying",
        "phase",
        "year",
        "prior to the",
        "change of control",
        "then",
    ];
    // "one year's notice" is no first year.
    let mut rest = sentence.lower.clone();
    for one in sentence.quantities(proof).filter(|one| one.kind == QuantityKind::Duration) {
        let place = sentence.place(proof, one);
        rest.replace_range(place.clone(), &" ".repeat(place.len()));
    }
    let caused = caused.iter().any(|word| rest.contains(word));
    let lower = past_override(&sentence.lower);
    if !sentence.says(&free) || caused || !is_plain(lower) {
        return None;
    }
    if let Some(actor) = passive(lower) {
        return Some(Act::Terminate { actor, object: "agreement".to_owned() });
    }
    let verb = sentence.lower.find("terminate ").or_else(|| sentence.lower.find("cancel "))?;
    let object = sentence.lower[verb..].split_whitespace().skip(1).take(2).collect::<Vec<_>>().join(" ");
    let object = object.trim_end_matches([',', '.', ';']).to_owned();
    let whole = ["this agreement", "the agreement", "this contract", "the contract", "these terms"];
    if !whole.contains(&object.as_str()) {
        return None;
    }
    let front = &sentence.lower[..verb];
    let modal = [
        " may ",
        " shall have ",
        " has the right",
        " reserves the right",
        " is entitled",
        " can ",
        " shall be entitled",
        " will have ",
    ]
    .iter()
    .filter_map(|word| front.rfind(word))
    .max()?;
    let actor = actor(&front[..modal])?;
    Some(Act::Terminate { actor, object: "agreement".to_owned() })
}

/// A sentence behind "Notwithstanding any other provision of this Agreement,": it sets nothing apart.
fn past_override(lower: &str) -> &str {
    const OVERRIDES: [&str; 4] = [
        "notwithstanding any other provision",
        "notwithstanding any provision",
        "notwithstanding anything",
        "notwithstanding any other term",
    ];
    let Some((at, words)) = OVERRIDES.iter().find_map(|words| Some((lower.find(words)?, words))) else {
        return lower;
    };
    lower[at + words.len()..].split_once(',').map_or(lower, |(_, rest)| rest)
}

/// Who may end the contract by "this Agreement may be terminated by the Customer at any time".
fn passive(lower: &str) -> Option<String> {
    const VERBS: [&str; 3] = [" may be terminated by ", " may be cancelled by ", " is terminable by "];
    const BEHIND: [&str; 9] = ["at", "for", "without", "on", "upon", "with", "by", "giving", "in"];
    let (front, behind) = VERBS.iter().find_map(|verb| lower.split_once(verb))?;
    let whole = ["this agreement", "the agreement", "this contract", "the contract"];
    let words: Vec<&str> = behind.split_whitespace().take(5).collect();
    let end = words.iter().position(|word| BEHIND.contains(word) || word.ends_with(','))?;
    let end = end + usize::from(words[end].ends_with(','));
    let named = words[..end].join(" ");
    // "An order under this Agreement" is not the contract.
    let opens = |front: &str| !front.ends_with(|c: char| c.is_alphanumeric()) || front.ends_with(" and");
    let ends = |object: &str| front.strip_suffix(object).is_some_and(|front| opens(front.trim_end()));
    whole.iter().any(|object| ends(object)).then(|| actor(named.trim_end_matches(',')))?
}

/// Who acts, by the words that end in front of the verb.
fn actor(front: &str) -> Option<String> {
    let words: Vec<&str> = front.split_whitespace().collect();
    Some(match words.as_slice() {
        [.., "either" | "each" | "any", "party"] => "either party".to_owned(),
        // "the supplier or the customer"
        [.., "or" | "and", _] | [.., "or" | "and", "the", _] => return None,
        [.., "agreement" | "contract" | "terms"] => return None,
        [.., last] => (*last).to_owned(),
        [] => return None,
    })
}

/// "unless either party gives notice that it will not renew".
fn lapse(sentence: &Sentence<'_>) -> Option<Act> {
    let lapses = [
        "not to renew",
        "non-renewal",
        "nonrenewal",
        "not renew",
        "intention not",
        "intent not",
        "not to extend",
        "not be renewed",
    ];
    let automatic = sentence.says(&[
        "automatically renew",
        "renew automatically",
        "automatically be renewed",
        "renewed automatically",
        "automatically extend",
    ]) && sentence.says(&["unless"]);
    let others = [
        "price",
        "fee",
        "increase",
        "remind",
        "breach",
        "sow",
        "statement of work",
        "order form",
        "lease",
        "sublicense",
    ];
    let either = sentence.says(&["either party", "neither party", "a party", "one party"]);
    ((sentence.says(&lapses) || automatic) && either && !sentence.says(&others)).then_some(Act::LetLapse)
}
