//! The packs that ship: what each item must have, and that the catalogue can show what it asks for.

use std::fmt::Write as _;

use clauselint::rule::{Mark, RuleSet, Test};

/// The packs of laws and guides, whose items say how far they were verified.
const OF_INSTRUMENTS: [(&str, usize); 8] = [
    ("dora", 27),
    ("dora-subcontracting", 18),
    ("eba-outsourcing", 46),
    ("ffiec", 20),
    ("gdpr-art28", 18),
    ("hipaa-baa", 16),
    ("pra-ss2-21", 25),
    ("us-interagency", 17),
];

#[test]
fn every_pack_is_whole() {
    let rules = RuleSet::builtin();
    for (id, items) in OF_INSTRUMENTS {
        let Some(pack) = rules.pack(id) else { panic!("the pack {id} is missing") };
        assert_eq!(pack.items.len(), items, "{id}");
        assert!(pack.items.iter().all(|item| item.mark.is_some()), "{id} has an item without a mark");
    }
    let basics = rules.pack("buyer-basics").map_or(0, |pack| pack.items.len());
    assert!(basics >= 25, "buyer-basics has {basics} items");
}

#[test]
fn items_read_well_and_can_be_shown() {
    let mut wrong = String::new();
    for pack in &RuleSet::builtin().packs {
        let mut want = |there: bool, id: &str, what: &str| {
            if !there {
                let _ = writeln!(wrong, "{} {id} {what}", pack.path);
            }
        };
        want(
            !pack.applies.is_empty() && !pack.source.is_empty(),
            "",
            "does not say whom it binds and where it was read",
        );
        want(!pack.prefix.is_empty(), "", "has no prefix");
        for item in &pack.items {
            let (id, asks) = (item.id.as_str(), item.asks.as_str());
            want(id.starts_with(&pack.prefix), id, "does not begin with the prefix");
            want(asks.chars().count() <= 160, id, "asks in too many words for a headline");
            want(!asks.ends_with('.'), id, "ends with a full stop");
            let words: Vec<&str> = asks.split_whitespace().collect();
            want(words.len() >= 3, id, "asks in too few words");
            let capital = words.first().is_some_and(|word| {
                word.chars().next().is_some_and(char::is_uppercase)
                    && word.chars().skip(1).all(char::is_lowercase)
            });
            want(!capital, id, "begins with a capital");
            want(item.missing.is_some(), id, "is silent when it is missing");
            if let Test::ByHand(why) = &item.test {
                want(why.split_whitespace().count() >= 6, id, "does not say why it is read by hand");
                want(!why.contains("has no element"), id, "asks for an element that no rule has");
            }
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn what_was_not_verified_is_off() {
    for pack in &RuleSet::builtin().packs {
        for item in &pack.items {
            assert_eq!(item.is_off(), item.mark == Some(Mark::FromMemory), "{}", item.id);
        }
    }
}
