//! `clauselint init`: looks at a folder and writes a first configuration into it.

use std::path::{Path, PathBuf};

use super::args::Init;
use super::exit::Exit;
use super::terminal::Terminal;
use super::write::create;
use crate::render::starter;
use crate::session::{Input, Options, Session};
use crate::settings::discover;
use crate::settings::tree::{Leaf, Tree};
use crate::source::Sources;

pub(super) fn run(args: &Init, terminal: &Terminal) -> anyhow::Result<Exit> {
    let folder = &args.dir;
    anyhow::ensure!(folder.is_dir(), "no such folder: {}", folder.display());
    let path = folder.join(discover::NAME);
    let above = discover::nearest(&folder.join("..")).and_then(|above| climb(folder, &above));
    let tree = Tree::of(&leaves(folder));
    let help = format!("clauselint config show {} prints what it says", folder.display());
    if let Err(finding) = create(&path, &starter::config(&tree, above.as_deref()), &help) {
        terminal.complain(&[*finding], &Sources::new());
        return Ok(Exit::Mistake);
    }
    terminal.summary(&format!("{}{} written\n", starter::found(&tree), path.display()))?;
    if let Some(above) = above {
        terminal
            .summary(&format!("{above} does not hold here any more, unless the new file extends it\n"))?;
    }
    Ok(Exit::Clean)
}

/// The Markdown files below a folder as they are read; what cannot be read is `check`'s to tell.
fn leaves(folder: &Path) -> Vec<Leaf> {
    let session = Session::new(Options::default());
    let is_markdown =
        |path: &PathBuf| path.extension().is_some_and(|name| name == "md" || name == "markdown");
    let files = discover::files_below(folder).into_iter().filter(is_markdown);
    let leaf = |path: PathBuf| {
        let (file, contract) = session.read(&Input::Path(path.clone())).ok()?;
        let below = below(folder, &path);
        let home = below.parent().unwrap_or(Path::new("")).to_owned();
        Some(Leaf {
            kind: contract.facts.paper.kind,
            english: contract.facts.english,
            links: links(&file.text)
                .chain(contract.schedules_in_front())
                .map(|link| discover::clean(&home.join(link)))
                .collect(),
            path: below,
        })
    };
    files.filter_map(leaf).collect()
}

fn below(folder: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(discover::clean(folder)).unwrap_or(path).to_owned()
}

/// The Markdown files that a text links to: `[Schedule 1](schedules/levels.md#scope)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ', '\n']).next());
    targets.filter(|target| target.ends_with(".md") && !target.contains("://") && !target.starts_with('/'))
}

/// The path to a configuration above as the new one would extend it: "../../clauselint.toml".
fn climb(folder: &Path, above: &Path) -> Option<String> {
    let home = std::fs::canonicalize(above.parent().filter(|path| !path.as_os_str().is_empty())?).ok()?;
    let folder = std::fs::canonicalize(folder).ok()?;
    let steps = folder.strip_prefix(home).ok()?.components().count();
    Some(format!("{}{}", "../".repeat(steps), discover::NAME))
}
