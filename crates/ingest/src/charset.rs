//! The charset that an HTTP header or a page declares.

/// How far into a page its declaration is looked for, in bytes, as browsers do.
const PRESCAN: usize = 1024;

/// The charset of a header value: `text/html; charset=utf-8` gives `utf-8`; a bare label is itself,
/// and a type without a charset gives nothing.
pub(crate) fn of_header(value: &str) -> &str {
    match find_ignoring_case(value, "charset") {
        Some(at) => label(value.get(at + "charset".len()..).unwrap_or_default()).unwrap_or_default(),
        None if value.contains('/') => "",
        None => value.trim(),
    }
}

/// The charset a page gives itself in its first 1024 bytes: in the XML declaration, `<meta charset>`, or
/// `<meta http-equiv="Content-Type" content="…; charset=…">`.
pub(crate) fn of_page(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..PRESCAN).unwrap_or(bytes));
    let mut rest = &*head;
    if let Some(declaration) = rest.trim_start().strip_prefix("<?xml") {
        let declaration = declaration.split("?>").next()?;
        if let Some(at) = declaration.find("encoding") {
            return label(declaration.get(at + "encoding".len()..)?).map(str::to_owned);
        }
    }
    while let Some(at) = rest.find('<') {
        rest = rest.get(at..)?;
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.get(comment.find("-->")?..)?;
            continue;
        }
        // A tag cut off by the end of the prescan declares nothing.
        let end = rest.find('>')?;
        let tag = rest.get(1..end)?;
        rest = rest.get(end..)?;
        let is_meta = tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("meta"))
            && tag.get(4..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_whitespace() || c == '/'));
        let at = find_ignoring_case(tag, "charset").filter(|_| is_meta);
        if let Some(label) = at.and_then(|at| label(tag.get(at + "charset".len()..)?)) {
            return Some(label.to_owned());
        }
    }
    None
}

/// The value after `=`, with or without quotes.
fn label(after: &str) -> Option<&str> {
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '/' | ','))
        .unwrap_or(value.len());
    value.get(..end).filter(|label| !label.is_empty())
}

/// Where `needle`, in small ASCII letters, stands in `text`.
fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_header_values() {
        assert_eq!(of_header("text/html; Charset=\"UTF-8\""), "UTF-8");
        assert_eq!(of_header("text/html;charset=windows-1256; x=y"), "windows-1256");
        assert_eq!(of_header(" utf-8 "), "utf-8");
        assert_eq!(of_header("text/html; charset="), "");
        assert_eq!(of_header("text/html"), "");
    }

    #[test]
    fn reads_each_way_a_page_declares() {
        for page in [
            "<?xml version='1.0' encoding='windows-1256'?><html>",
            "<!DOCTYPE html><html><head><META CHARSET = windows-1256>",
            "<meta charset=\"windows-1256\"/>",
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1256'>",
            "<!-- <meta charset=utf-8> --><meta charset=windows-1256>",
        ] {
            assert_eq!(of_page(page.as_bytes()).as_deref(), Some("windows-1256"), "{page}");
        }
        assert_eq!(of_page(b"<p>the charset=utf-8 of this page</p>"), None);
    }

    #[test]
    fn looks_no_further_than_browsers_do() {
        let page = format!("<head>{}<meta charset=windows-1256>", " ".repeat(2000));
        assert_eq!(of_page(page.as_bytes()), None);
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_scanned(bytes: Vec<u8>, text in "[<!>a-z=\"'-]{0,80}") {
            of_page(&bytes);
            of_page(text.as_bytes());
            of_header(&text);
        }
    }
}
