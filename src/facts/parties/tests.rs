//! Small contracts in several styles: who stands on which side.

use super::*;
use crate::document::BlockKind;
use crate::token::fold::Words;
use crate::token::reading::tests::document;

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
