//! Who is customer and who is supplier, from preamble, definitions and verbs, with the reason kept.
//!
//! Candidates come from introductions ("... (the "Supplier")"), from the words of the trade, from
//! "we" and "you", and from names that bind themselves ("Orlan shall"). Each is weighed by what its
//! name says and by what it does in the text; the two that lie furthest apart are the two sides.

mod deeds;
mod full_names;
mod introduced;
mod lexicon;
mod speech;
mod weigh;

use std::collections::BTreeMap;

use deeds::Mention;
pub(super) use introduced::first_bytes;
pub(super) use speech::lower_into;
use speech::{Distinct, Part, Speech, bare};
use weigh::Candidate;

use super::Given;
use crate::document::Document;
use crate::source::Span;
use crate::token::Reading;
use crate::token::hash::QuickMap;

/// The side that a party stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Receives the services and pays.
    Customer,
    /// Performs the services.
    Supplier,
    /// Neither, or not to be told.
    Other,
}

/// One party with every name the contract gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its side.
    pub role: Role,
    /// What the contract calls it, the name to show first: "Helix Systems Ltd", "Supplier", "we".
    pub names: Vec<String>,
    /// Where the contract introduces it.
    pub introduced: Option<Span>,
    /// Why it was given this role, for `explain --parties`: lower case, no full stop.
    pub reasons: Vec<(String, Option<Span>)>,
}

/// The parties of one contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// The parties found, customers first, then suppliers.
    pub parties: Vec<Party>,
    /// Whether the roles could be told; when not, `@customer` and `@supplier` match any party.
    pub roles_known: bool,
}

impl Parties {
    /// All the names that a role goes by in this contract, the general words of the trade
    /// ("supplier", "vendor", "service provider") included unless they name the other side.
    /// Names are in lower case and may hold several words. With roles unknown: the names of all.
    #[must_use]
    pub fn names(&self, role: Role) -> Vec<String> {
        let general = match role {
            Role::Customer => lexicon::CUSTOMER,
            Role::Supplier => lexicon::SUPPLIER,
            Role::Other => &[],
        };
        if !self.roles_known && role != Role::Other {
            return self.collect(|_| true, &[lexicon::CUSTOMER, lexicon::SUPPLIER]);
        }
        let mut names = self.collect(|party| party.role == role, &[general]);
        let others: Vec<_> = self.parties.iter().filter(|party| party.role != role).collect();
        let own = |name: &str| self.parties.iter().any(|party| party.role == role && party.is_called(name));
        names.retain(|name| own(name) || !others.iter().any(|party| party.is_called(name)));
        names
    }

    /// What any party goes by, "party" and "parties" included.
    #[must_use]
    pub fn all_names(&self) -> Vec<String> {
        self.collect(|_| true, &[&["party", "parties"], lexicon::CUSTOMER, lexicon::SUPPLIER])
    }

    fn collect(&self, wanted: impl Fn(&Party) -> bool, general: &[&[&str]]) -> Vec<String> {
        let named = self.parties.iter().filter(|party| wanted(party)).flat_map(|party| &party.names);
        let mut names: Vec<_> = named.map(|name| name.to_lowercase()).collect();
        names.extend(general.iter().flat_map(|words| words.iter().map(|&word| word.to_owned())));
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Party {
    /// Whether it goes by a name, given in lower case.
    fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|own| same(own, name))
    }
}

/// Works out the parties of a document.
#[must_use]
pub fn find(document: &Document, reading: &Reading, given: &Given) -> Parties {
    let mut candidates = given_candidates(document, given);
    for found in introduced::find(document, reading) {
        let mut candidate = Candidate::new(found.names);
        candidate.introduced = Some((found.place.start, found.place.end));
        candidate.sure = found.sure;
        candidate.full = found.full;
        join(&mut candidates, candidate);
    }
    place_given(&mut candidates);
    let introduced = candidates.len();
    let trade = lexicon::TRADE.iter().map(|&word| vec![word.to_owned()]);
    let speakers: [&[&str]; 3] = [&["we", "us", "our"], &["I", "me", "my"], &["you", "your"]];
    let speakers = speakers.map(|names| names.iter().map(|&name| name.to_owned()).collect());
    // Contracts after a Chinese form call them so, often without an introduction in words.
    let lettered = ["Party A", "Party B"].map(|name| vec![name.to_owned()]);
    for names in trade.chain(speakers).chain(lettered) {
        join(&mut candidates, Candidate::new(names));
    }
    let distinct = Distinct::of(&document.prose.text, reading, PAGES);
    watch(&mut candidates, document, reading, &distinct);
    let tokens = reading.tokens.len();
    if !two_parties(&candidates, introduced, tokens) {
        // Nobody introduces them: whoever binds itself is looked at too.
        candidates.iter_mut().for_each(Candidate::forget);
        for name in subjects(document, reading, &distinct) {
            join(&mut candidates, Candidate::new(vec![name]));
        }
        watch(&mut candidates, document, reading, &distinct);
    }
    leave_out(&mut candidates, introduced, tokens);
    weigh::roles(candidates, document, reading)
}

/// Whether a word in lower case names a party in many contracts.
pub(super) fn is_actor(word: &str) -> bool {
    lexicon::leaning(word).is_some()
}

/// The parties that the user or the front matter names.
fn given_candidates(document: &Document, given: &Given) -> Vec<Candidate> {
    const FRONT: &[(&str, Role)] = &[
        ("parties.customer", Role::Customer),
        ("parties.client", Role::Customer),
        ("customer", Role::Customer),
        ("client", Role::Customer),
        ("parties.supplier", Role::Supplier),
        ("parties.provider", Role::Supplier),
        ("parties.vendor", Role::Supplier),
        ("supplier", Role::Supplier),
        ("provider", Role::Supplier),
        ("vendor", Role::Supplier),
    ];
    let said = [(&given.customer, Role::Customer), (&given.supplier, Role::Supplier)];
    let mut found: Vec<Candidate> = said
        .into_iter()
        .filter(|(names, _)| !names.is_empty())
        .map(|(names, role)| Candidate {
            given: Some((role, "given by the user")),
            ..Candidate::new(names.clone())
        })
        .collect();
    let front = document.front_matter.as_ref();
    for &(key, role) in FRONT {
        let decided = found.iter().any(|known| known.given.is_some_and(|(other, _)| other == role));
        let Some(value) = front.and_then(|front| front.get(key)).filter(|_| !decided) else { continue };
        let names: Vec<_> =
            value.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        if !names.is_empty() {
            found.push(Candidate {
                given: Some((role, "named in the front matter")),
                ..Candidate::new(names)
            });
        }
    }
    found
}

/// Adds a candidate, or its names to the one that it shares a name with. Two that lean to opposite
/// sides are two, whatever firm's name stands before both ("a customer of Orlan GmbH").
fn join(candidates: &mut Vec<Candidate>, new: Candidate) {
    let shared = |name: &str| new.names.iter().any(|other| same(name, other));
    let given = |known: &Candidate| {
        known.given.is_some()
            && known.names.iter().any(|name| new.names.iter().any(|other| begins(other, name)))
    };
    let Some(known) =
        candidates.iter_mut().find(|known| known.names.iter().any(|name| shared(name)) || given(known))
    else {
        candidates.push(new);
        return;
    };
    // An introduction says who "we" and "you" are.
    let speaker = new.is_speaker();
    if known.leaning * new.leaning < 0.0 && known.given.is_none() && !speaker {
        known.names.retain(|name| !shared(name));
        candidates.push(new);
        return;
    }
    known.sure |= new.sure;
    known.introduced = known.introduced.or(new.introduced);
    known.full = known.full.take().or(new.full);
    if new.leaning.abs() > known.leaning.abs() && !speaker {
        known.leaning = new.leaning;
    }
    for name in new.names {
        if !known.names.iter().any(|other| same(other, &name)) {
            known.names.push(name);
        }
    }
}

/// How far a name leans to a side that hints at it, and that hardly leaves a doubt.
const LEANS: f64 = 4.0;
const PLAIN: f64 = 8.0;

/// Gives each role that was given to a name which the text does not introduce to the introduced
/// party that leans to it most, so that the given name hides nobody.
fn place_given(candidates: &mut Vec<Candidate>) {
    for role in [Role::Customer, Role::Supplier] {
        let lost = |known: &Candidate| {
            known.introduced.is_none() && known.given.is_some_and(|(given, _)| given == role)
        };
        let Some(at) = candidates.iter().position(lost) else { continue };
        let side = if role == Role::Supplier { 1.0 } else { -1.0 };
        let leans = |known: &Candidate| if known.given.is_none() { known.leaning * side } else { 0.0 };
        let best = (0..candidates.len())
            .filter(|&other| candidates[other].sure && leans(&candidates[other]) >= LEANS)
            .max_by(|&one, &other| leans(&candidates[one]).total_cmp(&leans(&candidates[other])));
        if let Some(best) = best {
            let found = std::mem::take(&mut candidates[best]);
            let known = &mut candidates[at];
            known.names.extend(found.names);
            (known.introduced, known.sure, known.leaning) = (found.introduced, true, found.leaning);
            candidates.remove(best);
        }
    }
}

/// Whether one name is the other with more words behind it, case aside.
fn begins(long: &str, short: &str) -> bool {
    let (mut long, short) = (words_of(long), words_of(short));
    let mut some = false;
    for word in short {
        if long.next().is_none_or(|other| !same(other, word)) {
            return false;
        }
        some = true;
    }
    some
}

fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty())
}

/// Whether two names differ in case only.
fn same(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other) || (!name.is_ascii() && name.to_lowercase() == other.to_lowercase())
}

/// Capitalised words that bind themselves: "Orlan shall", "Orlan Legal agrees".
fn subjects(document: &Document, reading: &Reading, distinct: &Distinct) -> Vec<String> {
    const OFTEN: usize = 3;
    const MOST: usize = 6;
    let text = document.prose.text.as_str();
    let speech = Speech::new(text, reading, distinct, |_| 0);
    let capital =
        |at: usize| speech.part(at) == Part::None && speech.surface(at).starts_with(char::is_uppercase);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for at in 1..reading.tokens.len().min(PAGES as usize) {
        if speech.part(at) == Part::Modal && capital(at - 1) {
            *counts.entry(speech.surface(at - 1)).or_default() += 1;
            if at > 1 && capital(at - 2) {
                *pairs.entry((speech.surface(at - 2), speech.surface(at - 1))).or_default() += 1;
            }
        }
    }
    let mut found: Vec<_> =
        counts.into_iter().filter(|&(name, count)| count >= OFTEN && full_names::is_name(name)).collect();
    found.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let whole = |name: &str, count: usize| {
        let front = pairs.iter().find(|&(&(_, last), &times)| last == name && times * 4 >= count * 3);
        front.map_or_else(|| name.to_owned(), |((first, _), _)| format!("{first} {name}"))
    };
    found.into_iter().take(MOST).map(|(name, count)| whole(name, count)).collect()
}

/// Tokens in which deeds are looked for: what two parties do shows early.
const PAGES: u32 = 30_000;

/// Goes through the text once and gathers what each candidate does.
fn watch(candidates: &mut [Candidate], document: &Document, reading: &Reading, distinct: &Distinct) {
    let text = document.prose.text.as_str();
    let names = Names::new(candidates);
    let speech = Speech::new(text, reading, distinct, |word| names.first(word));
    let mut mentions: Vec<Mention> = Vec::new();
    for unit in reading.units.iter().take_while(|unit| unit.start < PAGES) {
        let (mut at, end) = (unit.start as usize, unit.own_end.min(PAGES) as usize);
        while let Some(next) = speech.next_name(at..end) {
            at = next;
            match names.at(at, &speech) {
                Some(mention) => {
                    let stranger = at > 0 && matches!(speech.part(at - 1), Part::Strange | Part::Outsider);
                    at = mention.end;
                    mentions.extend(Some(mention).filter(|_| !stranger));
                }
                None => at += 1,
            }
        }
    }
    let named = |at: usize| mentions.binary_search_by_key(&at, |mention| mention.start).is_ok();
    for mention in &mentions {
        let candidate = &mut candidates[mention.candidate];
        candidate.mentions += 1;
        if reading.tokens[mention.start].is_heading() {
            continue;
        }
        for deed in deeds::at(*mention, reading, &speech, &named) {
            candidate.add(deed);
        }
    }
}

/// Deeds that prove a party.
const PROOF: f64 = 2.0;
/// Deeds that prove one whose introduction says neither by word nor by firm that it is one.
const AMPLE: f64 = 6.0;

/// Whether it is a party; in a short text an introduction and one mention are enough.
fn is_firm(candidate: &Candidate, tokens: usize) -> bool {
    const ONE_IN: usize = 800;
    let often = candidate.mentions > 2 || candidate.mentions * ONE_IN >= tokens.max(1);
    candidate.given.is_some() || candidate.acts() >= PROOF || (candidate.sure && often)
}

fn most_mentions(candidates: &[Candidate]) -> usize {
    candidates.iter().map(|candidate| candidate.mentions).max().unwrap_or(0)
}

/// Whether two of those introduced are parties with a part in the text. Where their roles lie near
/// each other nobody else may decide them.
fn two_parties(candidates: &[Candidate], introduced: usize, tokens: usize) -> bool {
    let most = most_mentions(candidates);
    let main = |candidate: &&Candidate| {
        is_firm(candidate, tokens)
            && (candidate.given.is_some() || candidate.mentions * 10 >= most)
            && is_believed(candidate)
    };
    candidates.iter().take(introduced).filter(main).count() > 1
}

/// Whether a party, and no thing that was defined like one ("your network (the "Environment")").
fn is_believed(candidate: &Candidate) -> bool {
    candidate.given.is_some() || candidate.sure || candidate.leaning != 0.0 || candidate.acts() >= AMPLE
}

/// A paper that introduces its parties also calls them "we" and "you", if it does so for one mention in
/// this many of the party named most.
const SPOKEN: usize = 3;

/// Leaves out what is no party of this contract: things that were defined like parties, and, where
/// two parties are introduced, everybody else but a frequent "we" and "you".
fn leave_out(candidates: &mut Vec<Candidate>, introduced: usize, tokens: usize) {
    let (two, most) = (two_parties(candidates, introduced, tokens), most_mentions(candidates));
    let frequent = |candidate: &Candidate| {
        candidate.mentions * 10 >= most && (candidate.acts() >= PROOF || candidate.leaning != 0.0)
    };
    let named = |side: f64, least: f64| {
        candidates.iter().any(|candidate| frequent(candidate) && candidate.leaning * side >= least)
    };
    let (told, plain) = (named(1.0, LEANS) && named(-1.0, LEANS), named(1.0, PLAIN) && named(-1.0, PLAIN));
    let spoken = ["we", "you"].iter().all(|word| {
        let speaks = |known: &&Candidate| known.is_speaker() && known.names.iter().any(|name| name == word);
        candidates.iter().find(speaks).is_some_and(|known| known.mentions * SPOKEN >= most.max(1))
    });
    let mut index = 0;
    candidates.retain(|candidate| {
        index += 1;
        if index <= introduced {
            return is_firm(candidate, tokens) && (!told || is_believed(candidate));
        }
        // Where "client" and "provider" are the two sides, an "administrator" that does nothing is
        // somebody's staff.
        let staff = plain && candidate.leaning.abs() < PLAIN && candidate.acts() < PROOF;
        // "Phase I" says nothing of a speaker.
        let numeral = candidate.names.iter().any(|name| name == "I") && candidate.acts() <= 0.0;
        let speaks = candidate.is_speaker();
        frequent(candidate) && !numeral && if two { speaks && spoken } else { !staff || speaks }
    });
}

/// The names of all candidates, by their first words.
struct Names {
    /// The place of each first word in `names`, counted from 1.
    firsts: QuickMap<String, u16>,
    /// For each first word the names that begin with it, longest first: words and candidate.
    names: Vec<Vec<(Vec<String>, usize)>>,
}

impl Names {
    fn new(candidates: &[Candidate]) -> Self {
        let mut lists: BTreeMap<String, Vec<(Vec<String>, usize)>> = BTreeMap::new();
        for (index, candidate) in candidates.iter().enumerate() {
            for name in &candidate.names {
                let words: Vec<String> = name
                    .to_lowercase()
                    .split(|c: char| !(c.is_alphanumeric() || c == '\''))
                    .map(|word| bare(word.trim_matches('\'')).to_owned())
                    .filter(|word| !word.is_empty())
                    .collect();
                if let Some(first) = words.first() {
                    lists.entry(first.clone()).or_default().push((words, index));
                }
            }
        }
        let mut found = Self { firsts: QuickMap::default(), names: vec![Vec::new()] };
        for (first, names) in lists {
            found.firsts.insert(first, u16::try_from(found.names.len()).unwrap_or(0));
            found.names.push(names);
        }
        for names in &mut found.names {
            names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        found
    }

    /// The list of names that begin with a word; 0 for none.
    fn first(&self, word: &str) -> u16 {
        self.firsts.get(word).copied().unwrap_or(0)
    }

    /// The longest name at a token.
    fn at(&self, at: usize, speech: &Speech<'_>) -> Option<Mention> {
        let list = speech.role(at).name;
        if list == 0 {
            return None;
        }
        let is = |surface: &str, word: &str| match surface.is_ascii() {
            true => surface.strip_suffix("'S").unwrap_or_else(|| bare(surface)).eq_ignore_ascii_case(word),
            false => bare(&surface.to_lowercase()) == word,
        };
        let fits = |words: &[String]| {
            // Whoever speaks is "I"; a lone "i" numbers an item.
            if words == ["i"] {
                return speech.surface(at) == "I";
            }
            words.iter().enumerate().skip(1).all(|(more, word)| is(speech.surface(at + more), word))
        };
        let (words, candidate) = self.names.get(list as usize)?.iter().find(|(words, _)| fits(words))?;
        Some(Mention { candidate: *candidate, start: at, end: at + words.len() })
    }
}

#[cfg(test)]
mod tests;
