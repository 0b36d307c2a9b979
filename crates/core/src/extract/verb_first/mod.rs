//! The grammar of languages that put the verb before the subject: Arabic.
//!
//! A sentence is read twice. First every cue in it becomes an [`Opening`]: its verb group, its subject,
//! its channel and the mark that opens what is said. Then each opening gets its content, which ends at the latest
//! where another opening takes over.

mod catenative;
mod channel;
mod content;
mod descriptive;
mod gate;
mod governor;
mod group;
mod headline;
mod marker;
mod nominal;
mod noun_phrase;
mod object;
mod opening;
mod participle;
mod passive;
mod preposition;
mod question;
mod relay;
mod resumed;
mod shape;
mod subject;
mod verb;

use super::block::{BlockLayers, Range};
use super::draft::Draft;
use crate::language::WordClass;
use crate::language::cue::{CueKind, Features};
use opening::Opening;

/// No sentence of news is longer, in tokens; what is longer is read in pieces of this length, so that the cost stays
/// in proportion to the text.
const LONGEST_SENTENCE: usize = 400;

/// Drafts the claims of one block.
pub(super) fn find(block: &BlockLayers<'_>, drafts: &mut Vec<Draft>) {
    headline::find(block, drafts);
    for sentence in block.sentences() {
        let mut start = if sentence.start == 0 { dateline_end(block, sentence) } else { sentence.start };
        start += usize::from(group::is_lone_and(block, start));
        while start < sentence.end {
            let end = sentence.end.min(start + LONGEST_SENTENCE);
            find_in_sentence(block, Range::new(start, end), drafts);
            start = end;
        }
    }
}

/// The token after the dateline that opens the first sentence of a block: «تيرازو (وكالة الأفق) - », «الساحل/ ».
fn dateline_end(block: &BlockLayers<'_>, sentence: Range) -> usize {
    let limit = sentence.end.min(LONGEST_DATELINE);
    let dash = (1..limit).find(|&at| matches!(block.tokens.mark(at), Some('-' | '–' | '—' | '/')));
    let plain = |at: usize| {
        let agency = block.tokens.is_word(at) && block.cue_with(at, Features::FINITE).is_none();
        agency || block.tokens.is_number(at) || matches!(block.tokens.mark(at), Some('(' | ')' | '/' | ',' | '،'))
    };
    let Some(dash) = dash.filter(|&dash| (0..dash).all(plain)) else { return 0 };
    let bracket = (0..dash).any(|at| block.tokens.mark(at) == Some(')'));
    // «/ و م / أكد …»: the agency between two marks.
    let close =
        (dash + 1..limit).find(|&at| block.tokens.mark(at) == Some('/')).filter(|&at| (dash + 1..at).all(plain));
    match (bracket, close) {
        (_, Some(close)) => close + 1,
        (true, None) => dash + 1,
        (false, None) => 0,
    }
}

/// A dateline has fewer tokens.
const LONGEST_DATELINE: usize = 14;

fn find_in_sentence(block: &BlockLayers<'_>, sentence: Range, drafts: &mut Vec<Draft>) {
    let openings = openings(block, sentence);
    for (at, opening) in openings.iter().enumerate() {
        let limit = openings[at + 1..]
            .iter()
            .find(|next| next.ends_content_of(opening))
            .map_or(sentence.end, |next| next.boundary);
        // «قال الوزير، الذي أكد أن …، إن …»: what stands before the mark of another's content ends there.
        let held = openings[..at].iter().map(|outer| outer.marker.content_start());
        let limit = held.filter(|&mark| mark > opening.group.end + 1).map(|mark| mark - 1).fold(limit, usize::min);
        // Who is quoted says no more than the quotation does.
        let limit = block.quotation_around(opening.group.start).map_or(limit, |around| limit.min(around.end));
        let Some(content) = content::of(block, sentence, opening, limit.min(opening.until)) else { continue };
        let denial = opening.draft(block, content);
        let explained = content::after_denial(block, opening, &denial, limit);
        drafts.push(denial);
        drafts.extend(explained);
    }
    preposition::find(block, sentence, &openings, drafts);
}

/// The openings of a sentence, in its order.
fn openings<'a>(block: &BlockLayers<'a>, sentence: Range) -> Vec<Opening<'a>> {
    let mut openings: Vec<Opening<'a>> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let next = block.tokens.after(at);
        if block.is(at, WordClass::Auxiliary)
            && let Some(opening) = passive::read(block, sentence, at)
        {
            at = next.max(opening.resume);
            openings.push(opening);
            continue;
        }
        let is_content = openings.last().is_some_and(|opening| opening.reports_noun_at(block, at));
        if !block.tokens.cues(at).is_empty() && !is_content && !quoted_label(block, at) {
            let opening = catenative::read(block, sentence, at, &openings)
                .or_else(|| resumed::read(block, sentence, at))
                .or_else(|| relay::read(block, sentence, at))
                .or_else(|| verb::read(block, sentence, at, &openings))
                .or_else(|| participle::read(block, sentence, at, &openings));
            if let Some(opening) = opening {
                // What a carrier phrase has used up is not read again.
                at = next.max(opening.resume);
                openings.push(opening);
                continue;
            }
        }
        at = next;
    }
    openings
}

/// Whether the token is inside a short quotation: a name or label, whose words report nothing.
fn quoted_label(block: &BlockLayers<'_>, at: usize) -> bool {
    block.quotation_around(at).is_some_and(|q| q.closed && q.end - q.start < SHORTEST_SPEECH)
}

/// A quotation of fewer tokens is a name or label when nothing introduces it.
const SHORTEST_SPEECH: usize = 6;

/// Whether one of the verb cues at `at` has one of the features.
fn is_verb_cue(block: &BlockLayers<'_>, at: usize, features: Features) -> bool {
    block.cues(at).any(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(features))
}

/// Whether the mark at `at` separates parts of a sentence.
fn is_comma(block: &BlockLayers<'_>, at: usize) -> bool {
    matches!(block.tokens.mark(at), Some('،' | ',' | '؛' | ';'))
}

/// Whether a complementiser stands at `at`.
fn is_complementiser(block: &BlockLayers<'_>, at: usize) -> bool {
    block.is(at, WordClass::Complementiser)
}

#[cfg(test)]
mod testing {
    use super::{BlockLayers, Opening, Range};
    use crate::{Article, Language, LanguagePack};

    /// What `read` makes of a text of one line.
    pub(super) fn with_block<T>(text: &str, read: impl Fn(&BlockLayers<'_>) -> T) -> T {
        let article = Article::from_text(text, Some(Language::ARABIC));
        let mut block = BlockLayers::new(article.text(), LanguagePack::builtin(Language::ARABIC).unwrap());
        block.read(0, article.blocks()[0]);
        read(&block)
    }

    /// The whole of a block as one sentence.
    pub(super) fn whole(block: &BlockLayers<'_>) -> Range {
        Range::new(0, block.tokens.len())
    }

    /// The openings of a text of one sentence, each by its rule and verb group.
    pub(super) fn openings(text: &str) -> Vec<(&'static str, String)> {
        let name = |block: &BlockLayers<'_>, opening: &Opening<'_>| (opening.rule, block.raw(opening.group).to_owned());
        with_block(text, |block| super::openings(block, whole(block)).iter().map(|o| name(block, o)).collect())
    }
}
