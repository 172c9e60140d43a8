//! Who is customer and who is supplier, and what kind of paper it is, over contracts in several
//! styles of drafting.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use clauselint::document::parse;
use clauselint::facts::{Facts, Given, PaperKind, Role};
use clauselint::source::{FileId, SourceFile};
use clauselint::token::Reading;
use clauselint::token::words::Words;

fn facts_of(path: &Path, given: &Given) -> Facts {
    let text = std::fs::read(path).expect("the file is there");
    let source = SourceFile::new(FileId::new(0), path.display().to_string(), String::from_utf8_lossy(&text));
    let document = parse(&source);
    let reading = Reading::new(&document, &mut Words::new());
    Facts::find(&document, &reading, given)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/parties").join(name)
}

fn facts(name: &str) -> Facts {
    facts_of(&fixture(name), &Given::default())
}

/// The names of a side without the general words of the trade.
fn called(facts: &Facts, role: Role) -> Vec<String> {
    let parties = facts.parties.parties.iter().filter(|party| party.role == role);
    parties.flat_map(|party| party.names.iter().map(|name| name.to_lowercase())).collect()
}

#[test]
fn each_style_names_the_right_sides() {
    let table = [
        ("us-preamble.md", "quarrel foods, inc.", "lantern racks llc"),
        ("us-preamble.md", "customer", "vendor"),
        ("uk-between.md", "authority", "supplier"),
        ("uk-between.md", "halloway water", "pender systems"),
        ("we-you.md", "you", "we"),
        ("we-you.md", "your", "our"),
        ("i-you.md", "you", "i"),
        ("neutral-names.md", "ostrava", "brightdesk"),
        ("front-matter.md", "umber rail", "teal logic"),
        ("contractor-is-customer.md", "contractor", "subcontractor"),
        ("penalty.md", "client", "service provider"),
        ("no-terms.md", "trust", "osier"),
        ("table.md", "university", "supplier"),
        ("you-supplier.md", "we", "you"),
        ("short-terms.md", "fircone", "candela"),
        ("in-the-body.md", "juniper", "saffron"),
        ("given-joins.md", "authority", "contractor"),
        ("lettered.md", "party a", "party b"),
    ];
    for (name, customer, supplier) in table {
        let facts = facts(name);
        assert!(facts.parties.roles_known, "{name}: {:?}", facts.parties);
        for (role, wanted) in [(Role::Customer, customer), (Role::Supplier, supplier)] {
            let names = called(&facts, role);
            assert!(names.iter().any(|name| name == wanted), "{name}: {wanted} is not among {names:?}");
        }
    }
}

#[test]
fn general_words_name_a_side_unless_the_other_side_bears_them() {
    let plain = facts("us-preamble.md").parties;
    assert!(plain.names(Role::Supplier).iter().any(|name| name == "service provider"));
    let trap = facts("contractor-is-customer.md").parties;
    assert!(trap.names(Role::Customer).iter().any(|name| name == "contractor"));
    assert!(!trap.names(Role::Supplier).iter().any(|name| name == "contractor"));
}

#[test]
fn equal_parties_have_no_roles_and_both_names_count() {
    let parties = facts("mutual.md").parties;
    assert!(!parties.roles_known, "{parties:?}");
    for role in [Role::Customer, Role::Supplier] {
        let names = parties.names(role);
        assert!(["alder", "bramble"].iter().all(|name| names.iter().any(|known| known == name)), "{names:?}");
    }
}

#[test]
fn the_user_overrules_the_text() {
    let given = Given { customer: vec!["Brightdesk".into()], supplier: vec!["Ostrava".into()] };
    let facts = facts_of(&fixture("neutral-names.md"), &given);
    assert!(called(&facts, Role::Customer).contains(&"brightdesk".to_owned()));
    assert!(called(&facts, Role::Supplier).contains(&"ostrava".to_owned()));
}

#[test]
fn the_name_to_show_comes_first() {
    for party in facts("given-joins.md").parties.parties {
        let name = party.names.first().map(String::as_str);
        assert!(matches!(name, Some("Larch District Council" | "Plover Copying Limited")), "{party:?}");
    }
}

#[test]
fn every_role_has_a_reason_with_a_place() {
    for party in facts("neutral-names.md").parties.parties {
        assert!(party.reasons.iter().any(|(_, span)| span.is_some()), "{party:?}");
    }
}

#[test]
fn kinds_of_paper() {
    for (name, kind) in [
        ("us-preamble.md", PaperKind::Agreement),
        ("we-you.md", PaperKind::Subscription),
        ("front-matter.md", PaperKind::Agreement),
        ("short-terms.md", PaperKind::Agreement),
        ("you-supplier.md", PaperKind::Agreement),
        ("no-terms.md", PaperKind::Agreement),
        ("in-the-body.md", PaperKind::Agreement),
        ("mutual.md", PaperKind::NonDisclosure),
        ("recipe.md", PaperKind::NotAContract),
        ("readme.md", PaperKind::NotAContract),
    ] {
        let paper = facts(name).paper;
        assert_eq!(paper.kind, kind, "{name}: {}", paper.reason);
    }
}

/// Compares with labelled contracts: `CLAUSELINT_GOLD` is a folder of labels (JSON with `file`,
/// `customer` and `provider`), `CLAUSELINT_CORPUS` the folders that hold the contracts, as in `PATH`.
#[test]
#[ignore = "needs labelled contracts"]
fn agrees_with_the_labels() {
    let variable = |name: &str| std::env::var_os(name).expect("the variable is set");
    let (gold, corpus) = (variable("CLAUSELINT_GOLD"), variable("CLAUSELINT_CORPUS"));
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(gold).expect("the folder is there").flatten() {
        let label: serde_json::Value =
            serde_json::from_slice(&std::fs::read(entry.path()).expect("a label")).expect("JSON");
        let name = label["file"].as_str().unwrap_or_default();
        let mut paths = std::env::split_paths(&corpus).map(|folder| folder.join(name));
        let path = paths.find(|path| path.exists()).expect("the contract is there");
        let parties = facts_of(&path, &Given::default()).parties;
        let said = |key: &str| -> Vec<String> {
            let terms = label[key].as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
            terms.map(|term| term.to_lowercase().trim_start_matches("the ").to_owned()).collect()
        };
        let meets = |role: Role, key: &str| {
            let named = parties.parties.iter().filter(|party| party.role == role);
            let mut names = named.flat_map(|party| party.names.iter().map(|name| name.to_lowercase()));
            names.any(|name| said(key).contains(&name))
        };
        let (customer, supplier) = (meets(Role::Customer, "customer"), meets(Role::Supplier, "provider"));
        let swapped = meets(Role::Customer, "provider") || meets(Role::Supplier, "customer");
        all += 1;
        if parties.roles_known && customer && supplier && !swapped {
            right += 1;
        } else {
            wrong.push((path, swapped, parties));
        }
    }
    assert!(right * 10 > all * 9, "{right} of {all}: {wrong:#?}");
    assert!(!wrong.iter().any(|(_, swapped, parties)| *swapped && parties.roles_known), "{wrong:#?}");
}
