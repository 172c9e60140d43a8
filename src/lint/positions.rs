//! Figures -> findings: one for each that meets less than the preferred tier.

use super::label;
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::position::{Figure, Tier};
use crate::rule::{Position, RuleSet};
use crate::source::Sources;

/// The findings of one contract's figures.
#[must_use]
pub fn lint_positions(sources: &Sources, figures: &[Figure], rules: &RuleSet) -> Vec<Finding> {
    figures.iter().filter_map(|figure| finding(sources, figure, position(figure, rules)?)).collect()
}

/// The position that a figure was read for.
#[must_use]
pub fn position<'a>(figure: &Figure, rules: &'a RuleSet) -> Option<&'a Position> {
    let rule = rules.get(&figure.clause)?;
    rule.elements.get(rule.element(&figure.element)?)?.position.as_ref()
}

/// What was read, on one line: "thirty (30) days".
#[must_use]
pub fn read_as(figure: &Figure, sources: &Sources) -> String {
    sources.slice(figure.span).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn finding(sources: &Sources, figure: &Figure, position: &Position) -> Option<Finding> {
    let (name, read) = (&position.name, read_as(figure, sources));
    let (preferred, fallback) = (&position.preferred, &position.fallback);
    let (level, headline) = match figure.tier {
        Tier::Preferred => return None,
        Tier::Fallback => {
            let headline =
                format!("{name} of {read} meets the fallback only, preferred {}", preferred.words());
            (Severity::Note, headline)
        }
        Tier::NotAcceptable => {
            let tiers = if fallback == preferred {
                format!("it must be {}", preferred.words())
            } else {
                format!("fallback {}, preferred {}", fallback.words(), preferred.words())
            };
            (position.level?, format!("{name} of {read} is not acceptable: {tiers}"))
        }
    };
    let code = Code::Position(figure.clause.clone(), figure.element.clone());
    let mut finding =
        Finding::new(code, level, headline, Anchor::Span(figure.span)).at(format!("read as: {name}"));
    finding.clause_label = label(&figure.citation);
    finding.short_by = Some(thousandths((preferred.value - figure.value).abs()));
    if figure.tier == Tier::NotAcceptable {
        finding = finding.lacking(["fallback"]);
    }
    let finding = finding.note(position.why.trim_end_matches('.'));
    let ask = format!("ask for {}", preferred.words());
    // A figure that meets the fallback needs no weaker wording than it has.
    if position.wording.is_empty() || figure.tier != Tier::NotAcceptable {
        return Some(finding.help(ask));
    }
    let wording = position.wording.trim_end_matches('.');
    Some(finding.help(format!("{ask}; as a fallback propose: {wording}")))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance; it saturates")]
fn thousandths(distance: f64) -> u64 {
    (distance * 1000.0).round() as u64
}
