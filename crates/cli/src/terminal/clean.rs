//! Foreign text made safe to print: what would command a terminal or turn the reading order is shown instead.

use isnad_report::shown::made_visible;

/// Appends `text` to `out` with everything replaced that a terminal would obey instead of showing (see
/// [`made_visible`]); a run of line breaks and tabs becomes one space.
pub(crate) fn clean_into(text: &str, out: &mut String) {
    for character in made_visible(text).chars() {
        match character {
            '\t' | '\n' if out.ends_with(' ') => {}
            '\t' | '\n' => out.push(' '),
            _ => out.push(character),
        }
    }
}

/// `text` with everything replaced that a terminal would obey instead of showing; see [`clean_into`].
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    clean_into(text, &mut out);
    out
}

/// Whether data may leave with `character` as it is, or had better escape it.
///
/// Covers what a data format allows in a string though a terminal or an editor would obey it.
pub(crate) const fn is_treacherous(character: char) -> bool {
    matches!(character,
        '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_shown_and_not_obeyed() {
        assert_eq!(clean("a\u{1B}[2Jb\u{7}\u{7F}"), "a␛[2Jb␇␡");
        assert_eq!(clean("\u{9B}2J"), "⟨U+009B⟩2J");
    }

    #[test]
    fn overrides_of_the_reading_order_are_shown() {
        assert_eq!(clean("\u{202E}txt.exe\u{2069}"), "⟨U+202E⟩txt.exe⟨U+2069⟩");
    }

    #[test]
    fn joiners_and_direction_marks_stay() {
        let persian = "می\u{200C}شود\u{200F}";
        assert_eq!(clean(persian), persian);
    }

    #[test]
    fn a_run_of_line_breaks_is_one_space() {
        assert_eq!(clean("a\r\n\tb"), "a b");
    }
}
