//! `query`: one pattern run over contracts by itself.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Input, Session, load};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::pattern::{Evaluation, Index, Lexicon, PatternId, Plan, Scope};
use crate::session::read::Contract;
use crate::source::{SourceFile, Span};
use crate::token::words::Words;
use crate::triage::Matches;

impl Session {
    /// Runs a pattern over contracts, with the vocabulary of the rules. Files that hold no
    /// contract are searched like any other.
    #[must_use]
    pub fn query(&self, text: &str, inputs: &[Input]) -> Matches {
        let mut sources = self.sources.clone();
        let pattern_file = sources.add("pattern", text);
        let (plan, id) = match self.rules().query(text) {
            Ok(compiled) => compiled,
            Err(errors) => {
                let failures = errors
                    .into_iter()
                    .map(|error| {
                        let anchor = Anchor::Span(Span::new(pattern_file, error.range));
                        Finding::new(Code::Pattern, Severity::Error, error.message, anchor).at(error.advice)
                    })
                    .collect();
                return Matches { sources, spans: Vec::new(), searched: 0, failures };
            }
        };
        let (loaded, failures) = load::load(&mut sources, inputs, &self.options.exclude);
        let progress = self.options.watch.start(loaded.len());
        let found: Vec<BTreeSet<Span>> = loaded
            .par_iter()
            .map_init(
                || (Words::new(), Lexicon::default()),
                |(words, lexicon), input| {
                    let file = sources.get(input.file);
                    let found = file.map(|file| self.search(file, &plan, id, words, lexicon));
                    progress.step();
                    found.unwrap_or_default()
                },
            )
            .collect();
        Matches { spans: found.into_iter().flatten().collect(), searched: loaded.len(), sources, failures }
    }

    fn search(
        &self,
        file: &SourceFile,
        plan: &Plan,
        id: PatternId,
        words: &mut Words,
        lexicon: &mut Lexicon,
    ) -> BTreeSet<Span> {
        let contract = Contract::read(file, words, &self.desk.given);
        let index = Index::new(plan, lexicon, words, &contract.reading, &contract.facts.parties);
        let mut evaluation = Evaluation::new(plan, &index, &contract.reading, Scope::All);
        let intervals = evaluation.matches(id, Scope::All);
        // A lead-in is read with each of its items: the same words match once.
        intervals.iter().filter_map(|interval| contract.source_of(interval.start, interval.end)).collect()
    }
}
