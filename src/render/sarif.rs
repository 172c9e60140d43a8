//! `check --format sarif`: SARIF 2.1.0, for code scanning. Every result names its rule, whose help is
//! the rule's own data; hidden findings are results with suppressions, failures are notifications.

mod descriptor;
mod log;
mod uri;

use std::collections::BTreeMap;
use std::sync::Arc;

use log::{
    Artifact, ArtifactChange, BaseUri, Content, Driver, Fix, IndexedReference, Invocation, Location, Log,
    Message, Notification, PhysicalLocation, Region, Replacement, Run, SarifResult, Suppression, Tool,
};

use super::Look;
use super::grouping::why_hidden;
use super::json::to_json;
use super::place::{Place, whole};
use super::visible::visible_lines;
use crate::finding::{Applicability, Code, Edit, Finding, Label, Severity};
use crate::rule::RuleSet;
use crate::source::{FileId, Sources, Span};
use crate::triage::{Hidden, HiddenBy, Report};

/// What stands for the folder that paths are given from.
const ROOT: &str = "%SRCROOT%";

/// The log of a run.
#[must_use]
pub fn report(report: &Report, rules: &RuleSet, look: Look) -> String {
    let hidden = report.hidden.iter().map(|hidden| &hidden.finding);
    let results = Descriptors::of(report.findings.iter().chain(hidden));
    let notifications = Descriptors::of(&report.failures);
    let artifacts = Artifacts::of(report);
    let own = report.rule_sets.iter().map(Arc::as_ref);
    let sets: Vec<&RuleSet> = std::iter::once(rules).chain(own).collect();
    let maker = Maker { report, artifacts: &artifacts, descriptors: &results };
    let visible = report.findings.iter().map(|finding| maker.result(finding, Vec::new()));
    let hidden =
        report.hidden.iter().map(|hidden| maker.result(&hidden.finding, vec![maker.suppression(hidden)]));
    to_json(&Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "clauselint",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: results.made(&sets),
                    notifications: notifications.made(&sets),
                },
            },
            invocations: [invocation(report, look, &artifacts, &notifications)],
            original_uri_base_ids: BTreeMap::from([(
                ROOT,
                BaseUri { description: Message::new("the folder that paths are given from") },
            )]),
            artifacts: artifacts.made(&report.sources),
            results: visible.chain(hidden).collect(),
            column_kind: "unicodeCodePoints",
            default_encoding: "UTF-8",
            default_source_language: "en",
        }],
    })
}

/// The codes of findings with the worst level of each, in order.
struct Descriptors {
    codes: BTreeMap<Code, (usize, Severity)>,
}

impl Descriptors {
    fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut codes: BTreeMap<Code, (usize, Severity)> = BTreeMap::new();
        for finding in findings {
            match codes.get_mut(&finding.code) {
                Some((_, worst)) => *worst = finding.severity.max(*worst),
                None => {
                    codes.insert(finding.code.clone(), (0, finding.severity));
                }
            }
        }
        for (at, (index, _)) in codes.values_mut().enumerate() {
            *index = at;
        }
        Self { codes }
    }

    fn reference(&self, code: &Code) -> IndexedReference {
        let index = self.codes.get(code).map_or(0, |(index, _)| *index);
        IndexedReference { id: code.to_string(), index }
    }

    fn made(&self, rules: &[&RuleSet]) -> Vec<log::Descriptor> {
        self.codes.iter().map(|(code, (_, worst))| descriptor::of(code, *worst, rules)).collect()
    }
}

/// The files that the log speaks of: the contracts, and those that findings lie in.
struct Artifacts {
    indices: BTreeMap<FileId, (usize, bool)>,
}

impl Artifacts {
    fn of(report: &Report) -> Self {
        let mut indices: BTreeMap<FileId, (usize, bool)> = BTreeMap::new();
        for coverage in &report.coverages {
            indices.insert(coverage.file, (0, true));
        }
        for finding in &report.findings {
            for span in spans(finding) {
                indices.entry(span.file()).or_default().1 = true;
            }
        }
        let hidden = report.hidden.iter().flat_map(|hidden| spans(&hidden.finding));
        let waivers = report.waivers.iter().map(|waiver| waiver.span);
        for span in hidden.chain(report.failures.iter().flat_map(spans)).chain(waivers) {
            indices.entry(span.file()).or_default();
        }
        indices.retain(|file, _| report.sources.get(*file).is_some());
        for (at, (index, _)) in indices.values_mut().enumerate() {
            *index = at;
        }
        Self { indices }
    }

    fn made(&self, sources: &Sources) -> Vec<Artifact> {
        let files = self.indices.iter().filter_map(|(file, (_, target))| Some((sources.get(*file)?, target)));
        files
            .map(|(file, target)| Artifact {
                location: uri::location(&file.path, None),
                mime_type: file.path.ends_with(".md").then_some("text/markdown"),
                roles: if *target { vec!["analysisTarget"] } else { Vec::new() },
            })
            .collect()
    }

    fn location(&self, span: Span, sources: &Sources) -> Option<Location> {
        let place = Place::of_span(span, sources)?;
        let index = self.indices.get(&span.file()).map(|(index, _)| *index);
        Some(Location {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: uri::location(&place.file.path, index),
                region: region(&place),
            },
            message: None,
        })
    }
}

/// Every place that a finding names.
fn spans(finding: &Finding) -> impl Iterator<Item = Span> {
    finding.anchor.span().into_iter().chain(finding.labels.iter().map(|label| label.span))
}

fn region(place: &Place<'_>) -> Region {
    let words = place.words();
    Region {
        start_line: place.start.line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
        snippet: (!words.is_empty()).then(|| Content { text: words.to_owned() }),
    }
}

/// What results are made with.
struct Maker<'a> {
    report: &'a Report,
    artifacts: &'a Artifacts,
    descriptors: &'a Descriptors,
}

impl Maker<'_> {
    fn result(&self, finding: &Finding, suppressions: Vec<Suppression>) -> SarifResult {
        let rule = self.descriptors.reference(&finding.code);
        let here = finding.anchor.span().and_then(|span| self.location(span, None));
        let related = finding.labels.iter().enumerate().filter_map(|(at, label)| self.related(at, label));
        SarifResult {
            rule_id: rule.id,
            rule_index: rule.index,
            level: level(finding.severity),
            message: Message::new(&whole(finding)),
            locations: here.into_iter().collect(),
            related_locations: related.collect(),
            partial_fingerprints: BTreeMap::from([(
                "clauselint/v1",
                finding.fingerprint.as_str().to_owned(),
            )]),
            suppressions,
            fixes: self.fix(finding).into_iter().collect(),
        }
    }

    fn location(&self, span: Span, message: Option<&str>) -> Option<Location> {
        let message = message.filter(|message| !message.is_empty()).map(Message::new);
        let location = self.artifacts.location(span, &self.report.sources)?;
        Some(Location { message, ..location })
    }

    fn related(&self, at: usize, label: &Label) -> Option<Location> {
        let location = self.location(label.span, Some(&label.message))?;
        Some(Location { id: Some(at + 1), ..location })
    }

    fn suppression(&self, hidden: &Hidden) -> Suppression {
        let waiver = match hidden.by {
            HiddenBy::Waiver(at) => self.report.waivers.get(at),
            HiddenBy::Baseline => None,
        };
        Suppression {
            kind: if hidden.by == HiddenBy::Baseline { "external" } else { "inSource" },
            status: "accepted",
            justification: visible_lines(&why_hidden(hidden, self.report)).into_owned(),
            location: waiver.and_then(|waiver| self.location(waiver.span, None)),
            properties: waiver
                .map(|waiver| log::Waiver { by: waiver.by.clone(), until: waiver.until.clone() }),
        }
    }

    /// A fix that may be applied; viewers offer to do it.
    fn fix(&self, finding: &Finding) -> Option<Fix> {
        let fix = finding.fix.as_ref().filter(|fix| fix.applicability != Applicability::DisplayOnly)?;
        let mut changes: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        for edit in &fix.edits {
            changes.entry(edit.span.file()).or_default().push(edit);
        }
        let change = |(file, edits): (FileId, Vec<&Edit>)| {
            let source = self.report.sources.get(file)?;
            let index = self.artifacts.indices.get(&file).map(|(index, _)| *index);
            let replacement = |edit: &&Edit| {
                let at = |offset| source.position(offset);
                let (start, end) = (at(edit.span.start()), at(edit.span.end()));
                let deleted_region = Region {
                    start_line: start.line,
                    start_column: start.column,
                    end_line: end.line,
                    end_column: end.column,
                    snippet: None,
                };
                Replacement { deleted_region, inserted_content: Content { text: edit.replacement.clone() } }
            };
            Some(ArtifactChange {
                artifact_location: uri::location(&source.path, index),
                replacements: edits.iter().map(replacement).collect(),
            })
        };
        let artifact_changes: Vec<ArtifactChange> = changes.into_iter().filter_map(change).collect();
        (!artifact_changes.is_empty())
            .then(|| Fix { description: Message::new(&fix.title), artifact_changes })
    }
}

fn invocation(report: &Report, look: Look, artifacts: &Artifacts, descriptors: &Descriptors) -> Invocation {
    let (settings, input): (Vec<&Finding>, Vec<&Finding>) =
        report.failures.iter().partition(|failure| !matches!(failure.code, Code::Unreadable));
    let made = |failures: Vec<&Finding>| {
        let one = |failure: &Finding| Notification {
            descriptor: descriptors.reference(&failure.code),
            level: level(failure.severity),
            message: Message::new(&whole(failure)),
            locations: failure
                .anchor
                .span()
                .and_then(|span| artifacts.location(span, &report.sources))
                .into_iter()
                .collect(),
        };
        failures.into_iter().map(one).collect()
    };
    Invocation {
        execution_successful: !report.failed(),
        exit_code: look.exit,
        exit_code_description: look.exit.map(|code| match code {
            0 => "no finding fails the run",
            1 => "findings",
            _ => "a mistake in the request, or input that cannot be read",
        }),
        tool_configuration_notifications: made(settings),
        tool_execution_notifications: made(input),
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
