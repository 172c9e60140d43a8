//! Named lists of words: those of the vocabulary, and those that a rule file brings for itself.

use std::collections::BTreeMap;

use toml::Spanned;

use super::compile::{File, is_kebab};
use super::load::SchemaName;
use super::raw::RawVocabulary;
use crate::pattern::vocabulary::LONGEST_CHAIN;
use crate::pattern::{Vocabulary, parse};

/// Compiles vocabularies, later lists over earlier ones of the same name; a list with a mistake is
/// reported and left out.
pub(super) fn compile_vocabulary(files: &mut [File<'_>]) -> Vocabulary {
    let mut lists: BTreeMap<String, (usize, Spanned<String>)> = BTreeMap::new();
    for (at, file) in files.iter_mut().enumerate() {
        let Some(raw) = file.read::<RawVocabulary>(SchemaName::Vocabulary) else { continue };
        for (name, value) in raw.lists {
            if is_kebab(name.get_ref()) {
                lists.insert(name.into_inner(), (at, value));
            } else {
                file.no_list_name(&name);
            }
        }
    }
    let mut vocabulary = Vocabulary::default();
    add_lists(files, &lists, &mut vocabulary);
    vocabulary
}

/// Adds lists to a vocabulary, each after those that it refers to, as far as [`LONGEST_CHAIN`] goes:
/// what reads patterns later walks down the chain by recursion.
fn add_lists(
    files: &mut [File<'_>],
    lists: &BTreeMap<String, (usize, Spanned<String>)>,
    vocabulary: &mut Vocabulary,
) {
    let mut waiting: Vec<&String> = lists.keys().collect();
    // Each round parses the lists whose references are all parsed.
    let mut circle = false;
    for _ in 0..LONGEST_CHAIN {
        let blocked = |name: &&String| {
            references(lists[*name].1.get_ref())
                .any(|other| waiting.iter().any(|listed| listed.as_str() == other))
        };
        let (later, now): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(blocked);
        circle = now.is_empty() && !later.is_empty();
        for name in now {
            add_list(files, name, &lists[name], vocabulary);
        }
        waiting = later;
        if circle {
            break;
        }
    }
    for name in waiting {
        let (at, value) = &lists[name];
        let message = if circle {
            format!("the list `{name}` refers to itself, directly or through other lists")
        } else {
            format!("the list `{name}` leads through more than {LONGEST_CHAIN} lists")
        };
        files[*at].error(value.span(), message, "write the words out in one of them");
    }
}

/// Adds a rule's own lists to the vocabulary; gives their names, by which they are taken out again.
pub(super) fn own_lists(
    file: &mut File<'_>,
    raw: &BTreeMap<Spanned<String>, Spanned<String>>,
    vocabulary: &mut Vocabulary,
) -> Vec<String> {
    let mut lists = BTreeMap::new();
    for (name, value) in raw {
        if vocabulary.lists.contains_key(name.get_ref()) {
            let message = format!("the vocabulary has a list `{}` already", name.get_ref());
            file.error(name.span(), message, "give the rule's own list another name");
        } else if is_kebab(name.get_ref()) {
            lists.insert(name.get_ref().clone(), (0, value.clone()));
        } else {
            file.no_list_name(name);
        }
    }
    add_lists(std::slice::from_mut(file), &lists, vocabulary);
    lists.into_keys().collect()
}

fn add_list(
    files: &mut [File<'_>],
    name: &str,
    (at, value): &(usize, Spanned<String>),
    vocabulary: &mut Vocabulary,
) {
    match parse(value.get_ref(), vocabulary) {
        Ok(pattern) => {
            vocabulary.lists.insert(name.to_owned(), pattern);
        }
        Err(errors) => {
            for error in errors {
                let range = files[*at].inside(value, &error.range);
                files[*at].error(range, error.message, error.advice);
            }
        }
    }
}

/// The lists that a pattern's text names, `@must`, `@may` and `@not` among them. Reads names in
/// quotes too, which costs only an order that was not needed.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(['$', '@']).filter_map(|(at, mark)| {
        let rest = &text[at + 1..];
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
        let name = &rest[..end.unwrap_or(rest.len())];
        (mark == "$" || matches!(name, "must" | "may" | "not")).then_some(name)
    })
}
