//! How values are written into columns and read back.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Fault, StoreError};

/// The time as text of fixed width: UTC, cut to milliseconds.
pub(crate) fn stamp(time: DateTime<Utc>) -> Result<String, StoreError> {
    if !(0..=9999).contains(&time.year()) {
        return Err(StoreError::InvalidTime { time });
    }
    Ok(time.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// The time that [`stamp`] wrote.
pub(crate) fn unstamp(text: &str) -> Result<DateTime<Utc>, Fault> {
    let time = DateTime::parse_from_rfc3339(text);
    time.map(|time| time.to_utc()).map_err(|error| Fault::Unreadable(format!("the time `{text}`: {error}")))
}

/// The value as JSON.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Unreadable(format!("a value for JSON: {error}")))
}

/// The value that [`json`] wrote; `what` names it in the error.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::Unreadable(format!("{what}: {error}")))
}

/// The name that an enum's variant has in data.
pub(crate) fn label<T: Serialize>(variant: T) -> Result<String, Fault> {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        other => Err(Fault::Unreadable(format!("{other:?} is not the name of a variant"))),
    }
}

/// The enum's variant of that name in data.
pub(crate) fn from_label<T: DeserializeOwned>(name: String) -> Result<T, Fault> {
    let value = serde_json::Value::String(name);
    serde_json::from_value(value).map_err(|error| Fault::Unreadable(error.to_string()))
}

/// BLAKE3 of the bytes, in lower-case hexadecimal.
pub(crate) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use isnad_core::Stance;
    use proptest::prelude::*;

    #[test]
    fn years_of_other_than_four_digits_are_refused() {
        for time in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert!(matches!(stamp(time), Err(StoreError::InvalidTime { .. })));
        }
    }

    #[test]
    fn variants_keep_the_names_of_the_data_format() {
        assert_eq!(label(Stance::Criticise).unwrap(), "criticise");
        assert_eq!(from_label::<Stance>("criticise".into()).unwrap(), Stance::Criticise);
        assert!(from_label::<Stance>("mumble".into()).is_err());
    }

    proptest! {
        #[test]
        fn times_sort_as_text_and_come_back(a in -62_167_219_200_000i64..253_402_300_800_000, b in -62_167_219_200_000i64..253_402_300_800_000) {
            let time = |millis| DateTime::from_timestamp_millis(millis).unwrap();
            let (first, second) = (stamp(time(a)).unwrap(), stamp(time(b)).unwrap());
            prop_assert_eq!(first.cmp(&second), a.cmp(&b));
            prop_assert_eq!(unstamp(&first).unwrap(), time(a));
        }
    }
}
