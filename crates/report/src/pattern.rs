//! Sentences with places to be filled: `between {from} and {to}`.

/// A part of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'p> {
    /// Words that stay.
    Words(&'p str),
    /// The name of what is put in.
    Name(&'p str),
}

/// The parts of a sentence in their order. A bracket without its other one is a word.
pub(crate) fn parts(pattern: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        let open = rest.find('{').unwrap_or(rest.len());
        let (part, after) = match (open, rest.find('}')) {
            (0, Some(close)) => (Part::Name(rest.get(1..close)?), rest.get(close + 1..)?),
            (0, None) if rest.is_empty() => return None,
            (0, None) => (Part::Words(rest), ""),
            _ => (Part::Words(rest.get(..open)?), rest.get(open..)?),
        };
        rest = after;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_places_take_turns() {
        let found: Vec<Part<'_>> = parts("{first} to {last}, {{").collect();
        let expected =
            [Part::Name("first"), Part::Words(" to "), Part::Name("last"), Part::Words(", "), Part::Words("{{")];
        assert_eq!(found, expected);
        assert_eq!(parts("").count(), 0);
    }
}
