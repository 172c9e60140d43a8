//! Every check has its data. That their examples come out as they say is tested with those of the rules.

use super::*;
use crate::rule::RuleSet;

#[test]
fn every_check_has_data_and_examples_of_both_kinds() {
    let rules = RuleSet::builtin();
    for (id, _) in CHECKS {
        let check = rules.checks.iter().find(|check| check.id == id);
        let check = check.unwrap_or_else(|| panic!("clause-rules/proofread/{id}.toml lacks"));
        assert!(check.examples.iter().any(|example| example.found.is_empty()), "{id} has no clean example");
        assert!(
            check.examples.iter().any(|example| !example.found.is_empty()),
            "{id} has no example of a slip"
        );
        assert!(!check.why.is_empty() && !check.remedy.is_empty(), "{id} gives no reason");
    }
    assert_eq!(without_code(&rules.checks), []);
}
