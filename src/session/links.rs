//! Which links of a contract lead to files that are not there. Only files beside the contract or below
//! are looked for: a link that leads elsewhere is no business of the contract, whose text may be the
//! other side's.

use std::collections::BTreeMap;
use std::path::Path;

use super::bundle::inside;
use crate::document::{Document, Link};
use crate::source::{SourceFile, Span};

/// So many links of a file are looked at.
const MOST: usize = 500;
/// So few may lack whatever the share of those that are there.
const FEW: usize = 2;
/// Files that a website makes of others.
const MADE: [&str; 5] = ["html", "htm", "php", "aspx", "jsp"];

/// The places of these links, in order. Nothing of a text that came from no file, and nothing where most
/// are not there: then the contract was taken from its place.
pub(super) fn lost(file: &SourceFile, document: &Document) -> Vec<Span> {
    let path = Path::new(&file.path);
    let targets = document.links.iter().filter_map(|link| Some((link, target(link)?)));
    let targets: Vec<(&Link, &str)> = targets.take(MOST).collect();
    if targets.is_empty() || !path.is_file() {
        return Vec::new();
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    let mut lost: Vec<Span> = targets
        .iter()
        .filter(|&&(_, target)| {
            *known.entry(target).or_insert_with(|| inside(folder, target).is_some_and(|path| !path.exists()))
        })
        .map(|(link, _)| link.span)
        .collect();
    if lost.len() > FEW && lost.len() * 2 > targets.len() {
        return Vec::new();
    }
    lost.sort_unstable();
    lost
}

/// The file that a link names, as it is written.
fn target(link: &Link) -> Option<&str> {
    let target = link.target.split(['#', '?']).next()?;
    let (_, ending) = target.rsplit('/').next()?.rsplit_once('.')?;
    let is_name = (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let made = MADE.iter().any(|made| ending.eq_ignore_ascii_case(made));
    (is_name && !made && !target.contains(':') && !target.starts_with('/')).then_some(target)
}
