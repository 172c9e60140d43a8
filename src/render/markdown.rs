//! `check --format markdown`: a summary for a pull request or GITHUB_STEP_SUMMARY. What comes from a
//! contract is escaped so that it stays text: no link, mention, HTML or table of its own.

use std::fmt::Write as _;

use super::grouping::{OfFile, by_file};
use super::place::{Place, headline, seen};
use super::visible::visible;
use crate::checklist::Standing;
use crate::finding::{Finding, Severity};
use crate::source::FileId;
use crate::triage::{Counts, HiddenBy, Report, counted, file_of};

/// How many bytes a summary takes at most, a few lines aside: GitHub refuses a comment of more than
/// 65,536 characters.
const ROOM: usize = 60_000;

/// How many bytes of that the table of contracts takes at most.
const TABLE: usize = 20_000;

/// The summary: counts, a table of the contracts with findings, then the findings of each.
#[must_use]
pub fn report(report: &Report) -> String {
    let files = by_file(report);
    let mut out = format!("## clauselint: {}\n\n{}\n", report.counts(), escaped(&report.summary()));
    let files: Vec<(Option<FileId>, &OfFile<'_>)> = files.iter().map(|(file, of)| (*file, of)).collect();
    table(&mut out, &files, report);
    checklists(&mut out, report);
    hidden(&mut out, report);
    failures(&mut out, report);
    let mut untold = 0;
    for (file, of) in files {
        untold += findings(&mut out, file, of, report);
    }
    if untold > 0 {
        let _ = writeln!(out, "\n{} more did not fit here.", counted(untold, "finding"));
    }
    out
}

fn table(out: &mut String, files: &[(Option<FileId>, &OfFile<'_>)], report: &Report) {
    let told: Vec<_> =
        files.iter().filter(|(_, of)| !of.findings.is_empty() || !of.hidden.is_empty()).collect();
    if told.is_empty() {
        return;
    }
    out.push_str("\n| file | errors | warnings | notes | hidden |\n| --- | ---: | ---: | ---: | ---: |\n");
    let mut left = told.len();
    for (file, of) in told {
        if out.len() > TABLE {
            break;
        }
        left -= 1;
        let counts = Counts::of(of.findings.iter().copied());
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            name(*file, report),
            counts.errors,
            counts.warnings,
            counts.notes,
            of.hidden.len()
        );
    }
    if left > 0 {
        let _ = writeln!(out, "\n{} more with findings did not fit here.", counted(left, "file"));
    }
}

/// The path of a file, as code.
fn name(file: Option<FileId>, report: &Report) -> String {
    let file = file.and_then(|file| report.sources.get(file));
    file.map_or_else(|| "no file".to_owned(), |file| format!("<code>{}</code>", escaped(&file.path)))
}

fn checklists(out: &mut String, report: &Report) {
    for (at, list) in report.checklists.iter().enumerate() {
        if out.len() > TABLE {
            break;
        }
        if at == 0 {
            out.push('\n');
        }
        let standings = [Standing::Met, Standing::Weak, Standing::Missing, Standing::ByHand, Standing::Off];
        let counts: Vec<String> = standings
            .into_iter()
            .filter(|standing| list.count(*standing) > 0)
            .map(|standing| format!("{} {}", list.count(standing), standing.name()))
            .collect();
        let (pack, file) = (escaped(&list.pack), name(Some(list.file), report));
        let _ = writeln!(out, "- {pack} in {file}: {}", counts.join(", "));
    }
}

fn hidden(out: &mut String, report: &Report) {
    if report.hidden.is_empty() {
        return;
    }
    let known = report.hidden.iter().filter(|hidden| hidden.by == HiddenBy::Baseline).count();
    let waived = report.hidden.len() - known;
    let parts: Vec<String> = [(waived, "allowed by waivers"), (known, "known to the baseline")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{count} {why}"))
        .collect();
    let _ = writeln!(out, "\nHidden: {}", parts.join(", "));
}

fn failures(out: &mut String, report: &Report) {
    if report.failures.is_empty() {
        return;
    }
    out.push_str("\n### What went wrong\n\n");
    for (at, failure) in report.failures.iter().enumerate() {
        if out.len() > ROOM {
            let _ = writeln!(out, "- {} more", report.failures.len() - at);
            break;
        }
        let file = file_of(failure).map(|file| format!(" in {}", name(Some(file), report)));
        item(out, failure, report, &file.unwrap_or_default());
    }
}

/// The findings of one file, the worst first and notes folded away; says how many did not fit.
fn findings(out: &mut String, file: Option<FileId>, of: &OfFile<'_>, report: &Report) -> usize {
    if of.findings.is_empty() || out.len() > ROOM {
        return of.findings.len();
    }
    let _ = writeln!(out, "\n### {}\n", name(file, report));
    let mut left = of.findings.len();
    for level in [Severity::Error, Severity::Warning, Severity::Note] {
        let list: Vec<&Finding> =
            of.findings.iter().copied().filter(|finding| finding.severity == level).collect();
        let folded = level == Severity::Note && !list.is_empty();
        if folded {
            let gap = if left < of.findings.len() { "\n" } else { "" };
            let _ = writeln!(out, "{gap}<details><summary>{}</summary>\n", counted(list.len(), "note"));
        }
        for finding in list {
            if out.len() > ROOM {
                break;
            }
            left -= 1;
            item(out, finding, report, "");
        }
        if folded {
            out.push_str("\n</details>\n");
        }
    }
    left
}

/// A finding in one line; what to do about it only for an error, which holds a merge up.
fn item(out: &mut String, finding: &Finding, report: &Report, file: &str) {
    let line = Place::of(finding, &report.sources)
        .map(|place| format!(", line {}", place.start.line))
        .unwrap_or_default();
    let clause = finding.clause_label.as_ref().map(|label| format!(" ({})", escaped(label)));
    let _ = writeln!(
        out,
        "- **{}** <code>{}</code>{file}{line}{}: {}",
        finding.severity,
        escaped(&finding.code.to_string()),
        clause.unwrap_or_default(),
        escaped(&headline(finding))
    );
    if finding.severity == Severity::Error {
        if let Some(seen) = seen(finding) {
            let _ = writeln!(out, "  - {}", escaped(seen));
        }
        if !finding.help.is_empty() {
            let _ = writeln!(out, "  - help: {}", escaped(&finding.help.join("; ")));
        }
    }
}

/// A text as Markdown that shows this text in one line, whatever it holds.
fn escaped(text: &str) -> String {
    // What breaks a word for a service that looks for mentions and links, and shows nothing.
    const BREAK: &str = "<!-- -->";
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = visible(&line);
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line.chars().peekable();
    while let Some(character) = rest.next() {
        let next = rest.peek().copied();
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' | '!' => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
        // "@team", "#12", "!7" and "~label" name things; "https://" and "www." are links as they stand.
        let names = matches!(character, '@' | '#' | '!' | '~' | '$' | '%' | '&')
            && next.is_some_and(|next| next.is_alphanumeric() || matches!(next, '"' | '_' | '-'));
        let links = character == ':' && next == Some('/') || next == Some('.') && ends_with_www(&out);
        if names || links {
            out.push_str(BREAK);
        }
    }
    out
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a | b `c` *d* _e_ [f](g)"), "a \\| b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](g)");
        assert_eq!(escaped("<img src=x>&amp;\n\n# two"), "&lt;img src=x&gt;&amp;<!-- -->amp; \\# two");
        assert_eq!(escaped("@team #12 99.5% $100"), "@<!-- -->team \\#<!-- -->12 99.5% \\$<!-- -->100");
        assert_eq!(escaped("https://x www.y a@b.c"), "https:<!-- -->//x www<!-- -->.y a@<!-- -->b.c");
        assert_eq!(escaped("\u{1b}[31m \u{202e}"), "\\\\u{1b}\\[31m \\\\u{202e}");
    }
}
