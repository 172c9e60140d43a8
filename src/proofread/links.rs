//! Links of Markdown that lead nowhere, for `broken-reference`: to a place of the same file where no
//! heading is, and to a file that is not there.
//!
//! What a heading is called in a link depends on who shows the file (GitHub, pandoc, kramdown): a link is
//! wrong only where no heading has its letters and figures. Whether files are there is told by
//! [`Proof::with_lost_links`]; nothing is read here.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::broken_reference::{MOST, is_read_well};
use super::{Proof, Slip};
use crate::document::{Block, BlockKind, Link};
use crate::facts::references::{Kind, Owner};
use crate::finding::{Applicability, Edit, Fix};
use crate::source::Span;

/// How links call "3. Term and Termination": "3-term-and-termination" on GitHub, "term-and-termination" with
/// pandoc and kramdown.
const STYLES: usize = 2;
/// The longest words of a link that a headline shows, in characters.
const SHOWN: usize = 60;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let links = &proof.document.links;
    let mut slips = places(proof);
    let lost = links.iter().filter(|link| proof.lost_links.binary_search(&link.span).is_ok());
    slips.extend(lost.map(|link| {
        let file = link.target.split(['#', '?']).next().unwrap_or(&link.target);
        Slip {
            span: link.span,
            message: format!("the link \"{}\" leads to a file that is not there", words(proof, link)),
            label: format!("there is no {file}"),
            others: Vec::new(),
            help: "correct the path, or put the file there".to_owned(),
            fix: None,
        }
    }));
    slips
}

/// Links to places of the same file.
fn places(proof: &Proof<'_>) -> Vec<Slip> {
    let links = proof.document.links.iter().filter_map(|link| Some((link, anchor(link)?)));
    let links: Vec<(&Link, String)> = links.take(MOST).collect();
    if links.is_empty() {
        return Vec::new();
    }
    let headings = Headings::find(proof);
    let is_there = |(_, anchor): &&(&Link, String)| headings.has(anchor) || is_written(anchor, proof);
    let (there, broken): (Vec<_>, Vec<_>) = links.iter().partition(is_there);
    if !is_read_well(there.len(), broken.len()) {
        return Vec::new();
    }
    let spelt = |style: &usize| {
        there
            .iter()
            .all(|(_, anchor)| headings.slugs[*style].contains_key(anchor) || is_written(anchor, proof))
    };
    let style = (0..STYLES).find(spelt);
    broken.into_iter().map(|(link, anchor)| slip(proof, link, anchor, &headings, style)).collect()
}

/// Where a link leads in its own file; nothing for the marks of word processors and for what only a
/// program understands.
fn anchor(link: &Link) -> Option<String> {
    let name = link.target.strip_prefix('#')?;
    let name = percent_decode_str(name).decode_utf8().ok()?.into_owned();
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    (plain && !name.is_empty() && !name.starts_with('_') && name != "top").then_some(name)
}

/// Whether the file gives a place this name by itself: `<a id="fees">`, `{#fees}`.
fn is_written(anchor: &str, proof: &Proof<'_>) -> bool {
    let text = proof.source.text.as_bytes();
    [format!("\"{anchor}\""), format!("'{anchor}'"), format!("{{#{anchor}"), format!("={anchor}>")]
        .iter()
        .any(|written| memchr::memmem::find(text, written.as_bytes()).is_some())
}

/// The letters and figures of a text, in lower case.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A key without the number in front.
fn unnumbered(key: &str) -> &str {
    key.trim_start_matches(|c: char| c.is_ascii_digit())
}

/// The headings of a contract by what links call them.
struct Headings<'a> {
    /// Each with its key, number and all.
    all: Vec<(&'a Block, String)>,
    /// How many headings have a key, with the number and without.
    keys: HashMap<String, usize>,
    /// How many headings have a name, for each style; an equal one gets a number, and is not looked for.
    slugs: [HashMap<String, usize>; STYLES],
}

impl<'a> Headings<'a> {
    fn find(proof: &Proof<'a>) -> Self {
        let document = proof.document;
        let (mut all, mut keys) = (Vec::new(), HashMap::new());
        let mut slugs: [HashMap<String, usize>; STYLES] = Default::default();
        for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Heading) {
            let label = block.label.as_ref().map_or("", |label| document.label_text(label));
            let title = key(document.text(block));
            let whole = key(label) + &title;
            *keys.entry(whole.clone()).or_default() += 1;
            if title != whole {
                *keys.entry(title).or_default() += 1;
            }
            for (style, slugs) in slugs.iter_mut().enumerate() {
                if let Some(slug) = slug(proof, block, style) {
                    *slugs.entry(slug).or_default() += 1;
                }
            }
            all.push((block, whole));
        }
        Self { all, keys, slugs }
    }

    /// Whether a heading may be meant; equal headings are told apart by a number behind.
    fn has(&self, anchor: &str) -> bool {
        let numbered =
            anchor.rsplit_once('-').filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()));
        self.keys.contains_key(&key(anchor))
            || numbered.is_some_and(|(front, _)| self.keys.contains_key(&key(front)))
    }

    /// The one heading that fits; none where two do.
    fn only(&self, fits: impl Fn(&str) -> bool) -> Option<&'a Block> {
        let mut fitting = self.all.iter().filter(|(_, key)| fits(key)).map(|(block, _)| *block);
        fitting.next().filter(|_| fitting.next().is_none())
    }
}

/// What a style calls a heading; none where that hangs on more than its letters.
fn slug(proof: &Proof<'_>, block: &Block, style: usize) -> Option<String> {
    let line = proof.source.slice(block.span).lines().next()?.trim();
    let text = line.strip_prefix('#')?.trim_matches('#').trim().replace('*', "");
    if text.contains(['<', '[', ']', '&', '\\', '`', '{', '|', '_']) {
        return None;
    }
    let kept = text.chars().filter(|&c| c.is_alphanumeric() || c == '-' || c == ' ');
    let slug: String = kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect();
    let slug = if style == 0 { &*slug } else { slug.trim_start_matches(|c: char| !c.is_alphabetic()) };
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// The words of a link as its reader sees them.
fn words(proof: &Proof<'_>, link: &Link) -> String {
    let source = proof.source.slice(link.span).trim_start_matches('[');
    let words = source.split("](").next().unwrap_or(source);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", words[..end].trim_end()),
        None => words,
    }
}

fn slip(proof: &Proof<'_>, link: &Link, anchor: &str, headings: &Headings<'_>, style: Option<usize>) -> Slip {
    let meant = meant(proof, link, anchor, headings);
    let fix = style.zip(meant).and_then(|(style, block)| {
        let name = slug(proof, block, style)?;
        // Of two headings of one name the second is called otherwise.
        let span = destination(proof, link).filter(|_| headings.slugs[style].get(&name) == Some(&1))?;
        let edits = vec![Edit { span, replacement: format!("#{name}") }];
        Some(Fix { title: format!("link to #{name}"), edits, applicability: Applicability::Safe })
    });
    let help = match &fix {
        Some(fix) => fix.title.clone(),
        None => "link to the heading that is meant, or take the link out".to_owned(),
    };
    Slip {
        span: link.span,
        message: format!("the link \"{}\" leads nowhere", words(proof, link)),
        label: format!("no heading of this contract is #{anchor}"),
        others: meant
            .map(|block| (block.span, "this heading seems to be meant".to_owned()))
            .into_iter()
            .collect(),
        help,
        fix,
    }
}

/// The heading that a link must mean: the clause that its words cite, the heading that they repeat, or
/// the one that has the title of the anchor under another number. None where these disagree.
fn meant<'a>(proof: &Proof<'_>, link: &Link, anchor: &str, headings: &Headings<'a>) -> Option<&'a Block> {
    let said = key(&words(proof, link));
    let title = key(anchor);
    let title = unnumbered(&title);
    let ways = [
        cited(proof, link)
            .and_then(|head| headings.all.iter().map(|(block, _)| *block).find(|one| one.span == head)),
        headings.only(|key| key == said || unnumbered(key) == said),
        headings.only(|key| !title.is_empty() && unnumbered(key) == title),
    ];
    let mut found = ways.into_iter().flatten();
    let first = found.next()?;
    found.all(|other| other.span == first.span).then_some(first)
}

/// The first block of the clause that the words of a link cite.
fn cited(proof: &Proof<'_>, link: &Link) -> Option<Span> {
    let own = |owner| matches!(owner, Owner::Unsaid | Owner::This);
    let mut within = proof.references.iter().filter(|one| link.span.contains(one.span));
    let one = within.next().filter(|one| one.kind == Kind::Clause && own(one.owner))?;
    let clause = proof.document.clause(proof.labels.get(&one.path).filter(|_| within.next().is_none())?);
    proof.document.blocks.get(clause.blocks.start as usize).map(|block| block.span)
}

/// Where a link writes its target: "#fees" in "[the fees](#fees)".
fn destination(proof: &Proof<'_>, link: &Link) -> Option<Span> {
    let source = proof.source.slice(link.span);
    let at = source.rfind("](#")? + "](".len();
    let length = source[at..].find([')', ' ', '"', '\n'])?;
    let span = Span::new(link.span.file(), link.span.start() + at..link.span.start() + at + length);
    (proof.source.slice(span) == link.target).then_some(span)
}
