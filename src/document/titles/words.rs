//! Words that tell a title from a sentence or a name.

/// Names of companies and the words between them are no titles.
pub(super) fn party_word(text: &str) -> bool {
    const WORDS: &[&str] =
        &["and", "between", "by and between", "between:", "and:", "or", "zwischen", "und", "to:"];
    const NAMES: &[&str] =
        &["inc", "llc", "ltd", "corp", "gmbh", "l.p", "limited", "corporation", "n.a", "s.a", "plc"];
    let text = text.trim_end_matches(['.', ',']);
    let ends = |name: &&str| {
        let start = text.len().checked_sub(name.len());
        start.and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) || NAMES.iter().any(ends)
}

/// Small words that stay small in a title.
pub(super) fn linking(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    matches!(
        word,
        "of" | "and"
            | "or"
            | "the"
            | "a"
            | "an"
            | "to"
            | "for"
            | "in"
            | "on"
            | "by"
            | "with"
            | "at"
            | "from"
            | "as"
            | "upon"
            | "und"
            | "der"
            | "die"
            | "des"
            | "von"
            | "per"
            | "non"
            | "not"
            | "no"
            | "under"
            | "after"
            | "before"
            | "during"
            | "into"
            | "its"
            | "their"
            | "between"
            | "de"
            | "et"
            | "within"
            | "without"
            | "against"
    )
}

/// Whether a text has a verb that makes it a sentence.
pub(in crate::document) fn has_verb(text: &str) -> bool {
    // Bytes beyond ASCII count as letters: no verb of the list has one.
    text.as_bytes()
        .split(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'\'')
        .any(is_verb)
}

fn is_verb(word: &[u8]) -> bool {
    matches!(
        word,
        b"shall"
            | b"will"
            | b"must"
            | b"is"
            | b"are"
            | b"may"
            | b"has"
            | b"have"
            | b"agrees"
            | b"agree"
            | b"means"
            | b"was"
            | b"were"
            | b"be"
            | b"been"
            | b"undertakes"
            | b"includes"
            | b"does"
            | b"do"
            | b"can"
            | b"cannot"
            | b"refers"
            | b"applies"
            | b"provides"
            | b"ist"
            | b"sind"
            | b"wird"
            | b"werden"
            | b"hat"
            | b"haben"
    )
}

/// Whether a text in capitals is a sentence or a part of one: "IN NO EVENT SHALL THE SUPPLIER".
pub(in crate::document) fn loud_sentence(text: &str) -> bool {
    let mut words = 0;
    let mut verb = false;
    let mut last = "";
    for word in text.split_ascii_whitespace() {
        words += 1;
        last = word;
        verb |= matches!(
            word,
            "SHALL"
                | "WILL"
                | "MUST"
                | "IS"
                | "ARE"
                | "HAS"
                | "HAVE"
                | "BE"
                | "MAY"
                | "AGREES"
                | "WAS"
                | "HEREBY"
        );
    }
    let dangles = matches!(
        last,
        "THE"
            | "OF"
            | "AND"
            | "OR"
            | "TO"
            | "ANY"
            | "A"
            | "AN"
            | "BY"
            | "IN"
            | "FOR"
            | "WITH"
            | "SUCH"
            | "NOT"
            | "THAT"
            | "ITS"
            | "WHICH"
            | "UNDER"
            | "FROM"
    );
    words > 4 && (verb || dangles || text.starts_with('(') || text.ends_with(','))
}

pub(super) fn abbreviation(title: &str) -> bool {
    const ENDS: &[&str] = &[
        "Inc", "Ltd", "Corp", "Co", "No", "Nos", "Mr", "Mrs", "Ms", "Dr", "St", "Sec", "Art", "LLC", "vs",
        "Jr", "U",
    ];
    let last = title.split_ascii_whitespace().last().unwrap_or("");
    ENDS.contains(&last) || last.len() == 1
}
