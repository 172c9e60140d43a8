//! (Coverage, Reading) -> the figure that a contract states for each element with a position, and
//! the tier that it meets. No wording of findings.

use crate::assess::{Coverage, Evidence};
use crate::document::Document;
use crate::rule::{Position, RuleSet};
use crate::source::{FileId, SourceFile, Span};
use crate::token::Reading;

/// How many words in front of a figure count as shortly before it.
const NEAR: usize = 6;

/// Which tier a figure meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// What one asks for.
    Preferred,
    /// What one can live with.
    Fallback,
    /// Less than that.
    NotAcceptable,
}

impl Tier {
    /// As people read it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Fallback => "fallback",
            Self::NotAcceptable => "not acceptable",
        }
    }
}

/// The figure that a contract states for an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The contract.
    pub file: FileId,
    /// The clause's id.
    pub clause: String,
    /// The element's id.
    pub element: String,
    /// The tier that it meets.
    pub tier: Tier,
    /// The figure, in the unit of the tiers.
    pub value: f64,
    /// The words that state it: "99.5%".
    pub span: Span,
    /// The clause that they stand in, as a reader cites it; empty when nothing is labelled.
    pub citation: String,
}

/// Reads the figures of a contract, in the order of its assessments. Of several figures the best
/// counts: a contract that states 99.9% and credits for less states 99.9%.
#[must_use]
pub fn find(
    source: &SourceFile,
    document: &Document,
    reading: &Reading,
    coverage: &Coverage,
    rules: &RuleSet,
) -> Vec<Figure> {
    let looker = Looker { source, document, reading };
    let mut figures = Vec::new();
    for assessment in &coverage.assessments {
        let Some(rule) = rules.get(&assessment.clause) else { continue };
        for (element, result) in rule.elements.iter().zip(&assessment.elements) {
            let Some(position) = element.position.as_ref().filter(|_| result.present) else { continue };
            let Some((value, span, evidence)) = looker.best(position, &result.evidence) else { continue };
            let tier = if position.preferred.is_met(value) {
                Tier::Preferred
            } else if position.fallback.is_met(value) {
                Tier::Fallback
            } else {
                Tier::NotAcceptable
            };
            figures.push(Figure {
                file: coverage.file,
                clause: rule.id.clone(),
                element: element.id.to_string(),
                tier,
                value,
                span,
                citation: evidence.citation.clone(),
            });
        }
    }
    figures
}

/// The best figure of each element over the files of a contract, the master's first, each with the
/// name by which a reader knows it. All count for the master.
#[must_use]
pub fn best(files: Vec<Vec<Figure>>, names: &[String], master: FileId) -> Vec<Figure> {
    let mut best: Vec<Figure> = Vec::new();
    for (at, (figures, name)) in files.into_iter().zip(names).enumerate() {
        for mut figure in figures {
            if at > 0 {
                figure.file = master;
                figure.citation = match figure.citation.as_str() {
                    "" => name.clone(),
                    citation => format!("{citation} of {name}"),
                };
            }
            let same = |of: &&mut Figure| of.clause == figure.clause && of.element == figure.element;
            match best.iter_mut().find(same) {
                Some(earlier) if figure.tier < earlier.tier => *earlier = figure,
                Some(_) => {}
                None => best.push(figure),
            }
        }
    }
    best
}

struct Looker<'a> {
    source: &'a SourceFile,
    document: &'a Document,
    reading: &'a Reading,
}

impl Looker<'_> {
    /// The best figure in the evidence, with its place.
    fn best<'e>(&self, position: &Position, evidence: &'e [Evidence]) -> Option<(f64, Span, &'e Evidence)> {
        let mut best: Option<(f64, Span, &Evidence)> = None;
        for one in evidence.iter().filter(|one| self.is_about(position, one)) {
            for (value, span) in self.figures(position, one) {
                let better = |(other, ..): &(f64, Span, &Evidence)| {
                    if position.preferred.at_least { value > *other } else { value < *other }
                };
                if best.as_ref().is_none_or(better) {
                    best = Some((value, span, one));
                }
            }
        }
        best
    }

    /// Whether the sentence of the evidence, or the title of its clause, speaks of the figure.
    fn is_about(&self, position: &Position, evidence: &Evidence) -> bool {
        let head = position.titles.then(|| self.document.clause(evidence.clause).head);
        let spans = [evidence.quote, evidence.span].into_iter().chain(head);
        let texts: Vec<String> = spans.map(|span| self.source.slice(span).to_lowercase()).collect();
        position.about.is_empty()
            || position.about.iter().any(|root| texts.iter().any(|text| text.contains(root.as_str())))
    }

    /// The figures of the position's kind in the sentence of the evidence.
    fn figures(&self, position: &Position, evidence: &Evidence) -> Vec<(f64, Span)> {
        let place = |start: u32, end: u32| {
            let first = self.reading.tokens.get(start as usize)?;
            let last = self.reading.end(*self.reading.tokens.get((end as usize).checked_sub(1)?)?);
            (first.start < last).then(|| self.document.source(first.start..last))
        };
        let of_kind = self.reading.quantities.iter().filter(|figure| figure.kind == position.preferred.kind);
        of_kind
            .filter_map(|figure| Some((figure.value?, place(figure.start, figure.end)?)))
            .filter(|(value, _)| position.only.as_ref().is_none_or(|only| only.is_met(*value)))
            .filter(|(_, span)| evidence.quote.contains(*span) || evidence.span.contains(*span))
            .filter(|(_, span)| position.after.is_empty() || self.follows(position, *span))
            .map(|(value, span)| (value, self.with_sign(span)))
            .collect()
    }

    /// Whether one of the position's words stands shortly before a figure.
    fn follows(&self, position: &Position, figure: Span) -> bool {
        let front = self.source.text.get(..figure.start()).unwrap_or_default();
        let near: Vec<String> = front.rsplit(char::is_whitespace).take(NEAR).map(str::to_lowercase).collect();
        let near: Vec<&str> = near.iter().rev().map(String::as_str).collect();
        let near = format!(" {} ", near.join(" "));
        position.after.iter().any(|word| near.contains(&format!(" {word} ")))
    }

    /// The figure with its percent sign, which is no word.
    fn with_sign(&self, figure: Span) -> Span {
        let sign = self.source.text.get(figure.end()..).is_some_and(|rest| rest.starts_with('%'));
        Span::new(figure.file(), figure.start()..figure.end() + usize::from(sign))
    }
}
