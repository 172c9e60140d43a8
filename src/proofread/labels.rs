//! The labels that a contract gives to its clauses, by the parts of their numbers, so that a
//! reference can be looked up: "12.3(b)" under Article IV is `12 3 b` and `iv 12 3 b`.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{ClauseId, Document, LabelKind};
use crate::token::hash::QuickMap;

/// The clauses by the parts of their labels.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    clauses: QuickMap<Path, ClauseId>,
    /// The numbers of the first level, as far as they are figures.
    tops: BTreeMap<u32, ClauseId>,
}

/// The parts of a number, with a blank between them: no part holds one.
type Path = Box<str>;

/// How many ways a clause may be cited at most.
const WAYS: usize = 4;

impl Labels {
    pub(super) fn find(document: &Document) -> Self {
        let mut labels = Self::default();
        // The paths of all clauses one behind the other; a clause without a label has its parent's.
        let mut paths: Vec<Path> = Vec::new();
        let mut ways: Vec<Range<usize>> = Vec::with_capacity(document.clauses.len());
        for (at, clause) in document.clauses.iter().enumerate() {
            let above = clause.parent.map(|parent| ways[parent.index()].clone()).unwrap_or_default();
            let Some(label) = document.label(clause) else {
                ways.push(above);
                continue;
            };
            let text = document.label_text(label);
            let own = parts(text);
            let id = ClauseId(u32::try_from(at).unwrap_or(u32::MAX));
            let starts_anew = label.kind == LabelKind::Attachment;
            let hangs = matches!(label.kind, LabelKind::Letter | LabelKind::Roman | LabelKind::Bullet)
                || text.starts_with('(');
            let first = paths.len();
            if !starts_anew && !own.is_empty() {
                let own = joined(&own);
                for path in above.clone().take(WAYS) {
                    let path = [&paths[path], " ", &own].concat();
                    paths.push(path.into());
                }
                if (!hangs || above.is_empty()) && above.len() < WAYS {
                    paths.push(own.into());
                }
            }
            for path in &paths[first..] {
                if !labels.clauses.contains_key(path) {
                    labels.clauses.insert(path.clone(), id);
                }
            }
            if let [top] = own.as_slice()
                && !hangs
                && !starts_anew
                && let Ok(number) = top.parse()
            {
                labels.tops.entry(number).or_insert(id);
            }
            if let (Some(top), true) = (own.first(), own.len() > 1)
                && let Ok(number) = top.parse()
            {
                labels.tops.entry(number).or_insert(id);
            }
            ways.push(first..paths.len());
        }
        labels
    }

    /// The last parts of the paths that are one part longer than another, with their clauses.
    fn below(&self, front: &[String]) -> impl Iterator<Item = (&str, ClauseId)> {
        let lead = front.iter().fold(String::new(), |lead, part| lead + part + " ");
        self.clauses.iter().filter_map(move |(path, &clause)| {
            let last = path.strip_prefix(lead.as_str()).filter(|last| !last.contains(' '))?;
            Some((last, clause))
        })
    }

    /// The clause that a path leads to; romans and figures of the first part are the same.
    pub(super) fn get(&self, path: &[String]) -> Option<ClauseId> {
        if let Some(&clause) = self.clauses.get(joined(path).as_str()) {
            return Some(clause);
        }
        let (first, rest) = path.split_first()?;
        // "16.1" may stand under no clause 16.
        if rest.is_empty()
            && let Some(&top) = first.parse().ok().and_then(|number: u32| self.tops.get(&number))
        {
            return Some(top);
        }
        let other = match first.parse::<u32>() {
            Ok(number) => roman(number),
            Err(_) => figure(first)?.to_string(),
        };
        let path: Vec<String> = std::iter::once(other).chain(rest.iter().cloned()).collect();
        self.clauses.get(joined(&path).as_str()).copied()
    }

    /// Where the next clause behind a path begins, on its level or a higher one (in bytes of the
    /// source), behind a given place.
    pub(super) fn behind(&self, path: &[String], from: usize, document: &Document) -> Option<usize> {
        (1..=path.len()).rev().find_map(|keep| {
            let (last, front) = path[..keep].split_last()?;
            let next = last.parse::<u32>().ok()? + 1;
            let next: Vec<String> = front.iter().cloned().chain([next.to_string()]).collect();
            let start = document.clause(self.get(&next)?).span.start();
            (start > from).then_some(start)
        })
    }

    /// How many clauses have a number of the first level.
    pub(super) fn tops(&self) -> usize {
        self.tops.len()
    }

    /// The greatest number of the first level.
    pub(super) fn last_top(&self) -> u32 {
        self.tops.keys().next_back().copied().unwrap_or(0)
    }

    /// Whether a path that leads nowhere lies behind the last of at least two neighbours: where
    /// one in between lacks, its label was mostly lost on the way to Markdown.
    pub(super) fn is_behind_the_last(&self, path: &[String]) -> bool {
        let Some(keep) = (0..path.len()).find(|&keep| self.get(&path[..=keep]).is_none()) else {
            return false;
        };
        let number = |part: &str| part.parse().ok().or_else(|| letter(part));
        let Some(wanted): Option<u32> = number(&path[keep]) else { return false };
        if keep == 0 {
            return wanted > self.last_top();
        }
        let numbers: Vec<u32> = self.below(&path[..keep]).filter_map(|(last, _)| number(last)).collect();
        numbers.len() > 1 && numbers.iter().all(|&number| number < wanted)
    }

    /// The label nearest to a path that leads nowhere: the longest part of it that is there, and
    /// from there the neighbour with the nearest last number.
    pub(super) fn nearest(&self, path: &[String]) -> Option<(Vec<String>, ClauseId)> {
        for keep in (0..path.len()).rev() {
            let front = &path[..keep];
            let wanted: u32 = path[keep].parse().ok().or_else(|| letter(&path[keep])).unwrap_or(0);
            let near =
                self.below(front).filter(|(last, _)| *last != path[keep]).filter_map(|(last, clause)| {
                    let number: u32 = last.parse().ok().or_else(|| letter(last))?;
                    Some((number.abs_diff(wanted), last, clause))
                });
            if let Some((_, last, clause)) = near.min() {
                return Some((front.iter().cloned().chain([last.to_owned()]).collect(), clause));
            }
            if keep > 0
                && let Some(clause) = self.get(front)
            {
                return Some((front.to_vec(), clause));
            }
        }
        None
    }
}

/// The key of a path in [`Labels`].
fn joined(path: &[String]) -> String {
    path.join(" ")
}

/// A path as it is cited: "12.3(b)".
pub(super) fn cited(path: &[String]) -> String {
    let mut text = String::new();
    for (at, part) in path.iter().enumerate() {
        let figures = part.bytes().all(|byte| byte.is_ascii_digit());
        match at {
            0 => text.push_str(part),
            _ if figures => {
                text.push('.');
                text.push_str(part);
            }
            _ => {
                text.push('(');
                text.push_str(part);
                text.push(')');
            }
        }
    }
    text
}

/// The parts of a label, in lower case: "Section 12.3(b)" is 12, 3 and b.
pub(super) fn parts(label: &str) -> Vec<String> {
    pieces(label).map(str::to_ascii_lowercase).collect()
}

/// The parts of a label as it writes them.
pub(super) fn pieces(label: &str) -> impl Iterator<Item = &str> {
    let bare = label.rsplit([' ', '\u{a0}']).next().unwrap_or(label).trim_start_matches('§');
    bare.split(['.', '(', ')', '-']).map(str::trim).filter(|part| !part.is_empty())
}

/// The place of a single letter in the alphabet, from 1.
fn letter(part: &str) -> Option<u32> {
    match part.as_bytes() {
        [byte @ b'a'..=b'z'] => Some(u32::from(byte - b'a') + 1),
        _ => None,
    }
}

/// The value of a roman number in lower case.
pub(super) fn figure(roman: &str) -> Option<u32> {
    let value = |byte: u8| match byte {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        _ => None,
    };
    let mut sum = 0;
    let mut highest = 0;
    for byte in roman.bytes().rev() {
        let value = value(byte)?;
        sum = if value < highest { sum - value } else { sum + value };
        highest = highest.max(value);
    }
    (sum > 0).then_some(sum)
}

/// A number below 90 as a roman one, in lower case.
pub(super) fn roman(mut number: u32) -> String {
    let mut text = String::new();
    for (value, sign) in [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while number >= value && text.len() < 12 {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}
