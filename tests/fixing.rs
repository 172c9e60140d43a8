//! `fix`: what it changes, what it leaves, and that it loses nothing.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;
mod scratch;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use clauselint::finding::Applicability;
use clauselint::fix::Plan;
use clauselint::session::{Configuration, Input, Options, Session};
use program::{code, command, err, out, run};
use scratch::folder;

/// A link to a clause that was renumbered and a term that lost its capitals once.
const DRAFT: &str = "# Services Agreement\n\nThis Agreement is made between Acme Ltd (\"Customer\") and Helix Ltd (\"Supplier\").\n\n\
    ## 1. Service Levels\n\n\"Service Levels\" means the levels of [clause 3](#4-term). The Supplier shall meet the Service Levels. \
    It reports on the Service Levels each month, and the Customer reviews the Service Levels each year. Whoever misses the \
    Service Levels pays.\n\n\
    ## 2. Fees\n\nThe Customer shall pay the fees for the [Service Levels](#1-service-levels) within 30 days.\n\n\
    ## 3. Term\n\nThis Agreement runs for three years and ends with [the fees](#2-fees). The Supplier shall meet the service levels \
    until then.\n";

fn path(folder: &Path, file: &str) -> String {
    folder.join(file).to_str().expect("the path is text").to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(path).expect("the file is there")
}

#[test]
fn a_link_is_mended_and_nothing_else_is_touched() {
    // A byte order mark, line ends of Windows and a last line without one stay as they are.
    let draft = format!("\u{feff}{}", DRAFT.replace('\n', "\r\n").trim_end());
    let file = path(&folder("link", &[("msa.md", &draft)]), "msa.md");
    let run = run(&["fix", "--no-config", &file]);
    assert_eq!(code(&run), 0, "{}", err(&run));
    let said = out(&run).replace(&file, "msa.md");
    assert_eq!(
        said,
        "msa.md:7:38: link to #3-term [broken-reference]\n\
         1 change made in 1 file; 1 more would alter what a contract says (--unsafe makes it)\n"
    );
    assert_eq!(read(&file), draft.replace("(#4-term)", "(#3-term)"));
}

#[test]
fn what_alters_the_contract_is_changed_only_when_asked_for() {
    let file = path(&folder("unsafe", &[("msa.md", DRAFT)]), "msa.md");
    let run = run(&["fix", "--no-config", "--unsafe", &file]);
    assert_eq!(code(&run), 0, "{}", err(&run));
    assert!(out(&run).ends_with("2 changes made in 1 file\n"), "{}", out(&run));
    let wanted = DRAFT.replace("(#4-term)", "(#3-term)").replace("the service levels", "the Service Levels");
    assert_eq!(read(&file), wanted);
}

#[test]
fn a_diff_shows_the_changes_and_writes_nothing() {
    let file = path(&folder("diff", &[("msa.md", DRAFT)]), "msa.md");
    let shown = run(&["fix", "--no-config", "--diff", &file]);
    assert_eq!(code(&shown), 1, "something would change");
    let diff = out(&shown);
    assert!(diff.starts_with(&format!("--- {file}\n+++ {file}\n@@ ")), "{diff}");
    let changed: Vec<&str> = diff.lines().skip(2).filter(|line| line.starts_with(['-', '+'])).collect();
    assert_eq!(changed.len(), 2, "{diff}");
    assert!(changed[0].contains("(#4-term)") && changed[1].contains("(#3-term)"), "{diff}");
    assert!(err(&shown).starts_with("1 change to make in 1 file"), "{}", err(&shown));
    assert_eq!(read(&file), DRAFT);
    let clean = path(&folder("clean", &[("msa.md", &DRAFT.replace("#4-term", "#3-term"))]), "msa.md");
    let shown = run(&["fix", "--no-config", "--diff", &clean]);
    assert_eq!((code(&shown), out(&shown)), (0, String::new()));
}

#[test]
fn standard_input_is_printed_with_its_changes_and_no_file_is_written() {
    let file = path(&folder("typed", &[("msa.md", "another text")]), "msa.md");
    let mut child = command(&["fix", "--no-config", "--stdin-filename", &file])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("it reads");
    input.write_all(DRAFT.as_bytes()).expect("it takes the text");
    drop(input);
    let run = child.wait_with_output().expect("it ends");
    assert_eq!(out(&run), DRAFT.replace("(#4-term)", "(#3-term)"));
    assert!(err(&run).contains("1 change made"), "{}", err(&run));
    assert_eq!(read(&file), "another text");
}

#[test]
fn a_schedule_that_the_user_did_not_name_is_left_alone() {
    let master = "# Services Agreement\n\nbetween Acme Ltd (\"Customer\") and Helix Ltd (\"Supplier\").\n\n\
                  ## 1. Services\n\n[Schedule 1](one.md) forms part of this Agreement. The Supplier shall provide the Services.\n";
    let folder = folder("set", &[("msa.md", master), ("one.md", DRAFT)]);
    let (master, schedule) = (path(&folder, "msa.md"), path(&folder, "one.md"));
    let alone = run(&["fix", "--no-config", &master]);
    assert!(out(&alone).starts_with("nothing to change"), "{}", out(&alone));
    assert_eq!(read(&schedule), DRAFT);
    let both = run(&["fix", "--no-config", folder.to_str().expect("the path is text")]);
    assert!(out(&both).contains("1 change made in 1 file"), "{}", out(&both));
    assert_ne!(read(&schedule), DRAFT);
}

#[test]
fn a_waived_finding_keeps_its_words() {
    let waived = DRAFT.replace(
        "## 1. Service",
        "<!-- clauselint: allow-file(broken-reference) the anchor is that of our site -->\n\n## 1. Service",
    );
    let file = path(&folder("waived", &[("msa.md", &waived)]), "msa.md");
    run(&["fix", "--no-config", &file]);
    assert_eq!(read(&file), waived);
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_left() {
    let folder = folder("protected", &[("msa.md", DRAFT)]);
    let file = path(&folder, "msa.md");
    let mut permissions = fs::metadata(&file).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).expect("it can be protected");
    let run = run(&["fix", "--no-config", &file]);
    assert_eq!(code(&run), 2);
    assert!(err(&run).contains("is write-protected, and is left as it is"), "{}", err(&run));
    assert_eq!((out(&run).as_str(), read(&file).as_str()), ("", DRAFT));
}

#[test]
fn links_to_files_are_followed_beside_the_contract_only() {
    let text = "# Services Agreement\n\nbetween Acme Ltd (\"Customer\") and Helix Ltd (\"Supplier\").\n\n## 1. Services\n\n\
                The Supplier shall provide what [Schedule 1](one.md), [the plan](plans/two%20b.pdf#page=3), [the policy](gone.pdf) \
                and [the law](../elsewhere.md) say, and what [the page](terms.html) and [the site](https://example.com/a.pdf) repeat.\n";
    let folder =
        folder("files", &[("msa.md", text), ("one.md", "# Schedule 1\n"), ("plans/two b.pdf", "%PDF-")]);
    let run = run(&["check", "--no-config", "--format", "concise", &path(&folder, "msa.md")]);
    let told = out(&run);
    let told: Vec<&str> = told.lines().filter(|line| line.contains("[broken-reference]")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("the link \"the policy\" leads to a file that is not there"), "{told:?}");
}

#[test]
fn a_diff_steers_no_terminal() {
    let draft = DRAFT.replace("the levels of", "the \u{1b}[2J\u{202e} levels of");
    let file = path(&folder("steering", &[("msa.md", &draft)]), "msa.md");
    let diff = out(&run(&["fix", "--no-config", "--diff", &file]));
    assert!(diff.contains("(#3-term)"), "{diff}");
    assert!(!diff.contains(['\u{1b}', '\u{202e}']), "{diff}");
}

/// After all changes of a contract are made there is nothing left to change, and nothing is found that was
/// not found before.
#[test]
fn changes_settle_what_they_are_for_and_break_nothing() {
    let session = Session::new(Options { configuration: Configuration::None, ..Options::default() });
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut texts = vec![DRAFT.to_owned()];
    for folder in ["contracts", "planted", "papers"] {
        let files = fs::read_dir(fixtures.join(folder)).expect("the fixtures are there");
        let paths = files.map(|file| file.expect("an entry").path());
        let contracts = paths.filter(|path| path.extension().is_some_and(|end| end == "md"));
        texts.extend(contracts.map(|path| fs::read_to_string(path).expect("it is text")));
    }
    let mut made = 0;
    for text in texts {
        let check = |text: &str| session.check(&[Input::Bytes("x.md".to_owned(), text.as_bytes().to_vec())]);
        let before = check(&text);
        let plan = Plan::of(&before.findings, Applicability::Unsafe);
        made += plan.made.len();
        let Some(file) = plan.files().next() else { continue };
        let fixed = plan.text(file, &text);
        let after = check(&fixed);
        assert!(Plan::of(&after.findings, Applicability::Unsafe).made.is_empty(), "{fixed}");
        assert_eq!(after.findings.len() + plan.made.len(), before.findings.len(), "{fixed}");
        let known = |code: &str| before.findings.iter().any(|finding| finding.code.text() == code);
        assert!(after.findings.iter().all(|finding| known(&finding.code.text())), "{fixed}");
    }
    assert!(made >= 2, "the draft alone has two");
}
