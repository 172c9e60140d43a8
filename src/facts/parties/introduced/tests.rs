//! Introductions of many styles, and what is no party.

use super::*;

fn names(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    in_block(text, 0, &mut found);
    found.into_iter().filter(|found| found.sure).map(|found| found.names).collect()
}

#[test]
fn finds_introductions_of_many_styles() {
    let table: [(&str, &[&[&str]]); 6] = [
        (
            "This Agreement (the \"Agreement\") is made by and between Orlan Freight, Inc., a Delaware corporation \
             (\"Orlan\"), and Tess Data LLC (the \"Supplier\").",
            &[&["Orlan", "Orlan Freight, Inc."], &["Supplier", "Tess Data LLC"]],
        ),
        ("(1) Nordhus Limited (\"Client\"); and", &[&["Client", "Nordhus Limited"]]),
        ("Veld N.V., whose seat is in Gent (hereinafter referred to as VELD) and", &[&["VELD", "Veld N.V."]]),
        ("between Ada Bell (Developer ) and (Client) Moor Co.", &[&["Developer", "Ada Bell"], &["Client"]]),
        ("an entity (\"You,\" \"Your,\" or \"Customer\")", &[&["You", "Your", "Customer"]]),
        ("the fee (\"Fee\") and the parties (collectively, the \"Parties\")", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn short_names_stand_behind_other_brackets() {
    let table: [(&str, &[&[&str]]); 5] = [
        (
            "the terms (the GTCs) on which Orlan Freight Pty Ltd (ABN 11 222) of [Gent] (Orlan Freight) will serve",
            &[&["Orlan Freight", "Orlan Freight Pty Ltd"]],
        ),
        ("Orlan Freight Ltd (No 12) of Gent (Belgium) and (Moor)", &[]),
        ("YOU AGREE TO THE TERMS AND CONDITIONS WITH ORLAN INC. (\"Orlan\").", &[&["Orlan", "ORLAN INC."]]),
        ("duties commonly referred to as \"viral\" by Orlan Freight Ltd", &[]),
        (
            "duties commonly referred to as \"viral\". Orlan Freight Ltd, referred to as \"Orlan\", serves",
            &[&["Orlan", "Orlan Freight Ltd"]],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn offices_and_numbers_are_no_names() {
    for text in
        ["Service Manager (Client): [name]", "{{name}} of {{town}}, License No. {{number}} (\"Client\")"]
    {
        assert_eq!(names(text), [["Client"]], "{text}");
    }
}

#[test]
fn full_names_hold_no_titles_blanks_and_papers() {
    let table: [(&str, &[&[&str]]); 6] = [
        (
            "General Terms and Conditions of Orlan.cloud UG Preamble: Orlan.cloud UG (hereinafter \"Orlan\"), offers",
            &[&["Orlan", "Orlan.cloud UG"]],
        ),
        ("with Orlan GmbH & Co KG (\"Orlan\")", &[&["Orlan", "Orlan GmbH & Co KG"]]),
        ("[FULL COMPANY NAME] incorporated in England (Supplier)", &[&["Supplier"]]),
        ("between <Partner Address> hereinafter referred to as the supplier", &[&["supplier"]]),
        ("whose details are provided in the Price Quotation (\"Licensee\")", &[&["Licensee"]]),
        (
            "between 7Quay Tech LLC (\"7Quay\") and [Moor Ltd] (\"Client\")",
            &[&["7Quay", "7Quay Tech LLC"], &["Client", "Moor Ltd"]],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn things_are_no_parties() {
    assert!(!is_name("Effective Date") && !is_name("Services") && !is_name("Business Day"));
    assert!(is_name("HOF Entities") && is_name("Service Provider") && is_name("we"));
}

#[test]
fn short_for_a_thing_is_no_party() {
    assert_eq!(
        names("orders under this Blanket Purchase Agreement (\"BPA\") by Orlan Tech Ltd (\"OTL\")"),
        [["OTL", "Orlan Tech Ltd"]]
    );
    assert!(names("all Protected Health Information (\"PHI\") of the patients").is_empty());
}
