//! Whether a text is in English, told from its commonest small words.
//!
//! The clause rules read English. On a contract in another language they would call every clause
//! missing, so such a text is noted and left alone.

use crate::document::Document;
use crate::token::Reading;

/// Small words that are frequent in English and rare in the languages that share its letters.
const ENGLISH: &[&str] = &[
    "and", "any", "are", "as", "be", "by", "for", "from", "is", "not", "of", "on", "or", "shall", "that",
    "the", "this", "to", "which", "with", "you", "your",
];
/// So many tokens are looked at.
const LOOKED_AT: usize = 800;
/// A text of fewer tokens is not judged: a table of figures has no small words.
const ENOUGH: usize = 60;
/// English prose has over thirty of these words in a hundred, other languages under six.
const IN_A_HUNDRED: usize = 10;

/// Whether a document is in English, or too short to tell.
#[must_use]
pub(super) fn is_english(document: &Document, reading: &Reading) -> bool {
    let tokens = reading.tokens.get(..reading.tokens.len().min(LOOKED_AT)).unwrap_or_default();
    let spoken = |token: &&crate::token::Token| {
        document.prose.slice(token.start..token.end).starts_with(char::is_alphabetic)
    };
    let words = tokens.iter().filter(spoken).count();
    let english = |token: &&crate::token::Token| {
        let word = document.prose.slice(token.start..token.end);
        word.len() < 6 && ENGLISH.iter().any(|one| one.eq_ignore_ascii_case(word))
    };
    words < ENOUGH || tokens.iter().filter(english).count() * 100 >= words * IN_A_HUNDRED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::source::{FileId, SourceFile};
    use crate::token::fold::Words;

    fn judged(text: &str) -> bool {
        let document = parse(&SourceFile::new(FileId::default(), "a.md", text.repeat(8)));
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
    fn leaves_the_benefit_of_the_doubt_to_a_short_text() {
        let document = parse(&SourceFile::new(FileId::default(), "a.md", "99,9 % Verfügbarkeit"));
        let reading = Reading::new(&document, &mut Words::new());
        assert!(is_english(&document, &reading));
    }
}
