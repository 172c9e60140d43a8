//! Every format of `check`: whole reports over the same contracts, held against the schemas of the
//! formats, with hidden findings and failures, and with texts that try to break out.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clauselint::finding::{Anchor, Applicability, Code, Edit, Finding, Fix, Severity};
use clauselint::render::{Format, Look, render};
use clauselint::rule::RuleSet;
use clauselint::session::{Input, Options, Session};
use clauselint::source::{FileId, Sources, Span};
use clauselint::triage::{FailOn, Hidden, HiddenBy, Reach, Report, Waiver, WaiverStanding};
use program::{code, err, out, run};
use pulldown_cmark::{Event, Parser, Tag};
use serde_json::Value;

const RULES: &str = "fixtures/formats/rules";
const FERRY: &str = "fixtures/formats/ferry.md";
const QUAY: &str = "fixtures/formats/quay.md";

/// The formats with a schema of ours, and its text.
fn schema(format: Format) -> Option<String> {
    Some(match format {
        Format::Json => out(&run(&["schema", "check"])),
        Format::Jsonl => out(&run(&["schema", "jsonl"])),
        Format::Sarif => include_str!("schemas/sarif.json").to_owned(),
        Format::Gitlab => include_str!("schemas/gitlab.json").to_owned(),
        Format::Rdjson => include_str!("schemas/rdjson.json").to_owned(),
        Format::Text | Format::Concise | Format::Github | Format::Junit | Format::Markdown => return None,
    })
}

/// Holds a report against the schema of its format, each line of `jsonl` by itself.
fn valid(format: Format, text: &str) -> Vec<Value> {
    let Some(schema) = schema(format) else { return Vec::new() };
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let texts: Vec<&str> = if format == Format::Jsonl { text.lines().collect() } else { vec![text] };
    let values = texts.into_iter().map(|text| serde_json::from_str(text).expect("it is JSON"));
    let values: Vec<Value> = values.collect();
    for value in &values {
        let wrong: Vec<String> =
            validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}: {}", format.name(), wrong.join("\n"));
    }
    assert!(!validator.is_valid(&serde_json::json!({"version": 1})), "the schema asks for something");
    values
}

/// A report over both contracts, with a waiver, a baseline, a fix, a file that cannot be read and a
/// request that cannot be met.
fn full() -> (Report, Session) {
    let options =
        Options { rules: vec![RULES.into()], profile: Some("short".to_owned()), ..Options::default() };
    let session = Session::new(options);
    let paths = [FERRY, QUAY, "fixtures/formats/absent.md"];
    let mut report = session.check(&paths.map(|path| Input::Path(PathBuf::from(path))));
    assert_eq!(report.findings.len(), 3, "{:?}", report.findings);
    let file = report.sources.iter().find(|file| file.path == FERRY).expect("the contract was read");
    let heading = file.text.find("## 2. Step-in").expect("it is there");
    let words = file.text.find("thirty (45)").expect("it is there");
    let edit =
        Edit { span: Span::new(file.id, words..words + 11), replacement: "forty-five (45)".to_owned() };
    report.waivers.push(Waiver {
        span: Span::new(file.id, heading..heading + 13),
        allows: vec!["step-in".to_owned()],
        reason: "the hosting is not critical; agreed with {risk}".to_owned(),
        by: Some("counsel".to_owned()),
        until: Some("2027-03-31".to_owned()),
        reach: Reach::Section,
        clause: "2".to_owned(),
        covers: Span::new(file.id, heading..words),
        hides: 1,
        standing: WaiverStanding::InForce,
    });
    let waived = report.findings.remove(0);
    let mut known = report.findings[0].clone();
    report.findings[0].fix = Some(Fix {
        title: "write the number in words".to_owned(),
        edits: vec![edit],
        applicability: Applicability::Unsafe,
    });
    known.message = "\"thirty (45)\" was there before".to_owned();
    report.hidden = vec![
        Hidden { finding: waived, by: HiddenBy::Waiver(0) },
        Hidden { finding: known, by: HiddenBy::Baseline },
    ];
    let usage = Finding::new(Code::Usage, Severity::Error, "no pack is called dorra", Anchor::Nowhere);
    report.failures.push(usage.help("did you mean dora?"));
    (report, session)
}

/// As a run that failed looks.
fn look() -> Look {
    Look { fail_on: FailOn::Error, exit: Some(2), ..Look::default() }
}

#[test]
fn every_format_over_two_contracts() {
    for format in Format::ALL {
        let output =
            run(&["check", "--rules", RULES, "--profile", "short", "--format", format.name(), FERRY, QUAY]);
        assert_eq!((code(&output), err(&output).matches("error[").count()), (1, 0), "{}", err(&output));
        valid(format, &out(&output));
        // The log with the help of its rules is in the snapshot of the whole report.
        if format != Format::Sarif {
            insta::assert_snapshot!(format!("check_{}", format.name()), out(&output));
        }
    }
}

#[test]
fn every_format_with_hidden_findings_and_failures() {
    let (report, session) = full();
    for format in Format::ALL {
        let text = render(&report, session.rules(), format, look());
        valid(format, &text);
        if format != Format::Text {
            let name = format!("full_{}", format.name());
            insta::assert_snapshot!(name, text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
        }
        // Text has its failures on standard error.
        if ![Format::Text, Format::Gitlab].contains(&format) {
            assert!(text.contains("no pack is called dorra"), "{}: {text}", format.name());
        }
        if format != Format::Text {
            assert!(text.contains("no such file"), "{}: {text}", format.name());
        }
        let absent = text.contains("no escrow clause (it could go in here)");
        let says = matches!(format, Format::Text | Format::Json | Format::Jsonl);
        assert!(absent || says, "{}: {text}", format.name());
    }
}

#[test]
fn an_empty_run_is_a_report_too() {
    let rules = RuleSet::load(&mut Sources::new(), Vec::new()).0;
    for format in Format::ALL {
        let text = render(&Report::default(), &rules, format, Look::default());
        valid(format, &text);
        let expected = match format {
            Format::Concise | Format::Github | Format::Jsonl => "",
            Format::Gitlab => "[]\n",
            _ => continue,
        };
        assert_eq!(text, expected, "{}", format.name());
    }
}

#[test]
fn a_sarif_log_is_consistent_in_itself() {
    let (report, session) = full();
    let text = render(&report, session.rules(), Format::Sarif, look());
    let log: Value = serde_json::from_str(&text).expect("it is JSON");
    let run = &log["runs"][0];
    let array = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let index = |value: &Value| usize::try_from(value.as_u64().expect("an index")).expect("it fits");
    let rules = array(&run["tool"]["driver"]["rules"]);
    let artifacts = array(&run["artifacts"]);
    let results = array(&run["results"]);
    assert_eq!(results.len(), report.findings.len() + report.hidden.len());
    let ids: BTreeSet<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids.len(), rules.len(), "each rule stands once");
    let mut used = BTreeSet::new();
    for result in &results {
        let rule = &rules[index(&result["ruleIndex"])];
        assert_eq!(rule["id"], result["ruleId"]);
        used.insert(index(&result["ruleIndex"]));
        let related = array(&result["relatedLocations"]);
        for location in array(&result["locations"]).iter().chain(&related) {
            let place = &location["physicalLocation"];
            let artifact = &artifacts[index(&place["artifactLocation"]["index"])];
            assert_eq!(artifact["location"]["uri"], place["artifactLocation"]["uri"]);
            let path = place["artifactLocation"]["uri"].as_str().expect("a path");
            let file = std::fs::read_to_string(path).expect("the contract is there");
            assert_eq!(
                words(&file, &place["region"]),
                place["region"]["snippet"]["text"].as_str().unwrap_or("")
            );
        }
    }
    assert_eq!(used.len(), rules.len(), "no rule stands there for nothing");
    let suppressed =
        |kind: &str| results.iter().filter(|result| result["suppressions"][0]["kind"] == kind).count();
    assert_eq!((suppressed("inSource"), suppressed("external")), (1, 1));
    let invocation = &run["invocations"][0];
    assert_eq!((&invocation["exitCode"], &invocation["executionSuccessful"]), (&2.into(), &false.into()));
    let told = array(&invocation["toolConfigurationNotifications"]).len()
        + array(&invocation["toolExecutionNotifications"]).len();
    assert_eq!(told, report.failures.len());
}

/// The words of a region, found as the standard says: lines and code points from 1, the end excluded.
fn words(file: &str, region: &Value) -> String {
    let number = |key: &str| usize::try_from(region[key].as_u64().expect("a number")).expect("it fits");
    let lines: Vec<&str> = file.split('\n').collect();
    assert!(number("endLine") <= lines.len(), "the region lies in the file");
    let part = |line: usize, from: usize, to: usize| -> String {
        let count = lines[line - 1].chars().count();
        assert!(from <= count + 1 && to <= count + 1, "the columns lie on the line");
        lines[line - 1].chars().skip(from - 1).take(to - from).collect()
    };
    let (first, last) = (number("startLine"), number("endLine"));
    if first == last {
        return part(first, number("startColumn"), number("endColumn"));
    }
    let mut text = part(first, number("startColumn"), lines[first - 1].chars().count() + 1);
    for line in first + 1..last {
        text.push('\n');
        text.push_str(lines[line - 1]);
    }
    text.push('\n');
    text.push_str(&part(last, 1, number("endColumn")));
    text
}

#[test]
fn junit_is_red_when_the_run_is() {
    let counted = |level: FailOn| {
        let (report, session) = full();
        let text = render(&report, session.rules(), Format::Junit, Look { fail_on: level, ..look() });
        let document = roxmltree::Document::parse(&text).expect("it is XML");
        let root = document.root_element();
        let count = |of: roxmltree::Node<'_, '_>, name: &str| {
            of.descendants().filter(|node| node.has_tag_name(name)).count().to_string()
        };
        let names =
            [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")];
        for suite in root.descendants().filter(|node| node.tag_name().name().starts_with("testsuite")) {
            for (attribute, element) in names {
                assert_eq!(suite.attribute(attribute), Some(count(suite, element).as_str()), "{text}");
            }
        }
        let clean = root.children().find(|suite| suite.attribute("name") == Some(QUAY)).expect("a suite");
        assert_eq!(clean.attribute("tests"), Some("1"));
        assert_eq!(clean.first_element_child().and_then(|case| case.attribute("name")), Some("no findings"));
        (root.attribute("failures").map(str::to_owned), root.attribute("errors").map(str::to_owned))
    };
    let (two, one, none) = (Some("2".to_owned()), Some("1".to_owned()), Some("0".to_owned()));
    assert_eq!(counted(FailOn::Warning), (two.clone(), two.clone()));
    assert_eq!(counted(FailOn::Error), (one, two.clone()));
    assert_eq!(counted(FailOn::Never), (none, two));
}

#[test]
fn gitlab_gets_a_fingerprint_of_its_own_for_each_finding() {
    let (mut report, session) = full();
    let twice = report.findings[0].clone();
    report.findings.insert(1, twice);
    let text = render(&report, session.rules(), Format::Gitlab, look());
    let entries = valid(Format::Gitlab, &text).remove(0);
    let entries = entries.as_array().expect("an array");
    let prints: BTreeSet<&str> = entries.iter().filter_map(|entry| entry["fingerprint"].as_str()).collect();
    assert_eq!(prints.len(), entries.len());
}

#[test]
fn a_missing_clause_stands_on_a_line_that_exists() {
    let (report, session) = full();
    let lines = std::fs::read_to_string(FERRY).expect("the contract is there").lines().count();
    let text = render(&report, session.rules(), Format::Concise, look());
    let line = text.lines().find(|line| line.contains("no escrow clause")).expect("it is told");
    let number: usize = line.split(':').nth(1).and_then(|number| number.parse().ok()).expect("a line");
    assert!(number >= 1 && number <= lines, "{line}");
}

/// What could end a field, a line, a table cell or a tag, steer a terminal or call somebody.
const NASTY: &str = "x\u{1b}[31m\u{9b}2J\u{202e}\u{7}\u{fffe}|`~~~<b>&amp;</script>]]>@team #1 \
                     [a](https://evil.example) www.evil.example {0} 100%,a:b\r\n::error::owned\n# pwned\n";

/// A report on a file with a nasty name, in nasty words.
fn nasty() -> Report {
    let mut report = Report::default();
    let name = format!("con/{}.md", NASTY.replace('/', "\u{2215}").trim_end());
    let file = report.sources.add(name, format!("# {NASTY} agreement\n{NASTY}"));
    let at = |from: usize, to: usize| Span::new(file, from..to);
    let mut finding = Finding::new(Code::Slip(NASTY.into()), Severity::Error, NASTY, Anchor::Span(at(2, 60)))
        .at(NASTY)
        .label(at(70, 90), NASTY)
        .note(NASTY)
        .help(NASTY);
    finding.clause_label = Some(NASTY.to_owned());
    finding.fix = Some(Fix {
        title: NASTY.to_owned(),
        edits: vec![Edit { span: at(2, 3), replacement: NASTY.to_owned() }],
        applicability: Applicability::Safe,
    });
    let waiver = Waiver {
        span: at(0, 2),
        allows: vec![NASTY.to_owned()],
        reason: NASTY.to_owned(),
        by: Some(NASTY.to_owned()),
        until: Some(NASTY.to_owned()),
        reach: Reach::File,
        clause: NASTY.to_owned(),
        covers: at(0, 100),
        hides: 1,
        standing: WaiverStanding::InForce,
    };
    report.waivers.push(waiver);
    report.hidden.push(Hidden { finding: finding.clone(), by: HiddenBy::Waiver(0) });
    report.failures.push(Finding::new(Code::Usage, Severity::Error, NASTY, Anchor::Nowhere));
    report.findings.push(finding);
    report
}

#[test]
fn no_text_of_a_contract_breaks_out_of_a_format() {
    let report = nasty();
    let rules = RuleSet::load(&mut Sources::new(), Vec::new()).0;
    for format in Format::ALL {
        let text = render(&report, &rules, format, look());
        let steers = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}');
        assert!(!text.contains(steers), "{}: {text:?}", format.name());
        let lines = || text.lines().collect::<Vec<_>>();
        match format {
            Format::Concise => assert_eq!(lines().len(), 2, "{text}"),
            Format::Github => {
                assert_eq!(lines().len(), 2, "{text}");
                for line in lines() {
                    let properties = line.strip_prefix("::error ").and_then(|rest| rest.split_once("::"));
                    let names = |list: &str| {
                        list.split(',')
                            .map(|one| one.split('=').next().map(str::to_owned))
                            .collect::<Vec<_>>()
                    };
                    let (properties, _) = properties.expect("a command with properties");
                    let known = ["file", "line", "col", "endLine", "endColumn", "title"];
                    let strange = |name: &Option<String>| !known.iter().any(|k| Some(*k) == name.as_deref());
                    assert!(!names(properties).iter().any(strange), "{properties}");
                }
            }
            Format::Junit => {
                let document = roxmltree::Document::parse(&text).expect("it is XML");
                let known =
                    ["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"];
                let strange = |node: &roxmltree::Node<'_, '_>| {
                    node.is_element() && !known.contains(&node.tag_name().name())
                };
                assert!(!document.descendants().any(|node| strange(&node)), "{text}");
                assert!(
                    document.descendants().any(|node| node.text().is_some_and(|t| t.contains("<b>&amp;")))
                );
            }
            Format::Markdown => assert_markdown_is_ours(&text),
            _ => {
                valid(format, &text);
            }
        }
    }
}

/// Markdown with nothing in it that a contract could have put there: no links, images, code, rules;
/// only our own tags, and no word that a service takes for a mention or a link.
fn assert_markdown_is_ours(text: &str) {
    let mut shown = String::new();
    for event in Parser::new_ext(text, pulldown_cmark::Options::all()) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::BlockQuote(_))
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::Rule
            | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
                if !matches!(event, Event::Start(Tag::Strong)) =>
            {
                panic!("{event:?} in {text}")
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let tags = ["<code>", "</code>", "<!-- -->", "</details>"];
                let ours = tags.contains(&html.trim()) || html.starts_with("<details><summary>");
                assert!(ours, "{html}");
                // Two words for a service, as a comment stands between them.
                shown.push('\u{0}');
            }
            Event::Text(words) => shown.push_str(&words),
            Event::Start(Tag::Heading { .. }) => shown.push_str("\nheading "),
            _ => {}
        }
    }
    for caller in ["@team", "#1 ", "https://", "www.evil"] {
        assert!(!shown.contains(caller), "{caller} in {shown:?}");
    }
    assert!(shown.contains("<b>&\u{0}amp;</script>") && shown.contains("[a](https:\u{0}//evil"), "{shown:?}");
    assert!(!shown.contains("heading pwned"), "{shown:?}");
}

#[test]
fn a_long_summary_stays_short_enough_for_a_comment() {
    let (mut report, session) = full();
    let one = report.findings[0].clone();
    report.findings = std::iter::repeat_n(one, 5000).collect();
    let text = render(&report, session.rules(), Format::Markdown, look());
    assert!(text.len() < 65_000, "{}", text.len());
    let told = text.lines().filter(|line| line.starts_with("- **")).count();
    let left = format!("\n{} findings more did not fit here.\n", 5000 - (told - report.failures.len()));
    assert!(text.ends_with(&left), "{left} {}", &text[text.len() - 200..]);
}

#[test]
fn places_in_many_files_take_no_quadratic_time() {
    // Not measured here, only run: 20,000 findings in 2,000 files would take minutes if each file
    // looked through all findings.
    let mut report = Report::default();
    for file in 0..2000 {
        let id = report.sources.add(format!("{file}.md"), "The Supplier shall serve.\n".repeat(20));
        assert_eq!(id, FileId::new(file));
        for at in 0..10 {
            let anchor = Anchor::Span(Span::new(id, at * 26..at * 26 + 3));
            report.findings.push(Finding::new(Code::Slip("slip".into()), Severity::Warning, "slip", anchor));
        }
    }
    let rules = RuleSet::load(&mut Sources::new(), Vec::new()).0;
    for format in Format::ALL {
        assert!(!render(&report, &rules, format, Look::default()).is_empty());
    }
}
