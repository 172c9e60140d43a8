//! `clauselint config`.

use std::path::Path;

use super::args::{Config, ConfigCommand, Format};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::config;
use crate::session::{Options, Session};
use crate::settings::{self, Project, discover};
use crate::source::Sources;
use crate::triage::failed;

pub(super) fn run(args: &Config, terminal: &Terminal) -> anyhow::Result<Exit> {
    match &args.command {
        ConfigCommand::Show { path, format } => show(path, *format, terminal),
    }
}

fn show(path: &Path, format: Format, terminal: &Terminal) -> anyhow::Result<Exit> {
    let mut sources = Sources::new();
    let (project, mut problems) = match discover::nearest(path) {
        Some(file) => {
            let (project, problems) = Project::load(&file, &mut sources);
            (Some(project), problems)
        }
        None => (None, Vec::new()),
    };
    let rules = project.as_ref().map(Project::rules).unwrap_or_default();
    let session = Session::new(Options { rules, ..Options::default() });
    problems.extend(project.iter().flat_map(|project| project.check_names(session.rules())));
    terminal.complain(&problems, &sources);
    terminal.complain(session.problems(), session.sources());
    let values = settings::values(project.as_ref(), path);
    let files: Vec<&str> = project.iter().flat_map(Project::files).collect();
    let name = path.to_string_lossy();
    terminal.print(&match format {
        Format::Text => config::text(&name, &files, &values, &sources),
        Format::Json => config::json(&name, &files, &values, &sources),
    })?;
    let wrong = failed(&problems) || failed(session.problems());
    Ok(if wrong { Exit::Mistake } else { Exit::Clean })
}
