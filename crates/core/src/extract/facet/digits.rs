//! Numbers written in digits, with either convention of marks.

/// Which marks part thousands where they stand once, before exactly three digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Groups {
    /// As in `3,058`.
    Comma,
    /// As in `3,058` and `3.058`.
    CommaOrDot,
    /// As in `3.058`; a comma is a decimal mark.
    Dot,
}

/// A number at the beginning of a folded token, and the letters written on to it (`5` and `m` in `5m`).
pub(super) fn read(word: &str, groups: Groups) -> Option<(f64, &str)> {
    let end = word.find(|c: char| !c.is_ascii_digit() && !is_mark(c)).unwrap_or(word.len());
    let (digits, suffix) = word.split_at_checked(end)?;
    let digits = digits.trim_end_matches(is_mark);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || digits.len() > LONGEST {
        return None;
    }
    Some((value(digits, groups)?, suffix))
}

/// Longer rows of digits are numbers of telephones, accounts and cases.
const LONGEST: usize = 20;

const fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '٬' | '٫' | '\'')
}

/// The value of digits with marks between them.
///
/// `٫` is a decimal mark, `٬` and `'` part thousands. Of `.` and `,` the last is the decimal mark where both occur;
/// one that is repeated parts thousands; so does a single one before exactly three digits, if it is of `groups`.
fn value(digits: &str, groups: Groups) -> Option<f64> {
    let count = |mark| digits.matches(mark).count();
    let decimal = match (digits.rfind('.'), digits.rfind(',')) {
        _ if digits.contains('٫') => digits.rfind('٫'),
        (Some(dot), Some(comma)) => {
            let last = dot.max(comma);
            (count(if dot > comma { '.' } else { ',' }) == 1).then_some(last)
        }
        (Some(at), None) => (count('.') == 1 && !(groups != Groups::Comma && is_group(digits, at))).then_some(at),
        (None, Some(at)) => (count(',') == 1 && !(groups != Groups::Dot && is_group(digits, at))).then_some(at),
        (None, None) => None,
    };
    let mut plain = String::with_capacity(digits.len());
    for (at, c) in digits.char_indices() {
        match c {
            _ if c.is_ascii_digit() => plain.push(c),
            _ if decimal == Some(at) => plain.push('.'),
            _ => {}
        }
    }
    plain.parse().ok()
}

/// Whether the mark at `at` stands before exactly three digits and after one to three that do not begin with zero.
fn is_group(digits: &str, at: usize) -> bool {
    (1..=3).contains(&at) && digits.len() - at == 4 && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_convention() {
        let cases = [
            ("3,058", 3058.0),
            ("3.5", 3.5),
            ("3,5", 3.5),
            ("1.234.567", 1_234_567.0),
            ("1,234,567.5", 1_234_567.5),
            ("1.234,5", 1234.5),
            ("0,125", 0.125),
            ("12٬500", 12500.0),
            ("2٫75", 2.75),
            ("10'000", 10000.0),
            ("7.", 7.0),
        ];
        for (written, value) in cases {
            assert_eq!(read(written, Groups::Comma), Some((value, "")), "{written}");
        }
        assert_eq!(read("1.500", Groups::CommaOrDot), Some((1500.0, "")));
        assert_eq!(read("1.500", Groups::Comma), Some((1.5, "")));
        assert_eq!(read("2,125", Groups::Dot), Some((2.125, "")));
        assert_eq!(read("2.125", Groups::Dot), Some((2125.0, "")));
    }

    #[test]
    fn keeps_letters_apart() {
        assert_eq!(read("5m", Groups::Comma), Some((5.0, "m")));
        assert_eq!(read("19th", Groups::Comma), Some((19.0, "th")));
        assert_eq!(read("m5", Groups::Comma), None);
        assert_eq!(read("123456789012345678901", Groups::Comma), None);
    }
}
