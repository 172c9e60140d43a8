//! Month names and day numbers.

/// The month of a name or its abbreviation in lower case, counted from 1.
pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const GERMAN: [(&str, u32); 7] =
        [("januar", 1), ("februar", 2), ("märz", 3), ("mai", 5), ("juni", 6), ("juli", 7), ("oktober", 10)];
    let short = |name: &str| word == "sept" || (word.len() == 3 && name.starts_with(word));
    let at = MONTHS.iter().position(|name| *name == word);
    let at =
        at.or_else(|| MONTHS.iter().position(|name| short(name) && (word != "sept" || *name == "september")));
    if word == "dezember" {
        return Some(12);
    }
    at.and_then(|at| u32::try_from(at + 1).ok())
        .or_else(|| GERMAN.iter().find(|pair| pair.0 == word).map(|pair| pair.1))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar; none when there is no such day.
pub(crate) fn day_number(year: u32, month: u32, day: u32) -> Option<f64> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if day == 0 || day > length || !(1..=9999).contains(&year) {
        return None;
    }
    // Years begin in March here, so that the leap day is the last of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + day - 1;
    Some(f64::from(days) - 719_468.0)
}

/// The year of two or four digits.
pub(super) const fn year(value: u32, digits: usize) -> Option<u32> {
    match (digits, value) {
        (4, 1800..=2199) => Some(value),
        (2, 0..=69) => Some(2000 + value),
        (2, 70..=99) => Some(1900 + value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_days() {
        assert_eq!(day_number(1970, 1, 1), Some(0.0));
        assert_eq!(day_number(2000, 3, 1), Some(11_017.0));
        assert_eq!(day_number(2026, 1, 1), Some(20_454.0));
        assert_eq!(day_number(1969, 12, 31), Some(-1.0));
        assert_eq!(day_number(2023, 2, 29), None);
    }

    #[test]
    fn names_months() {
        assert_eq!(month("sept"), Some(9));
        assert_eq!(month("jun"), Some(6));
        assert_eq!(month("may"), Some(5));
        assert_eq!(month("märz"), Some(3));
        assert_eq!(month("mars"), None);
    }
}
