//! A part of a rule that most runs never look at. Of the built-in rules it stays as it lies in the program
//! until somebody asks for it; of a user's rules it is there from the start.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::Visitor;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that is read when it is first looked at.
#[derive(Clone)]
pub struct Later<T> {
    /// How the build script wrote it.
    bytes: &'static [u8],
    read: OnceLock<T>,
    /// The value where it never lay in the program, or was changed since.
    own: Option<T>,
}

impl<T: Deserialize<'static> + Default> Later<T> {
    fn read(bytes: &'static [u8]) -> T {
        // The build script wrote the bytes, and a test reads all of them.
        postcard::from_bytes(bytes).unwrap_or_default()
    }

    /// Whether somebody has looked at it, or it never lay in the program.
    #[cfg(test)]
    pub(super) fn is_read(&self) -> bool {
        self.own.is_some() || self.read.get().is_some()
    }

    /// The value, to change it.
    pub fn to_mut(&mut self) -> &mut T {
        let known = self.own.take().or_else(|| self.read.take());
        self.own.insert(known.unwrap_or_else(|| Self::read(self.bytes)))
    }
}

impl<T> From<T> for Later<T> {
    fn from(value: T) -> Self {
        Self { bytes: &[], read: OnceLock::new(), own: Some(value) }
    }
}

impl<T: Deserialize<'static> + Default> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.own.as_ref().unwrap_or_else(|| self.read.get_or_init(|| Self::read(self.bytes)))
    }
}

impl<'a, T: Deserialize<'static>> IntoIterator for &'a Later<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: fmt::Debug + Deserialize<'static> + Default> fmt::Debug for Later<T> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(to)
    }
}

impl<T: Serialize + Deserialize<'static> + Default> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let bytes = postcard::to_allocvec(&**self).map_err(S::Error::custom)?;
        to.serialize_bytes(&bytes)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let bytes = from.deserialize_bytes(Bytes(PhantomData))?;
        Ok(Self { bytes, read: OnceLock::new(), own: None })
    }
}

/// Takes bytes as they lie in the program.
struct Bytes<'de>(PhantomData<&'de ()>);

impl<'de: 'static> Visitor<'de> for Bytes<'de> {
    type Value = &'static [u8];

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("bytes that lie in the program")
    }

    fn visit_borrowed_bytes<E: serde::de::Error>(self, bytes: &'de [u8]) -> Result<&'static [u8], E> {
        Ok(bytes)
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<&'static [u8], E> {
        Err(E::custom("the bytes lie elsewhere"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Serialize, Deserialize)]
    #[serde(bound(deserialize = "'de: 'static"))]
    struct Page {
        title: String,
        notes: Later<Vec<String>>,
    }

    #[test]
    fn what_is_read_later_is_what_was_written() {
        let notes = vec!["one".to_owned(), "two".to_owned()];
        let page = Page { title: "Exit".to_owned(), notes: notes.clone().into() };
        let bytes: &'static [u8] = postcard::to_allocvec(&page).expect("it can be written").leak();
        let mut back: Page = postcard::from_bytes(bytes).expect("it can be read");
        assert!(!back.notes.is_read(), "nobody has asked");
        assert_eq!((back.title.as_str(), &*back.notes), ("Exit", &notes));
        assert!(back.notes.is_read());
        back.notes.to_mut().push("three".to_owned());
        assert_eq!(back.notes.clone().len(), 3);
    }
}
