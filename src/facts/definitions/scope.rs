//! Which clauses are there to define, and which instrument of a file a definition belongs to.

use std::collections::HashSet;

use super::lexis::{is_definitions_title, is_preamble, is_schedule_line};
use super::{Definition, Form};
use crate::document::{ClauseId, Document, LabelKind};

/// What the clauses above a block say of it.
pub(super) struct Scopes {
    /// Whether a clause or one above it is there to define, by clause.
    pub(super) defines: Vec<bool>,
    /// The attachment that a clause belongs to, by clause; 0 for the body.
    pub(super) attachment: Vec<u32>,
    /// The first clause that is there to define.
    pub(super) clause: Option<ClauseId>,
}

impl Scopes {
    pub(super) fn new(document: &Document) -> Self {
        let mut scopes = Self { defines: Vec::new(), attachment: Vec::new(), clause: None };
        for (at, clause) in document.clauses.iter().enumerate() {
            let above = clause.parent.map(crate::document::ClauseId::index);
            let title = clause.title.clone().map_or("", |title| document.prose.slice(title));
            let own = at > 0 && is_definitions_title(title);
            let id = u32::try_from(at).unwrap_or(u32::MAX);
            if own && scopes.clause.is_none() {
                scopes.clause = Some(ClauseId(id));
            }
            let attached = document.label(clause).is_some_and(|label| label.kind == LabelKind::Attachment);
            scopes.defines.push(own || above.is_some_and(|above| scopes.defines[above]));
            scopes.attachment.push(match attached {
                true => id,
                false => above.map_or(0, |above| scopes.attachment[above]),
            });
        }
        scopes
    }
}

/// A schedule is an instrument of its own, and so is a form of agreement, which shows in a new
/// preamble: brackets that define what was defined already, or `(this "Agreement")`.
pub(super) fn number_instruments(document: &Document, found: &mut [Definition], scopes: &Scopes) {
    let mut lines = document.blocks.iter().enumerate().filter_map(|(at, block)| {
        let attached = block.label.as_ref().is_some_and(|label| label.kind == LabelKind::Attachment);
        (attached || is_schedule_line(document.text(block))).then(|| u32::try_from(at).unwrap_or(u32::MAX))
    });
    let mut line = lines.next();
    let (mut now, mut last, mut named) = (0, 0, false);
    let mut seen: HashSet<String> = HashSet::new();
    let mut at = 0;
    while at < found.len() {
        let (block, clause) = (found[at].block, found[at].clause);
        let count = found[at..].iter().take_while(|one| one.block == block).count();
        let attachment = scopes.attachment[clause.index()];
        let mut anew = at > 0 && attachment != last;
        while line.is_some_and(|line| line as usize <= block.index()) {
            anew |= at > 0;
            line = lines.next();
        }
        let here = &found[at..at + count];
        let brackets = here.iter().filter(|one| one.form == Form::Bracket);
        let again = brackets.clone().filter(|one| seen.contains(&one.written)).count();
        let opens = brackets.clone().any(|one| {
            document.prose.slice(one.text.start.saturating_sub(7)..one.text.start).ends_with("this \"")
        });
        let text = document.text(document.block(block));
        let several = brackets.count() > 1 || text.contains("between") || text.contains("BETWEEN");
        anew |= opens && named || again > 0 && several && is_preamble(text);
        if anew {
            now += 1;
            named = false;
            seen.clear();
        }
        named |= opens;
        last = attachment;
        for one in &mut found[at..at + count] {
            one.instrument = now;
            seen.insert(one.written.clone());
        }
        at += count;
    }
}
