//! What there is to say about waivers themselves, and what to write instead.

use super::names::{Allowed, Refused};
use super::{Shelf, absent};
use crate::document::directives::{Directive, Flaw, Reach, VERBS, Words};
use crate::document::{ClauseId, Document};
use crate::finding::{Anchor, Code, Finding, Fingerprint, Severity};
use crate::rule::spelling::{join, nearest};
use crate::source::{SourceFile, Span};
use crate::triage::Day;

/// The keys of a waiver.
const KEYS: [&str; 2] = ["by", "until"];
/// What every mistake in a waiver comes to.
const VOID: &str = "a waiver with a mistake hides nothing";

/// Names the clause that a waiver stands at.
pub(super) fn cited(mut finding: Finding, citation: &str) -> Finding {
    finding.clause_label = (!citation.is_empty()).then(|| citation.to_owned());
    finding.fingerprint = Fingerprint::of(&[&finding.code.to_string(), citation, &finding.message]);
    finding
}

fn mistake(message: impl Into<String>, span: Span) -> Finding {
    Finding::new(Code::Waiver, Severity::Error, message, Anchor::Span(span))
}

/// A name that stands for nothing.
pub(super) fn refused(words: &Words, refused: &Refused) -> Finding {
    let name = &words.text;
    match refused {
        Refused::Blanket => mistake(format!("a waiver cannot allow {name}"), words.span)
            .at("this would hide what nobody has looked at yet")
            .help("name each rule that is allowed, such as allow(exit-transition, placeholder)"),
        Refused::Fixed => mistake(format!("no waiver can allow {name}"), words.span).help(
            "settle what it says: such findings are about the run or about waivers, not about the contract",
        ),
        Refused::Group(why, instead) => {
            mistake(format!("the waiver names {name}, which is no rule"), words.span)
                .at(*why)
                .help(format!("write for example {instead}"))
        }
        Refused::Unknown(near) => {
            let finding = mistake(format!("the waiver names {name}, which is no rule"), words.span)
                .at("no rule, check or finding has this name");
            match near {
                Some(near) => finding.help(format!("did you mean {near}?")),
                None => finding.help(
                    "use the name in the brackets of the finding, such as weak-sla-metrics, or one that \
                     `clauselint rules list` shows",
                ),
            }
        }
    }
}

/// What is wrong with the form of a directive.
pub(super) fn form(directive: &Directive) -> Option<Finding> {
    let verb = &directive.verb;
    let front = Span::new(verb.span.file(), directive.comment.start()..verb.span.end());
    let finding = match directive.flaw {
        Some(Flaw::Endless) => mistake("the comment of this waiver is not closed", front)
            .at("this opens a comment")
            .note("what follows, up to the end of its list item or of the file, is not read as text")
            .help("end it with -->; in a list item or a quote, indent or quote each of its lines"),
        Some(Flaw::Colon) => mistake("the waiver lacks the colon after clauselint", front)
            .note(VOID)
            .help(format!("write <!-- clauselint: {}(...) the reason -->", verb.text)),
        _ if verb.text.is_empty() => mistake("this comment asks clauselint for nothing", directive.comment)
            .help("write <!-- clauselint: allow(exit-transition) the reason; by: who allowed it -->"),
        _ if directive.reach.is_none() => {
            let known = VERBS.map(|(name, _)| name);
            let near = nearest(&verb.text, known).map_or_else(
                || format!("it knows {}", join(&known, "and")),
                |near| format!("did you mean {near}?"),
            );
            mistake(format!("clauselint knows no directive {}", verb.text), verb.span).note(VOID).help(near)
        }
        Some(Flaw::Unclosed) => mistake("the list of this waiver is not closed", verb.span)
            .at("no closing parenthesis ends its list")
            .note(VOID)
            .help(format!("write {}(exit-transition) the reason", verb.text)),
        Some(Flaw::List) => no_name(verb),
        None if directive.names.is_empty() => no_name(verb),
        None => return None,
    };
    Some(finding)
}

fn no_name(verb: &Words) -> Finding {
    mistake("this waiver names no rule", verb.span)
        .note(VOID)
        .help(format!("name the rules in parentheses: {}(exit-transition) the reason", verb.text))
}

/// "allow(exit-transition, placeholder)".
fn shown(directive: &Directive) -> String {
    let names: Vec<&str> = directive.names.iter().map(|name| name.text.as_str()).collect();
    format!("{}({})", directive.verb.text, names.join(", "))
}

/// A waiver without a reason.
pub(super) fn no_reason(directive: &Directive) -> Finding {
    mistake("this waiver states no reason", directive.head)
        .at("why may this stay?")
        .note("a waiver without a reason hides nothing")
        .help(format!("say so after the list: <!-- clauselint: {} the reason -->", shown(directive)))
}

/// A waiver whose end stands in its reason.
pub(super) fn end_in_reason(directive: &Directive, end: &str) -> Finding {
    mistake(format!("the end of this waiver, {end}, stands in its reason and ends nothing"), directive.head)
        .note(VOID)
        .help(format!("put a semicolon in front: {} the reason; until: {end}", shown(directive)))
}

/// A waiver that lacks what the settings ask for.
pub(super) fn lacking(directive: &Directive, key: &str) -> Finding {
    let (message, example) = match key {
        "by" => ("this waiver does not say who allowed it", "; by: counsel"),
        _ => ("this waiver does not say until when it holds", "; until: 2027-03-31"),
    };
    mistake(message, directive.head)
        .note("the settings ask for it: without it the waiver hides nothing")
        .help(format!("add it after the reason: {example}"))
}

/// A key that does not exist.
pub(super) fn no_key(key: &Words) -> Finding {
    let lower = key.text.to_ascii_lowercase();
    let help = nearest(&lower, KEYS).map_or_else(
        || "the keys are by and until; in a reason, write a comma instead of the semicolon".to_owned(),
        |near| format!("did you mean {near}?"),
    );
    mistake(format!("a waiver has no key {}", key.text), key.span).note(VOID).help(help)
}

/// A key that is given again.
pub(super) fn twice(key: &Words) -> Finding {
    mistake(format!("the waiver says {} twice", key.text), key.span).note(VOID).help("say it once")
}

/// A key without a value.
pub(super) fn empty(key: &Words) -> Finding {
    mistake(format!("the waiver says nothing after {}", key.text), key.span).note(VOID).help(
        if key.text.eq_ignore_ascii_case("by") { "name who allowed it" } else { "write a day as 2027-03-31" },
    )
}

/// An end that is no day.
pub(super) fn no_day(value: &Words) -> Finding {
    mistake(format!("the last day of this waiver cannot be read: {}", value.text), value.span)
        .note(VOID)
        .help("write the last day on which it holds as 2027-03-31")
}

/// A waiver whose last day has passed.
pub(super) fn ended(value: &Words, last: Day) -> Finding {
    let message = format!("this waiver ended on {last}");
    Finding::new(Code::Waiver, Severity::Warning, message, Anchor::Span(value.span))
        .at("the last day on which it held")
        .note("it hides nothing any more")
        .help("settle what it allowed and take it out, or have it allowed anew with a later day")
}

/// Where to look for what an idle waiver may have meant.
pub(super) struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) source: &'a SourceFile,
    pub(super) shelf: &'a Shelf<'a>,
    /// The comments of all waivers.
    pub(super) comments: &'a [Span],
}

/// A waiver of what is not found in the text that it covers.
pub(super) fn idle(view: &View<'_>, directive: &Directive, words: &Words, allowed: &Allowed) -> Finding {
    let message = format!("the waiver of {} hides nothing", words.text);
    Finding::new(Code::Waiver, Severity::Warning, message, Anchor::Span(words.span))
        .at("nothing that it covers needs this")
        .note(view.covered(directive))
        .help(view.instead(directive, words, allowed))
}

impl View<'_> {
    fn line(&self, at: usize) -> usize {
        self.source.lines().line_of(at) + 1
    }

    /// "it covers clause 7.2, lines 12 to 15".
    fn covered(&self, directive: &Directive) -> String {
        if directive.covers.len() == self.source.text.len() {
            return "it covers the whole file".to_owned();
        }
        let citation = self.document.citation(directive.clause);
        let bare = citation.starts_with(|first: char| first.is_ascii_digit() || first == '(');
        let what = match citation.as_str() {
            "" if directive.clause == ClauseId::default() => "the front of the contract, ".to_owned(),
            "" => String::new(),
            label if bare => format!("clause {label}, "),
            label => format!("{label}, "),
        };
        match (self.line(directive.covers.start()), self.line(directive.covers.end())) {
            (first, last) if first == last => format!("it covers {what}line {first}"),
            (first, last) => format!("it covers {what}lines {first} to {last}"),
        }
    }

    /// What to write instead.
    fn instead(&self, directive: &Directive, words: &Words, allowed: &Allowed) -> String {
        let name = &words.text;
        if let Some((_, Some(waiver))) = self.shelf.first_in(&allowed.key, directive.covers) {
            let line = self.comments.get(waiver).map_or(1, |comment| self.line(comment.start()));
            return format!("take it out: the waiver in line {line} allows what is found here");
        }
        let clause = allowed.codes.first().and_then(Code::clause);
        if let Some((other, None)) = clause.and_then(|clause| self.shelf.first_in(clause, directive.covers)) {
            return format!("what is found here is {}: write allow({0})", other.code);
        }
        let whole = Span::new(self.document.file, 0..self.source.text.len());
        let Some((other, taken)) = self.shelf.first_in(&allowed.key, whole) else {
            return "take it out: nothing of this kind is found in the contract".to_owned();
        };
        let at = other.anchor.span().map_or(0, Span::start);
        let line = self.line(at);
        if let Some(waiver) = taken {
            let theirs = self.comments.get(waiver).map_or(1, |comment| self.line(comment.start()));
            return format!(
                "take it out: what is found in line {line} is allowed by the waiver in line {theirs}"
            );
        }
        if absent(other) {
            return format!(
                "what is missing concerns the contract as a whole: write allow-file({name}), or put the \
                 waiver in line {line}, where the finding is shown"
            );
        }
        let section = self.document.clause(directive.clause).span;
        let below = section.start() <= at && at < section.end() && directive.clause != ClauseId::default();
        if directive.reach == Some(Reach::Clause) && below {
            return format!(
                "it is found in line {line}, in a clause below this one: write allow-section({name})"
            );
        }
        format!("it is found in line {line}: put the waiver there, or write allow-file({name})")
    }
}
