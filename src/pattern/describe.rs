//! What a part of a pattern asks for, in a lawyer's words: the nearest miss is told with them.

use super::ast::{Expr, Form, Modal, Node, PartyTerm, Reach, WordTerm};
use crate::token::QuantityKind;

/// What a part asks for, in a lawyer's words: "the supplier", "a binding word (shall, must, will)".
pub(super) fn describe(node: &Node) -> String {
    match &node.expr {
        Expr::Word(word) => describe_word(word),
        Expr::Phrase(words) => {
            let words: Vec<_> = words.iter().map(|word| describe_word(word).replace('"', "")).collect();
            format!("\"{}\"", words.join(" "))
        }
        Expr::Party(PartyTerm::Customer) => "the customer".to_owned(),
        Expr::Party(PartyTerm::Supplier) => "the supplier".to_owned(),
        Expr::Party(PartyTerm::Any) => "a party".to_owned(),
        Expr::Modal(Modal::Must) => "a binding word (shall, must, will)".to_owned(),
        Expr::Modal(Modal::May) => "a permission (may, is entitled to)".to_owned(),
        Expr::Modal(Modal::Not) => "a negation (not, no, without)".to_owned(),
        Expr::Quantity(kind, test) => {
            let noun = match kind {
                QuantityKind::Percent => "a percentage",
                QuantityKind::Money => "a sum of money",
                QuantityKind::Duration => "a period of time",
                QuantityKind::Date => "a date",
                QuantityKind::Number => "a number",
            };
            test.as_ref().map_or_else(
                || noun.to_owned(),
                |test| format!("{noun} {} {}", test.operator.words(), test.written),
            )
        }
        Expr::List(name) => format!("\"{}\"", name.replace(['-', '_'], " ")),
        Expr::Or(parts) => {
            let shown: Vec<String> = parts.iter().take(3).map(describe).collect();
            let more = if parts.len() > 3 { " or the like" } else { "" };
            format!("{}{more}", shown.join(if parts.len() > 3 { ", " } else { " or " }))
        }
        Expr::Join(connector, left, right) => {
            let between = match connector.reach {
                Reach::Words(_) => "near",
                _ => "with",
            };
            format!("{} {between} {}", describe(left), describe(right))
        }
        Expr::Except(left, _) => describe(left),
        Expr::Heading(inner) => format!("a heading with {}", describe(inner)),
    }
}

fn describe_word(word: &WordTerm) -> String {
    match word.form {
        Form::Root => format!("\"{}...\"", word.text),
        Form::Folded | Form::Exact => format!("\"{}\"", word.text),
    }
}
