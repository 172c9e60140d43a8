//! Values that quantities are compared with: "99.5", "72h", "2026-01-31".

use super::ast::quantity_name;
use crate::token::QuantityKind;

/// The value of a written comparison in the unit of its kind, or a message and advice.
pub(super) fn value(kind: QuantityKind, written: &str) -> Result<f64, (String, String)> {
    let unit_at = written.find(|c: char| c.is_alphabetic()).unwrap_or(written.len());
    if kind == QuantityKind::Date {
        return day_number(written).ok_or_else(|| {
            (format!("no such date: `{written}`"), "write year, month, day: 2026-01-31".to_owned())
        });
    }
    let (figure, unit) = written.split_at(unit_at);
    let number = figure.replace(',', "").parse::<f64>().map_err(|_| {
        let example = if kind == QuantityKind::Duration { "72h" } else { "99.5" };
        (
            format!("no such number: `{written}`"),
            format!("write a figure: @{}>={example}", quantity_name(kind)),
        )
    })?;
    if kind != QuantityKind::Duration {
        if unit.is_empty() {
            return Ok(number);
        }
        let message = format!("@{} is compared with a bare figure", quantity_name(kind));
        return Err((message, format!("write {figure}")));
    }
    let hours = match unit {
        "min" => 1.0 / 60.0,
        "h" => 1.0,
        "d" | "bd" => 24.0,
        "w" => 168.0,
        "mo" => 730.0,
        "y" => 8760.0,
        "" => return Err(("a duration needs a unit".to_owned(), format!("write {figure}h or {figure}d"))),
        _ => {
            let message = format!("no such unit: `{unit}`");
            return Err((message, "the units are min, h, d, bd, w, mo and y".to_owned()));
        }
    };
    Ok(number * hours)
}

/// Days from 1970-01-01 of a date "2026-01-31".
fn day_number(written: &str) -> Option<f64> {
    let mut fields = written.split('-').map(|field| field.parse::<i32>().ok());
    let (year, month, day) = (fields.next()??, fields.next()??, fields.next()??);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before = usize::try_from(month.checked_sub(1)?).ok()?;
    let length = *lengths.get(before)?;
    if fields.next().is_some() || !(1..=length).contains(&day) || !(1..=9999).contains(&year) {
        return None;
    }
    let years = year - 1;
    let days_before_year = years * 365 + years / 4 - years / 100 + years / 400;
    let in_year: i32 = lengths.iter().take(before).sum();
    Some(f64::from(days_before_year + in_year + day - 1 - 719_162))
}
