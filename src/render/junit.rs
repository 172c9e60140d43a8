//! `check --format junit`: a test report. A file is a suite and a finding a test; a contract without
//! findings is a test that passed. A test fails when its finding fails the run, so that the report is
//! red when the exit code is: other findings are told in tests that pass, hidden ones in skipped ones.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::grouping::{OfFile, by_file, why_hidden};
use super::place::{Place, headline, whole};
use super::visible::{visible, visible_lines};
use crate::finding::{Finding, Severity};
use crate::source::FileId;
use crate::triage::{FailOn, Report};

/// The suite of what concerns no file.
const NO_FILE: &str = "clauselint";

struct Suite {
    name: String,
    cases: Vec<Case>,
}

struct Case {
    name: String,
    line: Option<usize>,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    /// There is something to say, which fails no run.
    Told(String),
    Skipped(String),
    Failed(Trouble),
    Broken(Trouble),
}

/// What is wrong: a line for a list, a word for its kind, and the whole.
struct Trouble {
    message: String,
    kind: String,
    text: String,
}

/// The test report; tests fail for findings that fail the run.
#[must_use]
pub fn report(report: &Report, fail_on: FailOn) -> String {
    let files = by_file(report);
    let suites: Vec<Suite> = files.iter().map(|(file, of)| suite(*file, of, report, fail_on)).collect();
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let written = write(&mut writer, &suites);
    debug_assert!(written.is_ok(), "a vector takes all that is written to it");
    let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
    text.push('\n');
    text
}

fn suite(file: Option<FileId>, of: &OfFile<'_>, report: &Report, fail_on: FailOn) -> Suite {
    let path = file.and_then(|file| report.sources.get(file)).map(|file| file.path.as_str());
    let mut cases = Vec::new();
    for failure in &of.failures {
        // Advice on a rule file fails no run.
        let broken = failure.severity == Severity::Error;
        let outcome = if broken { Outcome::Broken(trouble(failure)) } else { told(failure) };
        cases.push(case(failure, report, outcome));
    }
    for finding in &of.findings {
        let fails = fail_on.reached_by(finding.severity);
        let outcome = if fails { Outcome::Failed(trouble(finding)) } else { told(finding) };
        cases.push(case(finding, report, outcome));
    }
    cases.extend(
        of.hidden
            .iter()
            .map(|hidden| case(&hidden.finding, report, Outcome::Skipped(why_hidden(hidden, report)))),
    );
    if cases.is_empty() {
        cases.push(Case { name: "no findings".to_owned(), line: None, outcome: Outcome::Passed });
    }
    Suite { name: path.unwrap_or(NO_FILE).to_owned(), cases }
}

fn case(finding: &Finding, report: &Report, outcome: Outcome) -> Case {
    // Without the line: a service knows a test again by its name.
    let name = format!("{}: {}", finding.code, headline(finding));
    Case { name, line: Place::of(finding, &report.sources).map(|place| place.start.line), outcome }
}

fn told(finding: &Finding) -> Outcome {
    Outcome::Told(format!("{}: {}", finding.severity, whole(finding)))
}

fn trouble(finding: &Finding) -> Trouble {
    Trouble { message: headline(finding), kind: finding.severity.to_string(), text: whole(finding) }
}

fn write(writer: &mut Writer<Vec<u8>>, suites: &[Suite]) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let counts = counts(suites.iter().flat_map(|suite| &suite.cases));
    let root = writer.create_element("testsuites").with_attribute(("name", "clauselint"));
    root.with_attributes(pairs(&counts)).write_inner_content(|writer| {
        for suite in suites {
            let counts = self::counts(&suite.cases);
            let name = attribute(&suite.name);
            let element = writer.create_element("testsuite").with_attribute(("name", &*name));
            element.with_attributes(pairs(&counts)).write_inner_content(|writer| {
                suite.cases.iter().try_for_each(|case| write_case(writer, case, &suite.name))
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

/// How many tests there are, and how many of them ended how.
fn counts<'a>(cases: impl IntoIterator<Item = &'a Case>) -> [(&'static str, String); 4] {
    let (mut all, mut failed, mut broken, mut skipped) = (0_usize, 0_usize, 0_usize, 0_usize);
    for case in cases {
        all += 1;
        match case.outcome {
            Outcome::Failed(_) => failed += 1,
            Outcome::Broken(_) => broken += 1,
            Outcome::Skipped(_) => skipped += 1,
            Outcome::Passed | Outcome::Told(_) => {}
        }
    }
    [("tests", all), ("failures", failed), ("errors", broken), ("skipped", skipped)]
        .map(|(name, count)| (name, count.to_string()))
}

fn pairs<'a>(counts: &'a [(&'static str, String)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    counts.iter().map(|(name, count)| (*name, count.as_str()))
}

fn write_case(writer: &mut Writer<Vec<u8>>, case: &Case, path: &str) -> std::io::Result<()> {
    let (name, file) = (attribute(&case.name), attribute(path));
    let line = case.line.map(|line| line.to_string());
    // Services take what follows a full stop for the name of a class.
    let class = file.strip_suffix(".md").unwrap_or(&file);
    let mut element = writer
        .create_element("testcase")
        .with_attribute(("name", &*name))
        .with_attribute(("classname", class));
    if path != NO_FILE {
        element = element.with_attribute(("file", &*file));
    }
    if let Some(line) = &line {
        element = element.with_attribute(("line", line.as_str()));
    }
    match &case.outcome {
        Outcome::Passed => element.write_empty()?,
        Outcome::Told(told) => element.write_inner_content(|writer| {
            writer.create_element("system-out").write_text_content(BytesText::new(&content(told)))?;
            Ok(())
        })?,
        Outcome::Skipped(why) => element.write_inner_content(|writer| {
            writer.create_element("skipped").with_attribute(("message", &*attribute(why))).write_empty()?;
            Ok(())
        })?,
        Outcome::Failed(trouble) => {
            element.write_inner_content(|writer| write_trouble(writer, "failure", trouble))?
        }
        Outcome::Broken(trouble) => {
            element.write_inner_content(|writer| write_trouble(writer, "error", trouble))?
        }
    };
    Ok(())
}

fn write_trouble(writer: &mut Writer<Vec<u8>>, name: &str, trouble: &Trouble) -> std::io::Result<()> {
    writer
        .create_element(name)
        .with_attribute(("message", &*attribute(&trouble.message)))
        .with_attribute(("type", &*trouble.kind))
        .write_text_content(BytesText::new(&content(&trouble.text)))?;
    Ok(())
}

/// A text of one line; XML turns line ends in attributes into spaces.
fn attribute(text: &str) -> String {
    allowed(&visible(&text.replace(['\r', '\n'], " ")))
}

fn content(text: &str) -> String {
    allowed(&visible_lines(text))
}

/// A text without the characters that XML has no way to write; control characters are escapes already.
fn allowed(text: &str) -> String {
    text.chars().filter(|character| !matches!(character, '\u{fffe}' | '\u{ffff}')).collect()
}
