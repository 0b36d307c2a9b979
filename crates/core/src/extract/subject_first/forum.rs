//! What is said before a body that listens: `The court heard that …`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::Reader;
use super::extent::{self, Shape};
use super::group::Group;
use super::opening::Opening;
use super::verb;
use crate::language::WordClass as C;
use crate::language::cue::CueEntry;
use crate::span::Span;

/// Drafts what a body heard: who said it is not told, and the body is what it came through.
pub(super) fn heard(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    subject: Subject,
    opening: Opening,
) -> bool {
    let Some(forum) = forum(reader, subject) else { return false };
    let start = match opening {
        Opening::Clause(start) => start,
        // `heard the driver had slept`, but no `heard the case`
        Opening::Phrase(start) if extent::begins_clause(reader, start) => start,
        _ => return false,
    };
    let content = Range::new(start, extent::clause_end(reader, start, Shape::of(reader, group)));
    let cue = vec![reader.block.tokens.span(group.cue, group.end)];
    let spans = reader.spans(&verb::coordinated(reader, content));
    let mut draft = Draft::new("heard-clause", entry, cue, spans, reader.block.number);
    draft.polarity = group.polarity(entry);
    draft.realised = group.realised;
    draft.channel = Some(forum);
    !draft.content.is_empty() && reader.push(draft, Subject::Nobody, group.start, content.end)
}

/// The bytes of a subject that is a body before which things are said.
fn forum(reader: &Reader<'_, '_>, subject: Subject) -> Option<Span> {
    let span = subject.named()?;
    let range = reader.block.tokens_in(span);
    (range.start..range.end).any(|at| reader.block.is(at, C::Forum)).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;

    #[test]
    fn a_body_hears_a_clause_and_no_case() {
        let content = |text: &str| read(text).into_iter().map(|(.., content)| content).next();
        assert_eq!(content("The court heard that the driver had slept."), Some("the driver had slept".to_owned()));
        assert_eq!(content("The inquest heard the driver had slept."), Some("the driver had slept".to_owned()));
        assert_eq!(content("The court heard the case in May."), None);
        assert_eq!(content("The neighbours heard that the driver had slept."), None);
    }
}
