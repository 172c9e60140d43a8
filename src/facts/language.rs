//! Whether a text is in English, told from its commonest small words.
//!
//! The clause rules read English. On a contract in another language they would call every clause
//! missing, so such a text is noted and left alone.

use crate::document::Document;
use crate::token::{Reading, Token};

/// Small words that are frequent in English and rare in the languages that share its letters.
const ENGLISH: &[&str] = &[
    "and", "any", "are", "as", "be", "by", "for", "from", "is", "not", "of", "on", "or", "shall", "that",
    "the", "this", "to", "which", "with", "you", "your",
];
/// Words that a draft of catchwords has in place of the small ones.
#[rustfmt::skip]
const CATCHWORDS: &[&str] = &[
    "agreement", "all", "at", "both", "customer", "days", "each", "fee", "fees", "has", "have", "if", "in",
    "it", "may", "month", "monthly", "months", "must", "no", "notice", "our", "party", "parties", "payment",
    "services", "their", "we", "will", "within", "written",
];
/// Small words that are frequent in other languages of Europe and are no words in English.
#[rustfmt::skip]
const FOREIGN: &[&str] = &[
    "aan", "att", "auf", "av", "com", "con", "dans", "das", "de", "dei", "del", "della", "dem", "der",
    "des", "det", "di", "dla", "dos", "du", "een", "ein", "eine", "el", "em", "et", "gli", "het", "im",
    "jest", "la", "las", "le", "les", "los", "med", "met", "mit", "na", "nicht", "nie", "oder", "og",
    "och", "oraz", "ou", "par", "para", "por", "pour", "que", "qui", "si", "som", "til", "uma", "un",
    "una", "und", "une", "van", "von", "voor", "za", "zu", "zur",
];
/// So many tokens are looked at, at the beginning and in the middle: a table of contents has few
/// small words, and may be long.
const LOOKED_AT: usize = 800;
/// A text of fewer tokens is not judged: a table of figures has no small words.
const ENOUGH: usize = 60;
/// English prose has over thirty of these words in a hundred, other languages under six.
const IN_A_HUNDRED: usize = 10;
/// Drafts of catchwords have fewer; with the catchwords so many are enough, where there are more of them
/// than of other languages' small words.
const WITH_CATCHWORDS: usize = 8;

/// Whether a document is in English, or too short to tell.
#[must_use]
pub(super) fn is_english(document: &Document, reading: &Reading) -> bool {
    let tokens = &reading.tokens;
    let window = |from: usize| tokens.get(from..tokens.len().min(from + LOOKED_AT)).unwrap_or_default();
    let sounds_english = |from: usize| sounds_english(document, reading, window(from));
    sounds_english(0).unwrap_or(true) || sounds_english(tokens.len() / 2).unwrap_or(false)
}

/// Nothing for too few words to tell.
fn sounds_english(document: &Document, reading: &Reading, tokens: &[Token]) -> Option<bool> {
    let word = |token: &Token| document.prose.slice(reading.place(*token));
    let begins = |token: &&Token| match document.prose.text.as_bytes().get(token.start as usize) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphabetic(),
        _ => word(token).starts_with(char::is_alphabetic),
    };
    let words = tokens.iter().filter(begins).count();
    let count = |known: &[&str]| {
        let is_small = |token: &&Token| {
            let word = word(token);
            word.len() < 10 && known.iter().any(|one| one.eq_ignore_ascii_case(word))
        };
        tokens.iter().filter(is_small).count()
    };
    (words >= ENOUGH).then(|| {
        let english = count(ENGLISH);
        english * 100 >= words * IN_A_HUNDRED
            || (english + count(CATCHWORDS)) * 100 >= words * WITH_CATCHWORDS && count(FOREIGN) < english
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::source::{FileId, SourceFile};
    use crate::token::words::Words;

    fn judged(text: &str) -> bool {
        judged_whole(&text.repeat(8))
    }

    fn judged_whole(text: &str) -> bool {
        let document = parse(&SourceFile::new(FileId::default(), "a.md", text));
        let reading = Reading::new(&document, &mut Words::new());
        is_english(&document, &reading)
    }

    #[test]
    fn tells_english_from_its_neighbours() {
        assert!(judged("The Supplier shall return all data to the Customer within 30 days of the end.\n\n"));
        assert!(judged("We keep your data for you and delete it when you ask us to.\n\n"));
        assert!(!judged("Der Auftragnehmer gibt dem Auftraggeber alle Daten binnen 30 Tagen zurück.\n\n"));
        assert!(!judged("Le prestataire restitue au client toutes les données dans les trente jours.\n\n"));
        assert!(!judged(
            "De leverancier geeft alle gegevens binnen dertig dagen aan de klant of zijn opvolger terug.\n\n"
        ));
        assert!(!judged(
            "El proveedor devolverá al cliente todos los datos en un plazo de treinta días.\n\n"
        ));
    }

    #[test]
    fn catchwords_are_english_too() {
        assert!(judged(
            "**Renewal:** automatic, successive 12-month periods; **Scope:** per Schedule A (common areas, \
             windows, carpets); **Service windows:** Monday to Friday, 6:00 to 10:00; **Invoices:** monthly, \
             net 30 days, interest 2% a month; no cash.\n\n"
        ));
        assert!(!judged(
            "**Verlängerung:** automatisch, jeweils 12 Monate; **Leistungen:** gemäß Anlage A (Flure, \
             Fenster) und Service Level for Support, Hosting and Backup; **Rechnung:** monatlich, in der \
             Frist von 30 Tagen, mit Zinsen.\n\n"
        ));
    }

    #[test]
    fn a_long_table_of_contents_hides_no_english() {
        let contents = "1.1 Joint Committee 7 1.2 Patent Rights 8 1.3 Working Group 9 ".repeat(60);
        let text =
            "The Supplier shall return all data to the Customer within 30 days of the end. ".repeat(80);
        assert!(judged_whole(&format!("{contents}\n\n{text}\n")));
        assert!(!judged_whole(&contents));
    }

    #[test]
    fn leaves_the_benefit_of_the_doubt_to_a_short_text() {
        let document = parse(&SourceFile::new(FileId::default(), "a.md", "99,9 % Verfügbarkeit"));
        let reading = Reading::new(&document, &mut Words::new());
        assert!(is_english(&document, &reading));
    }
}
