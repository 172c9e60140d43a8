//! Waivers in contracts: what they hide, where people put them, what is said of those that hide
//! nothing, and the list of them for counsel.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use clauselint::document::{self, Document};
use clauselint::finding::{Code, Finding};
use clauselint::render::text;
use clauselint::session::{Configuration, Input, Options, Session};
use clauselint::source::{FileId, SourceFile};
use clauselint::triage::{Day, HiddenBy, Report, WaiverStanding};
use program::{code, err, out, run};

const ALL_KINDS: &str = "fixtures/waivers/quayside.md";

fn check(options: Options, text: &str) -> Report {
    let options = Options { profile: options.profile.or_else(|| Some("outsourcing".to_owned())), ..options };
    Session::new(options).check(&[Input::Bytes("a.md".to_owned(), text.as_bytes().to_vec())])
}

fn plain(text: &str) -> Report {
    static SESSION: LazyLock<Session> = LazyLock::new(|| {
        Session::new(Options { profile: Some("outsourcing".to_owned()), ..Options::default() })
    });
    SESSION.check(&[Input::Bytes("a.md".to_owned(), text.as_bytes().to_vec())])
}

fn on(day: &str) -> Options {
    Options { today: Day::parse(day), ..Options::default() }
}

/// How many findings of a code are reported and how many are hidden.
fn counts(report: &Report, code: &str) -> (usize, usize) {
    let is = |finding: &&Finding| finding.code.to_string() == code;
    let hidden = report.hidden.iter().map(|hidden| &hidden.finding);
    (report.findings.iter().filter(is).count(), hidden.filter(is).count())
}

/// What is said of waivers: message, and the last advice.
fn said(report: &Report) -> Vec<(String, String)> {
    let waivers = report.findings.iter().filter(|finding| finding.code == Code::Waiver);
    waivers
        .map(|finding| (finding.message.clone(), finding.help.last().cloned().unwrap_or_default()))
        .collect()
}

/// The words that the findings on waivers point at.
fn pointed(report: &Report) -> Vec<&str> {
    let waivers = report.findings.iter().filter(|finding| finding.code == Code::Waiver);
    let spans = waivers.filter_map(|finding| finding.anchor.span());
    spans.filter_map(|span| Some(report.sources.get(span.file())?.slice(span))).collect()
}

fn standings(report: &Report) -> Vec<(WaiverStanding, usize)> {
    report.waivers.iter().map(|waiver| (waiver.standing, waiver.hides)).collect()
}

#[test]
fn the_list_for_people() {
    let output = run(&["waivers", ALL_KINDS]);
    assert_eq!((code(&output), err(&output)), (0, String::new()));
    insta::assert_snapshot!(out(&output));
}

#[test]
fn the_list_for_spreadsheets() {
    let output = run(&["waivers", "--format", "csv", ALL_KINDS]);
    assert_eq!(code(&output), 0);
    // insta's files keep no CR.
    assert!(out(&output).ends_with("\r\n"));
    insta::assert_snapshot!(out(&output).replace("\r\n", "\n"));
}

#[test]
fn the_list_for_programs_is_as_its_schema_says() {
    let printed = out(&run(&["waivers", "--format", "json", ALL_KINDS, "fixtures/contracts"]));
    let schema: serde_json::Value =
        serde_json::from_str(&out(&run(&["schema", "waivers"]))).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let mut list: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
    let wrong: Vec<String> = validator.iter_errors(&list).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!validator.is_valid(&serde_json::json!({"version": 1})), "the schema asks for something");
    assert_eq!((&list["version"], &list["contracts"]), (&1.into(), &5.into()));
    list["tool"]["version"] = "-".into();
    let shown = serde_json::to_string_pretty(&list).expect("it is JSON");
    insta::assert_snapshot!(shown);
}

#[test]
fn a_contract_without_waivers_has_an_empty_list() {
    let output = run(&["waivers", "fixtures/contracts/harbour-msa.md"]);
    assert_eq!((code(&output), out(&output)), (0, "no waivers in 1 contract\n".to_owned()));
}

#[test]
fn what_check_says_of_waivers() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(ALL_KINDS)).expect("it is there");
    let report = check(on("2026-11-22"), &text);
    let waivers = report.findings.iter().filter(|finding| finding.code == Code::Waiver);
    insta::assert_snapshot!(text::findings(waivers, &report.sources, false));
    assert!(report.summary().contains("; 5 findings waived"), "{}", report.summary());
    assert_eq!(counts(&report, "missing-exit-transition"), (0, 1));
}

#[test]
fn a_run_whose_errors_are_all_waived_is_clean() {
    let text = "# Services Agreement\n\n1. Payment. The Customer shall pay the Supplier within thirty (60) days. @\n";
    let nda = |text: &str| check(Options { profile: Some("nda".to_owned()), ..Options::default() }, text);
    let errors = |report: &Report| report.fails(clauselint::triage::FailOn::Error);
    let open = nda(&text.replace('@', ""));
    let names: Vec<String> = open.findings.iter().map(|finding| finding.code.to_string()).collect();
    assert!(errors(&open) && names.contains(&"number-mismatch".to_owned()), "{names:?}");
    let waiver = format!("<!-- clauselint: allow-file({}) agreed -->", names.join(", "));
    let waived = nda(&text.replace('@', &waiver));
    assert!(!errors(&waived), "{:?}", said(&waived));
    assert_eq!((waived.findings.len(), waived.clean()), (0, 1), "{:?}", said(&waived));
}

/// Contracts of every make with a slip in the place where a waiver may stand (`@`).
const PLACES: [(&str, &str); 14] = [
    ("above an ATX heading", "# A\n\n@\n## 2. Notice within thirty (60) days\n\n2.1 Text.\n"),
    ("in an ATX heading", "# A\n\n## 2. Notice within thirty (60) days @\n\n2.1 Text.\n"),
    ("under a heading", "# A\n\n## 2. Notice within thirty (60) days\n\n@\n\n2.1 Text.\n"),
    ("in a setext heading", "A\n===\n\n2. Notice within thirty (60) days @\n---\n\n2.1 Text.\n"),
    (
        "above a numbered paragraph",
        "# A\n\n## 2. B\n\n@\n2.1 The Customer shall pay within thirty (60) days.\n",
    ),
    (
        "after a numbered paragraph",
        "# A\n\n## 2. B\n\n2.1 The Customer shall pay within thirty (60) days. @\n",
    ),
    (
        "below a numbered paragraph",
        "# A\n\n## 2. B\n\n2.1 The Customer shall pay within thirty (60) days.\n@\n\n2.2 C.\n",
    ),
    ("inside a sentence", "# A\n\n2.1 The Customer shall @ pay within thirty (60) days.\n"),
    ("in an item", "# A\n\n1. The Customer shall:\n   - pay within thirty (60) days; @\n   - do more.\n"),
    (
        "above an item",
        "# A\n\n1. The Customer shall:\n\n   @\n   - pay within thirty (60) days;\n   - do more.\n",
    ),
    ("on the clause of an item", "# A\n\n@\n1. The Customer shall:\n\n   (a) pay within thirty (60) days.\n"),
    ("at a run-in title", "# A\n\n4.1. **Payment.** @ The Customer shall pay within thirty (60) days.\n"),
    (
        "in a row",
        "# A\n\n## 2. B\n\n| a | b |\n|---|---|\n| fee | due within thirty (60) days @ |\n| x | y |\n",
    ),
    ("in a quote", "# A\n\n> 2.1 The Customer shall pay within thirty (60) days.\n> @\n"),
];

#[test]
fn a_waiver_works_wherever_people_put_it() {
    let waiver = "<!-- clauselint: allow(number-mismatch) meant so -->";
    for (place, text) in PLACES {
        for line_end in ["\n", "\r\n"] {
            let text = text.replace('\n', line_end);
            let open = plain(&text.replace('@', ""));
            assert_eq!(counts(&open, "number-mismatch"), (1, 0), "{place}");
            let waived = plain(&text.replace('@', waiver));
            assert_eq!(counts(&waived, "number-mismatch"), (0, 1), "{place}: {:?}", said(&waived));
            assert_eq!(said(&waived), [], "{place}");
        }
    }
}

#[test]
fn a_waiver_of_several_lines_works_too() {
    let waiver = "<!--\n  clauselint:\n    allow(number-mismatch)\n  meant\n  so\n-->";
    // In a row or heading a line end is the end; in an item or quote each line would need its mark.
    let one_line =
        |place: &str| ["row", "heading", "above an item", "quote"].iter().any(|of| place.contains(of));
    for (place, text) in PLACES.iter().filter(|(place, _)| !one_line(place)) {
        let waived = plain(&text.replace('@', waiver));
        assert_eq!(counts(&waived, "number-mismatch"), (0, 1), "{place}: {:?}", said(&waived));
    }
}

/// The clauses as a reader sees them.
fn clauses(document: &Document) -> Vec<String> {
    let cited = (1..document.clauses.len()).map(|at| {
        let id = document::ClauseId(u32::try_from(at).unwrap_or(u32::MAX));
        let title = document.clause(id).title.clone().map_or("", |title| document.prose.slice(title));
        format!("{} [{title}] {}", document.citation(id), document.clause(id).depth)
    });
    cited.collect()
}

#[test]
fn a_comment_changes_no_clause() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let read = |text: &str| document::parse(&SourceFile::new(FileId::default(), "a.md", text));
    let mut wrong = Vec::new();
    for folder in ["contracts", "styles"] {
        for entry in fs::read_dir(root.join(folder)).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            let text = fs::read_to_string(&path).expect("it can be read");
            let before = clauses(&read(&text));
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                let from = at;
                at += line.len();
                let empty_above = text[..from].ends_with("\n\n");
                let words = line.trim_start();
                if !empty_above || words.is_empty() || words.starts_with(['|', '<', '`']) {
                    continue;
                }
                let indent = &line[..line.len() - words.len()];
                let with = format!("{}{indent}<!-- drafting note -->\n{}", &text[..from], &text[from..]);
                let after = clauses(&read(&with));
                if after != before {
                    wrong.push(format!("{}: {}", path.display(), line.trim_end()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is missing from a contract, and the line where that is shown.
fn missing(report: &Report) -> Vec<(String, usize)> {
    let absent = report.findings.iter().filter(|finding| matches!(finding.code, Code::Missing(_)));
    let shown = absent.filter_map(|finding| {
        let span = finding.anchor.span()?;
        let line = report.sources.get(span.file())?.position(span.start()).line;
        Some((finding.code.to_string(), line))
    });
    shown.collect()
}

#[test]
fn what_is_missing_can_be_waived_where_it_is_shown_and_at_the_top() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("fixtures/contracts/lakeside-support.md")).expect("it is there");
    let with = |line: usize, waiver: &str| {
        let lines = text.lines().enumerate().map(|(at, words)| match at + 1 == line {
            true => format!("{words} <!-- clauselint: {waiver} nothing to hand over -->\n"),
            false => format!("{words}\n"),
        });
        plain(&lines.collect::<String>())
    };
    let missing = missing(&plain(&text));
    assert!(missing.len() > 5, "{missing:?}");
    let mut lines = Vec::new();
    for (code, line) in missing {
        let rule = code.trim_start_matches("missing-");
        let last = text.lines().count();
        for (line, waiver) in [
            (line, format!("allow({code})")),
            (1, format!("allow({rule})")),
            (2, format!("allow({code})")),
            (last, format!("allow-file({code})")),
        ] {
            let report = with(line, &waiver);
            assert_eq!(counts(&report, &code), (0, 1), "{waiver} in line {line}: {:?}", said(&report));
        }
        lines.push(line);
    }
    lines.dedup();
    assert!(lines.len() > 1, "they are shown in several places");
    let elsewhere = with(23, "allow(missing-exit-transition)");
    assert_eq!(counts(&elsewhere, "missing-exit-transition"), (1, 0));
    let said = said(&elsewhere);
    assert_eq!(said[0].0, "the waiver of missing-exit-transition hides nothing");
    assert!(said[0].1.contains("write allow-file(missing-exit-transition)"), "{said:?}");
}

/// A contract with one slip in clause 1.1 and one in 1.2.
const TWO: &str = "# Services Agreement\n\n@top@\n\n## 1. Fees\n\n1.1 The Customer shall pay within thirty (60) days. \
                   @one@\n\n1.2 The Supplier shall refund within ten (20) days. @two@\n";

fn two(marks: &[(&str, &str)]) -> String {
    let parts = TWO.split('@').enumerate().map(|(at, part)| match at % 2 {
        0 => part.to_owned(),
        _ => {
            let waivers = marks.iter().filter(|(mark, _)| *mark == part);
            waivers.map(|(_, waiver)| format!("<!-- clauselint: {waiver} -->")).collect()
        }
    });
    parts.collect()
}

#[test]
fn the_narrowest_waiver_hides_a_finding_and_the_others_are_told() {
    let report = plain(&two(&[
        ("top", "allow-file(number-mismatch) r"),
        ("one", "allow(number-mismatch) r"),
        ("two", "allow(number-mismatch, number-mismatch) r"),
    ]));
    let narrow =
        [(WaiverStanding::HidesNothing, 0), (WaiverStanding::InForce, 1), (WaiverStanding::InForce, 1)];
    assert_eq!(standings(&report), narrow);
    assert_eq!(pointed(&report), ["number-mismatch", "number-mismatch"]);
    let said = said(&report);
    assert!(said[0].1.contains("the waiver in line 7 allows"), "{said:?}");
    assert!(said[1].1.contains("the waiver in line 9 allows"), "{said:?}");
    let by: Vec<HiddenBy> = report.hidden.iter().map(|hidden| hidden.by).collect();
    assert_eq!(by, [HiddenBy::Waiver(1), HiddenBy::Waiver(2)]);
}

#[test]
fn a_waiver_that_hides_nothing_says_where_its_finding_is() {
    let help = |waiver: &str| said(&plain(&two(&[("one", waiver)]))).pop().expect("it is told").1;
    let other = plain(&two(&[("top", "allow(number-mismatch) r")]));
    assert!(said(&other)[0].1.contains("it is found in line 7: put the waiver there"), "{:?}", said(&other));
    let text = "# A\n\n## 1. Fees @\n\nText.\n\n1.1 The Customer shall pay within thirty (60) days.\n\n## 2. More\n\nText.\n";
    let text = text.replace('@', "<!-- clauselint: allow(number-mismatch) r -->");
    assert!(said(&plain(&text))[0].1.contains("line 7, in a clause below this one: write allow-section"));
    assert!(help("allow(placeholder) r").contains("nothing of this kind is found in the contract"));
}

#[test]
fn waivers_of_several_files_keep_their_findings_apart() {
    let inputs = ["a.md", "b.md"]
        .map(|name| Input::Bytes(name.to_owned(), two(&[("one", "allow(number-mismatch) r")]).into_bytes()));
    let options = Options { profile: Some("outsourcing".to_owned()), ..Options::default() };
    let report = Session::new(options).check(&inputs);
    assert_eq!(standings(&report), [(WaiverStanding::InForce, 1); 2]);
    for hidden in &report.hidden {
        let HiddenBy::Waiver(at) = hidden.by else { panic!("{hidden:?}") };
        let file = hidden.finding.anchor.span().map(clauselint::source::Span::file);
        assert_eq!(Some(report.waivers[at].span.file()), file);
    }
}

#[test]
fn each_mistake_points_at_its_words() {
    let mistake = |waiver: &str| {
        let report = plain(&two(&[("one", waiver)]));
        assert_eq!(counts(&report, "number-mismatch"), (2, 0), "{waiver}");
        assert_eq!(report.waivers.len(), 1, "{waiver}");
        let words = pointed(&report).first().map(|words| (*words).to_owned());
        let (message, help) = said(&report).into_iter().next().expect("it is told");
        format!("{waiver}\n  [{}] {message}\n  {help}\n", words.unwrap_or_default())
    };
    let mistakes = [
        "allow(number-mismatch)",
        "allow(number-mismatch) ...; by: me",
        "allow(number-mismach) meant so",
        "allow(all) meant so",
        "allow(waiver) meant so",
        "allow(dora) meant so",
        "allow(exit-transition.assistance) meant so",
        "allow() meant so",
        "allow number-mismatch meant so",
        "allow(number-mismatch meant so",
        "alow(number-mismatch) meant so",
        "ignore(number-mismatch) meant so",
        "",
        "allow(number-mismatch) meant so; untill: 2027-03-31",
        "allow(number-mismatch) meant so; see: annex",
        "allow(number-mismatch) meant so; until: 31 March 2027",
        "allow(number-mismatch) meant so; until: 2027-02-30",
        "allow(number-mismatch) meant so; by: a; by: b",
        "allow(number-mismatch) meant so; by:",
    ];
    insta::assert_snapshot!(mistakes.map(mistake).concat());
}

#[test]
fn a_comment_without_an_end_is_told() {
    let text = "# A\n\n1. Text.\n\n<!-- clauselint: allow(placeholder) meant so\n\n2. The rest is lost.\n";
    let report = plain(text);
    assert_eq!(said(&report)[0].0, "the comment of this waiver is not closed");
    assert_eq!(standings(&report), [(WaiverStanding::Mistaken, 0)]);
}

#[test]
fn a_waiver_holds_to_the_end_of_its_last_day() {
    let text = two(&[("one", "allow(number-mismatch) meant so; until: 2027-03-31")]);
    for (day, hidden) in [("2027-03-30", 1), ("2027-03-31", 1), ("2027-04-01", 0)] {
        let report = check(on(day), &text);
        assert_eq!(counts(&report, "number-mismatch"), (2 - hidden, hidden), "{day}");
        assert_eq!(said(&report).len(), 1 - hidden, "{day}");
    }
    let report = check(on("2028-01-01"), &text);
    assert_eq!(pointed(&report), ["2027-03-31"]);
    assert_eq!(standings(&report), [(WaiverStanding::Ended, 0)]);
    assert_eq!(counts(&plain(&text), "number-mismatch"), (1, 1), "no clock, no end");
}

#[test]
fn an_end_without_its_semicolon_is_told() {
    for reason in ["meant so until: 2027-03-31", "meant so UNTIL 2027-03-31."] {
        let report = plain(&two(&[("one", &format!("allow(number-mismatch) {reason}"))]));
        assert_eq!(counts(&report, "number-mismatch"), (2, 0), "{reason}");
        let (message, advice) = said(&report).remove(0);
        assert_eq!(message, "the end of this waiver, 2027-03-31, stands in its reason and ends nothing");
        assert!(advice.ends_with("allow(number-mismatch) the reason; until: 2027-03-31"), "{advice}");
    }
    let report = plain(&two(&[("one", "allow(number-mismatch) meant so until the next draft")]));
    assert_eq!(counts(&report, "number-mismatch"), (1, 1), "words that name no day are a reason");
}

#[test]
fn settings_can_ask_for_an_approver_and_an_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let ask = |approver: bool, end: bool, waiver: &str| {
        let file = folder.path().join("clauselint.toml");
        std::fs::write(&file, format!("[waivers]\napprover = {approver}\nend = {end}\n")).expect("written");
        let configuration = Configuration::File(file);
        let report = check(Options { configuration, ..on("2026-01-01") }, &two(&[("one", waiver)]));
        (
            counts(&report, "number-mismatch").1,
            said(&report).into_iter().map(|(message, _)| message).collect(),
        )
    };
    let bare = "allow(number-mismatch) meant so";
    let full = "allow(number-mismatch) meant so; by: counsel; until: 2027-01-01";
    let none: Vec<String> = Vec::new();
    assert_eq!(ask(false, false, bare), (1, none.clone()));
    assert_eq!(ask(true, true, full), (1, none));
    assert_eq!(ask(true, false, bare), (0, vec!["this waiver does not say who allowed it".to_owned()]));
    assert_eq!(ask(false, true, bare), (0, vec!["this waiver does not say until when it holds".to_owned()]));
    assert_eq!(ask(true, true, bare).1.len(), 2);
}

#[test]
fn what_a_run_did_not_look_for_is_not_called_stale() {
    let text =
        two(&[("top", "allow-file(dora/30.2-e) no financial entity"), ("one", "allow(number-mismatch) r")]);
    let report = plain(&text);
    assert_eq!(standings(&report)[0], (WaiverStanding::NotAsked, 0));
    assert_eq!(said(&report), []);
    let packs = vec!["dora".to_owned()];
    let report = check(Options { packs, ..Options::default() }, &text);
    assert_eq!(standings(&report)[0], (WaiverStanding::InForce, 1), "{:?}", said(&report));
    let text = two(&[("top", "allow-file(missing-exit-transition) r")]);
    let nda = check(Options { profile: Some("nda".to_owned()), ..Options::default() }, &text);
    assert_eq!(standings(&nda), [(WaiverStanding::NotAsked, 0)]);
}

#[test]
fn nothing_in_a_waiver_steers_a_terminal() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-waivers");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let path = folder.join("a.md");
    let waivers = [
        (
            "one",
            "allow(number-mismatch) =cmd|' /C calc'!A0 \u{1b}[31mred\u{202e} \"quoted\", said; by: @b\u{7}ob; until: \u{1b}[2J",
        ),
        ("two", "allow(number\u{1b}[31m\u{202e}) \u{9b}31m; b\u{1b}y: x; \u{202e}: y"),
    ];
    fs::write(&path, two(&waivers)).expect("the file can be written");
    let path = path.to_string_lossy().into_owned();
    let hostile = |text: &str| {
        text.chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r') || ('\u{202a}'..='\u{202e}').contains(&c))
    };
    for arguments in [
        vec!["waivers", "--profile", "outsourcing", &path],
        vec!["waivers", "--profile", "outsourcing", "--format", "csv", &path],
        vec!["check", "--profile", "outsourcing", "--verbose", &path],
    ] {
        let output = run(&arguments);
        assert!(!hostile(&out(&output)) && !hostile(&err(&output)), "{arguments:?}: {}", out(&output));
        assert!(out(&output).contains("\\u{1b}"), "{arguments:?}: {}", out(&output));
    }
    let csv = out(&run(&["waivers", "--profile", "outsourcing", "--format", "csv", &path]));
    assert!(csv.contains("\"'=cmd|' /C calc'!A0 ") && csv.contains("\"\"quoted\"\", said\""), "{csv}");
    assert!(csv.contains("\"'@b"), "{csv}");
}

#[test]
fn many_waivers_over_many_findings_take_no_longer_than_they_must() {
    // Each waiver covers each finding: looking at all pairs would be ten thousand million steps.
    let waiver = "<!-- clauselint: allow-file(number-mismatch) r -->\n";
    let clause = "The Customer shall pay within thirty (60) days.\n\n";
    let text = format!("# Services Agreement\n\n{}\n{}", waiver.repeat(100_000), clause.repeat(10_000));
    let source = SourceFile::new(FileId::default(), "a.md", text.as_str());
    let document = document::parse(&source);
    let findings: Vec<Finding> = text
        .match_indices("thirty")
        .map(|(at, words)| {
            let span = clauselint::source::Span::new(source.id, at..at + words.len());
            let anchor = clauselint::finding::Anchor::Span(span);
            let code = Code::Slip("number-mismatch".to_owned());
            Finding::new(code, clauselint::finding::Severity::Error, "slip", anchor)
        })
        .collect();
    let rules = clauselint::rule::RuleSet::builtin();
    let terms = clauselint::triage::suppress::Terms {
        rules: &rules,
        asked: &|_| true,
        policy: clauselint::settings::WaiverPolicy::default(),
        today: None,
    };
    let outcome = clauselint::triage::suppress::suppress(&document, &source, findings, &terms);
    assert_eq!((outcome.kept.len(), outcome.hidden.len(), outcome.findings.len()), (0, 10_000, 99_999));
}
