//! Baselines as files, and what they make of runs.

use std::collections::BTreeSet;

use super::*;
use crate::assess::Coverage;
use crate::facts::{Paper, PaperKind, Parties};
use crate::finding::{Anchor, Severity};
use crate::source::{SourceFile, Span};
use crate::triage::Report;

const DIGITS: &str = "0123456789abcdef";

fn parse(text: &str) -> (Baseline, Vec<String>) {
    let file = SourceFile::new(FileId::default(), "known.jsonl", text);
    let (baseline, wrong) = Baseline::parse(&file);
    let told = |of: &Finding| {
        let line = of.anchor.span().map_or(0, |span| file.position(span.start()).line);
        format!("{line}: {}", of.message)
    };
    (baseline, wrong.iter().map(told).collect())
}

/// Words of its own for each name, enough to be told apart.
fn words(name: &str) -> String {
    (b'a'..=b'z')
        .flat_map(|one| (b'a'..=b'j').map(move |two| (char::from(one), char::from(two))))
        .map(|(one, two)| format!("{name}{one}{two} serves "))
        .collect()
}

/// A contract with a title, over words of its own for each name.
fn text(name: &str) -> String {
    format!("Agreement\n{}", words(name))
}

/// What a finding is about and what lacks.
type Told<'a> = (Code, &'a [&'a str]);

/// A contract: its path, its text and its findings.
type Given<'a> = (&'a str, &'a str, &'a [Told<'a>]);

/// A run over contracts.
fn run(contracts: &[Given<'_>]) -> (Report, Vec<Contract>) {
    let mut report = Report::default();
    let mut named = Vec::new();
    for (path, text, findings) in contracts {
        let file = report.sources.add(*path, *text);
        let paper = Paper { kind: PaperKind::Agreement, reason: String::new(), evidence: None };
        report.coverages.push(Coverage {
            file,
            others: Vec::new(),
            title: text.lines().next().map(str::to_owned),
            paper,
            parties: Parties::default(),
            clauses_read: 1,
            assessments: Vec::new(),
        });
        for (code, lacks) in *findings {
            let anchor = Anchor::Span(Span::new(file, 0..1));
            let finding = Finding::new(code.clone(), Severity::Warning, "m", anchor);
            report.findings.push(finding.lacking(lacks.iter().copied()));
        }
        named.push(Contract { path: (*path).to_owned(), files: vec![file] });
    }
    (report, named)
}

fn known(contracts: &[Given<'_>]) -> Baseline {
    let (report, named) = run(contracts);
    hold(&Baseline::default(), &report, &named, &Tree::default()).renewed(&report, &named, true)
}

fn missing(clause: &str) -> Code {
    Code::Missing(clause.to_owned())
}

fn weak(clause: &str) -> Code {
    Code::Weak(clause.to_owned())
}

fn absent(paths: &[&str]) -> Tree {
    Tree { absent: paths.iter().map(|path| (*path).to_owned()).collect(), searched: BTreeSet::new() }
}

#[test]
fn a_file_is_sorted_and_read_back() {
    let text = text("north");
    let baseline = known(&[
        ("b.md", &text, &[(weak("sla-metrics"), &["remedy", "measurement"]), (missing("exit"), &[])]),
        ("a \"b\".md", &text, &[(missing("insurance"), &[])]),
        ("clean.md", &text, &[]),
    ]);
    let printed = baseline.print();
    let begins: Vec<&str> = printed.lines().map(|line| line.split(",\"").next().unwrap_or(line)).collect();
    assert_eq!(
        begins,
        [
            "{\"clauselint\":\"baseline\"",
            "{\"path\":\"a \\\"b\\\".md\"",
            "{\"path\":\"a \\\"b\\\".md\"",
            "{\"path\":\"b.md\"",
            "{\"path\":\"b.md\"",
            "{\"path\":\"b.md\"",
        ]
    );
    assert!(printed.ends_with("\"lacks\":[\"measurement\",\"remedy\"]}\n"), "{printed}");
    assert_eq!(parse(&printed), (baseline, Vec::new()));
}

#[test]
fn lines_in_any_order_and_more_than_once_are_one_baseline() {
    let text = text("north");
    let baseline = known(&[("a.md", &text, &[(missing("exit"), &[]), (missing("insurance"), &[])])]);
    let printed = baseline.print();
    let merged: Vec<&str> = printed.lines().rev().chain(printed.lines()).chain([""]).collect();
    assert_eq!(parse(&merged.join("\r\n")), (baseline, Vec::new()));
}

#[test]
fn each_mistake_is_told_at_its_line() {
    let (baseline, wrong) = parse(&format!(
        "{{\"clauselint\":\"baseline\",\"version\":1}}\n\
         {{\"path\":\"a.md\",\"code\":\"missing-exit\",\"id\":\"{DIGITS}\"}}\n\
         {{\"path\":\"a.md\",\"code\":\"missing-exit\",\"id\":\"0123\"}}\n\
         {{\"path\":\"a.md\",\"code\":\"missing-exit\"}}\n\
         {{\"path\":\"a.md\",\"code\":\"missing-exit\",\"id\":\"{DIGITS}\",\"line\":3}}\n\
         {{\"path\":\"a.md\"\n\
         {{\"path\":\"a.md\"}}\n\
         {{\"path\":\"a.md\",\"names\":\"{DIGITS}\",\"text\":\"00\"}}\n"
    ));
    assert_eq!(baseline.len(), 1);
    insta::assert_snapshot!(wrong.join("\n"), @r"
    3: `id` is not 16 hexadecimal digits
    4: missing field `id`
    5: unknown field `line`, expected one of `path`, `code`, `id`, `lacks`, `short_by`
    6: this line is no JSON: EOF while parsing an object
    7: this line is neither a contract nor a finding
    8: `text` is not 64 hexadecimal digits
    ");
}

#[test]
fn a_merge_conflict_another_version_and_another_file_are_told() {
    let line = format!("{{\"path\":\"a.md\",\"code\":\"missing-exit\",\"id\":\"{DIGITS}\"}}");
    let head = "{\"clauselint\":\"baseline\",\"version\":1}";
    let conflict = format!("{head}\n<<<<<<< HEAD\n{line}\n=======\n{line}\n>>>>>>> other\n");
    assert_eq!(parse(&conflict).1, ["2: a merge conflict is left in the baseline"]);
    let indented = format!("{head}\n  <<<<<<< HEAD\u{20ac}\n");
    assert_eq!(
        parse(&indented).1,
        ["2: a merge conflict is left in the baseline"],
        "its place ends on a character"
    );
    let later = format!("{}\n{line}\n", head.replace('1', "2"));
    assert_eq!(parse(&later).1, ["1: this baseline has version 2, and this clauselint reads version 1"]);
    assert_eq!(parse("").1, ["1: this file is no baseline"]);
    assert_eq!(parse(&line).1, ["1: this file is no baseline"]);
    assert_eq!(parse(&head.replace("baseline", "config")).1, ["1: this file is no baseline"]);
}

#[test]
fn a_finding_that_lacks_more_is_new_and_one_that_lacks_less_is_known() {
    let text = text("north");
    let baseline = known(&[("a.md", &text, &[(weak("sla"), &["measurement", "remedy"])])]);
    let held = |code: Code, lacks: &[&str]| {
        let (report, named) = run(&[("a.md", &text, &[(code, lacks)])]);
        let held = hold(&baseline, &report, &named, &Tree::default());
        (held.new.len(), held.improved, held.gone.len())
    };
    assert_eq!(held(weak("sla"), &["measurement", "remedy"]), (0, 0, 0));
    assert_eq!(held(weak("sla"), &["remedy"]), (0, 1, 0));
    assert_eq!(held(weak("sla"), &["remedy", "target"]), (1, 0, 0));
    assert_eq!(held(missing("sla"), &[]), (1, 0, 0));
    assert_eq!(held(Code::Soft("sla".into()), &["best-efforts"]), (0, 1, 0));
    assert_eq!(held(weak("exit"), &["remedy"]), (1, 0, 1));
}

#[test]
fn a_clause_that_was_missing_and_is_weak_is_known() {
    let text = text("north");
    let baseline = known(&[("a.md", &text, &[(missing("sla"), &[])])]);
    let (report, named) = run(&[("a.md", &text, &[(weak("sla"), &["remedy"])])]);
    let held = hold(&baseline, &report, &named, &Tree::default());
    assert_eq!((held.known.len(), held.improved, held.gone.len()), (1, 1, 0));
    // From then on a missing clause is new again.
    let renewed = held.renewed(&report, &named, false);
    let (report, named) = run(&[("a.md", &text, &[(missing("sla"), &[])])]);
    let held = hold(&renewed, &report, &named, &Tree::default());
    assert_eq!((held.new.len(), held.gone.len()), (1, 0));
    let accepted = held.renewed(&report, &named, true);
    assert_eq!(accepted, baseline);
}

#[test]
fn a_figure_that_falls_shorter_is_new() {
    let text = text("north");
    let held = |then: u64, now: u64| {
        let code = Code::Position("sla".into(), "target".into());
        let (mut report, named) = run(&[("a.md", &text, &[(code, &["fallback"])])]);
        report.findings[0].short_by = Some(then);
        let first = hold(&Baseline::default(), &report, &named, &Tree::default());
        let baseline = first.renewed(&report, &named, true);
        report.findings[0].short_by = Some(now);
        hold(&baseline, &report, &named, &Tree::default()).new.len()
    };
    assert_eq!((held(900, 900), held(900, 400), held(900, 1900)), (0, 0, 1));
}

#[test]
fn mistakes_of_contracts_are_never_known() {
    let text = text("north");
    for code in [Code::Waiver, Code::UnknownProfile, Code::NotAContract, Code::Config] {
        assert!(known(&[("a.md", &text, &[(code, &[])])]).is_empty());
    }
}

#[test]
fn only_contracts_that_were_read_have_entries_that_are_gone() {
    let text = text("north");
    let baseline = known(&[
        ("a.md", &text, &[(missing("sla"), &[])]),
        ("b.md", &text, &[(missing("sla"), &[]), (missing("exit"), &[])]),
    ]);
    let (report, named) = run(&[("a.md", &text, &[])]);
    let held = hold(&baseline, &report, &named, &Tree::default());
    assert_eq!(held.gone, [Gone { path: "a.md".into(), code: "missing-sla".into() }]);
    assert_eq!(held.renewed(&report, &named, false).len(), 2);
    // A file that is gone from a folder that was read as a whole is gone with its findings.
    let tree = Tree { searched: absent(&["b.md"]).absent, ..absent(&["b.md"]) };
    let held = hold(&baseline, &report, &named, &tree);
    assert_eq!(held.gone.len(), 3);
    assert!(held.renewed(&report, &named, false).is_empty());
}

#[test]
fn items_of_a_pack_that_was_not_asked_for_are_not_gone() {
    let text = text("north");
    let item = Code::Pack { pack: "dora".into(), item: "30.2-e".into() };
    let baseline = known(&[("a.md", &text, &[(item, &["all"])])]);
    let (report, named) = run(&[("a.md", &text, &[])]);
    let held = hold(&baseline, &report, &named, &Tree::default());
    assert!(held.gone.is_empty());
    assert_eq!(held.renewed(&report, &named, false), baseline);
}

#[test]
fn a_contract_that_has_moved_takes_its_entries_with_it() {
    let (north, south) = (text("north"), text("south"));
    let entries: &[Told<'_>] = &[(missing("sla"), &[]), (weak("exit"), &["plan"])];
    let baseline = known(&[("old/a.md", &north, entries), ("b.md", &south, entries)]);
    let edited = format!("{north} and some words more, which change little of the whole");
    let (report, named) = run(&[("b.md", &south, entries), ("new/a.md", &edited, entries)]);
    let held = hold(&baseline, &report, &named, &absent(&["old/a.md"]));
    assert_eq!((held.known.len(), held.new.len(), held.gone.len()), (4, 0, 0));
    assert_eq!(held.moved.get("old/a.md").map(String::as_str), Some("new/a.md"));
    let renewed = held.renewed(&report, &named, false);
    assert_eq!(renewed.contracts.keys().collect::<Vec<_>>(), ["b.md", "new/a.md"]);
    // The one that is still there has not moved: the other is a copy.
    assert_eq!(hold(&baseline, &report, &named, &Tree::default()).new.len(), 2);
}

#[test]
fn another_contract_with_the_same_findings_takes_nothing_over() {
    let entries: &[Told<'_>] = &[(missing("sla"), &[]), (missing("exit"), &[])];
    let baseline = known(&[("old.md", &text("north"), entries)]);
    let held = |path: &str, text: &str| {
        let (report, named) = run(&[(path, text, entries)]);
        let held = hold(&baseline, &report, &named, &absent(&["old.md"]));
        (held.known.len(), held.new.len())
    };
    assert_eq!(held("new.md", &text("south")), (0, 2));
    // The same words under another title: one form, two contracts.
    assert_eq!(held("new.md", &format!("Another agreement\n{}", words("north"))), (0, 2));
    assert_eq!(held("new.md", &text("north")), (2, 0));
}

#[test]
fn of_two_contracts_the_more_alike_takes_over_and_each_takes_one() {
    let entries: &[Told<'_>] = &[(missing("sla"), &[])];
    let form = |own: &str| format!("{}{}{}", text("north"), words("south"), words(own));
    let (one, two) = (form("west"), form("east"));
    let baseline = known(&[("one.md", &one, entries), ("two.md", &two, entries)]);
    let (report, named) = run(&[("a.md", &two, entries), ("b.md", &one, entries)]);
    let held = hold(&baseline, &report, &named, &absent(&["one.md", "two.md"]));
    let moved: Vec<(&str, &str)> = held.moved.iter().map(|(from, to)| (&**from, &**to)).collect();
    assert_eq!(moved, [("one.md", "b.md"), ("two.md", "a.md")]);
}
