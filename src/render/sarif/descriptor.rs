//! What code scanning shows of a rule: taken from the data of the clause rule, the proofreading check
//! or the pack that a code speaks of.

use super::level;
use super::log::{Configuration, Descriptor, Help, Message, Tags, literal};
use crate::finding::{Code, Severity};
use crate::render::own;
use crate::rule::{Check, ClauseRule, Item, Pack, RuleSet};

/// The descriptor of a code. `worst` is the worst level of its findings, for codes without a level
/// of their own; the first set of rules that knows the code describes it.
pub(super) fn of(code: &Code, worst: Severity, rules: &[&RuleSet]) -> Descriptor {
    let page = rules.iter().find_map(|rules| page(code, rules)).unwrap_or_else(|| Page::of_own(code));
    let (id, name) = (code.to_string(), pascal(&code.to_string()));
    Descriptor {
        // The standard wants no name that says the same as the id.
        name: (!name.eq_ignore_ascii_case(&id)).then_some(name),
        id,
        short_description: Message::new(&page.short),
        full_description: Message::new(if page.full.is_empty() { &page.short } else { &page.full }),
        help: page.help(),
        default_configuration: Configuration { level: level(page.level.unwrap_or(worst)) },
        properties: (!page.tags.is_empty()).then_some(Tags { tags: page.tags }),
    }
}

fn page(code: &Code, rules: &RuleSet) -> Option<Page> {
    match code {
        Code::Slip(id) => rules.checks.iter().find(|check| check.id == *id).map(Page::of_check),
        Code::Pack { pack, item } => {
            let pack = rules.pack(pack)?;
            let item = pack.items.iter().find(|of| pack.short(of) == item)?;
            Some(Page::of_item(pack, item))
        }
        _ => Some(Page::of_clause(code, rules.get(code.clause()?)?)),
    }
}

/// A rule in a few parts.
#[derive(Debug, Default)]
struct Page {
    short: String,
    full: String,
    /// Titles and paragraphs in Markdown; empty paragraphs are left out.
    sections: Vec<(&'static str, String)>,
    level: Option<Severity>,
    tags: Vec<String>,
}

impl Page {
    fn of_clause(code: &Code, rule: &ClauseRule) -> Self {
        let (short, level) = match code {
            Code::Missing(_) => (format!("{}: the clause is missing", rule.title), rule.missing),
            Code::Soft(_) => (format!("{}: wording that takes back part of the duty", rule.title), None),
            Code::OneSided(_) => (format!("{}: a clause that weighs on one side", rule.title), None),
            Code::Position(_, element) => (format!("{}: the {element} falls short", rule.title), None),
            _ => (format!("{}: the clause is weak", rule.title), rule.weak),
        };
        let element = |element: &crate::rule::Element| {
            let advice =
                if element.advice.is_empty() { String::new() } else { format!(": {}", element.advice) };
            format!("- **{}** ({}){advice}", element.name, element.title)
        };
        let elements: Vec<String> = rule.elements.iter().map(element).collect();
        let references: Vec<String> = rule.references.iter().map(|of| format!("- {of}")).collect();
        Self {
            short,
            full: rule.summary.clone(),
            sections: vec![
                ("What goes wrong without it", rule.why.clone()),
                ("What to draft", rule.remedy.clone()),
                ("What makes it strong", elements.join("\n")),
                ("A model clause", rule.model.as_deref().map(quoted).unwrap_or_default()),
                ("Who asks for it", references.join("\n")),
            ],
            level,
            tags: vec!["contract".to_owned(), rule.pack.clone()],
        }
    }

    fn of_check(check: &Check) -> Self {
        Self {
            short: check.title.clone(),
            full: check.summary.clone(),
            sections: vec![
                ("What goes wrong with it", check.why.clone()),
                ("What to do", check.remedy.clone()),
            ],
            level: check.level,
            tags: vec!["contract".to_owned(), "proofreading".to_owned()],
        }
    }

    fn of_item(pack: &Pack, item: &Item) -> Self {
        Self {
            short: format!("{}: {}", item.id, item.asks),
            full: format!("{} ({})", pack.title, pack.instrument),
            sections: vec![
                ("Whom it binds", pack.applies.clone()),
                ("What to write", item.advice.clone()),
                ("What else there is to know", item.note.clone()),
            ],
            level: item.missing,
            tags: vec!["contract".to_owned(), pack.id.clone()],
        }
    }

    /// What a run says of itself and of files.
    fn of_own(code: &Code) -> Self {
        let Some(page) = own::of(code) else {
            return Self { short: "a finding on a contract".to_owned(), ..Self::default() };
        };
        let sections = [("What it means", page.meaning), ("What to do", page.remedy)];
        Self {
            short: page.title.to_owned(),
            sections: sections.map(|(title, text)| (title, text.to_owned())).to_vec(),
            ..Self::default()
        }
    }

    fn help(&self) -> Help {
        let parts = || self.sections.iter().filter(|(_, text)| !text.trim().is_empty());
        let plain: Vec<String> =
            parts().map(|(title, text)| format!("{title}\n\n{}", text.trim().replace("**", ""))).collect();
        let marked: Vec<String> =
            parts().map(|(title, text)| format!("## {title}\n\n{}", text.trim())).collect();
        let or_short = |parts: Vec<String>| {
            literal(&if parts.is_empty() { self.short.clone() } else { parts.join("\n\n") })
        };
        Help { text: or_short(plain), markdown: or_short(marked) }
    }
}

/// "weak-sla-metrics" as "WeakSlaMetrics", which viewers show as the name of the rule.
fn pascal(id: &str) -> String {
    let words = id.split(|character: char| !character.is_alphanumeric());
    let mut name = String::with_capacity(id.len());
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    name
}

/// A text as a quotation in Markdown.
fn quoted(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}
