//! Findings for people, as a compiler shows them.

mod drawing;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Look;
use super::fixes;
use super::grouping::by_file;
use super::packs;
use super::short;
use super::visible::visible;
use crate::finding::Finding;
use crate::rule::{RuleSet, Side};
use crate::source::{FileId, Sources};
use crate::triage::{Counts, Report, Taken};
use drawing::Drawing;

/// All findings of a report, a line a file, and the summary. The line of a contract says which
/// profile it was held against, and why.
#[must_use]
pub fn report(report: &Report, rules: &RuleSet, look: Look) -> String {
    // Some more than most findings take.
    const DRAWN: usize = 800;
    let mut out = String::with_capacity(report.findings.len() * DRAWN);
    let mut shortened = false;
    let taken: BTreeMap<FileId, &Taken> = report.taken.iter().map(|taken| (taken.file, taken)).collect();
    let masters = report.masters();
    let mut drawing = Drawing::new(&report.sources, look.colour);
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
                None if look.verbose => drawing.finding(finding, &finding.help, &mut out),
                None => {
                    let help = short::help(finding);
                    shortened |= help.len() < finding.help.len();
                    drawing.finding(finding, help, &mut out);
                }
            }
        }
        drawing.forget();
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
    out.push_str(&fixes::offer(&report.findings));
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
    sources: &'a Sources,
    colour: bool,
) -> String {
    let mut drawing = Drawing::new(sources, colour);
    let mut out = String::new();
    for finding in findings {
        drawing.finding(finding, &finding.help, &mut out);
    }
    out
}

/// One finding, ending with an empty line.
#[must_use]
pub fn finding_text(finding: &Finding, sources: &Sources, colour: bool) -> String {
    findings([finding], sources, colour)
}

/// `path:line:column` of a finding.
pub(super) fn place(finding: &Finding, sources: &Sources) -> Option<String> {
    let span = finding.anchor.span()?;
    let file = sources.get(span.file())?;
    let at = file.position(span.start());
    Some(format!("{}:{}:{}", visible(&file.path), at.line, at.column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Anchor, Code, Severity};
    use crate::source::Span;

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
    fn what_was_drawn_before_is_drawn_alike() {
        let text = "## 7. Availability\n\nThe Supplier shall try.\n";
        let of = |severity, anchor| {
            Finding::new(Code::Soft("sla".into()), severity, "a promise to try", anchor).at("here")
        };
        let anchor = Anchor::Span(span(text, "try"));
        let all = [
            of(Severity::Error, anchor).note("one"),
            of(Severity::Error, anchor).note("two"),
            of(Severity::Warning, anchor).note("two").help("two"),
            of(Severity::Warning, anchor),
            of(Severity::Warning, anchor).label(span(text, "Supplier"), "and here"),
        ];
        for colour in [false, true] {
            let apart = all.iter().map(|finding| finding_text(finding, &sources(text), colour));
            assert_eq!(findings(&all, &sources(text), colour), apart.collect::<String>());
        }
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
