//! Relayed words: `The Herald quoted a diplomat as saying that …`, `was quoted as saying …`.

use super::super::block::Range;
use super::super::draft::Subject;
use super::Reader;
use super::group::{self, Group};
use super::{content, opening, verb};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Features};

/// Drafts what a relaying verb says that somebody said; its subject is the channel, the one between is the source.
///
/// Without a `carrier` the verb is passive and its subject is the source: `The minister was quoted as saying …`.
pub(super) fn relayed(reader: &mut Reader<'_, '_>, relay: &Group, entry: &CueEntry, carrier: Option<Subject>) -> bool {
    let Some(link) = link(reader, relay.end, entry) else { return false };
    let said = reader.block.tokens.after(link);
    let participle = reader
        .block
        .cues(said)
        .find(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(Features::PARTICIPLE));
    let Some((form, saying)) = participle else { return false };
    let Some(group) = group::read(reader, said, form.features) else { return false };
    let opening = opening::read(reader, group.end, saying);
    let Some((_, content, confidence)) = content::after(reader, &group, saying, opening) else { return false };
    let source = match carrier {
        Some(_) => reader.block.trimmed(Range::new(relay.end, link)).map(Subject::Written),
        None => super::subject::before(reader, relay.start).map(|found| found.subject),
    };
    let Some(source) = source else { return false };
    let contents = verb::coordinated(reader, content);
    let drafted = verb::push(reader, &group, saying, source, &contents, "relay", confidence);
    if drafted && let Some(draft) = reader.drafts.last_mut() {
        if let Some(span) = carrier.and_then(Subject::named) {
            draft.channel = Some(span);
        }
        draft.polarity = relay.polarity(saying);
    }
    drafted
}

/// The word that ties the quoted to what they said: `as` before a participle.
fn link(reader: &Reader<'_, '_>, from: usize, entry: &CueEntry) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let end = reader.sentence.end.min(from + LONGEST_SOURCE);
    let stops = WordClasses::of(&[C::Complementiser, C::Subordinator]);
    let mut at = from;
    while at < end {
        if entry.prepositions.iter().any(|word| word == tokens.word(at)) {
            let next = tokens.after(at);
            let speaks = reader.block.cues(next).any(|(form, _)| form.features.any(Features::PARTICIPLE));
            if speaks {
                return Some(at);
            }
        } else if tokens.classes(at).any(stops) || reader.mark(at) == Some(';') {
            return None;
        }
        at = reader.block.step(at).max(at + 1);
    }
    None
}

/// The one who is quoted is named in fewer tokens.
const LONGEST_SOURCE: usize = 30;

#[cfg(test)]
mod tests {
    use super::super::testing::{claim, read};

    #[test]
    fn the_one_between_is_the_source() {
        let wanted = [claim("a diplomat", "saying", "the deal was dead")];
        assert_eq!(read("The Herald quoted a diplomat as saying that the deal was dead."), wanted);
        let wanted = [claim("The minister", "saying", "the deal was dead")];
        assert_eq!(read("The minister was quoted as saying that the deal was dead."), wanted);
    }
}
