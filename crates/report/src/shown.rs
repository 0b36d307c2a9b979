//! Foreign text made fit to show: what would turn the reading order or hide text is shown instead, and what is
//! endless is cut.

use std::borrow::Cow;

/// The most characters of a name, a title or an address that are shown.
pub(crate) const LONGEST_NAME: usize = 240;

/// The most characters of what is claimed that are shown.
pub(crate) const LONGEST_CLAIM: usize = 4_000;

/// The most characters of an article that are shown.
pub(crate) const LONGEST_ARTICLE: usize = 300_000;

/// `text` with everything replaced that a browser or a terminal would obey instead of showing.
///
/// Controls become their pictures (`␀`); what reorders or hides text (embeddings, overrides, isolates, tag characters)
/// becomes its code point in brackets. Marks that only hint at a direction, and joiners, stay: Arabic and Persian need
/// them. Line breaks stay for the page to lay out, but are all one kind.
#[must_use]
pub fn made_visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1F}' => out.push(char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{2426}')),
            '\u{7F}' => out.push('\u{2421}'),
            _ if is_obeyed(character) => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(character))),
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// Whether a browser or a terminal obeys `character` instead of showing it.
const fn is_obeyed(character: char) -> bool {
    matches!(character,
        '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E007F}')
}

/// The first `most` characters of `text`, and how many are left out.
pub(crate) fn cut(text: &str, most: usize) -> (&str, usize) {
    // Fewer bytes than `most` cannot hold more characters.
    if text.len() <= most {
        return (text, 0);
    }
    match text.char_indices().nth(most) {
        None => (text, 0),
        Some((at, _)) => {
            let (kept, rest) = text.split_at(at);
            (kept, rest.chars().count())
        }
    }
}

/// `url` if a browser may be sent there: only `http` and `https`, whole and without anything hidden in it.
pub(crate) fn link(url: &str) -> Option<&str> {
    let scheme = ["http://", "https://"]
        .into_iter()
        .find(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let is_plain = |character: char| !character.is_whitespace() && !character.is_control() && !is_obeyed(character);
    let fits = url.len() > scheme.len() && url.len() <= 2_000 && url.chars().all(is_plain);
    fits.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_of_the_reading_order_are_shown() {
        assert_eq!(made_visible("\u{202E}txt.exe\u{2069}"), "⟨U+202E⟩txt.exe⟨U+2069⟩");
    }

    #[test]
    fn joiners_and_direction_marks_stay() {
        let persian = "می\u{200C}شود\u{200F}";
        assert_eq!(made_visible(persian), persian);
    }

    #[test]
    fn controls_have_pictures_and_line_breaks_are_one() {
        assert_eq!(made_visible("a\0b\r\nc\rd\u{2028}e"), "a␀b\nc\nd\ne");
    }

    #[test]
    fn a_cut_counts_characters() {
        assert_eq!(cut("قالت", 2), ("قا", 2));
        assert_eq!(cut("قالت", 4), ("قالت", 0));
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(link("HTTPS://news.example/a?b=1"), Some("HTTPS://news.example/a?b=1"));
        let hostile = [
            "javascript:alert(1)",
            " https://news.example",
            "https://news.example/\u{202E}gpj",
            "data:text/html,x",
            "//news.example",
            "https://",
            "vbscript:x",
            "https://a\nb",
        ];
        for url in hostile {
            assert_eq!(link(url), None, "{url}");
        }
    }
}
