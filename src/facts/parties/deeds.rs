//! Who does what: for each mention of a candidate, what the verbs around it say about its side.
//!
//! "X shall provide the services", "services performed by X" and "pay X" speak for a supplier, "X
//! shall pay", "X engages Y" and "services to X" for a customer. What both sides do (give notice,
//! grant access, keep secrets) counts little or nothing.

use std::ops::Range;

use super::speech::{Part, Speech};
use crate::token::Reading;

/// The side that a deed speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Customer,
    Supplier,
}

/// One thing that the text says about a candidate.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub(super) side: Side,
    pub(super) weight: f64,
    /// In words for people.
    pub(super) what: &'static str,
    /// The tokens that say it.
    pub(super) tokens: Range<usize>,
}

/// A candidate's name in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    pub(super) candidate: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Tokens looked at behind a mention.
const REACH: usize = 12;

/// What the text says at one mention; `named` tells which candidate is named at a token.
pub(super) fn at(
    mention: Mention,
    reading: &Reading,
    speech: &Speech<'_>,
    named: &dyn Fn(usize) -> bool,
) -> Vec<Deed> {
    let sentence = reading.sentence(reading.sentence_of(token(mention.start)));
    let scene = Scene { speech, named, first: sentence.start as usize, last: sentence.end as usize, mention };
    let mut deeds: Vec<Deed> = Vec::new();
    deeds.extend(scene.subject());
    deeds.extend(scene.object());
    deeds
}

fn token(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Scene<'a> {
    speech: &'a Speech<'a>,
    named: &'a dyn Fn(usize) -> bool,
    first: usize,
    last: usize,
    mention: Mention,
}

impl Scene<'_> {
    fn part(&self, at: usize) -> Part {
        if (self.first..self.last).contains(&at) { self.speech.part(at) } else { Part::None }
    }

    fn deed(&self, side: Side, weight: f64, what: &'static str, other: usize) -> Deed {
        let (start, end) = (self.mention.start.min(other), self.mention.end.max(other + 1));
        Deed { side, weight, what, tokens: start..end }
    }

    /// The first telling part among the tokens from `at` on.
    fn coming(&self, at: usize, reach: usize, wanted: &[Part]) -> Option<(Part, usize)> {
        (at..(at + reach).min(self.last))
            .map(|at| (self.part(at), at))
            .find(|(part, _)| wanted.contains(part))
    }

    /// Whether what is paid behind a token answers for a failure: a credit, a penalty, damages, or
    /// whatever is paid on a condition. That is no sign of the customer.
    fn consequence(&self, at: usize) -> Option<Part> {
        let object = self.coming(at, 8, &[Part::Refund, Part::Loss, Part::Fee, Part::Cost, Part::Matter]);
        match object.map(|found| found.0) {
            Some(part @ (Part::Refund | Part::Loss)) => Some(part),
            Some(Part::Fee) => None,
            _ if matches!(self.speech.surface(self.first), "If" | "if" | "Where" | "When" | "Wenn") => {
                Some(Part::Loss)
            }
            _ => None,
        }
    }

    /// What the candidate does: "X shall ...", "X desires to ...", "X provides ...".
    fn subject(&self) -> Option<Deed> {
        use Part::{
            Be, Desire, Engage, Invoice, Modal, Not, Pay, Perform, Provide, Receive, Refund, Service, That,
            Work,
        };
        use Side::{Customer, Supplier};
        let mut from = self.mention.end;
        if self.speech.surface(from - 1).ends_with("'s") {
            return (self.part(from) == Service)
                .then(|| self.deed(Supplier, 0.5, "its services are named", from));
        }
        let (mut passive, mut strange, mut wants) = (false, 0, 1.0);
        if self.part(from) == Part::Which {
            from += 1;
            wants = 2.0;
        }
        let wanted_of = self.mention.start > self.first && self.part(self.mention.start - 1) == That;
        let opening = self.speech.role(from);
        let verb =
            matches!(opening.part, Provide | Perform | Work | Pay | Engage | Invoice | Receive | Refund);
        let auxiliary =
            matches!(self.speech.surface(from), "has" | "hereby" | "also" | "shall" | "have" | "may");
        let begins = matches!(opening.part, Modal | Be | Desire)
            || auxiliary
            || (verb && (opening.third || wanted_of));
        // "X shall" with X a plain noun of the pronoun kind: "we provide", "you pay".
        let spoken = verb
            && matches!(
                self.speech.surface(self.mention.end - 1),
                "we" | "We" | "I" | "you" | "You" | "wir" | "Wir"
            );
        if !(begins || spoken) || from >= self.last {
            return None;
        }
        for at in from..(from + REACH).min(self.last) {
            if at > from && (self.named)(at) {
                return (wants > 1.0 && self.part(at.saturating_sub(1)) == That)
                    .then(|| self.deed(Customer, 2.0, "wants the other side to act", at));
            }
            match self.part(at) {
                Not => return None,
                Be => passive = true,
                Desire => wants *= 1.5,
                Part::None => {
                    strange += 1;
                    if strange > 4 {
                        return None;
                    }
                }
                Provide | Perform | Work | Pay | Engage | Invoice | Receive | Refund => {
                    let past = self.speech.role(at).past;
                    if passive && past && self.part(at) == Engage && self.speech.surface(at + 1) == "in" {
                        continue;
                    }
                    let mut deed = if passive && past { self.suffers(at) } else { self.acts(at) }?;
                    deed.weight *= wants;
                    return Some(deed);
                }
                _ => {}
            }
        }
        None
    }

    /// "X shall <verb>".
    fn acts(&self, at: usize) -> Option<Deed> {
        use Part::{
            Cost, Engage, Fee, Invoice, Matter, Outsider, Pay, Perform, Provide, Receive, Refund, Service,
            Work,
        };
        use Side::{Customer, Supplier};
        let object = self.coming(at + 1, 8, &[Service, Matter, Fee, Outsider, Cost]).map(|found| found.0);
        if self.part(at) == Pay {
            // The heading "What X shall pay" names nothing that is paid.
            let bare = at + 1 >= self.last;
            match self.consequence(at + 1) {
                Some(Refund) => return Some(self.deed(Supplier, 1.5, "makes good for failures", at)),
                Some(_) => return None,
                None if bare || self.speech.surface(at).starts_with("compensat") && object != Some(Fee) => {
                    return None;
                }
                None => {}
            }
        }
        let deed = match (self.part(at), object) {
            (Refund, _) => self.deed(Supplier, 1.5, "makes good for failures", at),
            (Perform, object) if object != Some(Matter) && self.serves(at) => {
                self.deed(Supplier, 3.0, "does the work of the other side", at)
            }
            (Provide | Perform, Some(Service)) => self.deed(Supplier, 3.0, "performs services", at),
            (Provide, Some(Matter)) => self.deed(Customer, 0.3, "gives information", at),
            (Provide, _) => self.deed(Supplier, 0.5, "provides", at),
            (Perform, Some(Matter | Fee)) => return None,
            (Perform, _) => self.deed(Supplier, 1.5, "performs", at),
            (Work, Some(Matter)) => self.deed(Supplier, 0.3, "works", at),
            (Work, _) => self.deed(Supplier, 1.5, "does the work", at),
            (Pay, Some(Cost)) => return None,
            (Pay, Some(Fee)) => self.deed(Customer, 3.0, "pays the fees", at),
            (Pay, _) => self.deed(Customer, 2.0, "pays", at),
            (Invoice, _) => self.deed(Supplier, 3.0, "invoices", at),
            (Engage, Some(Outsider)) => return None,
            (Engage, _) => {
                let other = (at + 1..(at + 5).min(self.last)).any(|at| (self.named)(at));
                self.deed(Customer, if other { 3.0 } else { 0.5 }, "engages the other side", at)
            }
            (Receive, Some(Fee)) => self.deed(Supplier, 1.5, "receives the fees", at),
            (Receive, Some(Service)) => self.deed(Customer, 1.5, "receives services", at),
            (Receive, _) => self.deed(Customer, 0.3, "receives", at),
            _ => return None,
        };
        Some(deed)
    }

    /// "X shall perform the ... of Y": whether the other side is named behind the verb.
    fn serves(&self, verb: usize) -> bool {
        (verb + 2..(verb + 9).min(self.last))
            .find(|&at| (self.named)(at))
            .is_some_and(|at| self.speech.surface(at - 1) == "of" || self.part(at - 1) == Part::To)
    }

    /// "X shall be <participle>".
    fn suffers(&self, at: usize) -> Option<Deed> {
        use Side::{Customer, Supplier};
        match self.part(at) {
            Part::Pay => Some(self.deed(Supplier, 2.0, "is paid", at)),
            Part::Engage => Some(self.deed(Supplier, 2.0, "is engaged", at)),
            Part::Invoice => Some(self.deed(Customer, 1.0, "is invoiced", at)),
            _ => None,
        }
    }

    /// What is done by, for and to the candidate: "performed by X", "pay X", "services to X".
    fn object(&self) -> Option<Deed> {
        use Part::{Article, By, Engage, Fee, Invoice, Matter, Pay, Perform, Provide, Service, To, With};
        use Side::{Customer, Supplier};
        let mut at = self.mention.start.checked_sub(1).filter(|&at| at >= self.first)?;
        if self.part(at) == Article {
            at = at.checked_sub(1).filter(|&at| at >= self.first)?;
        }
        let past = self.speech.role(at).past;
        match self.part(at) {
            By => self.done_by(at),
            To => self.done_to(at),
            Pay if self.consequence(self.mention.end).is_some() => None,
            Part::Refund if !past => Some(self.deed(Customer, 1.5, "is given refunds and credits", at)),
            Part::None if self.speech.surface(at) == "of" => self.served(at),
            Pay if !past || self.speech.surface(at) == "paid" => {
                Some(self.deed(Supplier, 2.0, "is paid", at))
            }
            Invoice => Some(self.deed(Customer, 2.0, "is invoiced", at)),
            Engage if self.speech.surface(at) != "contract" => {
                Some(self.deed(Supplier, 3.0, "is engaged", at))
            }
            Provide if self.part(self.mention.end) == With => {
                match self.coming(self.mention.end + 1, 6, &[Service, Matter, Fee]).map(|found| found.0) {
                    Some(Service) => Some(self.deed(Customer, 2.0, "is provided with services", at)),
                    Some(Matter) => Some(self.deed(Supplier, 0.3, "is given information", at)),
                    _ => None,
                }
            }
            Perform | Provide | Part::Work | Fee => None,
            _ => None,
        }
    }

    /// "Y shall perform the ... of X".
    fn served(&self, of: usize) -> Option<Deed> {
        let from = of.saturating_sub(8).max(self.first + 2);
        let verb = (from..of)
            .rev()
            .find(|&at| matches!(self.part(at), Part::Perform) && !self.speech.role(at).past)?;
        let matter = (verb..of).any(|at| matches!(self.part(at), Part::Matter | Part::Fee | Part::Loss));
        let bound = self.part(verb - 1) == Part::Modal && (self.named)(verb - 2);
        (bound && !matter)
            .then(|| self.deed(Side::Customer, 3.0, "has its work done by the other side", verb))
    }

    /// "<participle> by X".
    fn done_by(&self, by: usize) -> Option<Deed> {
        use Part::{Matter, Pay, Perform, Provide, Receive, Service, Work};
        use Side::{Customer, Supplier};
        let back = |reach: usize, wanted: &[Part]| {
            (by.saturating_sub(reach).max(self.first)..by).rev().find(|&at| wanted.contains(&self.part(at)))
        };
        let verb =
            back(2, &[Provide, Perform, Work, Pay, Receive]).filter(|&at| self.speech.role(at).past)?;
        let thing = back(by - verb + 4, &[Service, Matter]).map(|at| self.part(at));
        match (self.part(verb), thing) {
            (Provide, Some(Matter)) | (Perform | Work, Some(Matter)) => None,
            (Provide | Perform, Some(Service)) => Some(self.deed(Supplier, 3.0, "performs services", verb)),
            (Provide | Perform | Work, _) => Some(self.deed(Supplier, 1.0, "does the work", verb)),
            (Pay, _) if back(by - verb + 6, &[Part::Refund, Part::Loss]).is_some() => None,
            (Pay, _) => Some(self.deed(Customer, 2.0, "pays", verb)),
            (Receive, _) => Some(self.deed(Customer, 0.7, "orders", verb)),
            _ => None,
        }
    }

    /// "<services, payment> to X", "payable to X".
    fn done_to(&self, to: usize) -> Option<Deed> {
        use Part::{Fee, Loss, Matter, Pay, Perform, Provide, Refund, Service};
        use Side::{Customer, Supplier};
        let from = to.saturating_sub(6).max(self.first);
        let at = (from..to).rev().find(|&at| {
            (self.named)(at)
                || matches!(self.part(at), Service | Fee | Pay | Matter | Perform | Provide | Refund | Loss)
        })?;
        if (self.named)(at) && !matches!(self.part(at), Service | Fee) {
            return None;
        }
        match self.part(at) {
            Service => Some(self.deed(Customer, 2.0, "receives services", at)),
            Perform => Some(self.deed(Customer, 0.7, "receives services", at)),
            Fee | Pay if self.consequence(to + 1).is_some() => None,
            Fee | Pay => Some(self.deed(Supplier, 2.0, "is paid", at)),
            _ => None,
        }
    }
}
