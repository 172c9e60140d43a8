//! `clauselint explain`.

use std::path::Path;

use super::args::Explain;
use super::exit::Exit;
use super::files::inputs;
use super::terminal::Terminal;
use super::usage;
use crate::finding::Finding;
use crate::render::explain::Depth;
use crate::render::{explain, explain_pack, own};
use crate::rule::spelling::{join, nearest};
use crate::rule::{Item, Pack, RuleSet};
use crate::session::{Input, Session};
use crate::triage::failed;

pub(super) fn run(args: &Explain, terminal: &Terminal) -> anyhow::Result<Exit> {
    let session = super::session(&args.reading);
    terminal.complain(session.problems(), session.sources());
    let exit = match (&args.parties, &args.subject) {
        (Some(file), _) => parties(&session, file, terminal)?,
        (None, Some(subject)) => match line_of(subject) {
            Some((file, line)) => at_line(&session, Path::new(file), line, terminal)?,
            None => rule(&session, subject, args.patterns, terminal)?,
        },
        (None, None) => Exit::Mistake,
    };
    Ok(if failed(session.problems()) { Exit::Mistake } else { exit })
}

/// Why a request that names neither a rule nor a line cannot be met.
fn unknown(subject: &str, session: &Session) -> Finding {
    let (front, back) = subject.rsplit_once(':').unwrap_or((subject, ""));
    if !back.is_empty() && back.bytes().all(|byte| byte.is_ascii_digit()) {
        return usage(&format!("there is no line {back} in {front}"))
            .help("lines are counted from 1: write FILE:LINE, such as msa.md:88");
    }
    if !front.is_empty() && front != subject && Path::new(front).is_file() {
        return usage(&format!("\"{back}\" is no line of {front}"))
            .help("lines are counted from 1: write FILE:LINE, such as msa.md:88");
    }
    if Path::new(subject).exists() {
        return usage(&format!("{subject} is no rule, and as a file it lacks a line"))
            .help(format!("write {subject}:1 for its first line, or --parties {subject} for its parties"));
    }
    let packs: Vec<&str> = session.rules().packs.iter().map(|pack| pack.id.as_str()).collect();
    let packs = match packs.as_slice() {
        [] => "no pack is loaded".to_owned(),
        packs => format!("the packs are {}", packs.join(", ")),
    };
    let checks: Vec<&str> = session.rules().checks.iter().map(|check| check.id.as_str()).collect();
    let known: Vec<&str> = session.rules().rules.iter().map(|rule| rule.id.as_str()).collect();
    let of_packs = session.rules().packs.iter().map(|pack| pack.id.as_str());
    let own: Vec<String> = own::CODES.iter().map(ToString::to_string).collect();
    let names = known.iter().chain(&checks).copied().chain(of_packs).chain(own.iter().map(String::as_str));
    let finding = usage(&format!("no rule is called {subject}"));
    if let Some(meant) = nearest(subject, names.clone()) {
        return finding.help(format!("did you mean {meant}? clauselint rules list shows all"));
    }
    if session.rules().profiles.iter().any(|profile| profile.id == subject) {
        return finding.help(format!(
            "{subject} is a profile: `clauselint rules list` shows what it asks for, and each rule's page how much"
        ));
    }
    let items = session.rules().packs.iter().flat_map(|pack| pack.items.iter().map(|item| item.id.as_str()));
    let whole = names.chain(items).filter(|name| holds(name, subject)).collect::<Vec<_>>();
    if !whole.is_empty() {
        return finding.help(format!("did you mean {}?", join(&whole, "or")));
    }
    finding
        .help(format!("the rules are {}", known.join(", ")))
        .help(format!("the proofreading checks are {}", checks.join(", ")))
        .help(packs)
        .help("for a line of a contract write FILE:LINE")
}

/// Whether some whole words of a name are those that were asked for: "exit" of exit-transition.
fn holds(name: &str, asked: &str) -> bool {
    let (name, asked) = (name.to_ascii_lowercase(), asked.to_ascii_lowercase());
    let ends = |at: usize| name.get(at..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.']));
    let mut found = name.match_indices(&asked);
    asked.len() > 1 && found.any(|(at, _)| (at == 0 || name[..at].ends_with('-')) && ends(at + asked.len()))
}

/// The one file that a request is about; a folder is no file.
fn one_file(file: &Path) -> anyhow::Result<Vec<Input>> {
    anyhow::ensure!(!file.is_dir(), "{} is a folder: explain reads one file", file.display());
    inputs(&[file.to_owned()], "-")
}

/// `FILE:LINE`, taken apart; a column behind it, as findings have one, is left out.
fn line_of(subject: &str) -> Option<(&str, usize)> {
    let number = |text: &str| text.parse().ok().filter(|&line: &usize| line > 0);
    let (front, last) = subject.rsplit_once(':')?;
    let last = number(last)?;
    let inner = front.rsplit_once(':').filter(|_| !Path::new(front).exists());
    match inner.and_then(|(file, line)| Some((file, number(line)?))) {
        Some((file, line)) => Some((file, line)),
        None => Some((front, last)),
    }
}

fn rule(session: &Session, subject: &str, patterns: bool, terminal: &Terminal) -> anyhow::Result<Exit> {
    let rules = session.rules();
    let Some(rule) = rules.get(subject).or_else(|| rules.get(clause_of(subject)?)) else {
        if let Some(code) = own::CODES.iter().find(|code| code.to_string() == subject)
            && let Some(page) = own::of(code)
        {
            terminal.print(&explain::own(code, page))?;
            return Ok(Exit::Clean);
        }
        if let Some(check) = rules.checks.iter().find(|check| check.id == subject) {
            terminal.print(&explain::check(check))?;
            return Ok(Exit::Clean);
        }
        let pages = pack_pages(subject, rules);
        if !pages.is_empty() {
            terminal.print(&pages.join("\n"))?;
            return Ok(Exit::Clean);
        }
        terminal.complain(&[unknown(subject, session)], session.sources());
        return Ok(Exit::Mistake);
    };
    let depth = if patterns { Depth::Whole(&session.rules().plan) } else { Depth::Page };
    terminal.print(&explain::rule(rule, &session.illustrate(rule), &session.demands(rule), depth))?;
    Ok(Exit::Clean)
}

/// The clause that a code is about: `weak-sla-metrics`, `position-sla-metrics.target`; or that an element belongs to:
/// `sla-metrics.target`.
fn clause_of(code: &str) -> Option<&str> {
    const FRONTS: [&str; 5] = ["missing-", "weak-", "soft-", "one-sided-", "position-"];
    let rest = FRONTS.iter().find_map(|front| code.strip_prefix(front)).unwrap_or(code);
    Some(rest.split_once('.').map_or(rest, |(clause, _)| clause))
}

/// The page of a pack, or of an item: by its id or by the code of its finding.
fn pack_pages(subject: &str, rules: &RuleSet) -> Vec<String> {
    if let Some(pack) = rules.pack(subject) {
        return vec![explain_pack::pack(pack)];
    }
    let found: Vec<(&Pack, &Item)> = match subject.split_once('/') {
        Some((id, item)) => {
            rules.pack(id).and_then(|pack| Some((pack, pack.item(item)?))).into_iter().collect()
        }
        None => {
            let whole =
                |pack: &&Pack| pack.item(subject).is_some_and(|item| item.id.eq_ignore_ascii_case(subject));
            let one: Vec<_> = rules
                .packs
                .iter()
                .filter(whole)
                .filter_map(|pack| Some((pack, pack.item(subject)?)))
                .collect();
            // "DORA-30.2" is all of DORA-30.2-a to DORA-30.2-i.
            let below = format!("{}-", subject.to_ascii_lowercase());
            let under = |item: &&Item| item.id.to_ascii_lowercase().starts_with(&below);
            let all = || {
                let packs = rules.packs.iter();
                packs.flat_map(|pack| pack.items.iter().filter(under).map(move |item| (pack, item))).collect()
            };
            if one.is_empty() { all() } else { one }
        }
    };
    found.into_iter().map(|(pack, item)| explain_pack::item(item, pack, rules)).collect()
}

fn parties(session: &Session, file: &Path, terminal: &Terminal) -> anyhow::Result<Exit> {
    for input in one_file(file)? {
        match session.read(&input) {
            Ok((file, contract)) => terminal.print(&explain::parties(&file, &contract.facts))?,
            Err((sources, failures)) => {
                terminal.complain(&failures, &sources);
                return Ok(Exit::Mistake);
            }
        }
    }
    Ok(Exit::Clean)
}

fn at_line(session: &Session, file: &Path, line: usize, terminal: &Terminal) -> anyhow::Result<Exit> {
    for input in one_file(file)? {
        match session.explain_line(&input, line) {
            Ok((file, _)) if line > file.lines().line_count() => {
                let lines = file.lines().line_count();
                let finding = usage(&format!("{} has no line {line}: it has {lines} lines", file.path));
                terminal.complain(&[finding], session.sources());
                return Ok(Exit::Mistake);
            }
            Ok((file, view)) => terminal.print(&explain::line(&file, &view))?,
            Err((sources, failures)) => {
                terminal.complain(&failures, &sources);
                return Ok(Exit::Mistake);
            }
        }
    }
    Ok(Exit::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_file_is_told_from_a_rule() {
        assert_eq!(line_of("a/msa.md:88"), Some(("a/msa.md", 88)));
        assert_eq!(line_of("C:/msa.md:1"), Some(("C:/msa.md", 1)));
        assert_eq!(line_of("sla-metrics"), None);
        assert_eq!(line_of("msa.md:0"), None);
    }
}
