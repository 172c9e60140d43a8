//! Runs the examples of rules and of proofreading checks through the whole way from text to verdict:
//! a rule's documentation is its test. Prints nothing.

mod checks;

use std::cmp::Ordering;

pub use checks::CheckTrial;

use crate::assess::{Assessment, Status, Workspace, read_for};
use crate::facts::Given;
use crate::rule::{Check, ClauseRule, Example, RuleSet};
use crate::source::{FileId, SourceFile, Span};

/// How an example came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// As the example says.
    AsExpected,
    /// The rule sees a clause, or a stronger one than there is, or an element that is not there.
    Noisy,
    /// The rule sees no clause, or a weaker one than there is, or does not see an element.
    Missed,
    /// The verdict is right, but rests on other elements or on other words.
    Elsewhere,
}

/// One example and how it came out.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The rule's id.
    pub clause: String,
    /// The rule's file.
    pub path: String,
    /// Which example of the rule, counted from 1.
    pub number: usize,
    /// Where the example stands in the rule's file.
    pub place: Span,
    /// What the example says.
    pub expected: Status,
    /// What the rule says.
    pub got: Status,
    /// Elements that the example names and the rule does not see.
    pub lost: Vec<String>,
    /// Elements that the rule sees and the example does not name.
    pub extra: Vec<String>,
    /// The words that the rule takes for those.
    pub extra_words: Vec<String>,
    /// Elements that the rule sees in other words than the example says.
    pub elsewhere: Vec<String>,
    /// The words in which it sees those.
    pub elsewhere_words: Vec<String>,
    /// How it came out.
    pub outcome: Outcome,
}

/// All examples that were run.
#[derive(Clone, Debug, Default)]
pub struct SelfTest {
    /// How many rules were tested.
    pub rules: usize,
    /// Each example, in the order of the rules.
    pub trials: Vec<Trial>,
    /// How many proofreading checks were tested.
    pub checks: usize,
    /// Each example of a check, in the order of the checks.
    pub check_trials: Vec<CheckTrial>,
}

impl SelfTest {
    /// The examples of rules that did not come out as they say.
    pub fn failures(&self) -> impl Iterator<Item = &Trial> {
        self.trials.iter().filter(|trial| trial.outcome != Outcome::AsExpected)
    }

    /// The examples of checks that did not come out as they say.
    pub fn check_failures(&self) -> impl Iterator<Item = &CheckTrial> {
        self.check_trials.iter().filter(|trial| trial.outcome != Outcome::AsExpected)
    }

    /// How many examples were run.
    #[must_use]
    pub const fn examples(&self) -> usize {
        self.trials.len() + self.check_trials.len()
    }

    /// How many examples came out so.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        let of_rules = self.trials.iter().map(|trial| trial.outcome);
        of_rules
            .chain(self.check_trials.iter().map(|trial| trial.outcome))
            .filter(|&got| got == outcome)
            .count()
    }

    /// Whether every example came out as it says.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.count(Outcome::AsExpected) == self.examples()
    }
}

/// Runs the examples of the rules and of the checks whose files `wanted` picks.
pub fn run(rules: &RuleSet, wanted: impl Fn(&str) -> bool) -> SelfTest {
    let mut workspace = Workspace::default();
    let mut report = SelfTest::default();
    for (at, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| wanted(&rule.path)) {
        report.rules += 1;
        let own = rule.examples.iter().filter(|example| !example.inherited);
        for (number, example) in own.enumerate() {
            report.trials.extend(trial(at, number + 1, example, rules, &mut workspace));
        }
    }
    let checks: Vec<&Check> = rules.checks.iter().filter(|check| wanted(&check.path)).collect();
    report.checks = checks.len();
    report.check_trials =
        checks.into_iter().flat_map(|check| checks::trials(check, rules, &mut workspace)).collect();
    report
}

/// Runs one example, counted from 1, of the rule of this index.
fn trial(
    at: usize,
    number: usize,
    example: &Example,
    rules: &RuleSet,
    workspace: &mut Workspace,
) -> Option<Trial> {
    let rule = rules.rules.get(at)?;
    let source = SourceFile::new(FileId::default(), "example", example.text.as_str());
    let given = Given { customer: example.customer.clone(), supplier: example.supplier.clone() };
    let coverage = read_for(&source, &given, rules, &[at], workspace).coverage;
    let assessment = coverage.assessments.into_iter().next()?;
    let (lost, extra) = difference(rule, example, &assessment);
    let elsewhere = elsewhere(example, &assessment);
    let outcome = match (assessment.status.cmp(&example.status), lost.is_empty(), extra.is_empty()) {
        (Ordering::Greater, ..) | (Ordering::Equal, true, false) => Outcome::Noisy,
        (Ordering::Less, ..) | (Ordering::Equal, false, true) => Outcome::Missed,
        (Ordering::Equal, true, true) if elsewhere.is_empty() => Outcome::AsExpected,
        (Ordering::Equal, ..) => Outcome::Elsewhere,
    };
    let words = |at: &usize| {
        let best = assessment.elements[*at].evidence.first();
        best.map(|evidence| source.slice(evidence.span).to_owned()).unwrap_or_default()
    };
    let id = |at: &usize| rule.elements[*at].id.to_string();
    Some(Trial {
        clause: rule.id.clone(),
        path: rule.path.clone(),
        number,
        place: example.place,
        expected: example.status,
        got: assessment.status,
        lost: lost.iter().map(id).collect(),
        extra_words: extra.iter().map(words).collect(),
        extra: extra.iter().map(id).collect(),
        elsewhere_words: elsewhere.iter().map(words).collect(),
        elsewhere: elsewhere.iter().map(id).collect(),
        outcome,
    })
}

/// The elements that are seen, but nowhere in the words that the example names.
fn elsewhere(example: &Example, assessment: &Assessment) -> Vec<usize> {
    let touches = |span: Span, words: &str| {
        let mut places = example.text.match_indices(words).map(|(at, _)| at..at + words.len());
        places.any(|place| span.start() < place.end && place.start < span.end())
    };
    let shown = example.shows.iter().filter(|(at, _)| assessment.elements[*at].present);
    let wrong = shown.filter(|(at, words)| {
        let evidence = &assessment.elements[*at].evidence;
        !evidence.iter().any(|evidence| touches(evidence.span, words))
    });
    wrong.map(|(at, _)| *at).collect()
}

/// The elements that the example names and the rule does not see, and the other way round. An
/// example without a list says nothing on elements, except that a missing clause should have none
/// of those that would make it present.
fn difference(rule: &ClauseRule, example: &Example, assessment: &Assessment) -> (Vec<usize>, Vec<usize>) {
    let there = |at: &usize| assessment.elements[*at].present;
    match &example.elements {
        Some(wanted) => {
            let lost = wanted.iter().copied().filter(|at| !there(at)).collect();
            let extra = (0..rule.elements.len()).filter(|at| there(at) && !wanted.contains(at)).collect();
            (lost, extra)
        }
        None if example.status == Status::Missing => {
            (Vec::new(), rule.present.elements().into_iter().filter(there).collect())
        }
        None => (Vec::new(), Vec::new()),
    }
}
