//! Findings for people, as a compiler shows them. The only importer of codespan_reporting.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use codespan_reporting::diagnostic::{Diagnostic, Label, Severity as Level};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::termcolor::Ansi;
use codespan_reporting::term::{self, Config, Styles, StylesWriter};

use super::Look;
use super::excerpt::{Excerpt, Mark, Placed};
use super::grouping::by_file;
use super::packs;
use super::short;
use super::visible::{visible, visible_lines, wrap};
use crate::finding::{Anchor, Finding, Severity};
use crate::rule::{RuleSet, Side};
use crate::source::{FileId, Sources, Span};
use crate::triage::{Counts, Report, Taken};

/// The widest text of notes and help, in characters.
const NOTE_WIDTH: usize = 92;

/// All findings of a report, a line a file, and the summary. The line of a contract says which
/// profile it was held against, and why.
#[must_use]
pub fn report(report: &Report, rules: &RuleSet, look: Look) -> String {
    let mut out = String::new();
    let mut shortened = false;
    let taken: BTreeMap<FileId, &Taken> = report.taken.iter().map(|taken| (taken.file, taken)).collect();
    let masters = report.masters();
    for (file, of) in by_file(report) {
        let mut after_line = false;
        for &finding in &of.findings {
            let line = (!look.verbose).then(|| short::line(finding, &report.sources)).flatten();
            shortened |= line.is_some();
            if after_line && line.is_none() {
                out.push('\n');
            }
            after_line = line.is_some();
            match line {
                Some(line) => out.push_str(&line),
                None if look.verbose => out.push_str(&finding_text(finding, &report.sources, look.colour)),
                None => {
                    let told = short::told(finding);
                    shortened |= told.help.len() < finding.help.len();
                    out.push_str(&finding_text(&told, &report.sources, look.colour));
                }
            }
        }
        if after_line {
            out.push('\n');
        }
        let Some(file) = file.and_then(|file| report.sources.get(file)) else { continue };
        let taken = taken.get(&file.id);
        if !look.quiet && (!of.findings.is_empty() || taken.is_some()) {
            let against = taken.map(|taken| format!(" · {}", against(taken)));
            let part_of = masters.get(&file.id).and_then(|&master| report.sources.get(master));
            let part_of = part_of.map(|master| format!(" · part of {}", visible(&master.path)));
            let against = against.or(part_of).unwrap_or_default();
            let _ = writeln!(out, "{}: {}{against}", visible(&file.path), Counts::of(of.findings));
        }
    }
    for list in &report.checklists {
        out.push('\n');
        out.push_str(
            packs::table(list, &report.sources, report.rules_of(list.file).unwrap_or(rules)).trim_end(),
        );
        out.push('\n');
    }
    if look.quiet {
        return out;
    }
    if !report.checklists.is_empty() {
        out.push('\n');
    }
    if shortened {
        out.push_str("notes and missing clauses are told in short: --verbose shows them whole\n");
    }
    out.push_str(&report.summary());
    out.push('\n');
    out
}

/// "profile sla (its title says "service level")", and for whom when that is not the customer.
pub(super) fn against(taken: &Taken) -> String {
    let side = match taken.side {
        Side::Customer => "",
        Side::Supplier => " · for the supplier",
    };
    format!("profile {} ({}){side}", visible(&taken.profile), visible(&taken.reason))
}

/// Findings one under the other, without a summary.
#[must_use]
pub fn findings<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    sources: &Sources,
    colour: bool,
) -> String {
    findings.into_iter().map(|finding| finding_text(finding, sources, colour)).collect()
}

/// One finding, ending with an empty line.
#[must_use]
pub fn finding_text(finding: &Finding, sources: &Sources, colour: bool) -> String {
    let pages = Pages::new(finding, sources);
    let mut diagnostic = Diagnostic::new(level(finding.severity))
        .with_code(visible(&finding.code.to_string()))
        .with_message(visible(&finding.message));
    diagnostic.labels = pages.labels();
    diagnostic.notes = notes(finding);
    let mut text = emit(&pages, &diagnostic, colour);
    if diagnostic.labels.is_empty()
        && let Some(place) = place(finding, sources)
        && let Some(end) = text.find('\n')
    {
        text.insert_str(end, &format!("\n  ┌─ {place}"));
    }
    text
}

const fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    }
}

fn emit(pages: &Pages, diagnostic: &Diagnostic<usize>, colour: bool) -> String {
    let config = Config::default();
    if !colour {
        // Only a page that codespan asks for and does not get makes this fail, and every label
        // lies on a page.
        return term::emit_into_string(&config, pages, diagnostic).unwrap_or_default();
    }
    let mut buffer = Ansi::new(Vec::new());
    let styles = Styles::default();
    let mut writer = StylesWriter::new(&mut buffer, &styles);
    let sent = term::emit_to_write_style(&mut writer, &config, pages, diagnostic);
    debug_assert!(sent.is_ok(), "every label lies on a page");
    String::from_utf8(buffer.into_inner()).unwrap_or_default()
}

fn notes(finding: &Finding) -> Vec<String> {
    let notes = finding.notes.iter().map(|note| block("", note));
    notes.chain(finding.help.iter().map(|help| block("help: ", help))).collect()
}

/// A text wrapped under its first words.
fn block(lead: &str, text: &str) -> String {
    let indent = " ".repeat(lead.len());
    let mut lines = Vec::new();
    // A command is not broken over lines: it is there to be copied.
    let bound = visible_lines(text).replace("clauselint explain ", "clauselint\u{a0}explain\u{a0}");
    for paragraph in bound.lines() {
        let width = NOTE_WIDTH - lead.len();
        // A line that fits keeps its spaces: they may stand for columns.
        let fits = paragraph.chars().count() <= width;
        let wrapped = if fits { vec![paragraph.to_owned()] } else { wrap(paragraph, width) };
        for line in wrapped {
            let front = if lines.is_empty() { lead } else { &indent };
            lines.push(format!("{front}{}", line.replace('\u{a0}', " ")));
        }
    }
    lines.join("\n")
}

/// `path:line:column` of a finding.
pub(super) fn place(finding: &Finding, sources: &Sources) -> Option<String> {
    let span = finding.anchor.span()?;
    let file = sources.get(span.file())?;
    let at = file.position(span.start());
    Some(format!("{}:{}:{}", visible(&file.path), at.line, at.column))
}

/// What a finding shows of each file, in the shape that codespan reads.
struct Pages {
    pages: Vec<Page>,
}

struct Page {
    name: String,
    excerpt: Excerpt,
    marks: Vec<Mark>,
}

impl Pages {
    fn new(finding: &Finding, sources: &Sources) -> Self {
        let mut marks: Vec<Mark> = Vec::new();
        if let Anchor::Span(span) | Anchor::Clause(span) = finding.anchor {
            marks.push(Mark { span, message: finding.anchor_message.clone(), primary: true });
        }
        // What is absent has no words to underline: its place is shown when there is something to
        // say there, and only as the line.
        if let Anchor::Document { insert_at } = finding.anchor
            && !finding.anchor_message.is_empty()
        {
            marks.push(Mark { span: insert_at, message: finding.anchor_message.clone(), primary: true });
        }
        for label in &finding.labels {
            marks.push(Mark { span: label.span, message: label.message.clone(), primary: false });
        }
        let mut files: Vec<FileId> = Vec::new();
        for mark in &marks {
            if !files.contains(&mark.span.file()) {
                files.push(mark.span.file());
            }
        }
        let page = |file: FileId| {
            let source = sources.get(file)?;
            let on_page = |mark: &&Mark| mark.span.file() == file && shows(source.text.len(), mark.span);
            let marks: Vec<Mark> = marks.iter().filter(on_page).cloned().collect();
            let excerpt = Excerpt::new(source, &marks);
            Some(Page { name: visible(&source.path).into_owned(), excerpt, marks })
        };
        Self { pages: files.into_iter().filter_map(page).collect() }
    }

    fn labels(&self) -> Vec<Label<usize>> {
        let mut labels = Vec::new();
        for (id, page) in self.pages.iter().enumerate() {
            for (mark, placed) in page.marks.iter().zip(&page.excerpt.marks) {
                let make = if mark.primary { Label::primary } else { Label::secondary };
                let shown = page.excerpt.text.get(placed.range.clone()).unwrap_or("");
                // Labels of one place are hung under it, the longest first: each further line of a
                // message takes a range one character shorter.
                let mut ends = shown.char_indices().rev().map(|(at, _)| placed.range.start + at);
                let mut end = placed.range.end;
                let lines = message_lines(mark, placed);
                if let ([line], true) = (lines.as_slice(), placed.range.len() > 1)
                    && !fits_beside(line, placed)
                {
                    // A second label without words makes codespan hang the first under the text.
                    labels.push(make(id, placed.range.clone()));
                }
                for line in lines {
                    labels.push(make(id, placed.range.start..end).with_message(line));
                    end = ends.next().unwrap_or(end);
                }
            }
        }
        labels
    }

    fn page(&self, id: usize) -> Result<&Page, Error> {
        self.pages.get(id).ok_or(Error::FileMissing)
    }
}

/// A label's message in lines that fit beside or under it: codespan never breaks one, but hangs
/// several labels of one range under each other.
fn message_lines(mark: &Mark, placed: &Placed) -> Vec<String> {
    let message = visible(&mark.message);
    if fits_beside(&message, placed) {
        return vec![message.into_owned()];
    }
    wrap(&message, 98_usize.saturating_sub(placed.indent).max(40))
}

/// Whether a message fits to the right of its mark.
fn fits_beside(message: &str, placed: &Placed) -> bool {
    placed.end_column + message.chars().count() < 100
}

/// Whether there is text to show at a span.
const fn shows(length: usize, span: Span) -> bool {
    length > 0 && span.start() <= length
}

impl<'a> Files<'a> for Pages {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.page(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.page(id)?.excerpt.text)
    }

    fn line_index(&'a self, id: usize, byte_index: usize) -> Result<usize, Error> {
        Ok(self.page(id)?.excerpt.line_index(byte_index))
    }

    fn line_number(&'a self, id: usize, line_index: usize) -> Result<usize, Error> {
        let line = self.page(id)?.excerpt.line(line_index);
        line.map(|(number, _)| number).ok_or(Error::LineTooLarge { given: line_index, max: 0 })
    }

    fn column_number(&'a self, id: usize, _line_index: usize, byte_index: usize) -> Result<usize, Error> {
        Ok(self.page(id)?.excerpt.column(byte_index))
    }

    fn line_range(&'a self, id: usize, line_index: usize) -> Result<std::ops::Range<usize>, Error> {
        let line = self.page(id)?.excerpt.line(line_index);
        line.map(|(_, range)| range).ok_or(Error::LineTooLarge { given: line_index, max: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    fn sources(text: &str) -> Sources {
        let mut sources = Sources::new();
        sources.add("contracts/helix.md", text);
        sources
    }

    fn span(text: &str, needle: &str) -> Span {
        let at = text.find(needle).expect("the words are there");
        Span::new(FileId::default(), at..at + needle.len())
    }

    #[test]
    fn a_weak_clause_shows_its_parts_of_a_long_line() {
        let text = format!(
            "## 7. Service Levels\n\n7.1 {}the Supplier shall use commercially reasonable efforts to keep the Platform available{}\n",
            "During the Term and subject to the Policies, ".repeat(8),
            " at all times and in all places".repeat(12)
        );
        let soft = "commercially reasonable efforts";
        let finding = Finding::new(
            Code::Weak("sla-metrics".into()),
            Severity::Warning,
            "service levels have no remedy and no measurement window",
            Anchor::Clause(span(&text, "## 7. Service Levels")),
        )
        .at("this clause")
        .label(span(&text, soft), "a promise to try: no level can be missed")
        .note("found: standard (7.1)    missing: measurement, remedy")
        .help("say over which period each level is measured and reported, and what the customer gets when it is missed");
        insta::assert_snapshot!(finding_text(&finding, &sources(&text), false));
    }

    #[test]
    fn a_missing_clause_stands_at_its_nearest_text() {
        let text = "## 14. Termination\n\nEither party may end this Agreement on notice.\n";
        let finding = Finding::new(
            Code::Missing("exit-transition".into()),
            Severity::Error,
            "no exit and transition clause",
            Anchor::Document { insert_at: Span::new(FileId::default(), text.len()..text.len()) },
        )
        .label(
            span(text, "## 14. Termination"),
            "closest text: clause 14 ends the agreement, but nothing here binds the Supplier to help the services move to somebody else, and none of its other clauses does so for longer than the agreement itself runs",
        )
        .note("at the end of the contract the Supplier owes no help, no data and no time");
        insta::assert_snapshot!(finding_text(&finding, &sources(text), false));
    }

    #[test]
    fn a_finding_without_text_still_names_its_file() {
        let anchor = Anchor::Document { insert_at: Span::new(FileId::default(), 0..0) };
        let finding = Finding::new(Code::Unreadable, Severity::Error, "the file is empty", anchor);
        insta::assert_snapshot!(finding_text(&finding, &sources(""), false));
    }

    #[test]
    fn colours_change_no_word() {
        let text = "The Supplier shall try.\n";
        let anchor = Anchor::Span(span(text, "try"));
        let finding = Finding::new(Code::Soft("sla".into()), Severity::Note, "a promise to try", anchor);
        let coloured = finding_text(&finding, &sources(text), true);
        assert!(coloured.contains('\u{1b}'));
        let mut plain = String::new();
        let mut inside = false;
        for character in coloured.chars() {
            match character {
                '\u{1b}' => inside = true,
                'm' if inside => inside = false,
                _ if inside => {}
                other => plain.push(other),
            }
        }
        assert_eq!(plain, finding_text(&finding, &sources(text), false));
    }

    #[test]
    fn nothing_of_a_contract_steers_the_terminal() {
        let text = "pay \u{1b}[2J\u{202e}now\n";
        let finding = Finding::new(
            Code::RuleFile,
            Severity::Error,
            "bad \u{1b}[31m\nname",
            Anchor::Span(span(text, "now")),
        )
        .note("n\u{7}ote");
        let shown = finding_text(&finding, &sources(text), false);
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
        assert!(!shown.contains('\u{202e}'));
    }
}
