//! Whose part a reference is, by the words in front of it and behind it: this contract's, a statute's, another
//! paper's. Which words are a reference is for the module above.

use super::Owner;

/// Names of instruments in front of a reference: "Bankruptcy Code Section 365".
const INSTRUMENTS: [&str; 14] = [
    "act",
    "code",
    "regulation",
    "regulations",
    "rule",
    "law",
    "statute",
    "u.s.c.",
    "c.f.r.",
    "gdpr",
    "irc",
    "directive",
    "ordinance",
    "usc",
];

/// Whose part a reference is, by the words around it.
pub(super) fn owner(before: &str, behind: &str) -> Owner {
    let mut words = before.trim_end().rsplit([' ', '(', '\n']);
    let mut word = words.next().unwrap_or("").trim_matches(['"', ')', ',', ';']);
    // "the Building Code, 1971, Section 4.625".
    if word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        word = words.next().unwrap_or("").trim_matches([',', ';']);
    }
    // "FAR section 12.212", "UCC Section 2-207".
    let code = (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let word = word.to_ascii_lowercase();
    if code
        && !matches!(
            word.as_str(),
            "in" | "of" | "by" | "to" | "and" | "or" | "with" | "see" | "this" | "under" | "per" | "from"
        )
        || INSTRUMENTS.contains(&word.as_str())
    {
        return Owner::Other;
    }
    let behind = behind.trim_start();
    // "section 18 ($) 5005(b) of the Insurance Law": no contract numbers its clauses so.
    if behind.starts_with(|c: char| c.is_ascii_digit()) {
        return Owner::Other;
    }
    let behind = past_subdivisions(behind.trim_start_matches([',', ' ']));
    if opens_with_code(behind) {
        return Owner::Other;
    }
    let behind = behind.strip_prefix("respectively").unwrap_or(behind).trim_start_matches([',', ' ']);
    let starts = |words: &[&str]| words.iter().any(|word| behind.starts_with(word));
    if starts(&["hereof", "herein", "above", "below", "of this", "of these", "in this", "to this", "hereto"])
    {
        return Owner::This;
    }
    let of = ["of ", "under ", "in the ", "to the ", "from the ", "thereof", "therein", "et seq", "of\n"];
    if starts(&of) { Owner::Other } else { Owner::Unsaid }
}

/// What stands behind the finer parts that statutes are cited with: "Para. 3 sentence 1 GDPR" is "GDPR".
fn past_subdivisions(behind: &str) -> &str {
    const PARTS: [&str; 11] = [
        "paragraph",
        "para.",
        "para",
        "par.",
        "abs.",
        "lit.",
        "sentence",
        "subsection",
        "point",
        "no.",
        "cl.",
    ];
    let mut rest = behind;
    loop {
        let part = PARTS
            .iter()
            .find(|part| rest.get(..part.len()).is_some_and(|start| start.eq_ignore_ascii_case(part)));
        let number = part.and_then(|part| rest.get(part.len()..)?.strip_prefix(' '));
        let number = number.map(|number| number.trim_start_matches('('));
        let end = number.and_then(|number| number.find(|c: char| !c.is_ascii_alphanumeric()));
        let (Some(number), Some(end @ 1..=3)) = (number, end) else { return rest };
        rest = number[end..].trim_start_matches([')', ',', ' ']);
    }
}

/// Whether a text opens with the short name of a code or a regulation: "GDPR shall be", "BGB.". In a
/// text of capitals every word looks like one.
fn opens_with_code(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(first) = words.next().filter(|first| text.starts_with(first)) else { return false };
    const LAWS: [&str; 5] = ["GDPR", "CCPA", "HIPAA", "DORA", "DSGVO"];
    let capitals = |word: &str| word.bytes().all(|byte| byte.is_ascii_uppercase());
    let next = words.next();
    if LAWS.contains(&first) || next.is_some_and(|next| LAWS.contains(&next)) {
        return true;
    }
    let joins = matches!(first, "AND" | "OR" | "OF" | "TO" | "IN" | "THE" | "SHALL" | "WILL" | "IS" | "MUST");
    (3..=6).contains(&first.len()) && capitals(first) && !joins && !next.is_some_and(capitals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statutes_are_cited_with_finer_parts_and_short_names() {
        for behind in [
            " Para. 3 GDPR shall be",
            " para 1 sentence 2 of the Act",
            " lit. f GDPR.",
            " BGB",
            " UK GDPR",
            " GDPR: [EU REP]",
        ] {
            assert_eq!(owner("under ", behind), Owner::Other, "{behind}");
        }
        for behind in
            [" SHALL SURVIVE", " AND", " CPI rises", " the", " point of sale", " no. of users", " para"]
        {
            let expected = if behind == " CPI rises" { Owner::Other } else { Owner::Unsaid };
            assert_eq!(owner("under ", behind), expected, "{behind}");
        }
        assert_eq!(owner("as ", " para 4 above"), Owner::This);
    }
}
