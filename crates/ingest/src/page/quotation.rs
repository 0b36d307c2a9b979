//! Quotations that the page marks by an element, written as the engine reads them: in marks, behind whose they are.

use super::paragraphs::{Paragraph, ParagraphKind};

/// What a paragraph may open with that is a quotation by its marks already.
const OPENING: [char; 9] = ['“', '„', '«', '"', '‘', '‹', '»', '\'', '‟'];

/// What may stand before the name of the one who is quoted.
const DASHES: [char; 5] = ['—', '–', '―', '-', '~'];

/// The most characters of a line that says whose a quotation is.
const MOST_OF_ATTRIBUTION: usize = 160;

/// Writes block quotations in marks. One that says whose it is becomes `Name: “…”`: without that it would go to whoever
/// spoke before.
pub(super) fn in_marks(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut written = Vec::with_capacity(paragraphs.len());
    let mut run: Vec<Paragraph> = Vec::new();
    for paragraph in paragraphs {
        let belongs = match paragraph.kind {
            ParagraphKind::Quote => !run.iter().any(|before| before.kind == ParagraphKind::Attribution),
            ParagraphKind::Attribution => !run.is_empty(),
            _ => false,
        };
        if !belongs {
            close(&mut run, &mut written);
        }
        match paragraph.kind {
            ParagraphKind::Quote | ParagraphKind::Attribution => run.push(paragraph),
            _ => written.push(paragraph),
        }
    }
    close(&mut run, &mut written);
    written
}

/// Writes a quotation of one or several paragraphs.
fn close(run: &mut Vec<Paragraph>, written: &mut Vec<Paragraph>) {
    let mut quoted: Vec<String> = Vec::new();
    let mut source = None;
    let last = run.len().saturating_sub(1);
    for (at, paragraph) in run.drain(..).enumerate() {
        // Embedded posts put the name into the last line, behind a dash.
        let is_signed = at == last && at > 0 && paragraph.text.starts_with(DASHES);
        match paragraph.kind == ParagraphKind::Attribution || (is_signed && paragraph.text.len() < MOST_OF_ATTRIBUTION)
        {
            true => source = Some(paragraph.text),
            false => quoted.push(paragraph.text),
        }
    }
    let source = source.map(|source| {
        let source = source.trim_start_matches(DASHES).trim();
        // Embedded posts tell their day behind the account.
        let account = source.find("(@").and_then(|at| Some(at + source.get(at..)?.find(')')? + 1));
        source.get(..account.unwrap_or(source.len())).unwrap_or(source).trim_end_matches([',', ':', '.']).to_owned()
    });
    let mut label = source.filter(|name| !name.is_empty()).map(|name| format!("{name}: ")).unwrap_or_default();
    let count = quoted.len();
    for (at, text) in quoted.into_iter().enumerate() {
        let (open, end) = marks(&text);
        let text = match text.starts_with(OPENING) {
            true => text,
            // A quotation that goes on in the next paragraph is closed in the last one only.
            false => format!("{open}{text}{}", if at + 1 == count { end } else { "" }),
        };
        written.push(Paragraph { text: std::mem::take(&mut label) + &text, kind: ParagraphKind::Text });
    }
    if !label.is_empty() {
        // A name without a quotation is whatever it says.
        written.push(Paragraph { text: label.trim_end_matches(": ").to_owned(), kind: ParagraphKind::Text });
    }
}

/// The marks of the script that a text is in.
fn marks(text: &str) -> (&'static str, &'static str) {
    match text.chars().any(|character| ('\u{0600}'..='\u{06FF}').contains(&character)) {
        true => ("«", "»"),
        false => ("“", "”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ParagraphKind::{Attribution, Quote, Text};

    fn written(paragraphs: &[(&str, ParagraphKind)]) -> Vec<String> {
        let paragraphs = paragraphs.iter().map(|&(text, kind)| Paragraph { text: text.to_owned(), kind }).collect();
        in_marks(paragraphs).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn a_quotation_stands_in_marks_behind_whose_it_is() {
        let page =
            [("She left.", Text), ("We pay.", Quote), ("— Anna Berg, minister", Attribution), ("He stayed.", Text)];
        assert_eq!(written(&page), ["She left.", "Anna Berg, minister: “We pay.”", "He stayed."]);
        assert_eq!(written(&[("سندفع.", Quote), ("آنا برغ", Attribution)]), ["آنا برغ: «سندفع.»"]);
    }

    #[test]
    fn marks_that_are_there_are_not_doubled_and_long_quotations_are_closed_once() {
        assert_eq!(written(&[("“We pay.”", Quote)]), ["“We pay.”"]);
        assert_eq!(written(&[("One.", Quote), ("Two.", Quote)]), ["“One.", "“Two.”"]);
    }

    #[test]
    fn an_embedded_post_is_signed_in_its_last_line() {
        for signature in ["— Anna Berg (@berg)", "— Anna Berg (@berg) March 3, 2026"] {
            assert_eq!(written(&[("We pay.", Quote), (signature, Quote)]), ["Anna Berg (@berg): “We pay.”"]);
        }
        assert_eq!(written(&[("Anna Berg", Attribution), ("We pay.", Text)]), ["Anna Berg", "We pay."]);
    }
}
