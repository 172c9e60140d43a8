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
pub(super) fn linking(mut word: &[u8]) -> bool {
    while let [front @ .., b','] = word {
        word = front;
    }
    matches!(
        word,
        b"of"
            | b"and"
            | b"or"
            | b"the"
            | b"a"
            | b"an"
            | b"to"
            | b"for"
            | b"in"
            | b"on"
            | b"by"
            | b"with"
            | b"at"
            | b"from"
            | b"as"
            | b"upon"
            | b"und"
            | b"der"
            | b"die"
            | b"des"
            | b"von"
            | b"per"
            | b"non"
            | b"not"
            | b"no"
            | b"under"
            | b"after"
            | b"before"
            | b"during"
            | b"into"
            | b"its"
            | b"their"
            | b"between"
            | b"de"
            | b"et"
            | b"within"
            | b"without"
            | b"against"
    )
}

/// Whether a text has a verb that makes it a sentence.
pub(in crate::document) fn has_verb(text: &str) -> bool {
    let text = text.as_bytes();
    let mut start = 0;
    for (at, &byte) in text.iter().enumerate() {
        if SEPARATES[usize::from(byte)] {
            if is_verb(text.get(start..at).unwrap_or_default()) {
                return true;
            }
            start = at + 1;
        }
    }
    is_verb(text.get(start..).unwrap_or_default())
}

/// Which bytes stand between words. Bytes beyond ASCII count as letters: no verb has one.
const SEPARATES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = !(byte as u8).is_ascii_alphanumeric() && byte as u8 != b'\'';
        byte += 1;
    }
    table
};

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
            | b"need"
            | b"needs"
            | b"neither"
            | b"owns"
            | b"retains"
            | b"remains"
            | b"keeps"
            | b"belongs"
            | b"belong"
            | b"grants"
            | b"governs"
            | b"govern"
            | b"endeavours"
            | b"endeavors"
            | b"warrants"
            | b"gives"
            | b"pays"
            | b"hosts"
            | b"guarantees"
            | b"commits"
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
    let mut last: &[u8] = b"";
    for word in text.split_ascii_whitespace().map(str::as_bytes) {
        words += 1;
        last = word;
        verb |= matches!(
            word,
            b"SHALL"
                | b"WILL"
                | b"MUST"
                | b"IS"
                | b"ARE"
                | b"HAS"
                | b"HAVE"
                | b"BE"
                | b"MAY"
                | b"AGREES"
                | b"WAS"
                | b"HEREBY"
        );
    }
    let dangles = matches!(
        last,
        b"THE"
            | b"OF"
            | b"AND"
            | b"OR"
            | b"TO"
            | b"ANY"
            | b"A"
            | b"AN"
            | b"BY"
            | b"IN"
            | b"FOR"
            | b"WITH"
            | b"SUCH"
            | b"NOT"
            | b"THAT"
            | b"ITS"
            | b"WHICH"
            | b"UNDER"
            | b"FROM"
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
