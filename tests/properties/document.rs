//! What holds for the document and the reading of any text.

use clauselint::document::{ClauseId, Document};
use clauselint::facts::Given;
use clauselint::session::Contract;
use clauselint::source::{FileId, SourceFile, Span};
use clauselint::token::words::Words;

/// As many as can be numbered.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Checks everything that holds for any document.
pub(crate) fn document_is_sound(source: &SourceFile, document: &Document) {
    let text = &*source.text;
    let whole = |span: Span| {
        span.end() <= text.len() && text.is_char_boundary(span.start()) && text.is_char_boundary(span.end())
    };
    let prose = &document.prose.text;
    let bounds = |range: &std::ops::Range<u32>| prose.get(range.start as usize..range.end as usize).is_some();
    let mut last = 0;
    for block in &document.blocks {
        assert!(whole(block.span), "block span {:?}", block.span);
        assert!(block.span.start() >= last, "blocks in order");
        last = block.span.start();
        assert!(bounds(&block.text));
        assert!(block.clause.index() < document.clauses.len());
        if let Some(run_in) = block.run_in() {
            assert!(bounds(&run_in) && run_in.start == block.text.start && run_in.end <= block.text.end);
        }
        for cell in &block.cells {
            assert!(bounds(&cell.text));
            assert!(cell.text.start >= block.text.start && cell.text.end <= block.text.end);
            assert!(cell.header.iter().all(bounds));
        }
        if let Some(label) = &block.label {
            assert!(whole(label.span));
        }
        assert!(whole(document.source(block.text.clone())));
    }
    for (at, clause) in document.clauses.iter().enumerate() {
        assert!(whole(clause.span) && whole(clause.head));
        assert!(clause.blocks.start <= clause.blocks.end);
        assert!(clause.blocks.end as usize <= document.blocks.len());
        match clause.parent {
            None => assert_eq!(at, 0),
            Some(parent) => {
                assert!(parent.index() < at, "preorder");
                let above = document.clause(parent);
                assert!(above.blocks.start <= clause.blocks.start && clause.blocks.end <= above.blocks.end);
                assert_eq!(clause.depth, above.depth + 1);
            }
        }
        let _ = document.citation(ClauseId(number(at)));
    }
    for (at, block) in document.blocks.iter().enumerate() {
        let owner = document.clause(block.clause);
        assert!(owner.blocks.contains(&number(at)), "block {at} lies in its clause");
        assert!(block.lead.is_none_or(|lead| lead.index() < at));
        assert!(block.tail.is_none_or(|tail| tail.index() > at));
    }
}

/// Any bytes as a contract: its spans lie where they may, its words lead back to the source, and it is
/// the same when it is read again by the same worker.
pub(crate) fn document(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let source = SourceFile::new(FileId::default(), "contract.md", &*text);
    let mut words = Words::new();
    let contract = Contract::read(&source, &mut words, &Given::default());
    document_is_sound(&source, &contract.document);
    reading_is_sound(&source, &contract);
    let again = Contract::read(&source, &mut words, &Given::default());
    assert_eq!(format!("{contract:?}"), format!("{again:?}"));
}

fn reading_is_sound(source: &SourceFile, contract: &Contract) {
    let reading = &contract.reading;
    let tokens = number(reading.tokens.len());
    for at in 0..tokens {
        let span = contract.source_of(at, at + 1);
        let word = span.and_then(|span| source.text.get(span.start()..span.end()));
        assert!(word.is_some_and(|word| !word.is_empty()), "{span:?}");
    }
    assert!(reading.sentences.is_sorted() && reading.paragraphs.is_sorted());
    assert!(reading.sentences.iter().chain(&reading.paragraphs).all(|&start| start < tokens));
    for quantity in &reading.quantities {
        assert!(quantity.start < quantity.end && quantity.end <= tokens, "{quantity:?}");
        assert!(quantity.value.is_none_or(|value| !value.is_nan()), "{quantity:?}");
    }
}
