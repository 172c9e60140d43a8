//! Names in messages: the nearest known one to a misspelt one, several in a list, one without its article.

/// The known name that is nearest to `name`, if it is near enough to be what was meant; other capitals make no
/// difference.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = name.chars().count().div_ceil(3).min(3);
    known
        .into_iter()
        .map(|candidate| match name.eq_ignore_ascii_case(candidate) {
            true => (0, candidate),
            false => (distance(name, candidate), candidate),
        })
        .filter(|&(distance, _)| distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance in characters.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, from) in left.chars().enumerate() {
        let mut diagonal = at;
        row[0] = at + 1;
        for (column, &to) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(from != to);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

/// "a", "a or b", "a, b or c".
pub(crate) fn join(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}

/// A noun without its article: it is to follow "no".
pub(super) fn bare(noun: &str) -> &str {
    let noun = noun.trim();
    ["a ", "an ", "the "].iter().find_map(|article| noun.strip_prefix(article)).unwrap_or(noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_another_word_does_not() {
        assert_eq!(nearest("elemnt", ["element", "example"]), Some("element"));
        assert_eq!(nearest("colour", ["element", "example"]), None);
        assert_eq!(nearest("of", ["on", "element"]), Some("on"));
        assert_eq!(nearest("DORA", ["dora", "DOR"]), Some("dora"));
    }

    #[test]
    fn an_article_is_left_out() {
        assert_eq!(bare("an amount of the limit"), "amount of the limit");
        assert_eq!(bare("theory"), "theory");
    }

    #[test]
    fn lists_read_like_prose() {
        assert_eq!(join(&["a"], "or"), "a");
        assert_eq!(join(&["a", "b", "c"], "and"), "a, b and c");
    }
}
