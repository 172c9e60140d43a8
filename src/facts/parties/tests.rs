//! Small contracts in several styles: who stands on which side.

use super::*;
use crate::document::BlockKind;
use crate::token::reading::tests::document;
use crate::token::words::Words;

fn parties(lines: &[&str]) -> Parties {
    let blocks: Vec<_> = lines.iter().map(|line| (BlockKind::Paragraph, *line, None, None)).collect();
    let document = document(&blocks);
    let reading = Reading::new(&document, &mut Words::new());
    find(&document, &reading, &Given::default())
}

fn side(parties: &Parties, role: Role) -> Vec<&str> {
    let of_role = parties.parties.iter().filter(|party| party.role == role);
    of_role.flat_map(|party| party.names.iter().map(String::as_str)).collect()
}

#[test]
fn neutral_names_are_told_by_their_deeds() {
    let found = parties(&[
        "This Agreement is made between Orlan Freight, Inc. (\"Orlan\") and Tess Data LLC (\"Tess\").",
        "Orlan wishes to engage Tess to run its data centre, and Tess is willing to provide these services.",
        "Tess shall provide the services set out in Exhibit A. Orlan shall pay Tess the fees within thirty days.",
    ]);
    assert!(found.roles_known, "{found:?}");
    assert_eq!(side(&found, Role::Customer), ["Orlan Freight, Inc.", "Orlan", "Orlan Freight"]);
    assert_eq!(side(&found, Role::Supplier), ["Tess Data LLC", "Tess", "Tess Data"]);
}

#[test]
fn a_thing_defined_like_a_party_hides_nobody() {
    let found = parties(&[
        "Thank you for trusting Orlan Tech LLC (\"2Orlan,\" \"we,\" \"us,\" or \"our\") with your computers.",
        "We will look after your computers and network (the \"Environment\") and provide the services to you.",
        "We provide services to the Environment. The Environment is checked weekly.",
        "You will pay us the fees. You must tell us of any change. We may suspend the services if you do not pay.",
    ]);
    assert!(found.roles_known, "{found:?}");
    assert_eq!(side(&found, Role::Customer), ["you", "your"]);
    assert!(side(&found, Role::Supplier).contains(&"2Orlan"), "{found:?}");
}

#[test]
fn staff_of_a_side_is_no_party() {
    let found = parties(&[
        "Software maintenance agreement",
        "The Service Provider agrees to provide maintenance services to the Client.",
        "The Client shall pay the Service Provider the monthly fee. Each Administrator of the Client is trained.",
        "Phase I begins at once. Phase I ends in May. Annex I lists the computers.",
    ]);
    assert_eq!(side(&found, Role::Supplier), ["service provider"]);
    assert_eq!(side(&found, Role::Customer), ["client"]);
}

#[test]
fn a_party_that_only_its_pronoun_speaks_for_stands_across_from_the_other() {
    let found = parties(&[
        "Between: Orlan Services Pty Ltd (\"OSP\") and Tess Group (\"Client\").",
        "We build you a website and provide the services. You pay us the fees monthly.",
        "We will keep your data safe. You must give us your content. We may suspend the services.",
    ]);
    assert!(side(&found, Role::Supplier).contains(&"OSP"), "{found:?}");
    assert!(side(&found, Role::Supplier).contains(&"we"), "{found:?}");
    assert!(side(&found, Role::Customer).contains(&"Client"), "{found:?}");
}

#[test]
fn parties_that_are_introduced_may_also_be_called_we_and_you() {
    let found = parties(&[
        "This Software as a Service Agreement is made between Orlan Technologies, Inc. and Client.",
        "Orlan shall provide the services to Client. Client shall pay the fees.",
        "We will perform the services for you. You own your data, and we return it to you on request.",
        "You may terminate on 30 days' notice. We will help you to move.",
    ]);
    assert!(side(&found, Role::Supplier).contains(&"Orlan Technologies, Inc."), "{found:?}");
    assert!(side(&found, Role::Supplier).contains(&"our"), "{found:?}");
    assert!(side(&found, Role::Customer).contains(&"Client"), "{found:?}");
    assert!(side(&found, Role::Customer).contains(&"you"), "{found:?}");
}

#[test]
fn names_of_two_words_bind_themselves_whole() {
    let found = parties(&[
        "Staffing terms",
        "ORLAN LEGAL will find, train and provide staff to the customer. ORLAN LEGAL shall invoice weekly.",
        "ORLAN LEGAL will perform the services. The customer shall pay ORLAN LEGAL the fees.",
    ]);
    assert!(side(&found, Role::Supplier).contains(&"ORLAN LEGAL"), "{found:?}");
}

#[test]
fn names_that_regulations_give_tell_the_sides() {
    let tables = [("Financial Entity", "ICT Provider"), ("Covered Entity", "Business Associate")];
    for (customer, supplier) in tables {
        let found = parties(&[
            &format!(
                "This addendum is between Moor AG (the \"{customer}\") and Orlan GmbH (the \"{supplier}\")."
            ),
            &format!("The {supplier} shall keep records. The {customer} may end this addendum."),
        ]);
        assert!(side(&found, Role::Customer).contains(&customer), "{found:?}");
        assert!(side(&found, Role::Supplier).contains(&supplier), "{found:?}");
    }
}

#[test]
fn a_name_ends_where_its_address_begins_and_no_sentence_is_one() {
    let name = |segment| full_names::name_before(segment);
    assert_eq!(
        name("Orlan Tech World Email: o@example.com Phone: 0912 (").as_deref(),
        Some("Orlan Tech World")
    );
    assert_eq!(
        name("After the Proposal Deadline, the Issuer will announce the highest ranked Applicant ("),
        None
    );
    assert_eq!(name("On Point Systems Ltd (").as_deref(), Some("On Point Systems Ltd"));
}
