//! Words and signs of currencies and units of time.

use crate::token::words::Word;

pub(super) fn currency_sign(sign: &str) -> bool {
    matches!(sign, "$" | "€" | "£" | "¥" | "₹" | "₱" | "₦" | "₩" | "₺" | "₽" | "US$")
}

pub(super) fn currency_code(surface: &str) -> bool {
    matches!(
        surface,
        "USD"
            | "EUR"
            | "GBP"
            | "CAD"
            | "AUD"
            | "CHF"
            | "JPY"
            | "RMB"
            | "CNY"
            | "HKD"
            | "SGD"
            | "NZD"
            | "INR"
            | "ZAR"
            | "Rs"
            | "Euro"
            | "Euros"
            | "SEK"
            | "NOK"
            | "DKK"
            | "NIS"
            | "ILS"
            | "US"
            | "MXN"
            | "BRL"
    ) || further_code(surface)
}

/// Codes of further currencies; what may be read as another word or a version is left out.
fn further_code(surface: &str) -> bool {
    const CODES: &[&str] = &[
        "AED", "ARS", "BDT", "BGN", "CLP", "COP", "CZK", "EGP", "GHS", "HUF", "IDR", "KES", "KRW", "KSh",
        "LKR", "MYR", "NGN", "PHP", "PKR", "PLN", "QAR", "RON", "RUB", "SAR", "THB", "TWD", "TZS", "UAH",
        "UGX", "VND",
    ];
    CODES.contains(&surface)
}

pub(super) fn currency_name(word: &Word) -> bool {
    matches!(
        &*word.folded,
        "dollar"
            | "euro"
            | "pound"
            | "sterling"
            | "yen"
            | "rand"
            | "rupee"
            | "franc"
            | "renminbi"
            | "yuan"
            | "krone"
            | "peso"
            | "shilling"
            | "naira"
            | "ruble"
            | "rouble"
            | "zloty"
            | "dirham"
            | "ringgit"
    ) || matches!(
        &*word.surface,
        "USD" | "EUR" | "GBP" | "CAD" | "AUD" | "CHF" | "JPY" | "RMB" | "CNY" | "HKD" | "SGD"
    ) || further_code(&word.surface)
}

/// The hours of a unit of time, folded or as glued to a figure.
pub(super) fn hours(unit: &str) -> Option<f64> {
    Some(match unit {
        "second" | "sec" | "sekunde" | "sekunden" => 1.0 / 3600.0,
        "minute" | "min" | "minuten" => 1.0 / 60.0,
        "hour" | "hr" | "hrs" | "h" | "stunde" | "stunden" => 1.0,
        "day" | "d" | "tag" | "tage" | "tagen" | "werktage" | "werktagen" | "arbeitstage"
        | "arbeitstagen" => 24.0,
        "week" | "wk" | "woche" | "wochen" => 168.0,
        "fortnight" => 336.0,
        "month" | "mo" | "monat" | "monate" | "monaten" => 730.0,
        "quarter" | "quartal" => 2190.0,
        "year" | "yr" | "yrs" | "jahr" | "jahre" | "jahren" => 8760.0,
        _ => return None,
    })
}

pub(super) fn period(folded: &str) -> bool {
    matches!(
        folded,
        "day" | "week" | "month" | "year" | "tag" | "woche" | "monat" | "jahr" | "calendar" | "business"
    )
}

pub(super) fn refers(folded: &str) -> bool {
    matches!(
        folded,
        "section"
            | "clause"
            | "article"
            | "paragraph"
            | "schedule"
            | "exhibit"
            | "annex"
            | "appendix"
            | "attachment"
            | "part"
            | "no"
            | "rule"
            | "page"
            | "item"
            | "subsection"
            | "sections"
            | "version"
            | "chapter"
            | "ziffer"
            | "note"
            | "table"
            | "figure"
            | "step"
            | "level"
            | "tier"
            | "severity"
            | "priority"
            | "phase"
            | "form"
    )
}
