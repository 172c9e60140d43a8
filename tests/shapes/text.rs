//! Contracts of shapes that hurt, made in memory: what is long, deep, or many of one kind. Used by
//! the test beside it at a small size and by `benches/growth.rs` at the full one.

use std::fmt::Write as _;

/// A shape and how many of its kind a text of it holds at full size.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// What it is: "a line".
    pub(crate) name: &'static str,
    /// How many at full size.
    pub(crate) full: usize,
    /// Makes a text with this many.
    pub(crate) make: fn(usize) -> String,
}

/// Words of ordinary contract language, to fill lines with.
const SENTENCES: [&str; 6] = [
    "The Supplier shall provide the Services in accordance with the Service Levels. ",
    "The Customer shall pay each undisputed invoice within thirty (30) days of its receipt. ",
    "Each party shall keep the Confidential Information of the other party confidential. ",
    "The Supplier shall notify the Customer without undue delay of any personal data breach. ",
    "Neither party is liable for loss of profit, except as set out in this Agreement. ",
    "The Customer may audit the Supplier once a year on ten (10) Business Days' notice. ",
];

/// Who contracts with whom: a text without it would be read as no contract.
const FRONT: &str = "# Services Agreement\n\nThis Agreement is made between Alder Bank plc (the \
    \"Customer\") and Birch Systems Ltd (the \"Supplier\") on 3 March 2025.\n\n";

fn sentence(at: usize) -> &'static str {
    SENTENCES[at % SENTENCES.len()]
}

/// A front with lines made by counting.
fn lines(count: usize, mut line: impl FnMut(&mut String, usize)) -> String {
    let mut text = FRONT.to_owned();
    for at in 1..=count {
        line(&mut text, at);
    }
    text
}

/// A front with one stretch of text often.
fn often(count: usize, part: &str) -> String {
    format!("{FRONT}{}\n", part.repeat(count))
}

/// Sentences of some bytes in one paragraph, with this between them.
fn running(bytes: usize, between: &str) -> String {
    let mut text = String::with_capacity(bytes + 200);
    text.push_str(FRONT);
    for at in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(sentence(at));
        text.push_str(between);
    }
    text.push('\n');
    text
}

/// Numbered clauses with a title and some sentences, of some bytes together.
pub(crate) fn ordinary(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1000);
    text.push_str(FRONT);
    for at in 1.. {
        if text.len() >= bytes {
            break;
        }
        let _ = write!(text, "## {at}. Services and charges {at}\n\n");
        for part in 1..=5 {
            let (first, second) = (sentence(at + part), sentence(at * part + 1));
            let _ = write!(text, "{at}.{part} {first}{second}Clause {at}.{part} applies to it.\n\n");
        }
    }
    text
}

/// Lists in lists: the bytes grow with the square of the depth, so this many bytes.
fn deep_list(bytes: usize) -> String {
    let mut text = FRONT.to_owned();
    for depth in 0.. {
        if text.len() >= bytes {
            break;
        }
        let _ = writeln!(text, "{}- the Supplier shall:", "  ".repeat(depth));
    }
    text
}

fn defined_terms(count: usize) -> String {
    lines(count, |text, at| {
        let (next, far) = (at % count + 1, (at * 7919) % count + 1);
        let _ = write!(
            text,
            "\"Term{} Item\" means the Term{} Item together with each Term{} Item.\n\n",
            letters(at),
            letters(next),
            letters(far)
        );
    })
}

/// A number in letters: terms are words.
fn letters(mut number: usize) -> String {
    let mut out = String::new();
    while number > 0 {
        out.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    out
}

fn wide_row(count: usize) -> String {
    let mut text = FRONT.to_owned();
    for row in ["Term ", "--- ", "30 days "] {
        text.push_str(&format!("|{row}").repeat(count));
        text.push_str("|\n");
    }
    text
}

fn table(count: usize) -> String {
    let front = "| Metric | Target | Credit |\n| --- | --- | --- |\n";
    let rows = lines(count, |text, at| {
        let _ = writeln!(text, "| Availability {at} | 99.{}% | {}% of the Charges |", at % 10, at % 20);
    });
    rows.replacen(FRONT, &format!("{FRONT}{front}"), 1)
}

fn growing_backticks(bytes: usize) -> String {
    let mut text = FRONT.to_owned();
    for run in 1.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&"`".repeat(run));
        text.push_str("a ");
    }
    text
}

fn html(count: usize) -> String {
    const PARTS: [&str; 12] = [
        "<div>",
        "<table><tr><td>a",
        "</p>",
        "<b>",
        "<!-- ",
        "<a href='",
        "&amp;",
        "<?",
        "<![CDATA[",
        "\n\n<p>",
        "--",
        "text ",
    ];
    let mut text = FRONT.to_owned();
    for at in 0..count {
        text.push_str(PARTS[(at * at + at / 5) % PARTS.len()]);
    }
    text
}

const MILLION: usize = 1_000_000;
const MANY: usize = 100_000;
const MB: usize = 1_000_000;

/// All shapes, each at its full size.
pub(crate) const SHAPES: &[Shape] = &[
    Shape { name: "ordinary clauses", full: 10 * MB, make: ordinary },
    Shape { name: "one line of 50 MB", full: 50 * MB, make: |n| running(n, "") },
    Shape { name: "one paragraph of 20 MB", full: 20 * MB, make: |n| running(n, "\n") },
    Shape { name: "one sentence of 5 MB", full: 5 * MB, make: |n| running(n, "").replace(". ", " and ") },
    Shape { name: "one word of 10 MB", full: 10 * MB, make: |n| often(n, "a") },
    Shape {
        name: "headings",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "## {at}. Charges\n\n");
            })
        },
    },
    Shape {
        name: "headings of every level",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{} Charges {at}\n\n", "#".repeat(at % 6 + 1));
            })
        },
    },
    Shape {
        name: "lettered lines of one paragraph",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = writeln!(text, "({}) **pay** the Charges;", letters(at % 26 + 1));
            })
        },
    },
    Shape {
        name: "numbers that skip",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{}.{}. {}\n\n", at / 90 + 1, at % 90 * 2 + 1, sentence(at));
            })
        },
    },
    Shape {
        name: "numbered paragraphs",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{at}. {}\n\n", sentence(at));
            })
        },
    },
    Shape {
        name: "one list",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = writeln!(text, "- {}", sentence(at));
            })
        },
    },
    Shape {
        name: "lists in lists, one line",
        full: 10_000,
        make: |n| format!("{}the Supplier shall pay.\n", often(n, "- ").trim_end().to_owned() + " "),
    },
    Shape { name: "lists in lists, 10 MB", full: 10 * MB, make: deep_list },
    Shape {
        name: "numbers in numbers",
        full: 10_000,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{}1 {}\n\n", "1.".repeat(at.min(200)), sentence(at));
            })
        },
    },
    Shape {
        name: "quotes in quotes",
        full: 10_000,
        make: |n| format!("{}the Supplier shall pay.\n", often(n, "> ").trim_end().to_owned() + " "),
    },
    Shape {
        name: "quotes in quotes, by line",
        full: 1_000,
        make: |n| {
            lines(n, |text, at| {
                let _ = writeln!(text, "{}the Supplier shall pay.", "> ".repeat(at));
            })
        },
    },
    Shape { name: "quotes and lists in turn", full: 10_000, make: |n| often(n, "> - ") },
    Shape { name: "table rows", full: MANY, make: table },
    Shape { name: "cells of one row", full: MANY, make: wide_row },
    Shape { name: "[", full: MILLION, make: |n| often(n, "[") },
    Shape { name: "]", full: MILLION, make: |n| often(n, "]") },
    Shape { name: "[a", full: MILLION, make: |n| often(n, "[a ") },
    Shape { name: "[]", full: MILLION, make: |n| often(n, "[]") },
    Shape { name: "[a](", full: MILLION, make: |n| often(n, "[a](") },
    Shape { name: "[a](<b", full: MILLION, make: |n| often(n, "[a](<b") },
    Shape { name: "![", full: MILLION, make: |n| often(n, "![") },
    Shape { name: "![[]()", full: MILLION / 6, make: |n| often(n, "![[]()") },
    Shape { name: "[^", full: MILLION / 2, make: |n| often(n, "[^") },
    Shape { name: "(", full: MILLION, make: |n| often(n, "(") },
    Shape { name: "brackets apart", full: MILLION, make: |n| often(n / 2, "( [ ") },
    Shape { name: "`", full: MILLION, make: |n| often(n, "`") },
    Shape { name: "`a", full: MILLION, make: |n| often(n, "`a ") },
    Shape { name: "` `` ```", full: MILLION, make: growing_backticks },
    Shape { name: "*", full: MILLION, make: |n| often(n, "*") },
    Shape { name: "*a", full: MILLION, make: |n| often(n, "*a ") },
    Shape { name: "a*", full: MILLION, make: |n| often(n, "a* ") },
    Shape { name: "*a **b", full: MILLION / 2, make: |n| often(n, "*a **b ") },
    Shape { name: "**_**_", full: MILLION / 6, make: |n| often(n, "**_**_") },
    Shape { name: "**_a", full: MILLION / 3, make: |n| often(n, "**_a ") },
    Shape { name: "*a* apart", full: MILLION / 2, make: |n| often(n, "*a* ") },
    Shape { name: "_a", full: MILLION, make: |n| often(n, "_a ") },
    Shape { name: "~~a ~b", full: MILLION / 2, make: |n| often(n, "~~a ~b ") },
    Shape {
        name: "**a inside",
        full: MILLION / 2,
        make: |n| format!("{}{}\n", often(n, "**a ").trim_end(), " b**".repeat(n)),
    },
    Shape { name: "<", full: MILLION, make: |n| often(n, "<") },
    Shape { name: "<a ", full: MILLION / 2, make: |n| often(n, "<a ") },
    Shape { name: "<!--", full: MILLION / 2, make: |n| often(n, "a <!-- ") },
    Shape { name: "<!-- by line", full: MANY, make: |n| often(n, "\n\n<!-- ") },
    Shape { name: "<?", full: MILLION / 2, make: |n| often(n, "a <?") },
    Shape { name: "<![CDATA[", full: MANY, make: |n| often(n, "a <![CDATA[") },
    Shape { name: "<!A", full: MILLION / 2, make: |n| often(n, "a <!A") },
    Shape { name: "HTML", full: MANY, make: html },
    Shape { name: "<b>", full: MANY, make: |n| often(n, "<b>a ") },
    Shape { name: "<div><b>", full: MANY, make: |n| often(n, "\n<div><b>a") },
    Shape { name: "&", full: MILLION, make: |n| often(n, "&") },
    Shape { name: "\\", full: MILLION, make: |n| often(n, "\\") },
    Shape { name: "\"", full: MILLION, make: |n| often(n, "\" ") },
    Shape {
        name: "link definitions",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "[a{at}]: /b\n\n[a{at}] applies.\n\n");
            })
        },
    },
    Shape {
        name: "link definitions, one paragraph",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = writeln!(text, "[a{at}]: /b");
            })
        },
    },
    Shape {
        name: "uses of one long link",
        full: MANY,
        make: |n| format!("{}\n[a]: /{}\n", often(n, "[a] "), "b".repeat(n)),
    },
    Shape {
        name: "footnotes",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "The Supplier pays.[^{at}]\n\n[^{at}]: Once a year.\n\n");
            })
        },
    },
    Shape { name: "rules and blank lines", full: MANY, make: |n| often(n, "\n\n---\n") },
    Shape { name: "blank lines", full: MILLION, make: |n| often(n, "\n") },
    Shape { name: "blanks", full: MILLION, make: |n| often(n, " ") },
    Shape { name: "lines of one letter", full: MANY, make: |n| often(n, "a\n\n") },
    Shape { name: "colons", full: MANY, make: |n| often(n, "the Supplier shall:\n\n") },
    Shape {
        name: "letters in brackets",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "({}) pay the Charges;\n\n", letters(at % 26 + 1));
            })
        },
    },
    Shape { name: "(a) in a line", full: MANY, make: |n| often(n, "(a) pay; (b) provide; and (c) keep; ") },
    Shape {
        name: "1.1 in a line",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{at}.1 Pay the Charges. ");
            })
        },
    },
    Shape { name: "indented text", full: MANY, make: |n| often(n, "    The Supplier shall pay.\n") },
    Shape { name: "fences", full: MANY, make: |n| often(n, "\n```\na\n") },
    Shape { name: "defined terms", full: MANY, make: defined_terms },
    Shape {
        name: "one term defined often",
        full: MANY,
        make: |n| often(n, "\"Term\" means the Services.\n\n"),
    },
    Shape {
        name: "cross references",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{at}. Clause {} applies to Schedule {}.\n\n", (at * 7919) % n + 1, at);
            })
        },
    },
    Shape {
        name: "references to nowhere",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{at}. Clause {}.7 applies.\n\n", at + n);
            })
        },
    },
    Shape {
        name: "references below a clause",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let to = if at % 10 == 0 { at + n } else { at % 150 + 1 };
                let _ = write!(text, "{}.{}. Clause 1.{to} applies.\n\n", at / 150 + 1, at % 150 + 1);
            })
        },
    },
    Shape {
        name: "schedules to nowhere",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{at}. Schedule {} applies.\n\n", at % 40 + 1);
            })
        },
    },
    Shape {
        name: "lengths of periods",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(
                    text,
                    "The {} Notice Period is {} days. ",
                    letters(at).to_uppercase(),
                    at % 90 + 1
                );
            })
        },
    },
    Shape {
        name: "references in one paragraph",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "Clause {}.7 applies. ", at);
            })
        },
    },
    Shape {
        name: "placeholders",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{at}. The Supplier shall pay [insert amount] on [●].\n\n");
            })
        },
    },
    Shape { name: "placeholders in one line", full: MANY, make: |n| often(n, "Pay [insert amount]. ") },
    Shape {
        name: "dates and sums",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(
                    text,
                    "The term ends on {} March 20{:02}, and EUR {at} (ten) is due in thirty (40) days. ",
                    at % 28 + 1,
                    at % 100
                );
            })
        },
    },
    Shape {
        name: "parties",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(
                    text,
                    "{} Ltd (the \"Company {}\") is a party to this Agreement.\n\n",
                    letters(at).to_uppercase(),
                    letters(at)
                );
            })
        },
    },
    Shape {
        name: "words met once",
        full: MANY * 5,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "{} ", letters(at));
            })
        },
    },
    Shape {
        name: "capital words",
        full: MANY,
        make: |n| {
            lines(n, |text, at| {
                let _ = write!(text, "The Big {} shall apply. ", letters(at).to_uppercase());
            })
        },
    },
    Shape { name: "accents", full: MILLION, make: |n| often(n, "é\u{301}") },
    Shape { name: "CR", full: MANY, make: |n| often(n, "The Supplier shall pay.\r") },
    Shape {
        name: "waivers",
        full: MANY,
        make: |n| {
            often(
                n,
                "<!-- clauselint: allow(missing-audit-rights) reason: no -->\n\nThe Supplier shall pay.\n\n",
            )
        },
    },
    Shape { name: "front matter", full: MANY, make: |n| format!("---\n{}---\n{FRONT}", "a: b\n".repeat(n)) },
];
