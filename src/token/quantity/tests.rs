//! What is read as a quantity and with which value.

use super::QuantityKind::{Date, Duration, Money, Number, Percent};
use super::*;
use crate::document::BlockKind;
use crate::token::reading::tests::document;

fn found(text: &str) -> Vec<(QuantityKind, Option<f64>, String)> {
    let document = document(&[(BlockKind::Paragraph, text, None, None)]);
    let reading = Reading::new(&document, &mut Words::new());
    let said = |found: &Quantity| {
        let tokens = &reading.tokens[found.start as usize..found.end as usize];
        tokens.iter().map(|token| document.prose.slice(reading.place(*token))).collect::<Vec<_>>().join(" ")
    };
    reading.quantities.iter().map(|found| (found.kind, found.value, said(found))).collect()
}

#[test]
fn reads_one_quantity() {
    let table = [
        ("99.9% up", Percent, Some(99.9), "99.9"),
        ("at 99,75 % pro Monat", Percent, Some(99.75), "99,75"),
        ("ninety-nine percent (99%) of", Percent, Some(99.0), "ninety nine percent 99"),
        ("five (5) per cent of", Percent, Some(5.0), "five 5 per cent"),
        ("five (5%) percent", Percent, Some(5.0), "five 5"),
        ("pays $5,000 now", Money, Some(5000.0), "5,000"),
        ("pays US$ 1.5 million now", Money, Some(1_500_000.0), "US 1.5 million"),
        ("pays EUR 100 now", Money, Some(100.0), "EUR 100"),
        ("pays USD5,000 now", Money, Some(5000.0), "USD5,000"),
        ("pays £10k now", Money, Some(10_000.0), "10k"),
        ("pays 100 € now", Money, Some(100.0), "100"),
        ("five thousand dollars ($5,000) now", Money, Some(5000.0), "five thousand dollars 5,000"),
        (
            "$250,000 (two hundred and fifty thousand dollars) now",
            Money,
            Some(250_000.0),
            "250,000 two hundred and fifty thousand dollars",
        ),
        ("pays PHP 500 now", Money, Some(500.0), "PHP 500"),
        ("pays NGN 1,000 now", Money, Some(1000.0), "NGN 1,000"),
        ("pays ₱500 now", Money, Some(500.0), "500"),
        ("pays EUR (€) 30 000.00 now", Money, Some(30_000.0), "30 000.00"),
        ("pays € 1 250 000 now", Money, Some(1_250_000.0), "1 250 000"),
        ("pays Rs. 5,000/- now", Money, Some(5000.0), "Rs 5,000"),
        ("pays 2,000,- € now", Money, Some(2000.0), "2,000"),
        ("pays 40.-- CHF now", Money, Some(40.0), "40 CHF"),
        ("fifty cents each", Money, Some(0.5), "fifty cents"),
        ("in thirty (30) days of", Duration, Some(720.0), "thirty 30 days"),
        ("a 30-day term", Duration, Some(720.0), "30 day"),
        ("within 72h of", Duration, Some(72.0), "72h"),
        ("within two business days", Duration, Some(48.0), "two business days"),
        ("within five (5) Business Days", Duration, Some(120.0), "five 5 Business Days"),
        ("for twelve months", Duration, Some(8760.0), "twelve months"),
        ("one (1) year after", Duration, Some(8760.0), "one 1 year"),
        ("48 (forty-eight) hours", Duration, Some(48.0), "48 forty eight hours"),
        ("fifteen minutes", Duration, Some(0.25), "fifteen minutes"),
        ("within a week of", Duration, Some(168.0), "a week"),
        ("no more than an hour", Duration, Some(1.0), "an hour"),
        ("at least half a year before", Duration, Some(4380.0), "half a year"),
        ("1½ hours later", Duration, Some(1.5), "1½ hours"),
        ("2 1/2 days later", Duration, Some(60.0), "2 1 2 days"),
        ("at 1½% monthly", Percent, Some(1.5), "1½"),
        ("at ½ % monthly", Percent, Some(0.5), "½"),
        ("at 1 1/2% monthly", Percent, Some(1.5), "1 1 2"),
        ("at 1-1/4 percent", Percent, Some(1.25), "1 1 4 percent"),
        ("at 1/8% monthly", Percent, Some(0.125), "1 8"),
        ("one hundred and eighty (180) days", Duration, Some(4320.0), "one hundred and eighty 180 days"),
        ("a sixty-day period", Duration, Some(1440.0), "sixty day"),
        ("on 1 January 2026 or", Date, Some(20_454.0), "1 January 2026"),
        ("on January 1, 2026 or", Date, Some(20_454.0), "January 1, 2026"),
        ("the 1st day of January, 2026", Date, Some(20_454.0), "1st day of January 2026"),
        ("from 2026-01-01 on", Date, Some(20_454.0), "2026 01 01"),
        ("from 31/12/2025 on", Date, Some(20_453.0), "31 12 2025"),
        ("from 01/02/2026 on", Date, None, "01 02 2026"),
        ("ab 01.01.2026 gilt", Date, Some(20_454.0), "01.01.2026"),
        ("in March 2026 only", Date, None, "March 2026"),
        ("runs on PHP 8.1 only", Number, Some(8.1), "8.1"),
        ("holds 25 users", Number, Some(25.0), "25"),
        ("two or more", Number, Some(2.0), "two"),
        ("[***] units", Number, None, "[***]"),
        ("[***]% of", Percent, None, "[***]"),
        ("XX% of", Percent, None, "XX"),
        ("$[●] now", Money, None, "[●]"),
        ("within [number] days of", Duration, None, "[number] days"),
        ("within [Number, e.g., 24] hours of", Duration, None, "[Number, e.g., 24] hours"),
        ("by [insert percentage]% a", Percent, None, "[insert percentage]"),
        ("within [10] days of", Duration, Some(240.0), "10 days"),
        ("for [6] months from", Duration, Some(4380.0), "6 months"),
        ("at [99.5]% of", Percent, Some(99.5), "99.5"),
        ("pays $[5,000] now", Money, Some(5000.0), "5,000"),
        ("within sixty (_60_) business days", Duration, Some(1440.0), "sixty 60 business days"),
        ("within ten [10] days", Duration, Some(240.0), "ten 10 days"),
        ("[___] days after", Duration, None, "[___] days"),
        ("____ days after", Duration, None, "____ days"),
        ("[*] (__) months", Duration, None, "[*] __ months"),
    ];
    for (text, kind, value, said) in table {
        let read = found(text);
        assert_eq!(read.len(), 1, "{text}: {read:?}");
        let (got, number, words) = &read[0];
        assert_eq!(*got, kind, "{text}");
        assert_eq!(words.replace(',', ""), said.replace(',', ""), "{text}");
        let same = match (number, value) {
            (Some(one), Some(other)) => (one - other).abs() < 1e-6,
            (one, other) => one.is_none() && other.is_none(),
        };
        assert!(same, "{text}: {number:?}");
    }
}

#[test]
fn reads_no_quantity() {
    for text in [
        "Section 5 and Clause 5.2.1",
        "(1) the one and only",
        "may be in march",
        "1. The scope",
        "one of them",
        "the 30th day",
        "§ 5 gilt",
        "MAY NOT",
        "support is 24x7",
        "Schedule 13d and Rule 13d",
        "once a week or a month",
        "more than a list",
        "half of them",
        "half-a-dozen",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn rates_are_no_time_spans() {
    for text in [
        "open 24 hours per day",
        "open 24 hours a day",
        "on 7 days a week",
        "open 24/7",
        "half a dozen times",
    ] {
        assert!(found(text).iter().all(|(kind, ..)| *kind == Number), "{text}");
    }
}

#[test]
fn two_quantities_stay_two() {
    let kinds: Vec<_> = found("5% to 10% within 3 days, or $1 (plus 2%)")
        .into_iter()
        .map(|(kind, value, _)| (kind, value))
        .collect();
    assert_eq!(
        kinds,
        [
            (Percent, Some(5.0)),
            (Percent, Some(10.0)),
            (Duration, Some(72.0)),
            (Money, Some(1.0)),
            (Percent, Some(2.0))
        ]
    );
}

#[test]
fn a_currency_between_two_amounts_belongs_to_the_first() {
    let said: Vec<String> = found("from [***] AUD [***] on").into_iter().map(|(_, _, said)| said).collect();
    assert_eq!(said, ["[***] AUD", "[***]"]);
}
