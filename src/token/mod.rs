//! Prose -> words in reading order.
//!
//! One pass makes [`Reading`]: the tokens of a document in the order in which a lawyer reads them,
//! so that every list item comes with its lead-in in front of it and the text that completes it
//! behind, and every cell of a table row with its header. Sentences, paragraphs and clause units
//! are positions in that stream. Words are folded once per distinct word (case, plural,
//! possessive, UK/US spelling). What the words mean together lives in `facts` and `pattern`.

mod build;
pub(crate) mod calendar;
mod figure;
pub mod fold;
mod form;
pub(crate) mod hash;
mod implied;
mod kind;
pub mod quantity;
pub mod reading;
mod scan;
pub mod spelled;
mod spelling;
pub mod words;

pub use quantity::{Quantity, QuantityKind};
pub use reading::{Reading, Token, Unit};
