//! English for what the types name.

use isnad_diff::{Severity, Status};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::terminal::Role;

/// The name of an enum's value as it stands in data: `more-than`, `withheld`.
pub(crate) fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The value that `name` stands for in data.
pub(crate) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}

/// `count` with the noun it counts.
pub(crate) fn count(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(count)),
    }
}

/// `number` with its digits in groups of three.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The sign, colour and word that go with a fate.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Changed => "changed",
        Status::Moved => "moved",
        Status::Added => "new",
        Status::Removed => "gone",
        Status::Ambiguous => "ambiguous",
        Status::Cosmetic => "respelt",
        _ => "other",
    }
}

/// The role in which a severity is printed.
pub(crate) const fn severity(severity: Severity) -> Role {
    match severity {
        Severity::High => Role::High,
        Severity::Medium => Role::Medium,
        Severity::Low => Role::Low,
    }
}

#[cfg(test)]
mod tests {
    use isnad_diff::Facet;

    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn names_are_those_of_the_data() {
        assert_eq!(name(&isnad_core::Comparison::MoreThan), "more-than");
        assert_eq!(named::<Facet>("quantity"), Some(Facet::Quantity));
        assert_eq!(named::<Facet>("colour"), None);
    }
}
