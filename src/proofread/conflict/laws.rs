//! Two governing laws.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::{is_plain, sentences};
use crate::facts::sought::Sought;
use crate::proofread::sentences::Sentence;
use crate::proofread::{Proof, Slip};

/// A sentence that names the law of the contract.
struct Law<'a> {
    sentence: Sentence<'a>,
    /// The words after "the laws of".
    place: Range<usize>,
    /// Their names in lower case, without "State of" and its like.
    names: BTreeSet<String>,
}

/// How far in front of its verb, in bytes, the contract that is governed may be named: "... and any dispute or claim
/// arising out of or in connection with it or its subject matter or formation (including ...) shall be".
const SUBJECT: usize = 280;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    static WORDS: LazyLock<Sought> = LazyLock::new(|| {
        Sought::first([
            "overned",
            "onstrued",
            "nterpreted",
            "ubject to the law",
            "govern this",
            "govern the",
            "OVERNED",
            "ONSTRUED",
        ])
    });
    let found: Vec<Law<'_>> =
        sentences(proof, &WORDS).filter_map(law).filter(|law| !replaces(&law.sentence, proof)).collect();
    let mut slips = Vec::new();
    for (at, later) in found.iter().enumerate() {
        let paper = later.sentence.paper(proof);
        let earlier = found[..at].iter().find(|earlier| earlier.sentence.paper(proof) == paper);
        let Some(earlier) = earlier.filter(|earlier| differ(&earlier.names, &later.names)) else { continue };
        let written = |law: &Law<'_>| law.sentence.text[law.place.clone()].to_owned();
        let (one, two) = (written(earlier), written(later));
        slips.push(Slip {
            span: later.sentence.span(proof, later.place.clone()),
            message: format!("two governing laws: {one} and {two}"),
            label: "here another law governs".to_owned(),
            others: vec![(
                earlier.sentence.span(proof, earlier.place.clone()),
                "the law named first".to_owned(),
            )],
            help: "name one law, or say which part of the contract each one governs".to_owned(),
            fix: None,
        });
    }
    slips
}

/// Whether a sentence is to stand in place of another: "Section 27.1 is deleted and the following substituted:".
fn replaces(sentence: &Sentence<'_>, proof: &Proof<'_>) -> bool {
    let before = sentence.block.index().checked_sub(1).and_then(|before| proof.document.blocks.get(before));
    let before = before.map_or(String::new(), |block| proof.document.text(block).to_ascii_lowercase());
    before.ends_with(':')
        && ["substitut", "replac", "amend", "as follows"].iter().any(|word| before.contains(word))
}

/// Whether two sets of laws exclude one another: "England" and "England and Wales" do not.
fn differ(one: &BTreeSet<String>, two: &BTreeSet<String>) -> bool {
    !one.iter().any(|a| two.iter().any(|b| a.contains(b.as_str()) || b.contains(a.as_str())))
}

/// What a sentence says of the law of the whole contract.
fn law(sentence: Sentence<'_>) -> Option<Law<'_>> {
    let verb = VERBS.iter().find_map(|verb| sentence.lower.find(verb))?;
    let whole = ["this agreement", "this contract", "the agreement", "these terms", "the contract"];
    // "The laws of Ireland govern this Agreement."
    let turned = sentence.lower[verb..].starts_with("govern ");
    let ours = match turned {
        true => whole.iter().any(|words| sentence.lower[verb + "govern ".len()..].starts_with(words)),
        false => {
            whole.iter().filter_map(|words| sentence.lower[..verb].rfind(words)).any(|at| verb - at < SUBJECT)
        }
    };
    if !ours || sentence.says(&["arbitration law", "internet law", "arbitrat"]) {
        return None;
    }
    let mut names = BTreeSet::new();
    let mut first: Option<Range<usize>> = None;
    let mut from = if turned { 0 } else { verb };
    while let Some(at) = sentence.lower[from..].find("law").map(|at| at + from) {
        from = at + 3;
        let behind = &sentence.lower[from..];
        let behind = behind.strip_prefix('s').unwrap_or(behind);
        let Some(rest) = ["of", "in"].iter().find_map(|word| behind.trim_start().strip_prefix(word)) else {
            continue;
        };
        let start = sentence.lower.len() - rest.len();
        let place = name(sentence.text, start);
        // A federal law stands beside a state's: "the State of Delaware and of the United States".
        let words = bare(&sentence.text[place.clone()]);
        let state = words.find("united states").or_else(|| words.find("u.s")).unwrap_or(words.len());
        let words = words[..state].trim_end().to_owned();
        if words.is_empty() {
            continue;
        }
        // "without regard to the conflicts of laws of New York"
        let before = sentence.lower[..at].trim_end();
        if before.ends_with("conflict of")
            || before.ends_with("conflicts of")
            || before.ends_with("choice of")
        {
            continue;
        }
        names.insert(words);
        first.get_or_insert(place);
    }
    let place = first.filter(|_| !names.is_empty())?;
    // What is said behind the law is left out of it, such as a convention; a second law for a part is not.
    let told = if names.len() > 1 { &sentence.lower } else { &sentence.lower[..place.start] };
    is_plain(told).then_some(Law { sentence, place, names })
}

/// What binds a contract to a law, in lower case; the first that stands there counts.
const VERBS: [&str; 5] = ["governed", "construed", "interpreted", "subject to the law", "govern "];

/// What stands behind the name of a country where a whole sentence is in capitals.
const ENDS: [&str; 9] = ["WITHOUT", "EXCLUDING", "REGARDLESS", "APPLICABLE", "AS", "WITH", "IN", "TO", "FOR"];

/// The name with capitals that begins at a place, such as " the State of New York".
fn name(text: &str, from: usize) -> Range<usize> {
    let mut end = from;
    let mut start = None;
    let mut at = from;
    for word in text[from..].split_inclusive(' ') {
        let bare = word.trim_end();
        if bare.is_empty() {
            at += word.len();
            continue;
        }
        let core = bare.trim_matches(|c: char| !c.is_alphanumeric());
        if ENDS.contains(&core) {
            break;
        }
        let capital = core.starts_with(char::is_uppercase);
        let small = matches!(core, "the" | "of" | "and" | "state" | "commonwealth" | "province" | "republic");
        if !capital && !small {
            break;
        }
        if capital {
            let offset = bare.find(core).unwrap_or(0);
            start.get_or_insert(at + offset);
            end = at + offset + core.len();
        }
        at += word.len();
        if bare.ends_with([',', '.', ';', ')', ':']) {
            break;
        }
    }
    start.unwrap_or(end)..end
}

/// A name without the words for what kind of country it is.
fn bare(name: &str) -> String {
    let kinds = [
        "state",
        "commonwealth",
        "province",
        "republic",
        "federal",
        "kingdom",
        "of",
        "the",
        "and",
        "people's",
        "people’s",
        "country",
    ];
    let lower = name.to_lowercase();
    let words = lower.split_whitespace().filter(|word| !kinds.contains(word));
    let joined = words.collect::<Vec<_>>().join(" ");
    if joined.len() > 3 && joined != "states" { joined } else { String::new() }
}
