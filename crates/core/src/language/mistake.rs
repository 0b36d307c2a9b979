//! Mistakes in a language pack, told with file, line, entry and reason.

/// A language pack that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// The file as a whole is not a pack: a key that every pack needs is missing.
    #[error("{file}: {reason}")]
    File {
        /// The file's name.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// An entry is not TOML, not of a pack's shape, or contradicts the rules of a pack.
    #[error("{file}:{line}: `{entry}`: {reason}")]
    Entry {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The entry; where none could be read, the line as written.
        entry: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl PackError {
    /// The mistake in the `entry` that stands at the byte `at` of `text`.
    pub(super) fn of_entry(file: &str, text: &str, at: usize, entry: &str, reason: impl Into<String>) -> Self {
        let line = 1 + text.get(..at).unwrap_or_default().matches('\n').count();
        Self::Entry { file: file.to_owned(), line, entry: entry.to_owned(), reason: reason.into() }
    }

    /// What reading the text of `file` as TOML failed at.
    pub(super) fn of_shape(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let reason = without_long_list(error.message());
        // A key that is missing from the head has no place; the error then begins with the text.
        let is_missing = |at: usize| at == 0 && reason.starts_with("missing field");
        let place = error.span().filter(|span| !is_missing(span.start));
        let Some(at) = place.map(|span| span.start.min(text.len())) else {
            return Self::File { file: file.to_owned(), reason };
        };
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let start = before.rsplit('\n').next().unwrap_or_default();
        let line = format!("{start}{}", after.lines().next().unwrap_or_default());
        Self::of_entry(file, text, at, &line.trim().chars().take(LONGEST_ENTRY).collect::<String>(), reason)
    }
}

/// Characters of a line that are shown.
const LONGEST_ENTRY: usize = 60;
/// Names that are listed where one of them was expected.
const LONGEST_LIST: usize = 12;
/// A misspelt name differs in one letter of so many at most.
const LETTERS_TO_A_MISTAKE: usize = 3;

/// The message of an unknown name without the list of all that are known, where that is long: with the nearest instead.
fn without_long_list(message: &str) -> String {
    let Some((unknown, list)) = message.split_once(", expected one of ") else { return message.to_owned() };
    let names: Vec<&str> = list.split(',').map(|name| name.trim().trim_matches('`')).collect();
    if names.len() <= LONGEST_LIST {
        return message.to_owned();
    }
    let written = unknown.split('`').nth(1).unwrap_or_default();
    let nearest = names.into_iter().map(|name| (distance(written, name), name)).min();
    match nearest.filter(|(distance, _)| distance * LETTERS_TO_A_MISTAKE <= written.chars().count()) {
        Some((_, name)) => format!("{unknown}; did you mean `{name}`?"),
        None => format!("{unknown}; the guide to language packs lists those there are"),
    }
}

/// How many letters have to be changed, added or dropped to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], above + 1);
        for at in 0..other.len() {
            let changed = diagonal + usize::from(other[at] != letter);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use crate::LanguagePack;

    const HEAD: &str = "language = \"xx\"\nversion = 1\nword-order = \"subject-first\"\n";

    /// What is said of a pack of the usual head and `body`, whose first line is line 4.
    fn said(body: &str) -> String {
        LanguagePack::from_toml("xx.toml", &format!("{HEAD}{body}")).unwrap_err().to_string()
    }

    fn cue(lines: &str) -> String {
        said(&format!("[[cue]]\nlemma = \"say\"\n{lines}\n"))
    }

    #[test]
    fn what_is_not_toml_is_told_with_its_line() {
        assert_eq!(
            said("[words]\ntitle = [\"Mr\"\n\n[spelling]\n"),
            "xx.toml:7: `[spelling]`: missing comma between array elements, expected `,`"
        );
    }

    #[test]
    fn a_misspelt_class_is_told_with_the_nearest() {
        let error = said("[words]\ncomplementizer = [\"that\"]\n");
        assert_eq!(
            error,
            "xx.toml:5: `complementizer = [\"that\"]`: unknown variant `complementizer`; did you mean `complementiser`?"
        );
        assert!(said("[words]\nfruit = [\"pear\"]\n").contains("unknown variant `fruit`; the guide"));
    }

    #[test]
    fn a_misspelt_key_stance_or_frame_is_told() {
        assert!(said("colour = 1\n").starts_with("xx.toml:4: `colour = 1`: unknown field `colour`"));
        let frame = cue("stance = \"report\"\nframes = [\"clauses\"]\npast = [\"said\"]");
        assert!(
            frame.starts_with("xx.toml:7: `frames = [\"clauses\"]`: unknown variant `clauses`; did you mean `clause`?"),
            "{frame}"
        );
        let stance = cue("stance = \"repport\"\nframes = [\"clause\"]\npast = [\"said\"]");
        assert!(stance.contains("did you mean `report`?"), "{stance}");
    }

    #[test]
    fn a_value_of_another_type_is_told() {
        let error = said("[words]\ntitle = \"Mr\"\n");
        assert!(error.starts_with("xx.toml:5: `title = \"Mr\"`: invalid type: string"), "{error}");
    }

    #[test]
    fn a_cue_that_can_never_be_found_is_told() {
        assert_eq!(
            cue("stance = \"report\"\nframes = []\npast = [\"said\"]"),
            "xx.toml:5: `say`: a cue needs at least one frame"
        );
        assert_eq!(
            cue("stance = \"report\"\nframes = [\"clause\"]"),
            "xx.toml:5: `say`: a cue needs at least one form"
        );
        assert_eq!(
            cue("stance = \"warn\"\nframes = [\"preposition\"]\npast = [\"warned\"]"),
            "xx.toml:5: `say`: the frame `preposition` needs `prepositions`"
        );
        assert_eq!(
            cue("stance = \"report\"\nframes = [\"clause\"]\npast = [\"said\", \" \"]"),
            "xx.toml:5: `say`: a form cannot be blank"
        );
    }

    #[test]
    fn a_head_that_lacks_something_is_told() {
        let error = LanguagePack::from_toml("xx.toml", "language = \"xx\"\nversion = 1\n").unwrap_err().to_string();
        assert_eq!(error, "xx.toml: missing field `word-order`");
        let error = LanguagePack::from_toml("xx.toml", "language = \"Klingon\"\n").unwrap_err().to_string();
        assert!(error.starts_with("xx.toml:1: `language = \"Klingon\"`: "), "{error}");
    }
}
