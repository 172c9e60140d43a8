//! Folding: what a search should not depend on is taken off a word, possessive and regular plural
//! endings and British spelling. It is not stemming: "terminate" and "termination" stay two words (a
//! pattern writes `terminat!`). Exceptions are tables; the rules for endings are in [`fold`].

use std::borrow::Cow;

use super::spelling;

/// Folds a word in lower case: possessive and regular plural endings off, US spelling.
/// "parties" -> "party", "suppliers'" -> "supplier", "licence" -> "license",
/// "organisations" -> "organization". Folding what is folded changes nothing.
#[must_use]
pub fn fold(lower: &str) -> String {
    folded(lower).into_owned()
}

/// The same; borrowed when it is the word itself.
pub(super) fn folded(lower: &str) -> Cow<'_, str> {
    let word = fold_once(lower);
    if word == lower {
        return Cow::Borrowed(lower);
    }
    let mut word = word.into_owned();
    // An ending may uncover another one ("customers's"); each round shortens or respells the word,
    // so that a few rounds reach the end.
    for _ in 0..lower.len() {
        let next = fold_once(&word);
        if next == word {
            break;
        }
        word = next.into_owned();
    }
    Cow::Owned(word)
}

fn fold_once(lower: &str) -> Cow<'_, str> {
    let word = possessive_off(lower);
    if !word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    if !word.ends_with('s') {
        return spelling::american(word);
    }
    match plural_off(word) {
        Cow::Borrowed(singular) => spelling::american(singular),
        Cow::Owned(singular) => Cow::Owned(spelling::american(&singular).into_owned()),
    }
}

/// Without "'s" or a bare apostrophe at the end.
fn possessive_off(lower: &str) -> &str {
    lower.strip_suffix("'s").filter(|stem| !stem.is_empty()).unwrap_or_else(|| {
        let stem = lower.trim_end_matches('\'');
        if stem.is_empty() { lower } else { stem }
    })
}

/// Words in "s" that are no plurals, or whose singular is another word ("goods").
const NO_PLURALS: &[&str] = &[
    "alias",
    "always",
    "arkansas",
    "atlas",
    "bias",
    "canvas",
    "chaos",
    "cosmos",
    "dallas",
    "does",
    "ethos",
    "goods",
    "hers",
    "iaas",
    "kansas",
    "lens",
    "news",
    "ours",
    "overseas",
    "paas",
    "pathos",
    "perhaps",
    "premises",
    "saas",
    "series",
    "sometimes",
    "species",
    "texas",
    "thanks",
    "theirs",
    "thomas",
    "whereas",
    "yours",
];

/// Plurals that the endings would get wrong.
const ODD_PLURALS: &[(&str, &str)] = &[
    ("analyses", "analysis"),
    ("apis", "api"),
    ("appendices", "appendix"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("calories", "calorie"),
    ("campuses", "campus"),
    ("cds", "cd"),
    ("censuses", "census"),
    ("codices", "codex"),
    ("cookies", "cookie"),
    ("crises", "crisis"),
    ("diagnoses", "diagnosis"),
    ("echoes", "echo"),
    ("gases", "gas"),
    ("goes", "go"),
    ("heroes", "hero"),
    ("hypotheses", "hypothesis"),
    ("ids", "id"),
    ("indices", "index"),
    ("kpis", "kpi"),
    ("matrices", "matrix"),
    ("monies", "money"),
    ("movies", "movie"),
    ("niches", "niche"),
    ("parentheses", "parenthesis"),
    ("pcs", "pc"),
    ("prospectuses", "prospectus"),
    ("quizzes", "quiz"),
    ("statuses", "status"),
    ("synopses", "synopsis"),
    ("syntheses", "synthesis"),
    ("theses", "thesis"),
    ("vetoes", "veto"),
    ("viruses", "virus"),
    ("vms", "vm"),
];

fn plural_off(word: &str) -> Cow<'_, str> {
    if let Ok(at) = ODD_PLURALS.binary_search_by_key(&word, |pair| pair.0) {
        return Cow::Borrowed(ODD_PLURALS[at].1);
    }
    let keeps = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if word.len() < 4 || keeps || !word.ends_with('s') || NO_PLURALS.binary_search(&word).is_ok() {
        return Cow::Borrowed(word);
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return Cow::Owned(format!("{stem}y"));
    }
    let hissing = ["sses", "xes", "ches", "shes", "zzes"].iter().any(|end| word.ends_with(end));
    Cow::Borrowed(&word[..word.len() - if hissing { 2 } else { 1 }])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_what_a_search_should_not_depend_on() {
        let table = [
            ("parties", "party"),
            ("suppliers'", "supplier"),
            ("supplier's", "supplier"),
            ("services", "service"),
            ("processes", "process"),
            ("taxes", "tax"),
            ("breaches", "breach"),
            ("databases", "database"),
            ("licences", "license"),
            ("licensed", "licensed"),
            ("licenced", "licensed"),
            ("organisations", "organization"),
            ("organisational", "organizational"),
            ("analysed", "analyzed"),
            ("endeavours", "endeavor"),
            ("endeavors", "endeavor"),
            ("favourable", "favorable"),
            ("programmes", "program"),
            ("centres", "center"),
            ("fulfilment", "fulfillment"),
            ("cancelled", "canceled"),
            ("judgement", "judgment"),
            ("monies", "money"),
            ("ties", "tie"),
            ("terms", "term"),
            ("kpis", "kpi"),
            ("slas", "sla"),
        ];
        for (word, folded) in table {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn leaves_other_words_alone() {
        for word in [
            "as",
            "is",
            "its",
            "this",
            "basis",
            "process",
            "data",
            "always",
            "goods",
            "business",
            "status",
            "premises",
            "advise",
            "exercise",
            "otherwise",
            "franchise",
            "revised",
            "promised",
            "raised",
            "hour",
            "your",
            "four",
            "course",
            "resource",
            "whereas",
            "has",
            "previous",
            "series",
            "compromised",
            "advertiser",
            "99.9",
            "iso27001s",
        ] {
            assert_eq!(fold(word), word);
        }
    }

    #[test]
    fn tables_are_sorted() {
        assert!(NO_PLURALS.is_sorted());
        assert!(ODD_PLURALS.is_sorted());
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(word in "[a-z]{0,9}(our|ise|isation|ies|es|s|ss|ses|yse|lled)?(s|'s|')?") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folds_any_text(word in "\\PC{0,12}") {
            let once = fold(&word.to_lowercase());
            prop_assert_eq!(fold(&once), once);
        }
    }
}
