//! `placeholder`: a blank that was never filled: `[Client Name]`, `[●]`, `____`, `TBD`, `{{ fee }}`,
//! `<REDACTED>`, `EDITME`, `XXXX`, the empty cell beside "Effective Date".
//!
//! Brackets are common in contracts that are finished: redactions (`[***]`), elisions, notes on the
//! signature page, translations. A bracket counts only when its words ask for something, or name what
//! is filled into contracts. Blanks to be filled by hand (signatures, forms attached) do not count.

mod signs;
mod square;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::LazyLock;

use super::{Proof, Slip};
use crate::document::{Block, BlockKind, Clause, ClauseId};
use crate::facts::sought::Sought;
use crate::source::Span;

use signs::{braces, crosses, words};
use square::brackets;

/// The longest text of a bracket that is read, in bytes.
const BRACKET: usize = 120;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let hidden = OnceCell::new();
    let redacts = || *hidden.get_or_init(|| redacts(&proof.source.text));
    let forms = forms(proof);
    let mut found: Vec<(Span, bool)> = Vec::new();
    for (at, block) in proof.document.blocks.iter().enumerate() {
        let text = proof.document.text(block);
        let mut ranges: Vec<Range<usize>> = Vec::new();
        // A line that comes on every page is none to fill in, unless it asks for nothing else.
        if block.kind == BlockKind::Furniture && matches!(text.trim(), "TBD" | "TBC" | "T.B.D.") {
            words(text, &mut ranges);
        }
        if block.kind != BlockKind::Furniture {
            words(text, &mut ranges);
            braces(text, &mut ranges);
            if !forms.iter().any(|form| form.contains(&at)) {
                brackets(text, &redacts, &mut ranges);
                ranges.extend(blank(text).filter(|_| !redacts()));
                ranges.extend(crosses(text).filter(|_| !redacts()));
            }
        }
        ranges.sort_by_key(|range| (range.start, usize::MAX - range.end));
        let mut past = 0;
        for range in ranges {
            if range.start >= past {
                past = range.end;
                let place = |byte: usize| block.text.start + u32::try_from(byte).unwrap_or(0);
                found.push((proof.document.source(place(range.start)..place(range.end)), false));
            }
        }
    }
    found.extend(tags(proof).into_iter().map(|span| (span, false)));
    found.extend(cells(proof).into_iter().map(|span| (span, true)));
    found.sort_by_key(|(span, _)| span.start());
    // `<%= name || '____' %>` is one.
    found.dedup_by(|(next, _), (one, _)| next.start() == one.start() || one.contains(*next));
    together(found.into_iter().map(|(span, cell)| slip(span, cell, proof)).collect(), proof)
}

/// A placeholder with a name that comes again is one finding: it is filled in once.
fn together(slips: Vec<Slip>, proof: &Proof<'_>) -> Vec<Slip> {
    const SHOWN: usize = 4;
    let mut kept: Vec<Slip> = Vec::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    for slip in slips {
        let words = proof.source.slice(slip.span);
        if words.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            match first.entry(words.to_owned()) {
                Entry::Occupied(at) => {
                    let one = &mut kept[*at.get()];
                    if one.others.len() < SHOWN {
                        one.others.push((slip.span, "here too".to_owned()));
                    }
                    continue;
                }
                Entry::Vacant(place) => {
                    place.insert(kept.len());
                }
            }
        }
        kept.push(slip);
    }
    kept
}

fn slip(span: Span, cell: bool, proof: &Proof<'_>) -> Slip {
    let words = proof.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ").replace('\\', "");
    let short: String = if words.chars().count() > 40 {
        words.chars().take(38).chain("…".chars()).collect()
    } else {
        words
    };
    let (message, label) = if cell {
        (format!("nothing is filled in for \"{short}\""), "the cell beside it is empty".to_owned())
    } else if short.bytes().all(|byte| matches!(byte, b'_' | b' ' | b'0'..=b'9') || byte > 127) {
        ("a blank is left open".to_owned(), "nothing is filled in here".to_owned())
    } else {
        (format!("the placeholder \"{short}\" is not filled in"), "still to be filled in".to_owned())
    };
    Slip {
        span,
        message,
        label,
        others: Vec::new(),
        help: "fill it in, or take it out".to_owned(),
        fix: None,
    }
}

/// Whether a contract was published with parts blacked out: then a blank bracket is such a part.
fn redacts(text: &str) -> bool {
    static SIGNS: LazyLock<Sought> = LazyLock::new(|| {
        Sought::first(["confidential treatment", "redacted", "confidential portion", "omitted and filed"])
    });
    let bytes = text.as_bytes();
    // "<redacted>" is itself to be filled in.
    let told = |start: usize| !text[..start].ends_with('<');
    let starred = |open: usize| matches!(bytes[open + 1..], [b'*', ..] | [b'\\', b'*', ..]);
    memchr::memchr_iter(b'[', bytes).any(|open| starred(open) && told(open))
        || SIGNS.places_in_lower(text).any(|(place, _)| told(place.start))
}

/// The blocks of attachments that are forms, to be filled in later.
fn forms(proof: &Proof<'_>) -> Vec<Range<usize>> {
    let document = proof.document;
    static WORDS: LazyLock<Sought> = LazyLock::new(|| {
        let words = "form |template|questionnaire|specimen|sample|application|affidavit";
        Sought::first(words.split('|'))
    });
    let mut lower = String::new();
    let mut is_form = |title: &str| {
        lower.clear();
        lower.push_str(title);
        lower.make_ascii_lowercase();
        lower.ends_with("form") || WORDS.stands_in(&lower)
    };
    let of = |clause: &Clause| clause.blocks.start as usize..clause.blocks.end as usize;
    let mut titled = |clause: &&Clause| {
        clause.title.as_ref().is_some_and(|title| is_form(document.prose.slice(title.clone())))
    };
    let mut found: Vec<Range<usize>> =
        document.clauses.iter().skip(1).filter(|clause| titled(clause)).map(of).collect();
    // "EXHIBIT B" / "FORM OF RELEASE" on lines of their own: the form goes on to the next title.
    for (at, block) in document.blocks.iter().enumerate() {
        let text = document.text(block);
        if text.len() < 100 && is_form(text) && attached(proof, block) {
            let end = document.clause(block.clause).blocks.end as usize;
            found.push(at..end.max(at + 1));
        }
    }
    found
}

/// Whether a block stands in an attachment, or behind the last numbered clause.
fn attached(proof: &Proof<'_>, block: &Block) -> bool {
    let mut at = Some(block.clause);
    while let Some(id) = at {
        let clause = proof.document.clause(id);
        if proof
            .document
            .label(clause)
            .is_some_and(|label| label.kind == crate::document::LabelKind::Attachment)
        {
            return true;
        }
        at = clause.parent;
    }
    block.clause != ClauseId::default() && block.kind == BlockKind::Heading
}

/// What is filled into contracts, as the last word of a bracket.
const FIELDS: [&str; 45] = [
    "entity",
    "total",
    "name",
    "names",
    "date",
    "dates",
    "address",
    "addresses",
    "amount",
    "number",
    "title",
    "jurisdiction",
    "city",
    "state",
    "zip",
    "postcode",
    "country",
    "county",
    "email",
    "phone",
    "telephone",
    "percentage",
    "percent",
    "currency",
    "signature",
    "client",
    "customer",
    "supplier",
    "vendor",
    "contractor",
    "consultant",
    "company",
    "details",
    "timeframe",
    "frame",
    "url",
    "website",
    "fee",
    "price",
    "rate",
    "hours",
    "days",
    "months",
    "years",
    "term",
];

/// The first blank of a sentence that was to be filled before signing.
fn blank(text: &str) -> Option<Range<usize>> {
    const HAND: [&str; 17] = [
        "by:",
        "name:",
        "title:",
        "its:",
        "signature",
        "signed",
        "witness",
        "notary",
        "sworn",
        "initials",
        "per:",
        "dated",
        "date:",
        "attest",
        "print",
        "fax",
        "phone",
    ];
    // Most texts have no blank.
    memchr::memmem::find(text.as_bytes(), b"__")?;
    let start = text.find("20__").into_iter().chain(text.find("___")).min()?;
    let front = &text[..start];
    let words = |text: &str| text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1).count();
    let end = start + text[start..].bytes().take_while(|byte| matches!(byte, b'_' | b'0' | b'2')).count();
    let near: String = front.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
    let near = near.to_ascii_lowercase();
    let lower = text.to_ascii_lowercase();
    let sworn = ["notary", "sworn", "witness whereof", "undersigned"].iter().any(|word| lower.contains(word));
    if sworn || HAND.iter().any(|word| near.contains(word)) || words(text) < 8 {
        return None;
    }
    // "__N/A____" was filled in on the line.
    let word = front.rsplit([' ', '\n']).next().unwrap_or("");
    let filled = word.starts_with('_') && word.contains(char::is_alphanumeric);
    if filled || word.trim_matches('_').eq_ignore_ascii_case("n/a") {
        return None;
    }
    // "Address: ____" is a line of a form.
    let field = front.trim_end().ends_with(':') || front.trim().is_empty();
    (!field).then_some(start..end)
}

/// `<REDACTED>`, `<CLIENT_NAME>`, `<insert date>`: HTML would swallow them.
fn tags(proof: &Proof<'_>) -> Vec<Span> {
    const ASKING: [&str; 6] = ["insert ", "your ", "client", "customer", "company", "supplier"];
    let text: &str = &proof.source.text;
    let mut found = Vec::new();
    for open in memchr::memchr_iter(b'<', text.as_bytes()) {
        if let Some(end) = variable(&text[open..]) {
            found.push(Span::new(proof.document.file, open..open + end));
            continue;
        }
        let rest = &text.as_bytes()[open + 1..(open + 60).min(text.len())];
        let Some(length) = rest.iter().position(|&byte| byte == b'>') else { continue };
        // A converter writes the signs escaped: "\<client\>".
        let inner = text[open + 1..open + 1 + length].trim_end_matches('\\');
        let plain =
            inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-'));
        if !plain || inner.len() < 3 {
            continue;
        }
        let lower = inner.to_ascii_lowercase();
        let last = lower.split([' ', '_', '-']).next_back().unwrap_or("");
        let several = lower.contains([' ', '_']);
        let asks = ASKING.iter().any(|word| lower.starts_with(word))
            || several && FIELDS.contains(&last)
            || lower == "redacted"
            || FIELDS.contains(&last)
                && last != "address"
                && last != "title"
                && !several
                && inner == inner.to_uppercase();
        if asks {
            found.push(Span::new(proof.document.file, open..open + length + 2));
        }
    }
    found
}

/// Where `<%= name %>` ends, a variable of a template, if a text begins with one.
fn variable(text: &str) -> Option<usize> {
    let end = memchr::memmem::find(text.as_bytes().get(..BRACKET.min(text.len()))?, b"%>")?;
    let names = text[..end].bytes().any(|byte| byte.is_ascii_alphabetic());
    (text.starts_with("<%=") && names).then_some(end + 2)
}

/// The keys of rows "| Effective Date | |" whose cell is empty.
fn cells(proof: &Proof<'_>) -> Vec<Span> {
    let document = proof.document;
    let mut found = Vec::new();
    let is_row = |block: &Block| matches!(block.kind, BlockKind::TableRow | BlockKind::TableHeader);
    let tables = document.blocks.chunk_by(|one, other| is_row(one) == is_row(other));
    for table in tables.filter(|table| table.first().is_some_and(is_row)) {
        let text = |range: &Range<u32>| document.prose.slice(range.clone()).trim();
        let sign = |block: &Block| {
            let lower = document.text(block).to_ascii_lowercase();
            ["sign", "unterschrift", "by:", "witness", "title:"].iter().any(|word| lower.contains(word))
        };
        if table.iter().any(|row| row.cells.len() > 2) || table.iter().any(sign) {
            continue;
        }
        for row in table.iter().filter(|row| row.kind == BlockKind::TableRow) {
            let [key, value] = &*row.cells else { continue };
            let key_text = text(&key.text);
            let last = key_text.trim_end_matches(':').to_ascii_lowercase();
            let last = last.rsplit(' ').next().unwrap_or("");
            if text(&value.text).is_empty() && key_text.len() <= 60 && FIELDS.contains(&last) {
                found.push(document.source(key.text.clone()));
            }
        }
    }
    found
}
