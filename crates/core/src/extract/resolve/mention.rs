//! Everybody an article names: the sources of its claims, and names elsewhere in its text.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::super::block::{BlockLayers, Range};
use super::super::draft::Draft;
use super::phrase::{self, Gender, PEOPLE, Phrase};
use super::words::{Word, Words};
use super::{arabic, capitals, cased};
use crate::claim::SourceKind;
use crate::language::cue::{CueKind, Features, Frame};
use crate::language::{Capitals, Morphology, WordClass as C, WordClasses, WordOrder};
use crate::span::Span;

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
    /// Whether somebody speaks to it or was asked about it: `told Ms. Roe`, «وعن اللاعب سامر، قال».
    pub(super) addressee: bool,
    pub(super) quoted: bool,
    /// Whether only its place after a title says that it is a name: it counts where a source bears that name.
    pub(super) guess: bool,
    /// Whether it stands where only a place can: `in Brennick`.
    pub(super) located: bool,
    /// Whether it is named as whose something is: `Ann Lee's house`.
    pub(super) owner: bool,
    /// Whether no verb and no pronoun stands before it in its sentence, so that it can be the subject.
    pub(super) opens: bool,
    /// Whether a coordinator stands right before it: `Ann Lee and | Bo Roe`.
    pub(super) joined: bool,
}

/// The mentions of an article, in the order of the text.
#[derive(Debug, Default)]
pub(in crate::extract) struct Mentions {
    pub(super) list: Vec<Mention>,
    /// Unknown words that stand after a preposition of place somewhere: «في بيلوار». Arabic has no capitals to tell names.
    pub(super) places: FxHashSet<Word>,
    /// The words of all mentions.
    pub(super) words: Words,
    /// Sentences of the blocks read so far.
    sentences: usize,
}

impl Mentions {
    /// No mentions yet, with room for those of a text of so many bytes.
    pub(in crate::extract) fn with_room_for(bytes: usize) -> Self {
        let list = Vec::with_capacity(bytes / BYTES_PER_MENTION);
        Self { list, words: Words::with_room_for(bytes / BYTES_PER_MENTION), ..Self::default() }
    }

    /// Reads a block with its drafts; blocks come in the order of the text.
    pub(in crate::extract) fn read(&mut self, block: &BlockLayers<'_>, drafts: &[Draft]) {
        let first = self.list.len();
        for draft in drafts {
            if let Some(span) = draft.source.named() {
                let known = self.list.len();
                self.push_source(block, span);
                if arabic::is_feminine_by_verb(block, draft, span)
                    && let Some(mention) = self.list.get_mut(known)
                    && matches!(mention.phrase.kind, SourceKind::Person | SourceKind::Unknown)
                {
                    mention.phrase.gender = Gender::Feminine;
                }
            }
        }
        let mut sources: SmallVec<[(usize, usize); 8]> = (self.list.iter().skip(first))
            .map(|mention| (mention.phrase.span.start, mention.phrase.span.end))
            .collect();
        sources.sort_unstable();
        let taken = |at: usize| {
            let start = block.tokens.get(at).map_or(0, |token| token.span.start);
            let before = sources.partition_point(|&(from, _)| from <= start).checked_sub(1);
            before.and_then(|before| sources.get(before)).is_some_and(|&(_, to)| start < to)
        };
        let mut cues: SmallVec<[usize; 8]> = drafts.iter().flat_map(|draft| &draft.cue).map(|cue| cue.start).collect();
        cues.sort_unstable();
        let mut at = 0;
        while at < block.tokens.len() {
            // «وطالب محافظ …»: a verb, though it looks like a title.
            let is_cue = || block.tokens.get(at).is_some_and(|token| cues.binary_search(&token.span.start).is_ok());
            if block.pack.morphology() == Morphology::Arabic && is_cue() {
                at = block.tokens.after(at);
                continue;
            }
            match window(block, at) {
                Some((range, guess)) if !taken(at) => {
                    let known = self.list.len();
                    self.push(block, range, false);
                    // In a headline every word may have a capital: `Classic Brandt`.
                    let guess = guess || (block.role.is_headline() && block.pack.capitals() == Capitals::Names);
                    self.list.iter_mut().skip(known).for_each(|mention| mention.guess = guess);
                    at = range.end.max(at + 1);
                }
                Some((range, _)) => at = range.end.max(at + 1),
                None => at = block.tokens.after(at),
            }
        }
        // Only those of this block: going through all that were found before would take ever longer.
        if let Some(new) = self.list.get_mut(first..) {
            new.sort_by_key(|mention| (mention.phrase.span.start, !mention.source));
        }
        let mut last = None;
        self.list
            .extract_if(first.., |mention| last.replace(mention.phrase.span) == Some(mention.phrase.span))
            .for_each(drop);
        if block.pack.morphology() == Morphology::Arabic {
            self.places.extend(arabic::places(block).map(|word| self.words.add(word)));
        }
        self.sentences += block.sentences().count();
    }

    /// Adds the source of a draft. A particle may be written on to its first word: «وفقا | لهيئة الأرصاد».
    fn push_source(&mut self, block: &BlockLayers<'_>, span: Span) {
        let whole = block.tokens_in(span);
        let mut range = phrase::owner(block, whole);
        let owned = range != whole;
        let before = range.start.checked_sub(1).and_then(|before| block.tokens.get(before));
        if !owned && before.is_some_and(|token| token.span.end > span.start) {
            range.start -= 1;
        }
        let known = self.list.len();
        self.push(block, range, true);
        if !owned && let Some(mention) = self.list.get_mut(known) {
            mention.phrase.span = span;
        }
        self.add_apposition(block, range);
        self.add_owner(block, range);
        if let Some(issuer) = self.list.last().and_then(|mention| mention.phrase.issuer) {
            self.push(block, issuer, true);
        }
    }

    fn push(&mut self, block: &BlockLayers<'_>, range: Range, source: bool) {
        let Some(mut phrase) = phrase::read(block, range, &mut self.words) else { return };
        let owner =
            !source && block.pack.morphology() == Morphology::Plain && cased::is_possessive(block, range.end - 1);
        if owner {
            phrase.span = without_ending(block, phrase.span);
        }
        let opens_sentence = block.sentence(range.start).start == range.start;
        let nameless = phrase.name.is_empty() && !(opens_sentence && phrase.head.is_some());
        if !source && (nameless || phrase.span.len() > LONGEST) {
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
            addressee: !source
                && match block.pack.morphology() {
                    Morphology::Arabic => arabic::is_asked_about(block, range.start),
                    Morphology::Plain | Morphology::French => told,
                },
            quoted: block.quotation_around(range.start).is_some(),
            guess: false,
            owner,
            opens: opens_clause(block, range.start),
            located: range.start > 0 && block.is(block.tokens.head(range.start - 1), C::Locative),
            joined: range.start > 0 && block.is(block.tokens.head(range.start - 1), C::Coordinator),
        });
    }

    /// Adds who owns the source: `Brandt's friends`.
    fn add_owner(&mut self, block: &BlockLayers<'_>, range: Range) {
        if block.pack.morphology() != Morphology::Plain {
            return;
        }
        let owned = |&end: &usize| end < range.end && cased::is_possessive(block, end - 1);
        if let Some(end) = capitals::run(block, range.start, range.end).filter(owned) {
            self.push(block, Range::new(range.start, end), false);
        }
    }

    /// Adds what the narrator says of the source just read, right after it: `…, a cardiologist in Thunder Bay who …`.
    fn add_apposition(&mut self, block: &BlockLayers<'_>, range: Range) {
        let Some(Mention { phrase, .. }) = self.list.last_mut() else { return };
        if phrase.name.is_empty() || block.pack.morphology() == Morphology::Arabic {
            return;
        }
        if let Some(end) = apposition(block, range.end)
            && let Some(added) = phrase::read(block, Range::new(range.end + 1, end), &mut self.words)
        {
            phrase.nouns.extend(added.nouns);
            if phrase.gender == Gender::Unknown && added.name.is_empty() {
                phrase.gender = added.gender;
            }
        }
    }
}

/// Whether neither a verb nor a pronoun stands before the token `at` in its sentence. Only where subjects come first
/// does that tell anything.
fn opens_clause(block: &BlockLayers<'_>, at: usize) -> bool {
    let verbal = WordClasses::of(&[
        C::Verb,
        C::Auxiliary,
        C::PassiveAuxiliary,
        C::Future,
        C::PronounMasculine,
        C::PronounFeminine,
        C::PronounPlural,
        C::PronounNeuter,
        C::PronounSpeech,
    ]);
    let start = block.sentence(at).start.max(at.saturating_sub(MOST_BEFORE));
    let mut before = start..at;
    block.pack.word_order() != WordOrder::SubjectFirst
        || block.pack.morphology() != Morphology::Plain
        || !before.any(|at| block.tokens.classes(at).any(verbal))
}

/// How many tokens before a mention are looked at for a verb.
const MOST_BEFORE: usize = 24;

/// News names somebody in so many bytes, or fewer.
const BYTES_PER_MENTION: usize = 256;

/// A possessor without its ending: `Ann Lee's`.
fn without_ending(block: &BlockLayers<'_>, span: Span) -> Span {
    let raw = span.of(block.text);
    let name = ["'s", "’s"].iter().find_map(|ending| raw.strip_suffix(ending)).unwrap_or(raw);
    Span::new(span.start, span.start + name.len())
}

/// Longer phrases (in bytes) that are no sources are lists or headlines.
const LONGEST: usize = 300;

/// The noun phrase with a name that begins at `at`.
fn window(block: &BlockLayers<'_>, at: usize) -> Option<(Range, bool)> {
    match block.pack.morphology() {
        Morphology::Plain | Morphology::French => cased_window(block, at).map(|range| (range, false)),
        Morphology::Arabic => arabic::window(block, at),
    }
}

/// Runs of capitals with the titles between and before them, and the office in an apposition after.
fn cased_window(block: &BlockLayers<'_>, at: usize) -> Option<Range> {
    const OPENS: WordClasses = PEOPLE.with(WordClasses::of(&[C::Indefinite, C::Determiner, C::Possessive]));
    let tokens = &block.tokens;
    if !tokens.is_capital(at) && !tokens.classes(at).any(OPENS) {
        return None;
    }
    let limit = tokens.len();
    let title = |at: usize| tokens.classes(at).any(PEOPLE);
    let mut end = match capitals::run(block, at, limit) {
        Some(end) => end,
        None if tokens.is(at, C::Indefinite) => return labelled(block, at).or_else(|| subject_noun(block, at)),
        None if tokens.classes(at).any(WordClasses::of(&[C::Determiner, C::Possessive])) => {
            return described(block, at).or_else(|| subject_noun(block, at));
        }
        None if title(at) => tokens.after(at),
        None => return None,
    };
    if tokens.is(end, C::PossessiveEnding) || tokens.word(end - 1).ends_with("'s") {
        return described(block, end - 1).map(|range| Range::new(at, range.end)).or(Some(Range::new(at, end)));
    }
    let mut named = end > at && !title(at);
    for _ in 0..MOST_PARTS {
        let skip = usize::from(tokens.mark(end) == Some('.') && tokens.is(end - 1, C::Abbreviation));
        match capitals::run(block, end + skip, limit) {
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

/// A description with the name after it, with or without a comma: `the federal health minister, Ann Lee`, `Yip's mother, Grace`.
fn described(block: &BlockLayers<'_>, at: usize) -> Option<Range> {
    let tokens = &block.tokens;
    let limit = tokens.len().min(at + MOST_DESCRIBING);
    let stops =
        WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Relative, C::Preposition, C::Coordinator]);
    let mut office = None;
    let mut owned = false;
    let mut noun = tokens.after(at);
    // «Le chef | du parti, | Otto Kessler»: whose office it is stands between it and the name.
    let owner = |noun: usize| tokens.is(noun, C::Link) && tokens.is(noun, C::Preposition);
    // «à l'agence PAP | le ministre Luc Roy»: an article that no preposition governs opens another phrase.
    let article = WordClasses::of(&[C::DeterminerMasculine, C::DeterminerFeminine]);
    let opens = |noun: usize| {
        tokens.classes(noun).any(article) && !tokens.is(noun, C::Preposition) && !owner(tokens.head(noun - 1))
    };
    while noun < limit
        && tokens.is_word(noun)
        && (!tokens.classes(noun).any(stops) || (office.is_some() && owner(noun)))
        && !opens(noun)
    {
        if tokens.classes(noun).any(PEOPLE) && !owned {
            office = Some(tokens.after(noun));
        }
        owned |= owner(noun);
        noun = tokens.after(noun);
    }
    let end = office.map(|end| if owned && tokens.mark(noun) == Some(',') { noun } else { end })?;
    let name = if tokens.mark(end) == Some(',') { end + 1 } else { end };
    let upto = capitals::run(block, name, tokens.len())?;
    let closed = name == end || tokens.mark(upto).is_some() || upto >= tokens.len();
    closed.then(|| Range::new(at, upto))
}

/// A noun for a person that opens a sentence, without a name: `His wife`, `The couple`, `One of the victims`.
fn subject_noun(block: &BlockLayers<'_>, at: usize) -> Option<Range> {
    let tokens = &block.tokens;
    if block.sentence(at).start != at {
        return None;
    }
    let limit = tokens.len().min(at + MOST_DESCRIBING);
    let stops =
        WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Relative, C::Preposition, C::Coordinator]);
    let mut end = None;
    let mut noun = tokens.after(at);
    if tokens.is(at, C::Indefinite) && tokens.is(noun, C::Preposition) && tokens.is(noun + 1, C::Determiner) {
        noun = tokens.after(noun);
    }
    while noun < limit && tokens.is_word(noun) && !tokens.classes(noun).any(stops) {
        if tokens.classes(noun).any(PEOPLE.with(C::Group.into())) {
            end = Some(tokens.after(noun));
        }
        noun = tokens.after(noun);
    }
    Some(Range::new(at, end?))
}

/// Words of a description before its name.
const MOST_DESCRIBING: usize = 9;

/// A description with a name of its own: `a group calling itself “Grey Lantern”`, `a company called Bluebell`.
fn labelled(block: &BlockLayers<'_>, at: usize) -> Option<Range> {
    let tokens = &block.tokens;
    let heads = WordClasses::of(&[C::Organisation, C::Group, C::Person]);
    let head = (at + 1..tokens.len().min(at + MOST_PARTS)).find(|&at| tokens.classes(at).any(heads))?;
    let mut name = tokens.after(head);
    let calls_itself = block.cue_with(name, Features::PARTICIPLE).is_some() && tokens.is(name + 1, C::PronounNeuter);
    match () {
        () if calls_itself => name += 2,
        () if tokens.is(name, C::Label) => name = tokens.after(name),
        () => return None,
    }
    let end = match block.quotation_opened_at(name) {
        Some(quotation) => quotation.close,
        None => capitals::run(block, name, tokens.len())?,
    };
    Some(Range::new(at, end))
}

/// The end of what is added between commas after a name that ends before the comma `at`: `…, a professor at York, …`.
fn apposition(block: &BlockLayers<'_>, at: usize) -> Option<usize> {
    let tokens = &block.tokens;
    let opens = tokens.classes(at + 1).any(PEOPLE.with(WordClasses::of(&[C::Determiner, C::Adjective])));
    if tokens.mark(at) != Some(',') || !opens {
        return None;
    }
    let ends = |&end: &usize| tokens.mark(end).is_some_and(|mark| mark != '-') || tokens.is(end, C::Relative);
    let end = (at + 2..tokens.len().min(at + LONGEST_APPOSITION)).find(ends)?;
    // «…, la comédienne de 52 ans écrit | qu'elle …»: a verb of saying stands before a complementiser.
    let says = tokens.is(end, C::Complementiser)
        && block.cues(tokens.head(end - 1)).any(|(form, entry)| {
            entry.kind == CueKind::Verb && form.features.any(Features::FINITE) && entry.frames.has(Frame::Clause)
        });
    let bounded = matches!(tokens.mark(end), Some(',' | '.')) || (tokens.is(end, C::Relative) && !says);
    // No list holds every trade: `a cardiologist`, but not `the words`.
    let indefinite = tokens.is(at + 1, C::Indefinite);
    let describes = (at + 1..end)
        .take_while(|&at| !tokens.is(at, C::Preposition))
        .any(|at| tokens.classes(at).any(phrase::HEADS) || (indefinite && cased::is_unknown_noun(block, at)));
    let verb = WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Future]);
    let speaks = |at: usize| {
        let only_verb = |features: Features| features.any(Features::FINITE) && !features.any(Features::PASSIVE);
        block.cues(at).any(|(form, entry)| entry.kind == CueKind::Verb && only_verb(form.features))
            && !tokens.is(at, C::Noun)
    };
    let clause = (at + 1..end).any(|at| (tokens.classes(at).any(verb) && !tokens.is(at, C::Adjective)) || speaks(at));
    (bounded && describes && !clause).then_some(end)
}

/// Titles and runs of capitals that may alternate before a name.
const MOST_PARTS: usize = 5;
/// The longest apposition that is read, in tokens.
const LONGEST_APPOSITION: usize = 14;

/// Whether a kind of source can be one person.
pub(super) fn can_be_person(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Person | SourceKind::Unknown | SourceKind::Anonymous)
}
