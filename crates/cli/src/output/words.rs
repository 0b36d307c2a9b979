//! English for what the types name.

use isnad_diff::{Facet, Severity, Status};
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

/// What a reader calls the facet.
pub(crate) fn facet(facet: Facet) -> String {
    match facet {
        Facet::Quote => "quoted words".to_owned(),
        Facet::Quantity => "number".to_owned(),
        Facet::Referent => "who or what".to_owned(),
        Facet::Source => "speaker".to_owned(),
        Facet::Anonymity => "named or not".to_owned(),
        Facet::Role => "speaker's title".to_owned(),
        Facet::Stance => "verb".to_owned(),
        Facet::Directness => "form".to_owned(),
        Facet::Realised => "said or expected".to_owned(),
        Facet::Extent => "length".to_owned(),
        Facet::Position => "place".to_owned(),
        other => name(&other),
    }
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
