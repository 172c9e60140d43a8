//! `clauselint rules`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;

use super::args::{ConfigurationChoice, NewRule, Rules, RulesCommand};
use super::exit::Exit;
use super::terminal::Terminal;
use super::write::create;
use super::{configuration, usage};
use crate::render::{rules, scaffold};
use crate::rule::is_kebab;
use crate::session::{Options, Session};
use crate::triage::failed;

pub(super) fn run(args: &Rules, terminal: &Terminal) -> anyhow::Result<Exit> {
    match &args.command {
        RulesCommand::List { rules: folders, side, configuration } => {
            let session = rulebook(folders, configuration);
            terminal.complain(session.problems(), session.sources());
            terminal.print(&rules::list(session.rules(), (*side).into()))?;
            Ok(if failed(session.problems()) { Exit::Mistake } else { Exit::Clean })
        }
        RulesCommand::New(args) => new_rule(args, terminal),
        RulesCommand::Test { dir, configuration } => {
            let session = rulebook(dir.as_slice(), configuration);
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

/// A session that reads rules and no contract.
fn rulebook(folders: &[PathBuf], choice: &ConfigurationChoice) -> Session {
    Session::new(Options {
        rules: folders.to_vec(),
        configuration: configuration(choice),
        ..Options::default()
    })
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
