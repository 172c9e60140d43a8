//! British spellings and their American ones, so that a pattern finds both.
//!
//! Only spellings that are sure: where an ending does not tell ("-ise"), the words that keep it are
//! listed; where it seldom changes ("-our"), the words that change are listed.

use std::borrow::Cow;

/// Whole words.
const WORDS: &[(&str, &str)] = &[
    ("acknowledgement", "acknowledgment"),
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("amongst", "among"),
    ("analogue", "analog"),
    ("annexe", "annex"),
    ("artefact", "artifact"),
    ("calibre", "caliber"),
    ("catalogue", "catalog"),
    ("catalogued", "cataloged"),
    ("centre", "center"),
    ("centred", "centered"),
    ("cheque", "check"),
    ("cyphering", "ciphering"),
    ("defence", "defense"),
    ("enrol", "enroll"),
    ("enrolment", "enrollment"),
    ("fibre", "fiber"),
    ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"),
    ("grey", "gray"),
    ("instalment", "installment"),
    ("judgement", "judgment"),
    ("learnt", "learned"),
    ("licence", "license"),
    ("licenced", "licensed"),
    ("licencee", "licensee"),
    ("licencing", "licensing"),
    ("licencor", "licensor"),
    ("litre", "liter"),
    ("manoeuvre", "maneuver"),
    ("metre", "meter"),
    ("mould", "mold"),
    ("offence", "offense"),
    ("practise", "practice"),
    ("practised", "practiced"),
    ("practising", "practicing"),
    ("pretence", "pretense"),
    ("programme", "program"),
    ("skilful", "skillful"),
    ("sulphur", "sulfur"),
    ("theatre", "theater"),
    ("whilst", "while"),
    ("wilful", "willful"),
    ("wilfully", "willfully"),
];

/// Words in "-our" that lose the "u", whatever follows ("favourable", "labourers").
const OUR: &[&str] = &[
    "armour",
    "behaviour",
    "candour",
    "clamour",
    "colour",
    "demeanour",
    "endeavour",
    "favour",
    "fervour",
    "flavour",
    "harbour",
    "honour",
    "humour",
    "labour",
    "misdemeanour",
    "neighbour",
    "odour",
    "parlour",
    "rigour",
    "rumour",
    "savour",
    "splendour",
    "tumour",
    "valour",
    "vapour",
    "vigour",
];

/// What may stand before a word of [`OUR`].
const BEFORE_OUR: &[&str] = &["", "be", "dis", "mis", "multi", "un", "co"];

/// Words that double the "l" in British spelling only.
const DOUBLED: &[&str] = &[
    "cancel", "channel", "counsel", "dial", "equal", "fuel", "funnel", "initial", "label", "level",
    "marshal", "model", "panel", "parcel", "rival", "signal", "total", "travel", "tunnel", "unlabel",
    "remodel", "pencil", "relabel",
];

/// What stands before "-ise" in words that have no "-ize" (and before "-ised", "-ising", "-iser").
const NEVER_IZE: &[&str] = &[
    "adv", "advert", "an", "appr", "appra", "ar", "bra", "bru", "cer", "cha", "chast", "circumc", "comp",
    "compr", "comprom", "conc", "cru", "dem", "desp", "dev", "disgu", "enterpr", "exc", "exerc", "expert",
    "franch", "gu", "improv", "inc", "lia", "marqu", "merchand", "mort", "parad", "po", "pra", "prec",
    "prem", "prom", "repr", "rev", "sunr", "superv", "surpr", "telev", "treat", "turquo", "upr", "val",
];

/// The first eight bytes of [`WORDS`], which are told apart by them or nearly so.
static HEADS: [u64; WORDS.len()] = {
    let mut heads = [0; WORDS.len()];
    let mut at = 0;
    while at < heads.len() {
        heads[at] = head(WORDS[at].0.as_bytes());
        at += 1;
    }
    heads
};

/// The first eight bytes of a word as a number that sorts like them.
const fn head(word: &[u8]) -> u64 {
    let (mut head, mut at) = (0, 0);
    while at < 8 {
        head = head << 8 | if at < word.len() { word[at] as u64 } else { 0 };
        at += 1;
    }
    head
}

/// The American spelling of a word in lower case and in the singular; most words are unchanged.
pub(super) fn american(word: &str) -> Cow<'_, str> {
    let head = head(word.as_bytes());
    let from = HEADS.partition_point(|&other| other < head);
    let alike = HEADS.iter().skip(from).take_while(|&&other| other == head);
    for (_, (british, american)) in alike.zip(&WORDS[from..]) {
        if *british == word {
            return Cow::Borrowed(american);
        }
    }
    // What all other spellings hold.
    if !word.as_bytes().windows(2).any(|two| matches!(two, b"is" | b"ys" | b"ou" | b"ll")) {
        return Cow::Borrowed(word);
    }
    let other = ize(word).or_else(|| yze(word)).or_else(|| or(word)).or_else(|| single_l(word));
    other.map_or(Cow::Borrowed(word), Cow::Owned)
}

fn ize(word: &str) -> Option<String> {
    const ENDS: &[&str] =
        &["ise", "ised", "ising", "iser", "isable", "isation", "isational", "isationally", "isability"];
    let end = ENDS.iter().find(|end| word.ends_with(**end))?;
    let stem = &word[..word.len() - end.len()];
    let never = stem.len() < 3
        || stem.ends_with('w')
        || NEVER_IZE.iter().any(|other| stem == *other || (other.len() > 3 && stem.ends_with(other)))
        || stem
            .strip_prefix("un")
            .or_else(|| stem.strip_prefix("re"))
            .is_some_and(|rest| NEVER_IZE.contains(&rest));
    (!never).then(|| format!("{stem}iz{}", &end[2..]))
}

fn yze(word: &str) -> Option<String> {
    const ENDS: &[&str] = &["yse", "ysed", "ysing", "yser"];
    let end = ENDS.iter().find(|end| word.ends_with(**end))?;
    let stem = &word[..word.len() - end.len()];
    (stem.len() > 3 && stem.ends_with('l')).then(|| format!("{stem}yz{}", &end[2..]))
}

fn or(word: &str) -> Option<String> {
    let at = word.as_bytes().windows(3).position(|three| three == b"our")?;
    OUR.iter().find_map(|stem| {
        let start = (at + 3).checked_sub(stem.len())?;
        let known = word[start..].starts_with(stem) && BEFORE_OUR.contains(&&word[..start]);
        known.then(|| format!("{}or{}", &word[..at], &word[at + 3..]))
    })
}

fn single_l(word: &str) -> Option<String> {
    const ENDS: &[&str] = &["lled", "lling", "ller", "llor", "llable"];
    let end = ENDS.iter().find(|end| word.ends_with(**end))?;
    let stem = &word[..word.len() - end.len() + 1];
    DOUBLED.contains(&stem).then(|| format!("{stem}{}", &end[2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_and_found() {
        assert!(WORDS.is_sorted());
        for (british, us) in WORDS {
            assert_eq!(american(british), *us);
        }
    }

    #[test]
    fn respells() {
        for (british, us) in [
            ("customise", "customize"),
            ("authorised", "authorized"),
            ("utilising", "utilizing"),
            ("paralyse", "paralyze"),
            ("unfavourable", "unfavorable"),
            ("labelled", "labeled"),
            ("counsellor", "counselor"),
            ("unauthorised", "unauthorized"),
            ("prioritisation", "prioritization"),
        ] {
            assert_eq!(american(british), us);
        }
        for same in [
            "unsupervised",
            "unrevised",
            "likewise",
            "controlled",
            "journal",
            "source",
            "noise",
            "wise",
            "rise",
        ] {
            assert_eq!(american(same), same);
        }
    }
}
