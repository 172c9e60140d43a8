//! `missing-signature-block`: a contract that says the parties have signed it and has no place where
//! they do.

use std::sync::LazyLock;

use super::{Proof, Slip};
use crate::document::{BlockKind, LabelKind};
use crate::facts::sought::Sought;

/// What announces signatures, in lower case.
const ANNOUNCES: [&str; 5] = [
    "in witness whereof",
    "intending to be legally bound have executed",
    "have executed this agreement",
    "have signed this agreement",
    "have caused this agreement to be executed",
];

/// What stands where somebody signs, in lower case.
const SIGNS: [&str; 20] = [
    "by:",
    "name:",
    "title:",
    "/s/",
    "signature",
    "signed",
    "signatory",
    "____",
    "by :",
    "its:",
    "per:",
    "date:",
    "print name",
    "authorized representative",
    "authorised representative",
    "for and on behalf of",
    "witness:",
    "\nby ",
    "président",
    "director",
];

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    slip(proof).into_iter().collect()
}

fn slip(proof: &Proof<'_>) -> Option<Slip> {
    static ANNOUNCED: LazyLock<Sought> = LazyLock::new(|| Sought::first(ANNOUNCES));
    static SIGNED: LazyLock<Sought> = LazyLock::new(|| Sought::first(SIGNS));
    let text = proof.document.prose.text.as_str();
    let (hit, _) = ANNOUNCED.places_in_lower(text).last()?;
    // As contracts write it.
    let quick =
        ["WITNESS", "itness whereof", "itness Whereof", "executed this", "signed this", "to be executed"];
    if !quick.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some()) {
        return None;
    }
    let behind = &text[hit.end..];
    let sentence = behind.find(['.', '\n', ':']).unwrap_or(behind.len());
    // Schedules may follow.
    let attached = proof.document.blocks.iter().find(|block| {
        let schedule = block.label.as_ref().is_some_and(|label| label.kind == LabelKind::Attachment);
        schedule && block.kind == BlockKind::Heading && block.text.start as usize > hit.end
    });
    let end = attached.map_or(text.len(), |block| block.text.start as usize).max(hit.end + sentence);
    let near = text.get(hit.end + sentence..end).unwrap_or("");
    // Names alone may be where they sign.
    let lines = near.lines().filter(|line| line.trim().len() > 2).count();
    if lines > 0
        || SIGNED.places_in_lower(&text[hit.end + sentence..]).next().is_some()
        || proof.source.text[..].contains("/s/")
    {
        return None;
    }
    let rows = proof.document.blocks.iter().any(|block| {
        matches!(block.kind, BlockKind::TableRow | BlockKind::TableHeader)
            && (hit.end..end).contains(&(block.text.start as usize))
    });
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    (!rows).then(|| Slip {
        span: proof.document.source(at(hit.start)..at(hit.end)),
        message: "the contract says that it is signed and has no place to sign".to_owned(),
        label: "announces signatures".to_owned(),
        others: Vec::new(),
        help: "add a line for each party with the name and office of who signs, and the date".to_owned(),
        fix: None,
    })
}
