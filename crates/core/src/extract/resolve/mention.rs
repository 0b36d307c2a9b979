//! Everybody an article names: the sources of its claims, and names elsewhere in its text.

use super::super::block::{BlockLayers, Range};
use super::super::draft::{Draft, Subject};
use super::cased;
use super::phrase::{self, GIVEN, Gender, PEOPLE, Phrase};
use crate::claim::SourceKind;
use crate::language::cue::{Features, Frame};
use crate::language::{Morphology, WordClass as C, arabic};

/// One place where somebody is named or described.
#[derive(Debug, Clone)]
pub(in crate::extract) struct Mention {
    pub(super) phrase: Phrase,
    /// The number of the sentence in the article.
    pub(super) sentence: usize,
    /// The number of the block.
    pub(super) block: usize,
    /// Whether it is the written source of a claim.
    pub(super) source: bool,
    /// Whether somebody speaks to it: `told Ms. Roe`.
    pub(super) addressee: bool,
    pub(super) quoted: bool,
}

/// The mentions of an article, in the order of the text.
#[derive(Debug, Default)]
pub(in crate::extract) struct Mentions {
    pub(super) list: Vec<Mention>,
    /// Sentences of the blocks read so far.
    sentences: usize,
}

impl Mentions {
    /// Reads a block with its drafts; blocks come in the order of the text.
    pub(in crate::extract) fn read(&mut self, block: &BlockLayers<'_>, drafts: &[Draft]) {
        let first = self.list.len();
        for draft in drafts {
            if let Subject::Written(span) = draft.source {
                let range = block.tokens_in(span);
                self.push(block, range, true);
                self.add_apposition(block, range);
            }
        }
        let mut sources: Vec<(usize, usize)> = (self.list.iter().skip(first))
            .map(|mention| (mention.phrase.span.start, mention.phrase.span.end))
            .collect();
        sources.sort_unstable();
        let taken = |at: usize| {
            let start = block.tokens.get(at).map_or(0, |token| token.span.start);
            let before = sources.partition_point(|&(from, _)| from <= start).checked_sub(1);
            before.and_then(|before| sources.get(before)).is_some_and(|&(_, to)| start < to)
        };
        let mut at = 0;
        while at < block.tokens.len() {
            match window(block, at) {
                Some(range) if !taken(at) => {
                    self.push(block, range, false);
                    at = range.end.max(at + 1);
                }
                Some(range) => at = range.end.max(at + 1),
                None => at = block.tokens.after(at),
            }
        }
        if let Some(new) = self.list.get_mut(first..) {
            new.sort_by_key(|mention| (mention.phrase.span.start, !mention.source));
        }
        self.list.dedup_by(|later, earlier| later.phrase.span == earlier.phrase.span);
        self.sentences += block.sentences().count();
    }

    fn push(&mut self, block: &BlockLayers<'_>, range: Range, source: bool) {
        let Some(phrase) = phrase::read(block, range) else { return };
        if !source && (phrase.name.is_empty() || phrase.span.len() > LONGEST) {
            return;
        }
        let told = range.start > 0
            && block
                .cue_with(block.tokens.head(range.start - 1), Features::FINITE.with(Features::PARTICIPLE))
                .is_some_and(|(_, entry)| entry.frames.has(Frame::Addressee));
        self.list.push(Mention {
            phrase,
            sentence: self.sentences + block.sentence_number(range.start),
            block: block.number,
            source,
            addressee: !source && told && block.pack.morphology() != Morphology::Arabic,
            quoted: block.quotation_around(range.start).is_some(),
        });
    }

    /// Adds what the narrator says of the source just read, right after it: `…, a cardiologist in Thunder Bay who …`.
    fn add_apposition(&mut self, block: &BlockLayers<'_>, range: Range) {
        let Some(Mention { phrase, .. }) = self.list.last_mut() else { return };
        if phrase.name.is_empty() || block.pack.morphology() == Morphology::Arabic {
            return;
        }
        if let Some(end) = apposition(block, range.end)
            && let Some(added) = phrase::read(block, Range::new(range.end + 1, end))
        {
            phrase.nouns.extend(added.nouns);
            if phrase.gender == Gender::Unknown && added.name.is_empty() {
                phrase.gender = added.gender;
            }
        }
    }
}

/// Longer phrases (in bytes) that are no sources are lists or headlines.
const LONGEST: usize = 300;

/// The noun phrase with a name that begins at `at`.
fn window(block: &BlockLayers<'_>, at: usize) -> Option<Range> {
    match block.pack.morphology() {
        Morphology::Plain | Morphology::French => cased_window(block, at),
        Morphology::Arabic => arabic_window(block, at),
    }
}

/// Runs of capitals with the titles between and before them, and the office in an apposition after.
fn cased_window(block: &BlockLayers<'_>, at: usize) -> Option<Range> {
    let tokens = &block.tokens;
    let limit = tokens.len();
    let title = |at: usize| tokens.classes(at).any(PEOPLE);
    let mut end = match cased::run(block, at, limit) {
        Some(end) => end,
        None if title(at) => tokens.after(at),
        None => return None,
    };
    let mut named = end > at && !title(at);
    for _ in 0..MOST_PARTS {
        let skip = usize::from(tokens.mark(end) == Some('.') && tokens.is(end - 1, C::Abbreviation));
        match cased::run(block, end + skip, limit) {
            Some(after) => (end, named) = (after, true),
            None if title(end + skip) => end = tokens.after(end + skip),
            None => break,
        }
    }
    if named && let Some(close) = apposition(block, end) {
        end = close;
    }
    (named && end > at).then(|| Range::new(at, end))
}

/// The end of what is added between commas after a name that ends before the comma `at`: `…, a professor at York, …`.
fn apposition(block: &BlockLayers<'_>, at: usize) -> Option<usize> {
    let tokens = &block.tokens;
    let opens = tokens.is(at + 1, C::Determiner) || tokens.classes(at + 1).any(PEOPLE);
    if tokens.mark(at) != Some(',') || !opens {
        return None;
    }
    let ends = |&end: &usize| tokens.mark(end).is_some_and(|mark| mark != '-') || tokens.is(end, C::Relative);
    let end = (at + 2..tokens.len().min(at + LONGEST_APPOSITION)).find(ends)?;
    let bounded = matches!(tokens.mark(end), Some(',' | '.')) || tokens.is(end, C::Relative);
    bounded.then_some(end)
}

/// Titles and runs of capitals that may alternate before a name.
const MOST_PARTS: usize = 5;
/// The longest apposition that is read, in tokens.
const LONGEST_APPOSITION: usize = 14;

/// A title with a name after it: «وزير الصحة خالد …», «السيد جاك روس».
fn arabic_window(block: &BlockLayers<'_>, at: usize) -> Option<Range> {
    let tokens = &block.tokens;
    if !tokens.classes(at).any(PEOPLE) {
        return None;
    }
    let mut end = tokens.after(at);
    let stops = |at: usize| {
        let classes = tokens.classes(at);
        !tokens.is_word(at)
            || block.cue_with(at, Features::FINITE).is_some()
            || (!classes.any(GIVEN)
                && (classes.has(C::Circumstance) || classes.has(C::Verb) || classes.has(C::Relative)))
    };
    while end < tokens.len() && end - at < LONGEST_APPOSITION && !stops(end) {
        end = tokens.after(end);
    }
    let given =
        (at..end).rposition(|word| tokens.classes(word).any(GIVEN) && !tokens.classes(word).has(C::Circumstance));
    // Without capitals only a given name is proof; its family name is the word or two after it.
    let given = at + given?;
    let mut upto = given + 1;
    while upto < end && upto - given < 4 && tokens.classes(upto).is_empty() {
        let definite = arabic::is_definite(tokens.word(upto));
        upto += 1;
        if definite {
            break;
        }
    }
    Some(Range::new(at, upto))
}

/// Whether a kind of source can be one person.
pub(super) fn can_be_person(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Person | SourceKind::Unknown | SourceKind::Anonymous)
}
