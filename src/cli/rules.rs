//! `clauselint rules`.

use std::fs;

use anyhow::Context as _;

use super::args::{NewRule, Rules, RulesCommand};
use super::exit::Exit;
use super::terminal::Terminal;
use super::usage;
use super::write::create;
use crate::render::{rules, scaffold};
use crate::rule::is_kebab;
use crate::session::{Options, Session};
use crate::triage::failed;

pub(super) fn run(args: &Rules, terminal: &Terminal) -> anyhow::Result<Exit> {
    match &args.command {
        RulesCommand::List { rules: folders, side } => {
            let session = Session::new(Options { rules: folders.clone(), ..Options::default() });
            terminal.complain(session.problems(), session.sources());
            terminal.print(&rules::list(session.rules(), (*side).into()))?;
            Ok(if failed(session.problems()) { Exit::Mistake } else { Exit::Clean })
        }
        RulesCommand::New(args) => new_rule(args, terminal),
        RulesCommand::Test { dir } => {
            let session =
                Session::new(Options { rules: dir.iter().cloned().collect(), ..Options::default() });
            terminal.complain(session.problems(), session.sources());
            let outcome = session.self_test();
            terminal.print(&rules::test(&outcome, session.sources()))?;
            Ok(if failed(session.problems()) {
                Exit::Mistake
            } else if outcome.passed() {
                Exit::Clean
            } else {
                Exit::Findings
            })
        }
    }
}

/// Prints a rule to start from, or puts it into a folder.
fn new_rule(args: &NewRule, terminal: &Terminal) -> anyhow::Result<Exit> {
    let session = Session::new(Options { rules: args.rules.clone(), ..Options::default() });
    terminal.complain(session.problems(), session.sources());
    let id = &args.clause;
    if !is_kebab(id) {
        let finding = usage(&format!("{id} is no clause id"))
            .help("use lower case and hyphens, without an ending: step-in");
        terminal.complain(&[finding], session.sources());
        return Ok(Exit::Mistake);
    }
    let text = session.rules().get(id).map_or_else(|| scaffold::rule(id), scaffold::extension);
    let Some(folder) = &args.output else {
        terminal.print(&text)?;
        return Ok(Exit::Clean);
    };
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let path = folder.join(format!("{id}.toml"));
    if let Err(finding) = create(&path, &text, "name another folder, or take the file away first") {
        terminal.complain(&[*finding], session.sources());
        return Ok(Exit::Mistake);
    }
    terminal.print(&format!("{}\n", path.display()))?;
    Ok(Exit::Clean)
}
