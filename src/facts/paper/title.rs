//! What a paper is called: by its title, and by itself in its first sentences.

use std::ops::Range;

use super::PaperKind;
use super::PaperKind::{
    Agreement, DataProcessing, MasterAgreement, NonDisclosure, ServiceLevels, StatementOfWork, Subscription,
};
use crate::document::{Block, BlockKind, Document};
use crate::facts::parties::first_bytes;

/// What words of a title say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// The kind of paper.
    Kind(PaperKind),
    /// The kind of an agreement, if this is one.
    Hint(PaperKind),
    /// That this is some contract.
    Contract,
}

use Says::{Contract, Hint, Kind};

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
    ("software as a service", Hint(Subscription)),
    ("software-as-a-service", Hint(Subscription)),
    ("saas", Hint(Subscription)),
    ("subscription", Hint(Subscription)),
    ("cloud service", Hint(Subscription)),
    ("cloud terms", Hint(Subscription)),
    ("terms of service", Hint(Subscription)),
    ("terms of use", Hint(Subscription)),
    ("sow", Hint(StatementOfWork)),
    ("sla", Hint(ServiceLevels)),
    ("nda", Hint(NonDisclosure)),
    ("dpa", Hint(DataProcessing)),
    ("service levels", Hint(ServiceLevels)),
    ("data protection", Hint(DataProcessing)),
    ("service credits", Hint(ServiceLevels)),
    ("confidentiality", Hint(NonDisclosure)),
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

/// Where words of [`TITLES`] stand in a line in lower case, with their numbers. A paper has few lines that
/// may be its title: an automaton of the words would take longer to make than all of them to look at.
fn title_words(lower: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = lower.as_bytes();
    bytes.iter().enumerate().flat_map(move |(start, first)| {
        let begins = move |words: &str| {
            words.as_bytes().first() == Some(first) && bytes[start..].starts_with(words.as_bytes())
        };
        let numbered = TITLES.iter().enumerate();
        numbered.filter(move |(_, (words, _))| begins(words)).map(move |(at, _)| (start, at))
    })
}

/// What a line in lower case calls a paper.
fn name(lower: &str) -> Option<Name> {
    let is_title = |&(start, at): &(usize, usize)| {
        let (before, after) = (lower.get(..start), lower.get(start + TITLES[at].0.len()..).unwrap_or(""));
        let ends_before = !before.is_some_and(|before| before.ends_with(char::is_alphanumeric));
        match TITLES[at] {
            // Short ones stand in other words.
            ("sow" | "sla" | "nda" | "dpa", _) => ends_before && !after.starts_with(char::is_alphanumeric),
            (_, Hint(_)) => true,
            // "Contracts" and "a contract-based" are what an article is about.
            (words, _) => words.ends_with(' ') || !after.starts_with(['s', '-']),
        }
    };
    let found: Vec<(usize, usize)> = title_words(lower).filter(is_title).collect();
    let first = |wanted: fn(&Says) -> bool| {
        let &(start, at) = found.iter().filter(|(_, at)| wanted(&TITLES[*at].1)).min()?;
        Some((TITLES[at], start))
    };
    let contract = found.iter().map(|(_, at)| *at).filter(|at| TITLES[*at].1 == Contract).min();
    let named = |words: &'static str, kind: PaperKind, contract: bool| {
        Some(Name { words: words.trim_end(), kind, contract, general: false, place: None })
    };
    match (first(|says| matches!(says, Kind(_))), first(|says| matches!(says, Hint(_)))) {
        // "SaaS Services Agreement", "SOW 3 under the Services Agreement".
        (Some(((_, Kind(Agreement | MasterAgreement)), start)), Some(((words, Hint(kind)), hint)))
            if kind == Subscription || hint < start =>
        {
            named(words, kind, true)
        }
        (Some(((words, Kind(kind)), _)), _) => named(words, kind, true),
        (_, Some(((words, Hint(kind)), _))) => named(words, kind, contract.is_some()),
        _ => named(TITLES[contract?].0, Agreement, true).map(|name| Name { general: true, ..name }),
    }
}

/// What the title calls a paper; the front matter goes first.
pub(super) fn of(document: &Document) -> Option<Name> {
    const OPENING: usize = 12;
    /// So many blocks may be the title of the whole paper; later ones head a part of it.
    const TOP: usize = 3;
    let front = document.front_matter.as_ref().and_then(|front| front.get("title")).and_then(tells);
    if front.as_ref().is_some_and(|name| name.contract) {
        return front;
    }
    let first = document.title.map(|id| document.block(id));
    let opening: Vec<&Block> =
        document.blocks.iter().filter(|block| block.kind != BlockKind::Furniture).take(OPENING).collect();
    let top = opening.get(TOP).map_or(u32::MAX, |block| block.text.start);
    let titles =
        opening.iter().filter(|block| matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph));
    let mut hint = front;
    for block in first.iter().chain(titles) {
        let text = document.text(block);
        let Some(name) = tells(text) else { continue };
        let name = Name { place: Some(block.text.clone()), ..name };
        match (name.contract, block.text.start < top || names_a_paper(text)) {
            (true, true) => return Some(name),
            (true, false) => return Some(Name { kind: Agreement, general: true, ..name }),
            (false, true) => hint = hint.or(Some(name)),
            (false, false) => {}
        }
    }
    hint
}

/// What a line calls a paper, if it may be a title.
fn tells(text: &str) -> Option<Name> {
    const SHORT: usize = 9;
    const LONG: usize = 14;
    let words = text.split_whitespace().take(LONG + 1).count();
    let capital = || text.contains("Agreement") || text.contains("AGREEMENT");
    if words > LONG || (words > SHORT && !capital()) {
        return None;
    }
    let lower = text.to_lowercase();
    let one = lower.contains(" a ") && !lower.contains("as a service");
    let about = one || lower.contains(" an ") || lower.starts_with("how ");
    if about { None } else { name(&lower) }
}

/// Whether a line names a whole paper and not a clause: "Service Level Agreement", not "2. Service
/// levels".
fn names_a_paper(text: &str) -> bool {
    const NOUNS: &[&str] =
        &["agreement", "addendum", "schedule", "annex", "appendix", "exhibit", "undertaking"];
    let lower = text.to_ascii_lowercase();
    NOUNS.iter().any(|noun| lower.contains(noun))
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
                let start = block.text.start + u32::try_from(at + "this ".len()).ok()?;
                let length = u32::try_from(words.len()).ok()?;
                Some(Name { place: Some(start..start + length), ..name })
            },
        );
    told.filter(|name| name.contract && !name.general)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::source::{FileId, SourceFile};

    fn called(lower: &str) -> Option<(PaperKind, bool)> {
        name(lower).map(|name| (name.kind, name.contract))
    }

    #[test]
    fn the_first_words_that_tell_a_kind_count() {
        assert_eq!(
            called("statement of work no. 3 under the master services agreement"),
            Some((StatementOfWork, true))
        );
        assert_eq!(called("service level schedule to the saas agreement"), Some((ServiceLevels, true)));
        assert_eq!(called("master services agreement and statement of work"), Some((MasterAgreement, true)));
        assert_eq!(
            called("mutual non-disclosure agreement for consulting services"),
            Some((NonDisclosure, true))
        );
        assert_eq!(called("it support agreement"), Some((Agreement, true)));
        assert_eq!(called("schedule 3: service levels"), Some((ServiceLevels, false)));
        assert_eq!(called("sow-003 under the master services agreement"), Some((StatementOfWork, true)));
        assert_eq!(called("managed services agreement (with sla)"), Some((Agreement, true)));
        assert_eq!(called("translation for sowers on mondays"), None);
        assert_eq!(called("installation guide"), None);
    }

    #[test]
    fn a_subscription_is_an_agreement_of_its_own_sort_and_no_contract_by_itself() {
        assert_eq!(called("master subscription agreement"), Some((Subscription, true)));
        assert_eq!(called("saas services agreement"), Some((Subscription, true)));
        assert_eq!(called("terms of service"), Some((Subscription, true)));
        assert_eq!(called("our subscriptions"), Some((Subscription, false)));
    }

    #[test]
    fn a_heading_of_a_part_is_no_title_of_the_whole() {
        let text = "Pike Systems Ltd\n\nHarrow Mutual\n\nThe parties agree.\n\n## 1. Confidentiality\n\nAll is secret.\n";
        let document = parse(&SourceFile::new(FileId::default(), "a.md", text));
        assert_eq!(of(&document), None);
        let text = "# Acme and Initech\n\nHosting.\n\n## 1. Services\n\nServers.\n\n## 2. Statement of work\n\nAll.\n";
        let document = parse(&SourceFile::new(FileId::default(), "a.md", text));
        assert_eq!(of(&document).map(|name| (name.kind, name.general)), Some((Agreement, true)));
        let text = text.replace("# Acme", "# Statement of work for Acme");
        let document = parse(&SourceFile::new(FileId::default(), "a.md", text));
        assert_eq!(of(&document).map(|name| name.kind), Some(StatementOfWork));
    }

    #[test]
    fn a_paper_may_call_itself_something_more_than_its_title_does() {
        let itself = |text: &str| {
            let document = parse(&SourceFile::new(FileId::default(), "a.md", text));
            own_name(&document).map(|name| (name.kind, document.prose.slice(name.place.unwrap()).to_owned()))
        };
        assert_eq!(
            itself("# Terms\n\nThis Mutual Non-Disclosure Agreement (\"NDA\") binds both.\n"),
            Some((NonDisclosure, "Mutual Non-Disclosure Agreement".to_owned()))
        );
        assert_eq!(itself("# Terms\n\nThis Agreement and each Statement of Work bind both.\n"), None);
    }
}
