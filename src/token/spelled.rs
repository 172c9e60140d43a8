//! Numbers in words as a whole: "two hundred fifty-five thousand", "twenty-fifth".

use super::figure::{NumberWord, Spelled, number_word};

/// Whether a word in lower case can be part of a number in words, an ordinal one included.
#[must_use]
pub fn is_number_word(word: &str) -> bool {
    number_word(word).is_some() || cardinal(word).is_some()
}

/// The value of words in lower case that are one number from the first to the last.
#[must_use]
pub fn whole(words: &[String]) -> Option<f64> {
    value(words.iter().map(|word| number_word(word)))
}

/// The value of words of which the last is ordinal: "twenty", "fifth".
#[must_use]
pub fn ordinal(words: &[String]) -> Option<f64> {
    let (last, front) = words.split_last()?;
    value(front.iter().map(|word| number_word(word)).chain([number_word(cardinal(last)?)]))
}

fn value(words: impl Iterator<Item = Option<NumberWord>>) -> Option<f64> {
    let mut spelled = Spelled::default();
    for word in words {
        if !spelled.push(word?) {
            return None;
        }
    }
    Some(spelled.value())
}

/// The cardinal word of an ordinal one.
fn cardinal(word: &str) -> Option<&'static str> {
    const ORDINALS: [(&str, &str); 30] = [
        ("first", "one"),
        ("second", "two"),
        ("third", "three"),
        ("fourth", "four"),
        ("fifth", "five"),
        ("sixth", "six"),
        ("seventh", "seven"),
        ("eighth", "eight"),
        ("ninth", "nine"),
        ("tenth", "ten"),
        ("eleventh", "eleven"),
        ("twelfth", "twelve"),
        ("thirteenth", "thirteen"),
        ("fourteenth", "fourteen"),
        ("fifteenth", "fifteen"),
        ("sixteenth", "sixteen"),
        ("seventeenth", "seventeen"),
        ("eighteenth", "eighteen"),
        ("nineteenth", "nineteen"),
        ("twentieth", "twenty"),
        ("thirtieth", "thirty"),
        ("fortieth", "forty"),
        ("fiftieth", "fifty"),
        ("sixtieth", "sixty"),
        ("seventieth", "seventy"),
        ("eightieth", "eighty"),
        ("ninetieth", "ninety"),
        ("hundredth", "hundred"),
        ("thousandth", "thousand"),
        ("millionth", "million"),
    ];
    ORDINALS.iter().find(|pair| pair.0 == word).map(|pair| pair.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_numbers_only() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(whole(&words("two hundred fifty five")), Some(255.0));
        assert_eq!(whole(&words("two three")), None);
        assert_eq!(whole(&words("million")), None);
        assert_eq!(ordinal(&words("twenty fifth")), Some(25.0));
        assert_eq!(ordinal(&words("one third")), None);
    }
}
