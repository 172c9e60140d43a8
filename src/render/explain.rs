//! `explain`: a page about a rule, about the parties of a contract, or about one of its lines.

use std::fmt::Write as _;

use super::coverage::{paper_name, role_name};
use super::own;
use super::visible::{visible, visible_lines, wrap};
use crate::facts::Facts;
use crate::finding::{Code, Severity};
use crate::pattern::Plan;
use crate::rule::{Check, ClauseRule, Demand, Element, Example, Formula, Status};
use crate::source::{SourceFile, Span};
use crate::triage::{LineView, Note};

/// The widest line of a page, in characters.
const WIDTH: usize = 96;

/// How many texts that hold no such clause a page shows: those with a remark first.
const TEXTS: usize = 2;

/// How much is told of a rule.
#[derive(Clone, Copy, Debug)]
pub enum Depth<'a> {
    /// What a person would print: no patterns, and a few of the texts without the clause.
    Page,
    /// Every text and every pattern, those of this plan.
    Whole(&'a Plan),
}

/// A page about one rule. `shown` holds words of its strong example that show each element, in
/// the order of the elements; `asked` what each profile asks, by its name.
#[must_use]
pub fn rule(
    rule: &ClauseRule,
    shown: &[Option<String>],
    asked: &[(&str, Option<Demand>)],
    depth: Depth<'_>,
) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "{} · {}", visible(&rule.id), visible(&rule.title));
    paragraphs(&mut page, &rule.summary, "");
    section(&mut page, "What goes wrong without it", &rule.why);
    section(&mut page, "What to draft", &rule.remedy);
    elements(&mut page, rule, shown);
    let left_out = look_alikes(&mut page, rule, depth);
    if let Some(model) = &rule.model {
        heading(&mut page, "A model clause");
        verbatim(&mut page, model, "  ");
    }
    if !rule.references.is_empty() {
        heading(&mut page, "Who asks for it");
        for reference in &rule.references {
            hanging(&mut page, "  - ", reference);
        }
    }
    if let Depth::Whole(plan) = depth {
        patterns(&mut page, rule, plan);
    }
    levels(&mut page, asked);
    let _ = writeln!(page, "  rule file: {}", visible(&rule.path));
    if matches!(depth, Depth::Page) {
        more(&mut page, rule, left_out);
    }
    page
}

/// What the page leaves out, and how to see it.
fn more(page: &mut String, rule: &ClauseRule, texts: usize) {
    let patterns: usize =
        rule.elements.iter().map(|element| element.any.len() + element.unless.len()).sum::<usize>()
            + usize::from(rule.heading.is_some());
    let texts = match texts {
        0 => String::new(),
        1 => " and one more text without the clause".to_owned(),
        texts => format!(" and {texts} more texts without the clause"),
    };
    let plural = if patterns == 1 { "" } else { "s" };
    let _ = writeln!(page, "\n  {patterns} pattern{plural}{texts}:");
    let _ = writeln!(page, "  clauselint explain {} --patterns", visible(&rule.id));
}

/// A page about one proofreading check.
#[must_use]
pub fn check(check: &Check) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "{} · {}", visible(&check.id), visible(&check.title));
    paragraphs(&mut page, &check.summary, "");
    section(&mut page, "What goes wrong with it", &check.why);
    section(&mut page, "What to do", &check.remedy);
    for example in &check.examples {
        let found: Vec<String> = example.found.iter().map(|words| format!("\"{words}\"")).collect();
        let told = if found.is_empty() { "nothing is told".to_owned() } else { found.join(", ") };
        let note = example.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
        heading(&mut page, &format!("In this text: {told}{note}"));
        verbatim(&mut page, &example.text, "  ");
    }
    let level = level(check.level);
    let _ = writeln!(page, "\n  level: {level}   check file: {}", visible(&check.path));
    page
}

/// The page of a code that no rule stands behind.
#[must_use]
pub fn own(code: &Code, of: own::Page) -> String {
    let mut page = format!("{code} · {}\n", of.title);
    section(&mut page, "What it means", of.meaning);
    section(&mut page, "What to do", of.remedy);
    page
}

/// In which profiles the clause is asked for, and how loudly.
fn levels(page: &mut String, asked: &[(&str, Option<Demand>)]) {
    heading(page, "Levels");
    let width = asked.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, demand) in asked {
        let Some(demand) = demand else { continue };
        let other = if demand.rules.len() > 1 { "   missing only if no other way is there" } else { "" };
        let (missing, weak) = (level(demand.missing), level(demand.weak));
        let line = format!("  {:width$}   missing: {missing:7}   weak: {weak:7}{other}", visible(name));
        let _ = writeln!(page, "{}", line.trim_end());
    }
    let silent: Vec<&str> =
        asked.iter().filter(|(_, demand)| demand.is_none()).map(|(name, _)| *name).collect();
    if !silent.is_empty() {
        hanging(page, "  not asked for in: ", &silent.join(", "));
    }
}

/// A level as people read it.
#[must_use]
pub fn level(severity: Option<Severity>) -> String {
    severity.map_or_else(|| "off".to_owned(), |severity| severity.to_string())
}

/// A formula over the elements of a rule, as its author wrote it.
#[must_use]
pub fn formula(formula: &Formula, elements: &[Element]) -> String {
    let joined = |parts: &[Formula], word: &str| {
        let inner = |part: &Formula| {
            let text = self::formula(part, elements);
            if matches!(part, Formula::Element(_)) { text } else { format!("({text})") }
        };
        parts.iter().map(inner).collect::<Vec<_>>().join(word)
    };
    match formula {
        Formula::Element(index) => elements.get(*index).map_or("?", |element| &element.id).to_owned(),
        Formula::And(parts) => joined(parts, " and "),
        Formula::Or(parts) => joined(parts, " or "),
    }
}

fn elements(page: &mut String, rule: &ClauseRule, shown: &[Option<String>]) {
    heading(page, "What makes it strong");
    let said = |name: &str, of: &Formula| format!("{name}: {}", visible(&formula(of, &rule.elements)));
    hanging(page, "  ", &said("there", &rule.present));
    hanging(page, "  ", &said("strong", &rule.strong));
    let core = rule.strong.elements();
    for (index, element) in rule.elements.iter().enumerate() {
        let mark = match (core.contains(&index), element.packs_only) {
            (true, _) => " (needed for strong)",
            (false, true) => " (for packs only)",
            (false, false) => "",
        };
        let _ = writeln!(page, "\n  {}{mark}", visible(&element.id));
        hanging(page, "    ", &element.title);
        if let Some(words) = shown.get(index).and_then(Option::as_ref) {
            hanging(
                page,
                "    such as: ",
                &format!("\"{}\"", words.split_whitespace().collect::<Vec<_>>().join(" ")),
            );
        }
        if !element.advice.is_empty() {
            hanging(page, "    advice:  ", &element.advice);
        }
        if let Some(position) = &element.position {
            let tiers = format!(
                "{} {}, fallback {}",
                position.name,
                position.preferred.words(),
                position.fallback.words()
            );
            hanging(page, "    asked:   ", &format!("{tiers}; {}", position.why));
            if !position.wording.is_empty() {
                hanging(page, "    or so:   ", &position.wording);
            }
        }
    }
}

/// Wording and texts that only look like the clause; gives how many texts are left out.
fn look_alikes(page: &mut String, rule: &ClauseRule, depth: Depth<'_>) -> usize {
    let mut friends: Vec<&Example> =
        rule.examples.iter().filter(|example| example.status == Status::Missing).collect();
    if rule.soft.is_empty() && friends.is_empty() {
        return 0;
    }
    let all = friends.len();
    if matches!(depth, Depth::Page) {
        friends.sort_by_key(|example| example.note.is_none());
        friends.truncate(TEXTS);
    }
    heading(page, "What looks like it but is not");
    for soft in &rule.soft {
        hanging(page, "  - ", &format!("{}: {}", soft.name.replace('-', " "), soft.message));
    }
    for example in &friends {
        let note = example.note.as_deref().unwrap_or("this text holds no such clause");
        hanging(page, "  - ", &format!("{note}:"));
        verbatim(page, &example.text, "      ");
    }
    all - friends.len()
}

fn patterns(page: &mut String, rule: &ClauseRule, plan: &Plan) {
    heading(page, "What it looks for");
    if let Some(pattern) = &rule.heading {
        let _ = writeln!(page, "  under titles such as");
        verbatim(page, pattern.title_text(plan), "    ");
    }
    for element in &rule.elements {
        let near: Vec<&str> = element
            .within
            .iter()
            .filter_map(|&index| rule.elements.get(index).map(|near| &*near.id))
            .collect();
        let near = if near.is_empty() { String::new() } else { format!(", near {}", near.join(" or ")) };
        let _ = writeln!(page, "  {}{}", visible(&element.id), visible(&near));
        for pattern in &element.any {
            verbatim(page, pattern.text(plan), "    ");
        }
        for pattern in &element.unless {
            let _ = writeln!(page, "    unless");
            verbatim(page, pattern.text(plan), "      ");
        }
    }
}

/// Who was taken for what in a contract, and why.
#[must_use]
pub fn parties(file: &SourceFile, facts: &Facts) -> String {
    let mut page = format!("{} · {}\n", visible(&file.path), paper_name(facts.paper.kind));
    if !facts.paper.reason.is_empty() {
        hanging(&mut page, "  ", &reason(file, &facts.paper.reason, facts.paper.evidence));
    }
    for party in &facts.parties.parties {
        let names: Vec<String> = party.names.iter().map(|name| format!("\"{}\"", visible(name))).collect();
        page.push('\n');
        hanging(&mut page, &format!("{}: ", role_name(party.role)), &names.join(", "));
        if let Some(span) = party.introduced {
            let _ = writeln!(page, "  introduced at {}", place(file, span));
        }
        for (why, span) in &party.reasons {
            hanging(&mut page, "  - ", &reason(file, why, *span));
        }
    }
    if facts.parties.parties.is_empty() {
        page.push_str("\nno party found\n");
    }
    if !facts.parties.roles_known {
        page.push('\n');
        let doubt = "customer and supplier could not be told apart: the rules take either for both; \
                     --customer NAME and --supplier NAME settle it, or `parties:` in the front matter";
        hanging(&mut page, "", doubt);
    }
    page
}

fn reason(file: &SourceFile, why: &str, span: Option<Span>) -> String {
    span.map_or_else(|| why.to_owned(), |span| format!("{why} ({})", place(file, span)))
}

fn place(file: &SourceFile, span: Span) -> String {
    let at = file.position(span.start());
    format!("{}:{}", at.line, at.column)
}

/// Which rules see a line, and what they make of it.
#[must_use]
pub fn line(file: &SourceFile, view: &LineView) -> String {
    let mut page = format!("{}:{}\n", visible(&file.path), view.line);
    let text = file.line_text(view.line.saturating_sub(1));
    for line in wrap(&visible(text), WIDTH - 4).iter().take(6) {
        let _ = writeln!(page, "  │ {line}");
    }
    if text.trim().is_empty() {
        page.push_str("\nthis line is blank\n");
    } else if view.notes.is_empty() {
        page.push_str("\nno rule sees this line\n");
    }
    for rule in view.notes.chunk_by(|one, next| one.clause == next.clause) {
        let _ = writeln!(page, "\n{}", visible(&rule[0].clause));
        for alike in rule.chunk_by(|one, next| one.message == next.message) {
            one_note(&mut page, file, &alike[0], alike.len() - 1);
        }
    }
    page
}

/// A note and how many more say the same of other words.
fn one_note(page: &mut String, file: &SourceFile, note: &Note, more: usize) {
    let words = file.slice(note.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = words.chars().take(160).collect();
    let cut = if shown.len() < words.len() { " …" } else { "" };
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    hanging(page, "  - ", &format!("{}: \"{shown}{cut}\"{more}", note.message));
}

pub(super) fn heading(page: &mut String, title: &str) {
    let _ = writeln!(page, "\n{title}");
}

fn section(page: &mut String, title: &str, text: &str) {
    if !text.trim().is_empty() {
        heading(page, title);
        paragraphs(page, text, "  ");
    }
}

/// Wraps each paragraph; an empty line parts them.
fn paragraphs(page: &mut String, text: &str, indent: &str) {
    for (index, paragraph) in text.trim().split("\n\n").enumerate() {
        if index > 0 {
            page.push('\n');
        }
        hanging(page, indent, paragraph);
    }
}

/// A lead and a text wrapped beside it.
pub(super) fn hanging(page: &mut String, lead: &str, text: &str) {
    let lead_width = lead.chars().count();
    for (index, line) in wrap(text, WIDTH.saturating_sub(lead_width)).iter().enumerate() {
        let front = if index == 0 { lead.to_owned() } else { " ".repeat(lead_width) };
        let _ = writeln!(page, "{}", visible(&format!("{front}{line}")).trim_end());
    }
}

/// Lines as they are, indented; long ones wrapped.
fn verbatim(page: &mut String, text: &str, indent: &str) {
    for line in visible_lines(text.trim_matches('\n')).lines() {
        if line.trim().is_empty() {
            page.push('\n');
        } else if line.chars().count() + indent.len() <= WIDTH {
            let _ = writeln!(page, "{indent}{}", line.trim_end());
        } else {
            let own = line.len() - line.trim_start().len();
            hanging(page, &format!("{indent}{}", " ".repeat(own)), line);
        }
    }
}
