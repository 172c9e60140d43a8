//! Figures and number words, one token at a time: "10,000", "99,75", "$10k", "72h", "forty", "30th".

/// A figure as one token writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Figure<'a> {
    /// Its value.
    pub(super) value: f64,
    /// Letters that follow the digits without a space: "k", "h", "th"; empty for most.
    pub(super) suffix: &'a str,
    /// Whether it is written without stops and commas.
    pub(super) plain: bool,
}

/// Reads a token that begins with a digit; none when it is no number ("5.2.1").
pub(super) fn figure(token: &str) -> Option<Figure<'_>> {
    let digits =
        token.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    let (number, suffix) = token.split_at_checked(digits)?;
    let plain = number.bytes().all(|byte| byte.is_ascii_digit());
    let value = if plain { number.parse().ok() } else { separated(number) }?;
    Some(Figure { value, suffix, plain })
}

/// A number with stops or commas. A single comma before one or two digits is decimal ("99,75"); any
/// other comma must stand before three digits. Stops are decimal unless there are several.
fn separated(number: &str) -> Option<f64> {
    let commas = number.matches(',').count();
    let stops = number.matches('.').count();
    let grouped = |whole: &str, by: char| {
        let mut groups = whole.split(by);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.all(|group| group.len() == 3)
    };
    let decimal_comma = number.rfind(',').is_some_and(|at| at > number.rfind('.').unwrap_or(0));
    match (commas, stops) {
        (0, 1) => number.parse().ok(),
        (1, 0) if number.rsplit(',').next().is_some_and(|tail| tail.len() < 3) => {
            number.replace(',', ".").parse().ok()
        }
        (_, 0) if grouped(number, ',') => number.replace(',', "").parse().ok(),
        (0, _) if grouped(number, '.') => number.replace('.', "").parse().ok(),
        (1, _) if decimal_comma => {
            let (whole, part) = number.split_once(',')?;
            grouped(whole, '.').then(|| format!("{}.{part}", whole.replace('.', "")).parse().ok())?
        }
        (_, 1) => {
            let (whole, part) = number.split_once('.')?;
            grouped(whole, ',').then(|| format!("{}.{part}", whole.replace(',', "")).parse().ok())?
        }
        _ => None,
    }
}

/// How a number word takes part in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// "zero" to "nineteen".
    Unit(u64),
    /// "twenty" to "ninety".
    Ten(u64),
    /// "hundred" and the powers of a thousand.
    Scale(u64),
}

/// Reads a word in lower case as part of a number.
pub(super) fn number_word(word: &str) -> Option<NumberWord> {
    use NumberWord::{Scale, Ten, Unit};
    Some(match word {
        "zero" | "nil" => Unit(0),
        "one" => Unit(1),
        "two" => Unit(2),
        "three" => Unit(3),
        "four" => Unit(4),
        "five" => Unit(5),
        "six" => Unit(6),
        "seven" => Unit(7),
        "eight" => Unit(8),
        "nine" => Unit(9),
        "ten" => Unit(10),
        "eleven" => Unit(11),
        "twelve" => Unit(12),
        "thirteen" => Unit(13),
        "fourteen" => Unit(14),
        "fifteen" => Unit(15),
        "sixteen" => Unit(16),
        "seventeen" => Unit(17),
        "eighteen" => Unit(18),
        "nineteen" => Unit(19),
        "twenty" => Ten(20),
        "thirty" => Ten(30),
        "forty" | "fourty" => Ten(40),
        "fifty" => Ten(50),
        "sixty" => Ten(60),
        "seventy" => Ten(70),
        "eighty" => Ten(80),
        "ninety" => Ten(90),
        "hundred" => Scale(100),
        "thousand" => Scale(1_000),
        "million" => Scale(1_000_000),
        "billion" => Scale(1_000_000_000),
        _ => return None,
    })
}

/// A number in words while it is being read: "two hundred and fifty-five thousand".
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spelled {
    total: u64,
    group: u64,
    /// The smallest part of the group so far: only a smaller one may follow.
    floor: u64,
}

impl Spelled {
    /// Takes one more word; false when the number ended before it.
    pub(super) fn push(&mut self, word: NumberWord) -> bool {
        let room = if self.floor == 0 { u64::MAX } else { self.floor };
        match word {
            NumberWord::Unit(value)
                if room > 10 && (room == u64::MAX || value < room) && (room != 20 || value < 10) =>
            {
                self.group += value;
                self.floor = 1;
            }
            NumberWord::Ten(value) if room >= 100 => {
                self.group += value;
                self.floor = 20;
            }
            NumberWord::Scale(100) if self.group > 0 && self.group < 100 => {
                self.group *= 100;
                self.floor = 100;
            }
            NumberWord::Scale(scale)
                if scale > 100 && self.group > 0 && (self.total == 0 || scale < 1_000_000) =>
            {
                self.total = self.total.saturating_add(self.group.saturating_mul(scale));
                self.group = 0;
                self.floor = scale;
            }
            _ => return false,
        }
        true
    }

    /// Whether "and" may stand before the next word.
    pub(super) const fn takes_and(self) -> bool {
        self.floor >= 100
    }

    /// The value read so far.
    #[expect(clippy::cast_precision_loss, reason = "numbers in words stay far below 2^52")]
    pub(super) const fn value(self) -> f64 {
        (self.total + self.group) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_figures() {
        for (token, value) in [
            ("5", Some(5.0)),
            ("99.9", Some(99.9)),
            ("99,75", Some(99.75)),
            ("10,000", Some(10_000.0)),
            ("1,000,000.50", Some(1_000_000.5)),
            ("1.000.000", Some(1_000_000.0)),
            ("1.250,50", Some(1250.5)),
            ("72h", Some(72.0)),
            ("5.2.1", None),
            ("1,2,3", None),
        ] {
            assert_eq!(figure(token).map(|figure| figure.value), value, "{token}");
        }
        assert_eq!(figure("10k").map(|figure| figure.suffix), Some("k"));
    }

    #[test]
    fn reads_words() {
        for (words, value, taken) in [
            ("forty five", 45.0, 2),
            ("two hundred fifty five thousand ten", 255_010.0, 6),
            ("one million two hundred thousand", 1_200_000.0, 5),
            ("two three", 2.0, 1),
            ("ninety nine", 99.0, 2),
            ("twenty twelve", 20.0, 1),
            ("five hundred", 500.0, 2),
            ("ten ninety", 10.0, 1),
        ] {
            let mut spelled = Spelled::default();
            let parts = words.split(' ').filter_map(number_word);
            let read = parts.take_while(|&part| spelled.push(part)).count();
            assert_eq!((spelled.value(), read), (value, taken), "{words}");
        }
    }
}
