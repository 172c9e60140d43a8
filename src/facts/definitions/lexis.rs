//! The words by which definitions are told.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// What the words behind a term do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// They say what it means.
    Means,
    /// They say where its meaning stands.
    Refers,
}

/// Verbs that define, the longer ones first where one begins another.
const VERBS: &[(&str, Verb)] = &[
    ("shall have the meaning", Verb::Refers),
    ("shall have the same meaning", Verb::Refers),
    ("shall have the respective meaning", Verb::Refers),
    ("will have the meaning", Verb::Refers),
    ("shall have meaning", Verb::Refers),
    ("has the meaning", Verb::Refers),
    ("have the meaning", Verb::Refers),
    ("has the same meaning", Verb::Refers),
    ("have the same meaning", Verb::Refers),
    ("have the respective meaning", Verb::Refers),
    ("has the respective meaning", Verb::Refers),
    ("having the meaning", Verb::Refers),
    ("is defined", Verb::Refers),
    ("are defined", Verb::Refers),
    ("shall be defined", Verb::Refers),
    ("is as defined", Verb::Refers),
    ("as defined", Verb::Refers),
    ("shall be as defined", Verb::Refers),
    ("means", Verb::Means),
    ("mean", Verb::Means),
    ("shall mean", Verb::Means),
    ("shall means", Verb::Means),
    ("will mean", Verb::Means),
    ("shall be deemed to mean", Verb::Means),
    ("is deemed to mean", Verb::Means),
    ("shall also mean", Verb::Means),
    ("also means", Verb::Means),
    ("refers to", Verb::Means),
    ("refer to", Verb::Means),
    ("shall refer to", Verb::Means),
    ("shall refer", Verb::Means),
    ("includes", Verb::Refers),
    ("include", Verb::Refers),
    ("shall include", Verb::Refers),
    ("shall also include", Verb::Refers),
    ("denotes", Verb::Means),
    ("designates", Verb::Means),
];

/// The verb behind a term and where it ends; a bracket or a phrase between commas may stand
/// between, at most `within` bytes long.
pub(super) fn verb(behind: &str, within: usize) -> Option<(Verb, usize)> {
    let start = behind.len() - behind.trim_start_matches([' ', ',', '\n', '\t']).len();
    if let Some((verb, end)) = verb_at(&behind[start..]) {
        return Some((verb, start + end));
    }
    let rest = &behind[start..];
    let phrases =
        ["as used", "when used", "with respect to", "in relation to", "as applied", "in respect of"];
    let comma = behind.trim_start().starts_with(',') || phrases.iter().any(|phrase| rest.starts_with(phrase));
    let until = if rest.starts_with('(') {
        rest.find(')')? + 1
    } else if comma {
        rest.find(',')? + 1
    } else {
        return None;
    };
    if until > within {
        return None;
    }
    let skip = start + until;
    let gap = behind[skip..].len() - behind[skip..].trim_start_matches([' ', ',', '"', '\n']).len();
    verb_at(&behind[skip + gap..]).map(|(verb, end)| (verb, skip + gap + end))
}

fn verb_at(text: &str) -> Option<(Verb, usize)> {
    let (words, verb) = VERBS.iter().find(|(words, _)| {
        let front = text.get(..words.len()).is_some_and(|front| front.eq_ignore_ascii_case(words));
        text.get(words.len()..).filter(|_| front).is_some_and(|rest| {
            let goes_on = words.ends_with("meaning") && rest.starts_with('s');
            goes_on || !rest.starts_with(char::is_alphanumeric)
        })
    })?;
    Some((*verb, words.len()))
}

/// Whether a meaning only says where it stands: "the date set out in clause 4".
pub(super) fn points(meaning: &str) -> bool {
    const SHORT: usize = 220;
    const WORDS: &[&str] = &[
        "set forth",
        "set out",
        "defined",
        "given",
        "ascribed",
        "assigned",
        "specified",
        "described",
        "stated",
        "identified",
        "provided",
        "meaning",
        "referred to",
        "contained",
        "named",
        "indicated",
        "listed",
        "attached",
        "first written",
        "first above",
        "first set",
        "above written",
    ];
    const PLACES: &[&str] = &[
        "section",
        "clause",
        "article",
        "paragraph",
        "schedule",
        "exhibit",
        "annex",
        "appendix",
        "recital",
        "preamble",
        "introduct",
        "above",
        "below",
        "cover page",
        "hereof",
        "herein",
        "hereto",
        "order form",
        "first page",
        "hereinabove",
        "attachment",
        "heading",
        "background",
        "§",
        "signature",
        "summary",
        "agreement",
    ];
    let meaning = meaning.trim();
    // Of a long meaning only the first words tell.
    let told = if meaning.len() <= SHORT { meaning } else { &meaning[..floor(meaning, SHORT)] };
    let lower = told.to_ascii_lowercase();
    meaning.len() <= SHORT
        && WORDS.iter().any(|word| lower.contains(word))
        && PLACES.iter().any(|place| lower.contains(place))
        || lower.starts_with("this agreement")
        || lower.starts_with("the agreement")
        || lower.starts_with("as defined")
        || lower.starts_with("see ")
        || (meaning.len() < 80 && PLACES.iter().take(4).any(|place| lower.contains(&format!("in {place} "))))
}

/// Words that may stand in a bracket in front of the term that it defines.
pub(super) fn is_connector(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a",
        "after",
        "agreement",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "be",
        "being",
        "both",
        "called",
        "collectively",
        "defined",
        "each",
        "either",
        "foregoing",
        "for",
        "hereafter",
        "herein",
        "hereinafter",
        "in",
        "individually",
        "is",
        "it",
        "its",
        "jointly",
        "known",
        "may",
        "means",
        "of",
        "or",
        "other",
        "our",
        "purposes",
        "purpose",
        "referred",
        "respectively",
        "separately",
        "shall",
        "simply",
        "singly",
        "sometimes",
        "such",
        "that",
        "the",
        "their",
        "these",
        "this",
        "those",
        "to",
        "together",
        "together,",
        "us",
        "we",
        "which",
        "will",
        "with",
        "you",
        "your",
        "hereto",
        "hereunder",
        "below",
        "collective",
        "generally",
        "shortly",
        "briefly",
        "further",
        "successors",
        "assigns",
        "permitted",
        "affiliates",
        "subsidiaries",
        "hereinbelow",
        "abbreviated",
        "abbr",
        "short",
        "case",
        "time",
        "from",
        "period",
        "date",
        "have",
    ];
    let lower = word.to_ascii_lowercase();
    WORDS.contains(&lower.as_str())
}

/// Whether a bracket behind these words holds a title: "Exhibit 8 ("Lease of the Stock")".
pub(super) fn is_reference(front: &str) -> bool {
    const PARTS: &[&str] = &[
        "section",
        "sections",
        "clause",
        "clauses",
        "article",
        "articles",
        "exhibit",
        "exhibits",
        "schedule",
        "schedules",
        "annex",
        "annexes",
        "appendix",
        "paragraph",
        "paragraphs",
        "attachment",
        "item",
        "part",
        "chapter",
        "§",
        "form",
    ];
    let near = &front[floor(front, front.len().saturating_sub(60))..];
    let mut words = near.split_whitespace().rev();
    let Some(last) = words.next() else { return false };
    let label = last.trim_matches(|c: char| !c.is_alphanumeric());
    let labels = label.starts_with(|c: char| c.is_ascii_digit())
        || label.len() == 1
        || label.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    labels
        && near.split_whitespace().any(|word| {
            let lower = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '§').to_ascii_lowercase();
            PARTS.iter().any(|part| lower.ends_with(part))
        })
}

/// Whether the words in front of a bracket are a signature line's.
pub(super) fn is_signature(front: &str) -> bool {
    let near = &front[floor(front, front.len().saturating_sub(80))..];
    ["By:", "Title:", "Name:", "/s/"].iter().any(|word| near.contains(word))
}

/// Whether a text says that two parties make an agreement, as the front of an instrument does.
pub(super) fn is_preamble(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let makes = [
        "entered into",
        "is made",
        "made and",
        "made effective",
        "is dated",
        "dated as of",
        "in order to induce",
        "acknowledge",
        "effective as of",
        "have this day",
        "background",
        "enters into",
        "entering into",
        "executed",
    ];
    let sides = ["between", "among", " by ", "parties", " from ", " and "];
    makes.iter().any(|word| lower.contains(word)) && sides.iter().any(|word| lower.contains(word))
}

/// Whether a line opens a schedule: "EXHIBIT B".
pub(super) fn is_schedule_line(text: &str) -> bool {
    const PARTS: &[&str] = &["exhibit", "schedule", "annex", "appendix", "attachment", "addendum"];
    if text.len() >= 120 {
        return false;
    }
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or("");
    if !PARTS.iter().any(|part| part.eq_ignore_ascii_case(first)) {
        return false;
    }
    let label = words.next().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
    let last = words.next_back().unwrap_or("");
    label.len() <= 5
        && !last.ends_with(['.', ';', ','])
        && (label.is_empty()
            || label.bytes().all(|byte| {
                byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-' || byte == b'.'
            }))
}

/// Whether the words in front of a quote give a name: "hereinafter called the".
pub(super) fn is_called(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    let front = lower.trim_end().trim_end_matches([',', ':']);
    let ends = [
        "the",
        "a",
        "an",
        "as",
        "to",
        "called",
        "this",
        "as the",
        "hereinafter",
        "hereafter",
        "collectively",
        "individually",
        "termed",
        "or",
    ];
    let ended = ends
        .iter()
        .any(|word| front.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')));
    let near = &front[floor(front, front.len().saturating_sub(60))..];
    let names = [
        "hereinafter",
        "hereafter",
        "herein called",
        "referred to herein",
        "referred to as",
        "herein as",
        "shall be called",
        "herein referred",
        "hereby defined as",
        "collectively,",
        "collectively the",
        "known as the",
        "is defined as",
        "be defined as",
    ];
    let other = ["entitled", "headed", "marked", "so called", "heading", "caption", "commonly"];
    ended && names.iter().any(|word| near.contains(word)) && !other.iter().any(|word| near.contains(word))
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Whether the words in front say that a definition holds for a part only.
pub(super) fn is_local(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    const PARTS: &[&str] = &[
        "section",
        "clause",
        "article",
        "paragraph",
        "subsection",
        "definition",
        "provision",
        "sentence",
        "purpose",
        "schedule",
        "exhibit",
    ];
    static FRONTS: LazyLock<[Finder<'static>; 5]> = LazyLock::new(|| {
        [" of this", "in this", " of the foregoing", "for this", "of such"].map(Finder::new)
    });
    FRONTS.iter().any(|front| {
        front.find(lower.as_bytes()).is_some_and(|at| {
            let rest = lower[at + front.needle().len()..].trim_start();
            PARTS.iter().any(|part| rest.starts_with(part))
        })
    })
}

/// Whether a word may be small in a title.
pub(super) fn is_small(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "and"
            | "as"
            | "at"
            | "by"
            | "for"
            | "from"
            | "in"
            | "of"
            | "on"
            | "or"
            | "per"
            | "the"
            | "to"
            | "with"
            | "&"
            | "s"
    )
}

/// Whether words look like a term: capitals on all but the small words, few of them.
pub(super) fn is_title(text: &str) -> bool {
    const MOST: usize = 9;
    const NONE: &[&str] = &[
        "this", "that", "it", "which", "what", "these", "such", "they", "those", "here", "there", "each",
        "any", "no", "for", "in", "as", "if", "where", "when", "unless", "however", "provided", "by", "all",
        "the", "neither", "nothing", "shall", "will", "and", "or", "who", "what",
    ];
    const REMARKS: &[&str] =
        &["note", "notes", "example", "examples", "exception", "exceptions", "remark", "important"];
    if REMARKS.contains(&text.to_ascii_lowercase().as_str()) {
        return false;
    }
    let words: Vec<&str> = text.split([' ', '/', '-']).filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first() else { return false };
    let titled = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        is_small(word) || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    };
    words.len() <= MOST
        && first.trim_start_matches(['(', '"']).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !text.contains([';', ':', '.', ',', '"', '=', ')', '|'])
        && !text.contains(" - ")
        && !NONE.contains(&first.to_ascii_lowercase().as_str())
        && words.iter().all(titled)
}

/// Whether a clause of this title defines terms.
pub(super) fn is_definitions_title(title: &str) -> bool {
    let lower = title.to_ascii_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    lower.len() < 90
        && (["definition", "defined term", "glossary", "certain terms"]
            .iter()
            .any(|word| lower.contains(word))
            || lower == "interpretation"
            || lower == "interpretations"
            || lower == "terminology")
}

/// A term without what does not belong to it: spaces, a comma inside the quotes, "(s)", "the".
pub(super) fn clean(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).unwrap_or("");
    let mut bare =
        inner.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '.' | '+' | '&'));
    bare = ["(s)", "(es)", "(ies)"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    bare = bare.trim_end_matches(['.', ' ']);
    for article in ["the ", "The ", "THE ", "a ", "an "] {
        bare = bare.strip_prefix(article).unwrap_or(bare);
    }
    let bare = bare.trim();
    let start = range.start + inner.find(bare).unwrap_or(0);
    start..start + bare.len()
}
