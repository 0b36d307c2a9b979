//! Names in Arabic, where no capital tells them: what is left of a phrase beside its titles, offices and places.

use super::super::block::{BlockLayers, Range};
use super::super::draft::Draft;
use super::phrase::{GIVEN, Gender, HEADS, PEOPLE, Phrase, Seen};
use crate::fold::fold;
use crate::language::WordClass as C;
use crate::language::arabic::{self, Proclitics};
use crate::language::cue::Features;
use crate::language::{Morphology, WordClasses};
use crate::span::Span;

/// Classes whose words are neither names nor descriptions.
const SMALL: WordClasses = WordClasses::of(&[
    C::Circumstance,
    C::Preposition,
    C::Coordinator,
    C::Relative,
    C::Function,
    C::Subordinator,
    C::Time,
]);

/// Reads a noun phrase into `phrase`.
pub(super) fn read(block: &BlockLayers<'_>, range: Range, phrase: &mut Phrase, seen: &mut Seen<'_>) {
    phrase.definite = is_definite(block, range);
    phrase.owner = owner(block, range).or_else(|| uncontracted(block, range));
    let limit = (range.start..range.end).find(|&at| at > range.start && block.is(at, C::Relative)).unwrap_or(range.end);
    let name = match classes(block, range.start).has(C::Group) {
        // «عائلة المخرج سمير بكداش» is not he.
        true => Range::new(limit, limit),
        false => name(block, Range::new(range.start, limit)),
    };
    let mut gender = Gender::Unknown;
    let mut at = range.start;
    while at < limit {
        let classes = classes(block, at);
        let next = block.tokens.after(at);
        let in_name = name.start <= at && at < name.end;
        if in_name && block.tokens.is_word(at) {
            phrase.name.push(seen.words.add(stem(block.tokens.word(at))));
            if gender == Gender::Unknown && at == name.start {
                gender = gender_of_name(classes);
            }
        } else if block.tokens.is_word(at) && (classes.any(HEADS) || !classes.any(SMALL)) && !is_counted(block, at) {
            if phrase.nouns.is_empty() {
                seen.note(classes);
                phrase.plural = is_plural(block, at);
                phrase.gender = gender_of_head(block.tokens.word(at), classes);
            } else if phrase.name.is_empty() && classes.any(PEOPLE) && seen.head.is_none() {
                seen.note(classes);
            }
            for word in (at..next).filter(|&word| block.tokens.is_word(word)) {
                let to = block.tokens.get(word).is_some_and(|token| token.proclitics.any(Proclitics::TO));
                let bare = block.tokens.word(word);
                let bare = bare.strip_prefix('ل').filter(|rest| to && !rest.starts_with('ل')).unwrap_or(bare);
                let bare = bare.strip_suffix('ا').filter(|noun| block.pack.classes(noun).any(HEADS)).unwrap_or(bare);
                phrase.nouns.push(seen.words.add(stem(bare)));
            }
        }
        at = next;
    }
    phrase.plural |= joins_people(block, range);
    phrase.head = phrase.nouns.first().copied();
    // A person's own name tells more than a title does; a body keeps the gender of its noun.
    let person = seen.person || phrase.nouns.is_empty();
    seen.given_name = !name.is_empty() && person && block.tokens.classes(name.start).any(GIVEN);
    if person && gender != Gender::Unknown && phrase.gender != Gender::Feminine {
        phrase.gender = gender;
    }
    if seen.head.is_none() && block.is(range.start, C::Place) {
        seen.note(C::Place.into());
        phrase.gender = Gender::Feminine;
    }
}

/// «34 سنة»: whether the word only says what a number counts.
fn is_counted(block: &BlockLayers<'_>, at: usize) -> bool {
    at > 0 && block.is(at, C::Unit) && block.tokens.is_number(at - 1)
}

/// The unknown words of a block that stand right after «في»: if one of them speaks, it is the government there.
pub(super) fn places<'b>(block: &'b BlockLayers<'_>) -> impl Iterator<Item = &'b str> {
    let after_in = |at: &usize| block.tokens.word(*at) == "في" && block.tokens.is_word(at + 1);
    let names = (0..block.tokens.len()).filter(after_in).map(|at| at + 1);
    names.filter(|&at| block.tokens.classes(at).is_empty()).map(|at| block.tokens.word(at))
}

/// The classes of the word at `at`, also of one that a phrase of the pack has taken up: «في | تقرير».
fn classes(block: &BlockLayers<'_>, at: usize) -> WordClasses {
    match block.tokens.get(at) {
        Some(token) if token.inside_phrase => block.pack.classes(block.tokens.word(at)),
        _ => block.tokens.classes(at),
    }
}

/// Whether the phrase points at somebody known: its head has an article, or an owner that has one.
fn is_definite(block: &BlockLayers<'_>, range: Range) -> bool {
    let chain = (range.start..range.end)
        .take_while(|&at| block.tokens.is_word(at) && (at == range.start || !block.tokens.classes(at).any(SMALL)));
    let known = |at: usize| arabic::is_definite(block.tokens.word(at)) || block.is(at, C::Place);
    // «مسؤول نيسفاري»: an adjective without article leaves the head without one.
    chain.take(2).any(known)
}

/// «الطبيبة ليلى والمحامية رنا»: two people, so that a singular verb after them is neither's for certain.
fn joins_people(block: &BlockLayers<'_>, range: Range) -> bool {
    (range.start + 1..range.end).any(|at| {
        let joined = block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::AND));
        joined && block.tokens.classes(at).any(PEOPLE) && block.tokens.classes(range.start).any(PEOPLE)
    })
}

/// Whose text it is: «بيان للوزارة», «تقرير صادر عن الهيئة».
fn owner(block: &BlockLayers<'_>, range: Range) -> Option<Box<str>> {
    if !classes(block, range.start).has(C::Document) {
        return None;
    }
    let first = block.tokens.after(range.start);
    let to = |at: usize| {
        let token = block.tokens.get(at);
        token.is_some_and(|token| token.proclitics.any(Proclitics::TO)) || block.tokens.word(at).starts_with("لل")
    };
    if first < range.end && block.is(first, C::Link) {
        return Some(block.trimmed(Range::new(block.tokens.after(first), range.end))?.of(block.text).into());
    }
    let at = (first..range.end.min(first + 3)).find(|&at| to(at))?;
    let written = block.trimmed(Range::new(at, range.end))?.of(block.text);
    let (contracted, rest) =
        (written.strip_prefix("لل"), written.strip_prefix("لـ").or_else(|| written.strip_prefix('ل')));
    Some(match (contracted, rest) {
        (Some(noun), _) => format!("ال{noun}").into(),
        (None, rest) => rest.unwrap_or(written).into(),
    })
}

/// «للجمعية الوطنية» after «وفقا»: the noun with its article.
fn uncontracted(block: &BlockLayers<'_>, range: Range) -> Option<Box<str>> {
    let to = block.tokens.get(range.start).is_some_and(|token| token.proclitics.any(Proclitics::TO));
    let noun = block.raw(range).strip_prefix("لل").filter(|_| to)?;
    Some(format!("ال{noun}").into())
}

/// Where the name is: after the last title, at the beginning, after a comma, or where a given name stands.
fn name(block: &BlockLayers<'_>, range: Range) -> Range {
    let is_part = |at: usize| is_part(block, at);
    let is_given = |at: usize| {
        block.tokens.is_word(at)
            && (block.tokens.classes(at).any(GIVEN) && !block.tokens.classes(at).has(C::Preposition)
                || matches!(block.tokens.word(at + 1), "بن" | "بنت" | "ابن"))
    };
    let end_from = |start: usize| {
        let mut end = start;
        while end < range.end
            && (is_part(end)
                || is_given(end)
                || (end == start && end + 1 < range.end && classes(block, end).is_empty())
                || (end > start && block.tokens.get(end).is_some_and(|t| t.inside_phrase)))
        {
            end += 1;
        }
        end
    };
    if let Some(start) = (range.start..range.end).find(|&at| is_given(at)) {
        return Range::new(start, end_from(start).max(start + 1));
    }
    if let Some(name) = between_titles(block, range.start, range.end) {
        return name;
    }
    let comma =
        (range.start..range.end).find(|&at| matches!(block.tokens.mark(at), Some('،' | ','))).unwrap_or(range.end);
    if is_part(range.start) && comma - range.start <= 4 {
        return Range::new(range.start, end_from(range.start));
    }
    // «متحدث باسم «بيكسلا»»: of somebody by office the name in marks is a body's.
    let office = block.tokens.classes(range.start).any(PEOPLE);
    let after_comma = (range.start..range.end).find(|&at| {
        let mark = at.checked_sub(1).filter(|_| at > range.start).and_then(|before| block.tokens.mark(before));
        let opens = matches!(mark, Some('،' | ',' | '(')) || (!office && matches!(mark, Some('"' | '«' | '“')));
        opens && is_part(at)
    });
    if let Some(start) = after_comma.filter(|&at| !arabic::is_definite(block.tokens.word(at))) {
        return Range::new(start, end_from(start));
    }
    name_at_end(block, range)
}

/// Whether the word at `at` can be a part of a name.
fn is_part(block: &BlockLayers<'_>, at: usize) -> bool {
    let classes = classes(block, at);
    block.tokens.is_word(at) && (classes.is_empty() || classes.any(GIVEN)) && block.tokens.cues(at).is_empty()
}

/// «الرئيس الأوكراني فولوديمير زيلينسكي»: the words at the end without an article, and what follows them.
fn name_at_end(block: &BlockLayers<'_>, range: Range) -> Range {
    let is_part = |at: usize| is_part(block, at);
    let is_plain = |at: usize| (is_part(at) || at + 1 < range.end) && !arabic::is_definite(block.tokens.word(at));
    let mut start = range.end;
    // A given name may look like a verb: «روي باتيستا».
    let is_inner = |at: usize| block.tokens.is_word(at) && classes(block, at).is_empty();
    while start > range.start + 1 && (is_part(start - 1) || (start < range.end && is_inner(start - 1))) {
        start -= 1;
    }
    while start < range.end && !is_plain(start) {
        start += 1;
    }
    let after_definite = start > range.start && arabic::is_definite(block.tokens.word(start - 1));
    let title_before = start > range.start && block.tokens.classes(block.tokens.head(start - 1)).any(PEOPLE);
    match start < range.end && (after_definite || title_before) {
        true => Range::new(start, range.end),
        false => Range::new(range.end, range.end),
    }
}

/// «سعادة | لورنتس هاكمان | سفير نوردلاند»: the words without article between a title and an office.
fn between_titles(block: &BlockLayers<'_>, from: usize, limit: usize) -> Option<Range> {
    let title = |at: usize| block.tokens.classes(at).any(PEOPLE);
    let bare = |at: usize| {
        block.tokens.is_word(at)
            && block.tokens.classes(at).is_empty()
            && block.tokens.cues(at).is_empty()
            && !arabic::is_definite(block.tokens.word(at))
    };
    let mut start = from;
    while start < limit && title(start) {
        start = block.tokens.after(start);
    }
    let end = (start..limit).find(|&at| !bare(at))?;
    let office = title(end) && !arabic::is_definite(block.tokens.word(end));
    (start > from && (2..=LONGEST_FULL_NAME).contains(&(end - start)) && office).then(|| Range::new(start, end))
}

/// The longest full name, in tokens.
const LONGEST_FULL_NAME: usize = 4;

/// A folded word without conjunction, preposition and article.
pub(super) fn stem(word: &str) -> &str {
    let long = |rest: &&str| rest.chars().nth(2).is_some();
    let word = word.strip_prefix("وال").filter(long).unwrap_or(word);
    let strip = |prefix: &str| word.strip_prefix(prefix).filter(long);
    strip("ال").or_else(|| strip("بال")).or_else(|| strip("لل")).unwrap_or(word)
}

fn is_plural(block: &BlockLayers<'_>, at: usize) -> bool {
    let word = block.tokens.word(at);
    let human = block.tokens.classes(at).any(WordClasses::of(&[C::Anonymous, C::Person, C::Title]));
    // «الأمين» is one.
    let one = block.pack.classes(stem(word)).has(C::Person);
    human && !one && (word.ends_with("ون") || word.ends_with("ين")) && word.chars().count() > 5
}

/// Whether the verb right before a source tells that it is a woman: «وقالت السيناتور …». Many titles do not.
pub(super) fn is_feminine_by_verb(block: &BlockLayers<'_>, draft: &Draft, source: Span) -> bool {
    let Some(cue) = draft.cue.last().filter(|cue| cue.end <= source.start) else { return false };
    let words = block.tokens_in(*cue);
    let next = block.tokens.get(words.end).is_some_and(|token| token.span.start == source.start);
    let mut forms = block.cues(words.end.saturating_sub(1)).filter(|(form, _)| form.features.any(Features::FINITE));
    next && block.pack.morphology() == Morphology::Arabic
        && forms
            .next()
            .is_some_and(|(form, _)| form.features.has(Features::FEMININE) && !form.features.any(Features::MASCULINE))
}

/// «وعن إصابة المهاجم سامر، قال: …»: whether the sentence turns to what the word at `at` is about.
pub(super) fn is_asked_about(block: &BlockLayers<'_>, at: usize) -> bool {
    let start = block.sentence(at).start;
    let comma = |at: usize| matches!(block.tokens.mark(at), Some('،' | ','));
    at < start + LONGEST_TOPIC && block.tokens.word(start) == "وعن" && !(start..at).any(comma)
}

/// The longest phrase by which a sentence turns to another topic, in tokens.
const LONGEST_TOPIC: usize = 8;

/// «الرئيسان»: two at once, for whom no single speaker stands.
pub(super) fn is_dual(written: &str) -> bool {
    let last = fold(written);
    last.ends_with("ان") || last.ends_with("ين")
}

fn gender_of_name(classes: WordClasses) -> Gender {
    match (classes.has(C::NameMasculine), classes.has(C::NameFeminine)) {
        (true, false) => Gender::Masculine,
        (false, true) => Gender::Feminine,
        _ => Gender::Unknown,
    }
}

/// The gender a verb agrees with: that of the head noun.
fn gender_of_head(word: &str, classes: WordClasses) -> Gender {
    if classes.has(C::TitleFeminine) {
        return Gender::Feminine;
    }
    // «سيادة الرئيس», «سعادة السفيرة»: the word for rank tells nothing of the bearer.
    if classes.has(C::TitleMasculine) {
        return if word.ends_with('ة') { Gender::Unknown } else { Gender::Masculine };
    }
    if word.ends_with('ة') || word.ends_with("ات") {
        return Gender::Feminine;
    }
    if classes.has(C::Group) || classes.has(C::Place) || classes.is_empty() {
        return Gender::Unknown;
    }
    // A broken plural («مصادر», «قوات») takes a feminine verb; without a list of them only a person's noun is sure.
    if classes.any(PEOPLE) { Gender::Masculine } else { Gender::Unknown }
}

/// The title with a name after it that begins at `at`: «وزير الصحة خالد …», «السيد جاك روس»; and whether the name is a guess.
pub(super) fn window(block: &BlockLayers<'_>, at: usize) -> Option<(Range, bool)> {
    let tokens = &block.tokens;
    if !tokens.classes(at).any(PEOPLE) {
        // «… بالنسبة لهالاس»: a family name that was told before.
        let family = tokens.classes(at).is_empty()
            && block.names.has(tokens.word(at).strip_prefix('ل').unwrap_or(tokens.word(at)));
        return family.then(|| (Range::new(at, at + 1), true));
    }
    let mut end = tokens.after(at);
    let stops = |at: usize| {
        let classes = tokens.classes(at);
        !tokens.is_word(at)
            || block.cue_with(at, Features::FINITE).is_some()
            || classes.has(C::Complementiser)
            // «التقى الرئيس فلان بنظيره فلان»
            || (classes.any(PEOPLE) && tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::BY)))
            || (!classes.any(GIVEN)
                && (classes.has(C::Circumstance) || classes.has(C::Verb) || classes.has(C::Relative)))
    };
    while end < tokens.len() && end - at < LONGEST_WINDOW && !stops(end) {
        end = tokens.after(end);
    }
    let given =
        (at..end).rposition(|word| tokens.classes(word).any(GIVEN) && !tokens.classes(word).has(C::Circumstance));
    // Without capitals only a given name is proof; its family name is the word or two after it.
    let Some(given) = given.map(|given| at + given) else {
        return match between_titles(block, at, end) {
            Some(_) => Some((Range::new(at, end), false)),
            None => guessed(block, at, end),
        };
    };
    let mut upto = given + 1;
    // «الرئيس جو بايدن محادثات»: a feminine plural after the family name is the object of a verb.
    let object = |at: usize| at > given + 1 && (tokens.word(at).ends_with("ات") || tokens.word(at).ends_with('ة'));
    // «رضوان قاسم | ثماني سنوات»
    let number = |at: usize| tokens.number(at).is_some();
    while upto < end && upto - given < 4 && tokens.classes(upto).is_empty() && !object(upto) && !number(upto) {
        let definite = arabic::is_definite(tokens.word(upto));
        upto += 1;
        if definite {
            break;
        }
    }
    Some((Range::new(at, upto), false))
}

/// «لاعب الوسط الإيطالي تياغو موتا»: one to three unknown words without article that end the phrase after a title.
fn guessed(block: &BlockLayers<'_>, at: usize, end: usize) -> Option<(Range, bool)> {
    let bare = |word: usize| block.tokens.classes(word).is_empty() && !arabic::is_definite(block.tokens.word(word));
    // «… فيرلا سيبقى»: an unknown word in the future is a verb.
    let verb = |word: usize| block.tokens.word(word).starts_with("سي") || block.tokens.word(word).starts_with("ست");
    let end = if end > at + 1 && verb(end - 1) { end - 1 } else { end };
    let names = (block.tokens.after(at)..end).rev().take_while(|&word| bare(word)).count();
    (1..=3).contains(&names).then(|| (Range::new(at, end), true))
}

/// The longest title with its name that is read, in tokens.
const LONGEST_WINDOW: usize = 14;
