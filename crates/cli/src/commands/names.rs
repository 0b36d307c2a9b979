//! The names that filters take: those of the data, as they are printed.

use serde::de::{DeserializeOwned, Deserializer, Error, Visitor, value};
use serde::forward_to_deserialize_any;

/// The names of the variants of an enum, as the data have them.
pub(super) fn names_of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // An enum asks for one of its names, and gets none.
    let _ = T::deserialize(Asked(&mut names));
    names
}

/// Notes the names that it is asked for.
struct Asked<'n>(&'n mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = value::Error;

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = variants;
        Err(Error::custom("only the names are wanted"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Error::custom("no enum"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use isnad_core::{Polarity, Stance};
    use isnad_diff::Facet;

    use super::*;
    use crate::output::words::named;

    #[test]
    fn every_name_is_one_of_the_data() {
        assert_eq!(names_of::<Polarity>(), ["affirmed", "denied", "withheld"]);
        assert!(names_of::<Stance>().len() > 20 && names_of::<Stance>().iter().all(|it| named::<Stance>(it).is_some()));
        assert!(names_of::<Facet>().contains(&"quantity"));
        assert!(names_of::<String>().is_empty());
    }
}
