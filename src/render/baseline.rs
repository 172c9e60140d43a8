//! What `baseline write` and `baseline update` say.

use std::fmt::Write as _;

use super::visible::visible;
use crate::triage::baseline::{Baseline, Held};
use crate::triage::counted;

/// "clauselint-baseline.jsonl: 12 known findings in 3 contracts".
#[must_use]
pub fn written(file: &str, baseline: &Baseline) -> String {
    let contracts = counted(baseline.contracts.len(), "contract");
    let file = visible(file);
    match baseline.len() {
        0 => format!("{file}: no known findings\n"),
        known => format!("{file}: {} in {contracts}\n", counted(known, "known finding")),
    }
}

/// What an update has taken out and taken in, a line each, and what is known now.
#[must_use]
pub fn updated(file: &str, held: &Held, baseline: &Baseline, accepted: bool) -> String {
    let mut out = String::new();
    for gone in &held.gone {
        let _ = writeln!(out, "gone: {}: {}", visible(&gone.path), visible(&gone.code));
    }
    for (from, to) in &held.moved {
        let _ = writeln!(out, "moved: {} -> {}", visible(from), visible(to));
    }
    if held.improved > 0 {
        let _ = writeln!(out, "improved: {}", counted(held.improved, "known finding"));
    }
    match (held.new.len(), accepted) {
        (0, _) => {}
        (new, true) => {
            let _ = writeln!(out, "taken in: {}", counted(new, "new finding"));
        }
        (new, false) => {
            let new = counted(new, "new finding");
            let _ = writeln!(out, "not taken in: {new} (--accept-new takes them in)");
        }
    }
    out + &written(file, baseline)
}
