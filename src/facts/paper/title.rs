//! What a paper is called: by its title, and by itself in its first sentences.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Match};

use super::PaperKind;
use super::PaperKind::{
    Agreement, DataProcessing, MasterAgreement, NonDisclosure, ServiceLevels, StatementOfWork, Subscription,
};
use crate::document::{BlockKind, Document};
use crate::facts::parties::first_bytes;

/// What words of a title say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// The kind of paper.
    Kind(PaperKind),
    /// That an agreement, if this is one, is for something that is subscribed to.
    Subscribed,
    /// That this is some contract.
    Contract,
}

use Says::{Contract, Kind, Subscribed};

/// Words of titles, in lower case. Of those that tell a kind the first in a title counts; of those
/// that begin at one place, and of those that say only "contract", the first in this list.
const TITLES: &[(&str, Says)] = &[
    ("statement of work", Kind(StatementOfWork)),
    ("work statement", Kind(StatementOfWork)),
    ("work order", Kind(StatementOfWork)),
    ("task order", Kind(StatementOfWork)),
    ("order form", Kind(StatementOfWork)),
    ("call-off order", Kind(StatementOfWork)),
    ("service level", Kind(ServiceLevels)),
    ("service-level", Kind(ServiceLevels)),
    ("uptime", Kind(ServiceLevels)),
    ("non-disclosure", Kind(NonDisclosure)),
    ("nondisclosure", Kind(NonDisclosure)),
    ("confidentiality agreement", Kind(NonDisclosure)),
    ("confidentiality undertaking", Kind(NonDisclosure)),
    ("confidential disclosure", Kind(NonDisclosure)),
    ("secrecy agreement", Kind(NonDisclosure)),
    ("mutual nda", Kind(NonDisclosure)),
    ("data processing", Kind(DataProcessing)),
    ("data protection a", Kind(DataProcessing)),
    ("data protection schedule", Kind(DataProcessing)),
    ("privacy addendum", Kind(DataProcessing)),
    ("business associate", Kind(DataProcessing)),
    ("auftragsverarbeitung", Kind(DataProcessing)),
    ("auftragsdatenverarbeitung", Kind(DataProcessing)),
    ("master services agreement", Kind(MasterAgreement)),
    ("master service agreement", Kind(MasterAgreement)),
    ("master outsourcing", Kind(MasterAgreement)),
    ("master agreement", Kind(MasterAgreement)),
    ("framework agreement", Kind(MasterAgreement)),
    ("framework services agreement", Kind(MasterAgreement)),
    ("services agreement", Kind(Agreement)),
    ("software as a service", Subscribed),
    ("software-as-a-service", Subscribed),
    ("saas", Subscribed),
    ("subscription", Subscribed),
    ("cloud service", Subscribed),
    ("cloud terms", Subscribed),
    ("terms of service", Subscribed),
    ("terms of use", Subscribed),
    ("agreement", Contract),
    ("contract", Contract),
    ("terms of service", Contract),
    ("terms of use", Contract),
    ("terms of ", Contract),
    ("terms and conditions", Contract),
    ("general terms", Contract),
    ("addendum", Contract),
    ("amendment", Contract),
    ("vertrag", Contract),
    ("vereinbarung", Contract),
    ("geschäftsbedingungen", Contract),
];

/// All words of [`TITLES`] at once.
static TITLE_WORDS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(TITLES.iter().map(|(words, _)| words)).ok());

/// What a paper is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// The words that tell the kind, in lower case.
    pub(super) words: &'static str,
    /// The kind that they tell.
    pub(super) kind: PaperKind,
    /// Whether they name a contract.
    pub(super) contract: bool,
    /// Whether they name no more than some contract.
    pub(super) general: bool,
    /// Where, in bytes of the prose; nowhere for a title in the front matter.
    pub(super) place: Option<Range<u32>>,
}

/// What a line in lower case calls a paper.
fn name(lower: &str) -> Option<Name> {
    // "Contracts" and "a contract-based" are what an article is about.
    let is_title = |found: &Match| {
        let after = lower.get(found.end()..).unwrap_or("");
        let (_, says) = TITLES[found.pattern().as_usize()];
        let whole = says == Subscribed || !after.starts_with(['s', '-']);
        lower.get(..found.end()).is_some_and(|words| words.ends_with(' ')) || whole
    };
    let found: Vec<(usize, usize)> = TITLE_WORDS
        .as_ref()?
        .find_overlapping_iter(lower)
        .filter(is_title)
        .map(|found| (found.start(), found.pattern().as_usize()))
        .collect();
    let first = |wanted: fn(Says) -> bool| found.iter().filter(|(_, at)| wanted(TITLES[*at].1)).min();
    let told = first(|says| matches!(says, Kind(_))).map(|(_, at)| TITLES[*at]);
    let subscribed = first(|says| says == Subscribed).map(|(_, at)| TITLES[*at]);
    let contract = found.iter().map(|(_, at)| *at).filter(|at| TITLES[*at].1 == Contract).min();
    let named = |words: &'static str, kind: PaperKind, contract: bool, general: bool| {
        let words = words.trim_end();
        Some(Name { words, kind, contract, general, place: None })
    };
    match (told, subscribed) {
        (Some((_, Kind(Agreement | MasterAgreement))), Some((words, _))) => {
            named(words, Subscription, true, false)
        }
        (Some((words, Kind(kind))), _) => named(words, kind, true, false),
        (_, Some((words, _))) => named(words, Subscription, contract.is_some(), false),
        _ => named(TITLES[contract?].0, Agreement, true, true),
    }
}

/// What the title calls a paper; the front matter goes first.
pub(super) fn of(document: &Document) -> Option<Name> {
    const OPENING: usize = 12;
    const SHORT: usize = 9;
    const LONG: usize = 14;
    let tells = |text: &str| {
        let lower = text.to_lowercase();
        let words = text.split_whitespace().count();
        let capital = || text.contains("Agreement") || text.contains("AGREEMENT");
        let about = lower.contains(" a ") && !lower.contains("as a service")
            || lower.contains(" an ")
            || lower.starts_with("how ");
        let titled = (words <= SHORT || (words <= LONG && capital())) && !about;
        titled.then(|| name(&lower)).flatten()
    };
    let front = document.front_matter.as_ref().and_then(|front| front.get("title"));
    let front = front.and_then(tells);
    if front.as_ref().is_some_and(|name| name.contract) {
        return front;
    }
    let first = document.title.map(|id| document.block(id));
    let opening = document.blocks.iter().filter(|block| block.kind != BlockKind::Furniture).take(OPENING);
    let titles = first
        .into_iter()
        .chain(opening.filter(|block| block.kind == BlockKind::Heading || block.kind == BlockKind::Paragraph))
        .filter_map(|block| Some(Name { place: Some(block.text.clone()), ..tells(document.text(block))? }));
    let mut hint = front;
    for title in titles {
        if title.contract {
            return Some(title);
        }
        hint = hint.or(Some(title));
    }
    hint
}

/// What a paper calls itself where it first says "this ...", if that tells more than an agreement:
/// "this Mutual Non-Disclosure Agreement (which incorporates ...)".
pub(super) fn own_name(document: &Document) -> Option<Name> {
    const FIRST: usize = 8;
    const HEAD: usize = 400;
    const REACH: usize = 80;
    const NOUNS: &[&str] = &["agreement", "addendum", "contract", "schedule", "amendment", "terms"];
    let told =
        document.blocks.iter().filter(|block| block.kind != BlockKind::Furniture).take(FIRST).find_map(
            |block| {
                let lower = first_bytes(document.text(block), HEAD).to_ascii_lowercase();
                let at = lower
                    .find("this ")
                    .filter(|&at| at == 0 || lower.as_bytes().get(at - 1) == Some(&b' '))?;
                let phrase = first_bytes(lower.get(at + "this ".len()..)?, REACH);
                // "this Agreement and each Statement of Work" is an agreement.
                let ends = NOUNS.iter().filter_map(|noun| Some(phrase.find(noun)? + noun.len()));
                let signs = phrase.find(['(', '"', ',', '.', ';', ':', '\u{201c}']);
                let end = ends.chain(signs).min().unwrap_or(phrase.len());
                let words = phrase.get(..end)?;
                let name = (words.split_whitespace().count() <= 6).then(|| name(words)).flatten()?;
                let start = block.text.start + u32::try_from(at).ok()?;
                let length = u32::try_from("this ".len() + words.len()).ok()?;
                Some(Name { place: Some(start..start + length), ..name })
            },
        );
    told.filter(|name| name.contract && !name.general)
}
