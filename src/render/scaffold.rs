//! `rules new`: a rule file to start from, or a file that changes a rule. What it prints loads and
//! passes its own examples, so that an author changes one thing at a time.

use std::fmt::Write as _;

use crate::rule::ClauseRule;

/// A commented rule file for a clause that has none yet.
#[must_use]
pub fn rule(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    let title: String =
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    RULE.replace("{id}", id).replace("{title}", &title).replace("{words}", &words)
}

/// A commented file that changes a rule and keeps the rest of it.
#[must_use]
pub fn extension(rule: &ClauseRule) -> String {
    let mut elements = String::new();
    for element in &rule.elements {
        let _ = writeln!(elements, "#   {:22} {}", element.id, element.title.replace('\n', " "));
    }
    let first = rule.elements.first().map_or("name", |element| &*element.id);
    EXTENSION.replace("{id}", &rule.id).replace("{elements}", elements.trim_end()).replace("{first}", first)
}

const RULE: &str = r#"# A rule of clauselint. The file's name is the clause's id: {id}.toml
# `clauselint schema rule` explains every key, `clauselint explain exit-transition` shows a full rule.
# Try it: clauselint rules test FOLDER, then clauselint check --rules FOLDER CONTRACT

title   = "{title}"
# One line on what the clause does.
summary = "TODO: what the clause does"
# How loud: "error", "warning", "note" or "off".
missing = "warning"
weak    = "note"
# The risk without the clause; the first sentence is shown with each finding.
why     = '''
TODO: what goes wrong without the clause.
'''
# What to draft.
remedy  = '''
TODO: what the parties should write.
'''
# Laws and guides that ask for the clause.
references = []

# Titles under which the clause usually stands. A hint where to look; a title proves nothing.
heading = '''"{words}"'''

# One table for each thing that the clause should say. Patterns are terms and connectors:
#   breach, terminat!, "step in"    a word in any form; a root; a phrase
#   @customer, @supplier            whatever this contract calls that party
#   @must, @may, @not               words that bind, permit, negate
#   @duration<=72h, @money          quantities
#   a +5 b, a /s b, a % b           a before b within 5 words; in one sentence; without b in it
# Try one on contracts before you write it here: clauselint query 'PATTERN' FOLDER
[element.duty]
# The noun for it in headlines: "has no duty to report".
name   = "duty to report"
title  = "the supplier must report"
any    = [
  # "the Supplier shall report / inform / notify the Customer"
  '''@supplier +s (@must +6 (report or inform or notify))''',
]
# A match proves nothing in a sentence with one of these.
unless = ['''newspaper''']
advice = "oblige the supplier to report"

[element.deadline]
name   = "deadline"
title  = "by when"
# Counts only near the element named here: in its "sentence", "paragraph", "clause", or with
# "neighbours" in the clauses next to it too.
within = "duty"
reach  = "clause"
any    = ['''within +3 @duration''']
advice = "say by when"

# Formulas over the elements with `and`, `or` and parentheses.
[strength]
# Else the clause is missing.
present = "duty"
# Else it is weak.
strong  = "duty and deadline"

# Wording that empties a duty.
[soft.efforts]
pattern = '''reasonable +2 (effort or endeavour)'''
within  = "duty"
message = "a promise to try is no duty"

# Inserted where the clause is missing; every blank is a placeholder in brackets.
[model]
text = '''
## {title}

1. The Supplier shall report to the Customer within [10] days after the end of each month.
'''

# Examples are documentation and test at once. Write several of each outcome, and as "missing" texts
# that only look like the clause.
[[example]]
status   = "strong"
elements = ["duty", "deadline"]
# Where an element must be found; leave it out when any place will do.
shows    = { deadline = "within 10 days" }
text     = '''
This agreement is made between Marlow Foods Ltd (the "Customer") and Tern Hosting Ltd (the "Supplier").

## 1. {title}

1.1 The Supplier shall report to the Customer within 10 days after the end of each month.
'''

[[example]]
status   = "weak"
elements = ["duty"]
note     = "no deadline"
text     = '''
This agreement is made between Marlow Foods Ltd (the "Customer") and Tern Hosting Ltd (the "Supplier").

## 1. {title}

1.1 The Supplier shall report to the Customer.
'''

[[example]]
status = "missing"
note   = "the duty is denied"
text   = '''
This agreement is made between Marlow Foods Ltd (the "Customer") and Tern Hosting Ltd (the "Supplier").

## 1. {title}

1.1 The Supplier shall not be obliged to report to the Customer.
'''
"#;

const EXTENSION: &str = r#"# Changes to the rule {id}: what is left out stays as it is. The file's name is free.
# `clauselint schema extension` explains every key, `clauselint explain {id}` shows the rule.
# To put another rule in its place altogether, name a file {id}.toml and leave out `extends`.

extends = "{id}"

# Other levels: "error", "warning", "note" or "off".
# missing = "error"
# weak    = "error"

# The elements of the rule:
{elements}
#
# Further patterns for one of them, or for a new one:
# [element.{first}]
# any    = ['''...''']       # more wording that shows it
# unless = ['''...''']       # more wording that spoils a match
# advice = "..."

# Other formulas over the elements:
# [strength]
# strong = "..."

# Examples of the rule as changed; those of the rule itself are no longer tested.
# [[example]]
# status   = "strong"
# elements = ["..."]
# text     = '''
# ...
# '''
"#;
