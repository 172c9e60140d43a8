//! From names, words and deeds to roles.

use super::deeds::{Deed, Side};
use super::full_names::{is_firm, is_suffix};
use super::lexicon::{is_pronoun, leaning};
use super::{Parties, Party, Role};
use crate::document::Document;
use crate::source::Span;
use crate::token::Reading;

/// What deeds count beside the leaning of a name, at most.
const DEEDS: f64 = 14.0;
/// Deeds below this weight are thin.
const THIN: f64 = 3.0;
/// What a role that the user gives weighs: enough to decide, too little to hide the others.
const GIVEN: f64 = 20.0;
/// How far the names of two parties must lie apart to decide by themselves.
const NAMES_APART: f64 = 6.0;
/// How much "we" and "you" tell.
const PRONOUN: f64 = 5.0;
/// How much a word tells that hardly ever names the other side.
const SURE: f64 = 8.0;
/// Deeds that overrule names.
const MANY: f64 = 16.0;
/// How far customer and supplier must lie apart.
const APART: f64 = 5.0;
/// How many reasons are kept for a party.
const REASONS: usize = 3;

/// Somebody who may be a party.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    /// Names as written, best known first.
    pub(super) names: Vec<String>,
    /// Its full name, if one stands before its term.
    pub(super) full: Option<String>,
    /// Where it is introduced, in bytes of the prose.
    pub(super) introduced: Option<(u32, u32)>,
    /// What its best leaning name says; above 0 supplier.
    pub(super) leaning: f64,
    /// Whether its introduction alone makes it a party.
    pub(super) sure: bool,
    /// Set by the user or the front matter, with the reason.
    pub(super) given: Option<(Role, &'static str)>,
    pub(super) mentions: usize,
    pub(super) customer: f64,
    pub(super) supplier: f64,
    pub(super) deeds: Vec<Deed>,
}

impl Candidate {
    /// One with its leaning told from its names.
    pub(super) fn new(names: Vec<String>) -> Self {
        let leanings =
            names.iter().filter_map(|name| leaning(&name.to_lowercase()).or_else(|| pronoun(name)));
        let leaning = leanings.fold(0.0, |most: f64, next| if next.abs() > most.abs() { next } else { most });
        Self { names, leaning, ..Self::default() }
    }

    /// Takes in a deed.
    pub(super) fn add(&mut self, deed: Deed) {
        match deed.side {
            Side::Customer => self.customer += deed.weight,
            Side::Supplier => self.supplier += deed.weight,
        }
        let kept = self.deeds.iter().filter(|kept| kept.side == deed.side).count();
        let known = self.deeds.iter().any(|kept| kept.side == deed.side && kept.what == deed.what);
        if !known && deed.weight >= 1.0 && kept < REASONS {
            self.deeds.push(deed);
        }
    }

    /// How much its deeds weigh, whatever they speak for.
    pub(super) fn acts(&self) -> f64 {
        self.customer + self.supplier
    }

    /// Takes back all that was seen of it.
    pub(super) fn forget(&mut self) {
        (self.mentions, self.customer, self.supplier) = (0, 0.0, 0.0);
        self.deeds.clear();
    }

    /// Above 0 speaks for the supplier, below for the customer.
    pub(super) fn score(&self) -> f64 {
        let deeds = (self.supplier - self.customer) / (self.supplier + self.customer + THIN);
        match self.given {
            Some((Role::Supplier, _)) => GIVEN,
            Some((Role::Customer, _)) => -GIVEN,
            _ => self.leaning + DEEDS * deeds,
        }
    }

    /// Whether it is "we" or "you" and has no other name.
    pub(super) fn is_speaker(&self) -> bool {
        self.names.iter().all(|name| is_pronoun(&name.to_lowercase()))
    }

    /// How much the text has to do with it.
    fn presence(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "mentions are far below 2^52")]
        let mentions = self.mentions as f64;
        if self.given.is_some() { f64::MAX } else { mentions }
    }
}

/// "We" (or "I") is most often the supplier that wrote the terms, "you" its customer.
fn pronoun(name: &str) -> Option<f64> {
    match name.to_lowercase().as_str() {
        "we" | "i" => Some(PRONOUN),
        "you" => Some(-PRONOUN),
        _ => None,
    }
}

/// What tells customer and supplier apart among some of the candidates.
struct Told {
    roles_known: bool,
    /// Scores above are a supplier's, below a customer's.
    middle: f64,
    /// So near the middle a score tells nothing.
    band: f64,
    /// Customer and supplier, by place, where names decide.
    by_name: Option<(usize, usize)>,
}

impl Told {
    fn by(candidates: &[Candidate], main: &impl Fn(&&Candidate) -> bool) -> Self {
        let scores: Vec<f64> = candidates.iter().filter(main).map(Candidate::score).collect();
        let customer = scores.iter().copied().fold(f64::MAX, f64::min);
        let supplier = scores.iter().copied().fold(f64::MIN, f64::max);
        let apart = supplier - customer;
        let known = match scores.len() {
            0 => false,
            1 => supplier.abs() >= APART,
            _ => apart >= APART,
        };
        let middle = if scores.len() > 1 { f64::midpoint(supplier, customer) } else { 0.0 };
        let band = if scores.len() > 1 { apart / 8.0 } else { APART };
        let by_name = by_names(candidates, main);
        Self { roles_known: known || by_name.is_some(), middle, band, by_name }
    }
}

/// Gives the roles.
pub(super) fn roles(mut candidates: Vec<Candidate>, document: &Document, reading: &Reading) -> Parties {
    candidates.retain(|candidate| candidate.given.is_some() || candidate.mentions > 0);
    let most = candidates.iter().map(|candidate| candidate.mentions).max().unwrap_or(0);
    let told = |named: bool| {
        Told::by(&candidates, &|candidate: &&Candidate| {
            let main = candidate.given.is_some() || candidate.mentions * 12 >= most;
            main && (!named || !candidate.is_speaker())
        })
    };
    // Where two parties are introduced, "we" and "you" stand with one or the other and decide nothing.
    let introduced = |one: &&Candidate| one.sure && one.introduced.is_some() && !one.is_speaker();
    let named = Some(told(true)).filter(|_| candidates.iter().filter(introduced).count() > 1);
    let named = named.filter(|named| named.roles_known);
    let between = named.as_ref().map(|_| (between_speakers(&candidates), 0.0));
    let Told { roles_known, middle, band, by_name } = named.unwrap_or_else(|| told(false));
    let mut parties: Vec<_> = candidates
        .into_iter()
        .enumerate()
        .map(|(index, candidate)| {
            if let Some((customer, supplier)) = by_name {
                match index {
                    _ if index == customer => return (Role::Customer, candidate),
                    _ if index == supplier => return (Role::Supplier, candidate),
                    _ => {}
                }
            }
            let (middle, band) = between.filter(|_| candidate.is_speaker()).unwrap_or((middle, band));
            let by_middle = candidate.score() - middle;
            let role = match candidate.given {
                Some((role, _)) => role,
                None if !roles_known || by_middle.abs() < band => Role::Other,
                None if by_middle > 0.0 => Role::Supplier,
                None => Role::Customer,
            };
            (role, candidate)
        })
        .collect();
    if roles_known {
        across(&mut parties);
    }
    parties.sort_by(|one, other| {
        let order = |role| match role {
            Role::Customer => 0,
            Role::Supplier => 1,
            Role::Other => 2,
        };
        order(one.0).cmp(&order(other.0)).then(other.1.presence().total_cmp(&one.1.presence()))
    });
    let parties =
        parties.into_iter().map(|(role, candidate)| party(role, candidate, document, reading)).collect();
    Parties { parties, roles_known }
}

/// The middle between the scores of "we" and "you".
fn between_speakers(candidates: &[Candidate]) -> f64 {
    let scores = || candidates.iter().filter(|one| one.is_speaker()).map(Candidate::score);
    if scores().count() < 2 {
        return 0.0;
    }
    f64::midpoint(scores().fold(f64::MAX, f64::min), scores().fold(f64::MIN, f64::max))
}

/// Sets right those introduced parties of which neither name nor deed tells anything, because the text
/// calls them "we" and "you": one goes across from the party that it is introduced with, and of several
/// nobody knows.
fn across(parties: &mut [(Role, Candidate)]) {
    let silent = |candidate: &Candidate| {
        candidate.sure && candidate.given.is_none() && candidate.leaning == 0.0 && candidate.acts() < 1.0
    };
    let introduced = |candidate: &Candidate| candidate.sure && candidate.introduced.is_some();
    let told = parties.iter().filter(|(_, candidate)| introduced(candidate) && !silent(candidate));
    let told: Vec<Role> = told.map(|&(role, _)| role).collect();
    let lone = parties.iter().filter(|(_, candidate)| silent(candidate)).count() == 1;
    for (role, _) in parties.iter_mut().filter(|(_, candidate)| silent(candidate)) {
        *role = match told[..] {
            [Role::Customer] if lone => Role::Supplier,
            [Role::Supplier] if lone => Role::Customer,
            [] if lone => *role,
            _ => Role::Other,
        };
    }
}

/// Where two parties are told apart by what they are called: the customer and the supplier. A side
/// that is sure gives the other side to the other party, unless many deeds say the contrary.
fn by_names(candidates: &[Candidate], main: &impl Fn(&&Candidate) -> bool) -> Option<(usize, usize)> {
    let found: Vec<_> = candidates.iter().enumerate().filter(|(_, candidate)| main(candidate)).collect();
    let &[(first, one), (second, other)] = found.as_slice() else { return None };
    // "We" and "you" give way to a word of the trade.
    let weak = |own: &Candidate, rival: &Candidate| {
        if own.leaning.abs() <= PRONOUN && rival.leaning.abs() >= SURE { 0.0 } else { own.leaning }
    };
    let (left, right) = (weak(one, other), weak(other, one));
    let apart = left - right;
    let scores = one.score() - other.score();
    let contrary = scores * apart < 0.0 && one.acts().min(other.acts()) >= MANY;
    let given = one.given.is_some() || other.given.is_some();
    let told = apart.abs() >= NAMES_APART && left * right <= 0.0 && !contrary && !given;
    told.then_some(if apart > 0.0 { (second, first) } else { (first, second) })
}

fn party(role: Role, candidate: Candidate, document: &Document, reading: &Reading) -> Party {
    let introduced = candidate.introduced.map(|(start, end)| document.source(start..end));
    let mut reasons: Vec<(String, Option<Span>)> = Vec::new();
    if let Some((_, reason)) = candidate.given {
        reasons.push((reason.to_owned(), None));
    }
    let lean =
        |name: &&String| leaning(&name.to_lowercase()).or_else(|| pronoun(name)) == Some(candidate.leaning);
    if let (true, Some(name)) = (candidate.leaning != 0.0, candidate.names.iter().find(lean)) {
        let side = if candidate.leaning > 0.0 { "supplier" } else { "customer" };
        reasons.push((format!("\"{name}\" is a name for a {side}"), introduced));
    }
    let side = if role == Role::Customer { Side::Customer } else { Side::Supplier };
    let speaking = candidate.deeds.iter().filter(|deed| role == Role::Other || deed.side == side);
    reasons.extend(speaking.map(|deed| (deed.what.to_owned(), place(deed, document, reading))));
    let mut names = candidate.names;
    names.sort_by_key(|name| rank(name, candidate.full.as_deref()));
    add_short_forms(&mut names);
    Party { role, names, introduced, reasons }
}

/// The name to show comes first: the firm, another full name, the defined term, and last "we".
fn rank(name: &str, full: Option<&str>) -> u8 {
    match name {
        _ if is_firm(name) => 0,
        _ if full == Some(name) => 1,
        _ if is_pronoun(&name.to_lowercase()) => 3,
        _ => 2,
    }
}

fn place(deed: &Deed, document: &Document, reading: &Reading) -> Option<Span> {
    let tokens = reading.tokens.get(deed.tokens.clone())?;
    let (start, end) = (tokens.first()?.start, reading.end(*tokens.last()?));
    (start < end).then(|| document.source(start..end))
}

/// "Helix Systems" for "Helix Systems Ltd", "us" and "our" for "we".
fn add_short_forms(names: &mut Vec<String>) {
    let mut more = Vec::new();
    for name in names.iter() {
        let words: Vec<_> = name.split_whitespace().collect();
        let bare = words.iter().rposition(|word| !is_suffix(word)).map_or(0, |at| at + 1);
        if bare > 0 && bare < words.len() && words.len() > 1 {
            more.push(words[..bare].join(" ").trim_end_matches(',').to_owned());
        }
        match name.to_lowercase().as_str() {
            "we" => more.extend(["us", "our"].map(str::to_owned)),
            "i" => more.extend(["me", "my"].map(str::to_owned)),
            "you" => more.extend([String::from("your")]),
            _ => {}
        }
    }
    for name in more {
        if !names.contains(&name) {
            names.push(name);
        }
    }
}
