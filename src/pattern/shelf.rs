//! Tables of numbers and texts that are used where they lie: those of the built-in rules lie in the program
//! itself, so that a start reads no more of them than the contract asks for.
//!
//! What the tables mean is known in `plan`, `steps` and `terms`, which put them here and take them back in
//! the same order.

use std::borrow::Cow;

/// Numbers one behind the other.
pub(super) type Numbers = Cow<'static, [u32]>;
/// Rows of so many numbers each.
pub(super) type Rows<const WIDTH: usize> = Cow<'static, [[u32; WIDTH]]>;

/// The tables of a plan, one behind the other, in two parts.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// Each table of numbers, behind its length.
    pub numbers: Vec<u32>,
    /// The texts.
    pub text: String,
}

impl Shelf {
    pub(super) fn put(&mut self, numbers: &[u32]) {
        self.numbers.push(number(numbers.len()));
        self.numbers.extend_from_slice(numbers);
    }

    pub(super) fn put_text(&mut self, text: &str) {
        self.put(&[number(text.len())]);
        self.text.push_str(text);
    }
}

/// Tables that are taken from a shelf which lies in the program.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// What is left of [`Shelf::numbers`].
    pub numbers: &'static [u32],
    /// What is left of [`Shelf::text`].
    pub text: &'static str,
}

impl Shelved {
    fn slice(&mut self) -> Option<&'static [u32]> {
        let (&length, rest) = self.numbers.split_first()?;
        let (numbers, rest) = rest.split_at_checked(length as usize)?;
        self.numbers = rest;
        Some(numbers)
    }

    pub(super) fn numbers(&mut self) -> Option<Numbers> {
        self.slice().map(Cow::Borrowed)
    }

    pub(super) fn rows<const WIDTH: usize>(&mut self) -> Option<Rows<WIDTH>> {
        let (rows, rest) = self.slice()?.as_chunks();
        rest.is_empty().then_some(Cow::Borrowed(rows))
    }

    pub(super) fn text(&mut self) -> Option<Cow<'static, str>> {
        let &[length] = self.slice()? else { return None };
        let (text, rest) = self.text.split_at_checked(length as usize)?;
        self.text = rest;
        Some(Cow::Borrowed(text))
    }
}

/// Texts one behind the other, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    text: Cow<'static, str>,
    /// Where each of them ends.
    ends: Numbers,
}

impl Texts {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of this number; empty for none.
    pub(super) fn get(&self, at: usize) -> &str {
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&to| self.text.get(from as usize..to as usize)).unwrap_or_default()
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.to_mut().push_str(text);
        self.ends.to_mut().push(number(self.text.len()));
    }

    pub(super) fn put_on(&self, shelf: &mut Shelf) {
        shelf.put(&self.ends);
        shelf.put_text(&self.text);
    }

    pub(super) fn take_from(shelf: &mut Shelved) -> Option<Self> {
        Some(Self { ends: shelf.numbers()?, text: shelf.text()? })
    }
}

/// A count as it is kept; what has more than four billion parts is not kept whole.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_back_in_the_order_in_which_they_were_put() {
        let (mut shelf, mut texts) = (Shelf::default(), Texts::default());
        for text in ["über", "", "services"] {
            texts.push(text);
        }
        shelf.put(&[7, 8]);
        texts.put_on(&mut shelf);
        shelf.put(&[]);
        shelf.put([[1, 2, 3], [4, 5, 6]].as_flattened());
        let mut shelved = Shelved { numbers: shelf.numbers.leak(), text: shelf.text.leak() };
        assert_eq!(shelved.numbers().as_deref(), Some(&[7, 8][..]));
        let back = Texts::take_from(&mut shelved).expect("the texts are there");
        assert_eq!((back.get(0), back.get(1), back.get(2), back.get(3)), ("über", "", "services", ""));
        assert_eq!(shelved.numbers().as_deref(), Some(&[][..]));
        assert_eq!(shelved.rows::<3>().as_deref(), Some(&[[1, 2, 3], [4, 5, 6]][..]));
        assert!(shelved.numbers().is_none());
    }

    #[test]
    fn what_was_not_put_is_not_taken() {
        assert!(Shelved { numbers: &[3, 1], text: "" }.numbers().is_none());
        assert!(Shelved { numbers: &[2, 1, 2], text: "" }.rows::<3>().is_none());
        assert!(Shelved { numbers: &[1, 2], text: "é" }.text().is_some());
        assert!(Shelved { numbers: &[1, 1], text: "é" }.text().is_none());
    }
}
