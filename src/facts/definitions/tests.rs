//! The forms of definitions, each in the marks of several authors.

use super::*;
use crate::source::{FileId, SourceFile};

fn read(text: &str) -> (SourceFile, Definitions) {
    let source = SourceFile::new(FileId::default(), "contract.md", text);
    let document = crate::document::parse(&source);
    let mut words = Words::new();
    let reading = Reading::new(&document, &mut words);
    let found = find(&document, &reading, &words);
    (source, found)
}

/// The terms that a text defines, with their forms.
fn terms(text: &str) -> Vec<(String, Form)> {
    read(text).1.definitions.into_iter().map(|one| (one.written, one.form)).collect()
}

fn names(text: &str) -> Vec<String> {
    terms(text).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_verb_defines_in_any_marks() {
    for text in [
        "\"Work Day\" means a day.",
        "“**Work Day**” means a day.",
        "**\"Work Day\"** shall mean a day.",
        "**Work Day** means a day.",
        "1.1 **Work Day** means a day.",
        "Work Day\tmeans a day.",
        "22. “*Work Day*” means a day.",
        "(a) 'Work Day' means a day.",
        "The term \"Work Day,\" as used in this paper, means a day.",
        "\"Work Day\" (each one of them) shall mean a day.",
        "It is so. Work Day means a day.",
        "- **\"Work Day\"** refers to a day.",
    ] {
        assert_eq!(terms(text), [("Work Day".to_owned(), Form::Means)], "{text}");
    }
}

#[test]
fn brackets_and_names_define() {
    for text in [
        "The sum of ten pounds (the \"Fee\") is due.",
        "The sum of ten pounds (“**Fee**”) is due.",
        "The sum of ten pounds (**“Fee\"**) is due.",
        "All sums that are due (collectively, the \"Fee\") are paid.",
        "The sum of ten pounds (hereinafter referred to as the \"Fee\") is due.",
        "The sum of ten pounds, hereinafter called the \"Fee\", is due.",
        "Each of the sums (each, a \"Fee\") is due.",
    ] {
        assert_eq!(terms(text), [("Fee".to_owned(), Form::Bracket)], "{text}");
    }
    assert_eq!(names("Orlan GmbH (\"Orlan\" or the \"Supplier\") acts."), ["Orlan", "Supplier"]);
    assert_eq!(names("The firms (each a \"Party\" and together the \"Parties\") act."), ["Party", "Parties"]);
}

#[test]
fn lists_and_tables_of_terms_define() {
    let text = "## 1. Definitions\n\n- **Fee**: a sum of money that is due\n\n- **Site** – the building in Hull\n\n\
                | Term | Meaning |\n| --- | --- |\n| Peak Hour | an hour before noon |\n\n## 2. Rest\n\n- **Fee**: see above\n";
    let found = terms(text);
    assert_eq!(
        found,
        [
            ("Fee".to_owned(), Form::Entry),
            ("Site".to_owned(), Form::Entry),
            ("Peak Hour".to_owned(), Form::Row)
        ]
    );
}

#[test]
fn the_head_of_a_table_of_terms_is_no_term() {
    let text = "## 1. Definitions\n\n<table><thead><tr><th>Term</th><th>Meaning</th></tr></thead><tbody>\n\
                <tr><td><b>Peak Hour</b></td><td>means an hour before noon</td></tr></tbody></table>\n\n## 2. Term\n\nx\n";
    assert_eq!(terms(text), [("Peak Hour".to_owned(), Form::Row)]);
}

#[test]
fn other_quotes_define_nothing() {
    for text in [
        "Mark it \"Confidential\" and send it.",
        "As Schedule 2 (\"Acceptance Tests\") says, tests are run.",
        "Signs (such as \"TM\") are kept.",
        "This means that the Fee is due. By any means it is due.",
        "By: ________ Title: ________ (\"Lessor\")",
        "Pay {{ total.format(\"en-US\") }} at once.",
    ] {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn pointers_and_parts_are_told() {
    let (_, found) = read(
        "\"Fee\" has the meaning given in clause 2.\n\nFor the purposes of this clause \"Loss\" means harm.\n\n\
         \"Site\" means the place set out in Schedule 1.",
    );
    let flags: Vec<_> = found.definitions.iter().map(|one| (one.refers, one.local)).collect();
    assert_eq!(flags, [(true, false), (false, true), (true, false)]);
}

#[test]
fn uses_are_found_with_their_place_and_shape() {
    let text = "\"Service Credit\" means a sum. \"Service Credit Cap\" means a limit.\n\n\
                The Service Credits are paid. A service credit is due. No Service Credit Cap applies to SERVICE CREDITS.";
    let (source, found) = read(text);
    let term = &found.terms[0];
    let seen: Vec<_> = term.uses.iter().map(|one| (one.written, one.plural, one.inner)).collect();
    assert_eq!(
        seen,
        [
            (Written::Same, true, false),
            (Written::Lower, false, false),
            (Written::Same, false, true),
            (Written::Caps, true, false)
        ]
    );
    assert_eq!(found.terms[1].uses.len(), 1);
    assert_eq!(source.slice(found.definitions[0].span), "Service Credit");
}

#[test]
fn time_grows_with_the_text_only() {
    let long = "\"".repeat(60_000);
    let deep = "(".repeat(60_000) + "\"A\"" + &")".repeat(10);
    let many = "(the \"Fee\") ".repeat(5_000);
    let mean = "Fee mean ".repeat(10_000);
    // Not measured here, only run: what is not linear would take minutes.
    for text in [long, deep, many, mean] {
        read(&text);
    }
}
