//! Bytes to text: which encoding they are in, and what could not be read.
//!
//! The order is that of browsers, with the bytes as the judge of what is declared: byte-order mark, the
//! charset the caller gives (from HTTP), the charset the page gives, UTF-8 if the bytes are valid UTF-8,
//! and only then detection. Servers often declare Latin-1 for UTF-8, so a declared one-byte encoding
//! yields to valid UTF-8; the reverse, UTF-8 declared for bytes that mostly are not, goes to detection.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use crate::charset;
use crate::error::IngestError;
use crate::sniff::{Kind, signature};
use crate::warning::Warning;

/// How many bytes are looked at to tell UTF-16 without a mark.
const UTF16_SAMPLE: usize = 2048;

/// How the encoding became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodingOrigin {
    /// From the byte-order mark.
    ByteOrderMark,
    /// From the caller, as HTTP or the user declared it.
    Declared,
    /// From the page's own `<meta>` or XML declaration.
    Page,
    /// The bytes are UTF-8, entirely or but for a few damaged places.
    Utf8,
    /// Guessed from the frequencies of bytes.
    Guessed,
}

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text without byte-order mark, otherwise as it is; borrowed where the bytes are valid UTF-8.
    pub text: Cow<'b, str>,
    /// The encoding's name by the WHATWG Encoding Standard, such as `UTF-8` or `windows-1256`.
    pub encoding: &'static str,
    /// How the encoding became known.
    pub origin: EncodingOrigin,
    /// How many U+FFFD stand for bytes that are no character in the encoding; 0 if every byte was read.
    pub replaced: usize,
    /// What the user should know of it.
    pub warnings: Vec<Warning>,
}

/// Decodes `bytes`.
///
/// `declared` is the charset the caller knows of, such as the one of an HTTP header (`utf-8`, or the whole
/// value `text/html; charset=utf-8`); the charset a page gives itself is looked for if `kind` is
/// [`Kind::Html`]. `name` names the input in errors.
///
/// # Errors
///
/// [`IngestError::Binary`] if the bytes are not text: they begin as a known binary format does, hold NUL
/// outside UTF-16, or too many of their characters are control characters or unreadable.
pub fn decode<'b>(name: &str, bytes: &'b [u8], declared: Option<&str>, kind: Kind) -> Result<Decoded<'b>, IngestError> {
    let binary = |what| IngestError::Binary { name: name.to_owned(), what };
    if let Some(what) = signature(bytes) {
        return Err(binary(what));
    }
    let mut warnings = Vec::new();
    let choice = choose(bytes, declared, kind, &mut warnings);
    let is_utf16 = choice.encoding == UTF_16LE || choice.encoding == UTF_16BE;
    if !is_utf16 && bytes.contains(&0) {
        return Err(binary("binary data (it holds NUL bytes; UTF-16 needs a byte-order mark)"));
    }
    let content = bytes.get(choice.skip..).unwrap_or_default();
    let (text, had_errors) = choice.encoding.decode_without_bom_handling(content);
    let replaced = if had_errors { text.chars().filter(|&c| c == '\u{FFFD}').count() } else { 0 };
    if is_mostly_control(&text) {
        return Err(binary("binary data"));
    }
    if replaced > 0 {
        warnings.push(Warning::CharactersReplaced { count: replaced, encoding: choice.encoding.name() });
    }
    Ok(Decoded { text, encoding: choice.encoding.name(), origin: choice.origin, replaced, warnings })
}

/// An encoding, how it became known, and how many bytes of mark stand before the text.
struct Choice {
    encoding: &'static Encoding,
    origin: EncodingOrigin,
    skip: usize,
}

fn choose(bytes: &[u8], declared: Option<&str>, kind: Kind, warnings: &mut Vec<Warning>) -> Choice {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return Choice { encoding, origin: EncodingOrigin::ByteOrderMark, skip };
    }
    if let Some(encoding) = utf16_by_its_nulls(bytes) {
        return Choice { encoding, origin: EncodingOrigin::Guessed, skip: 0 };
    }
    let from_caller = declared.map(charset::of_header).filter(|label| !label.is_empty());
    let from_caller = from_caller.map(|label| (label.to_owned(), EncodingOrigin::Declared));
    let from_page = || (kind == Kind::Html).then(|| charset::of_page(bytes)).flatten();
    let Some((label, origin)) = from_caller.or_else(|| Some((from_page()?, EncodingOrigin::Page))) else {
        return undeclared(bytes, warnings);
    };
    let Some(encoding) = known(&label, origin) else {
        warnings.push(Warning::UnknownEncoding { declared: label });
        return undeclared(bytes, warnings);
    };
    let damage = Damage::of(bytes);
    let fits = if encoding == UTF_8 { damage.is_mostly_utf8() || damage.is_ascii() } else { !damage.is_sound_utf8() };
    if fits || encoding == UTF_16LE || encoding == UTF_16BE {
        return Choice { encoding, origin, skip: 0 };
    }
    let (encoding, origin) = match damage.is_mostly_utf8() {
        true => (UTF_8, EncodingOrigin::Utf8),
        false => (guess(bytes), EncodingOrigin::Guessed),
    };
    warnings.push(Warning::EncodingNotAsDeclared { declared: label, encoding: encoding.name() });
    Choice { encoding, origin, skip: 0 }
}

/// The encoding of a label, with the exceptions that the HTML standard makes for what a page says of itself.
fn known(label: &str, origin: EncodingOrigin) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
    // A page whose declaration could be read as ASCII is not in UTF-16.
    let is_utf16 = encoding == UTF_16LE || encoding == UTF_16BE;
    Some(match origin {
        EncodingOrigin::Page if is_utf16 => UTF_8,
        EncodingOrigin::Page if encoding == X_USER_DEFINED => WINDOWS_1252,
        _ => encoding,
    })
}

fn undeclared(bytes: &[u8], warnings: &mut Vec<Warning>) -> Choice {
    let damage = Damage::of(bytes);
    if damage.is_mostly_utf8() || damage.is_ascii() {
        return Choice { encoding: UTF_8, origin: EncodingOrigin::Utf8, skip: 0 };
    }
    let encoding = guess(bytes);
    warnings.push(Warning::EncodingGuessed { encoding: encoding.name() });
    Choice { encoding, origin: EncodingOrigin::Guessed, skip: 0 }
}

/// UTF-16 without a byte-order mark: every other byte of its markup and spaces is NUL, and always on the same side.
fn utf16_by_its_nulls(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..UTF16_SAMPLE).unwrap_or(bytes);
    let nulls = |side: usize| start.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nulls(0), nulls(1));
    let most = start.len() / 8;
    match (even, odd) {
        (0, odd) if odd > most => Some(UTF_16LE),
        (even, 0) if even > most => Some(UTF_16BE),
        _ => None,
    }
}

/// The likeliest encoding of bytes that are not UTF-8. No hint from a domain is used: it is wrong as soon
/// as a page in another language stands under it.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// How far bytes are from being UTF-8.
#[derive(Debug, Clone, Copy)]
struct Damage {
    /// Characters beyond ASCII that are valid.
    sound: usize,
    /// Places that are not.
    damaged: usize,
}

impl Damage {
    fn of(bytes: &[u8]) -> Self {
        let mut damage = Self { sound: 0, damaged: 0 };
        for chunk in bytes.utf8_chunks() {
            damage.sound += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
            damage.damaged += usize::from(!chunk.invalid().is_empty());
        }
        damage
    }

    fn is_ascii(self) -> bool {
        self.sound == 0 && self.damaged == 0
    }

    /// Valid, and with characters that no text in another encoding would give by chance.
    fn is_sound_utf8(self) -> bool {
        self.sound >= 2 && self.damaged == 0
    }

    /// Valid but for a few places: a file cut inside a character, or pasted together from two.
    fn is_mostly_utf8(self) -> bool {
        self.sound > 0 && self.damaged * 2 <= self.sound
    }
}

/// Whether one character in ten is a control character, or three in ten could not be read.
fn is_mostly_control(text: &str) -> bool {
    let (mut all, mut control, mut unread) = (0_usize, 0_usize, 0_usize);
    for character in text.chars() {
        all += 1;
        match character {
            '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{1B}' | '\u{85}' => {}
            // Only UTF-16 gets here with it, and UTF-32 that was taken for it.
            '\0' => return true,
            '\u{FFFD}' => unread += 1,
            other => control += usize::from(other.is_control()),
        }
    }
    (control > 0 && control * 10 >= all) || (unread > 0 && unread * 10 >= all * 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ARABIC: &str = "افتتح رئيس البلدية الجسر الجديد صباح اليوم، وقال إن العمل استمر عامين كاملين.";

    fn plain(bytes: &[u8]) -> Decoded<'_> {
        decode("test", bytes, None, Kind::Text).unwrap()
    }

    fn encoded(label: &str, text: &str) -> Vec<u8> {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let (bytes, _, had_errors) = encoding.encode(text);
        assert!(!had_errors, "{text} cannot be written in {label}");
        bytes.into_owned()
    }

    #[test]
    fn utf8_is_taken_as_it_is() {
        let decoded = plain("قال\r\n\u{200F}نعم\u{FFFD} \t".as_bytes());
        assert_eq!(decoded.text, "قال\r\n\u{200F}نعم\u{FFFD} \t");
        assert_eq!((decoded.encoding, decoded.origin, decoded.replaced), ("UTF-8", EncodingOrigin::Utf8, 0));
        assert_eq!(decoded.warnings, []);
    }

    #[test]
    fn byte_order_marks_decide_and_are_dropped() {
        let little: Vec<u8> = "\u{FEFF}قال a".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{FEFF}قال a".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, name) in [(little, "UTF-16LE"), (big, "UTF-16BE"), ("\u{FEFF}قال a".into(), "UTF-8")] {
            let decoded = decode("test", &bytes, Some("windows-1252"), Kind::Text).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding), ("قال a", name));
            assert_eq!(decoded.origin, EncodingOrigin::ByteOrderMark);
        }
    }

    #[test]
    fn declared_encodings_are_used() {
        for label in ["windows-1256", "iso-8859-6"] {
            let bytes = encoded(label, &ARABIC.replace('،', " "));
            let decoded = decode("test", &bytes, Some(label), Kind::Text).unwrap();
            assert_eq!(decoded.text, ARABIC.replace('،', " "));
            assert_eq!((decoded.origin, decoded.replaced), (EncodingOrigin::Declared, 0));
        }
        let header = "text/html; charset=\"windows-1252\"";
        let bytes = encoded("windows-1252", "Café “vide” – 10 €");
        assert_eq!(decode("test", &bytes, Some(header), Kind::Html).unwrap().text, "Café “vide” – 10 €");
    }

    #[test]
    fn a_page_declares_its_own_encoding() {
        let page = format!("<html><head><meta charset=windows-1256></head><body>{ARABIC}</body></html>");
        let bytes = encoded("windows-1256", &page);
        let decoded = decode("test", &bytes, None, Kind::Html).unwrap();
        assert_eq!((&*decoded.text, decoded.origin), (&*page, EncodingOrigin::Page));
    }

    #[test]
    fn undeclared_encodings_are_guessed_with_a_warning() {
        for (label, text) in [
            ("windows-1256", ARABIC.repeat(5)),
            ("iso-8859-6", ARABIC.repeat(5)),
            ("windows-1252", "Der Bürgermeister eröffnete die Brücke für alle – «endlich», sagte er.".repeat(3)),
        ] {
            let bytes = encoded(label, &text);
            let decoded = plain(&bytes);
            assert_eq!(decoded.text, text, "{label}");
            assert_eq!(decoded.origin, EncodingOrigin::Guessed);
            assert!(matches!(decoded.warnings[..], [Warning::EncodingGuessed { .. }]));
        }
    }

    #[test]
    fn utf8_declared_as_latin_is_still_read_as_utf8() {
        let decoded = decode("test", ARABIC.as_bytes(), Some("iso-8859-1"), Kind::Html).unwrap();
        assert_eq!(decoded.text, ARABIC);
        assert!(matches!(decoded.warnings[..], [Warning::EncodingNotAsDeclared { .. }]));
    }

    #[test]
    fn latin_text_declared_as_utf8_is_detected() {
        let bytes = encoded("windows-1256", ARABIC);
        let decoded = decode("test", &bytes, Some("utf-8"), Kind::Text).unwrap();
        assert_eq!(decoded.text, ARABIC);
    }

    #[test]
    fn a_file_cut_inside_a_character_keeps_its_encoding_and_says_so() {
        let bytes = &ARABIC.as_bytes()[..12];
        let decoded = plain(bytes);
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 1));
        assert!(decoded.text.ends_with('\u{FFFD}'));
        assert!(matches!(decoded.warnings[..], [Warning::CharactersReplaced { count: 1, .. }]));
    }

    #[test]
    fn unknown_labels_are_reported_and_ignored() {
        let decoded = decode("test", ARABIC.as_bytes(), Some("utf-9"), Kind::Text).unwrap();
        assert_eq!(decoded.text, ARABIC);
        assert_eq!(decoded.warnings, [Warning::UnknownEncoding { declared: "utf-9".into() }]);
    }

    #[test]
    fn binary_files_are_refused() {
        let control: Vec<u8> = (1..=8).cycle().take(400).collect();
        for bytes in [&b"GIF89a\x01\x02"[..], b"%PDF-1.7\nabc", b"text with a \0 inside", &control] {
            assert!(matches!(decode("test", bytes, None, Kind::Text), Err(IngestError::Binary { .. })));
        }
        let utf32: Vec<u8> = "\u{FEFF}abc".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert!(matches!(decode("test", &utf32, None, Kind::Text), Err(IngestError::Binary { .. })));
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_tried(bytes: Vec<u8>, declared: Option<String>) {
            for kind in [Kind::Text, Kind::Html] {
                let _ = decode("test", &bytes, declared.as_deref(), kind);
            }
        }

        #[test]
        fn valid_text_comes_out_unchanged(text in "[^\u{0}-\u{8}\u{E}-\u{1F}\u{7F}-\u{9F}\u{FEFF}\u{FFFD}]{0,200}") {
            if signature(text.as_bytes()).is_none() {
                prop_assert_eq!(&*plain(text.as_bytes()).text, &*text);
            }
        }
    }
}
