use super::*;

/// "style cited|text" of a line, "-" for no label.
fn shown(line: &str, place: Place) -> String {
    match read(line, place) {
        None => "-".to_owned(),
        Some(mark) => {
            let mut text = String::new();
            mark.write(line, &mut text);
            format!("{:?} {text}|{}", mark.style, line.get(mark.body as usize..).unwrap_or(""))
        }
    }
}

#[test]
fn labels_at_the_front_of_text() {
    for (line, want) in [
        ("1. Services", "Dot 1|Services"),
        ("1.Services", "Dot 1|Services"),
        ("1) Fees", "HalfParens 1|Fees"),
        ("(12) Fees", "Parens (12)|Fees"),
        ("3.6.1\tthe customer", "Multi 3.6.1|the customer"),
        ("1.1. Scope", "Multi 1.1|Scope"),
        ("12.3(b) Scope", "Multi 12.3(b)|Scope"),
        ("(a) text", "Lower (a)|text"),
        ("a) text", "Lower (a)|text"),
        ("(iv) text", "LowerRoman (iv)|text"),
        ("II. TERM", "UpperRoman II|TERM"),
        ("A.5. Network", "LetterNumber A.5|Network"),
        ("§ 5 Haftung", "Word § 5|Haftung"),
        ("Section 4. Term", "Word 4|Term"),
        ("Section 1.01 Defined Terms", "Word 1.01|Defined Terms"),
        ("Article IV - Term", "Article Article IV|Term"),
        ("Schedule 2: Fees", "Attachment Schedule 2|Fees"),
        ("EXHIBIT B-1 FEES", "Attachment EXHIBIT B-1|FEES"),
        ("Annex 1—Service levels", "Attachment Annex 1|Service levels"),
        ("Part II", "Part Part II|"),
        ("• item", "Bullet |item"),
    ] {
        assert_eq!(shown(line, Place::Text), want, "{line}");
    }
}

#[test]
fn numbers_and_references_are_no_labels() {
    for line in [
        "30 days",
        "2.5 million",
        "99.5% of",
        "2019. The",
        "Section 4 of this",
        "Schedule 2 sets out",
        "(the",
        "R. C. Boyd",
        "e.g. this",
        "10.12.2008 the",
        "Part of it",
        "Exhibit A to this Agreement",
        "I agree",
    ] {
        assert_eq!(shown(line, Place::Text), "-", "{line}");
    }
}

#[test]
fn titles_are_believed_more_readily() {
    assert_eq!(shown("1 General", Place::Title), "Dot 1|General");
    assert_eq!(shown("2.0 Scope", Place::Title), "Multi 2.0|Scope");
    assert_eq!(shown("1 General", Place::Text), "-");
}
