//! Who stands with a verb: its subject after it or before it, and the medium that was spoken to.

use super::group::Group;
use super::object::{self, Need};
use super::opening::Marker;
use super::{channel, is_comma, is_verb_cue, nominal, noun_phrase, shape};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::{Proclitics, is_definite};
use crate::language::cue::{CueEntry, CueKind, Features, Frame};
use crate::language::lexicon::CueForm;
use crate::language::{WordClass as C, WordClasses};

/// The subject, channel and final marker of a verb.
pub(super) struct Found {
    pub(super) subject: Subject,
    pub(super) channel: Option<Range>,
    /// Whether the subject stands before the verb.
    pub(super) fronted: bool,
    /// Where the one begins to whom or of whom the verb speaks, if a noun phrase for them follows the subject.
    pub(super) object: Option<usize>,
}

/// Whether the vowel sign of a passive is written on a form that can be one: «ذُكر».
pub(super) fn is_marked_passive(block: &BlockLayers<'_>, at: usize, form: CueForm) -> bool {
    let raw = block.raw(Range::new(at, at + 1));
    let stem = raw.strip_prefix(['و', 'ف']).unwrap_or(raw);
    form.features.has(Features::PASSIVE) && stem.chars().nth(1) == Some('\u{064F}')
}

pub(super) fn find(
    block: &BlockLayers<'_>,
    group: &Group,
    after: usize,
    upto: usize,
    marker: Marker,
    entry: &CueEntry,
    fronted: Option<Range>,
) -> Option<Found> {
    let features = block.cues(group.range.end - 1).map(|(form, _)| form.features).next().unwrap_or_default();
    let from = past_skipped(block, after, upto, entry);
    // «وقال لـ«الأفق» مدير المستشفى إن …»: to whom before who.
    let told_first =
        noun_phrase::is_particle_to_name(block, from).then(|| block.step(from + 1)).filter(|&end| end < upto);
    let channel_first = told_first.map(|end| Range::new(from, end));
    let from = told_first.unwrap_or(from);
    let end = phrase_end(block, from, upto, marker, entry);
    // «أعلن النادي | عبر حسابه | تجديد العقد»
    let until = if let Marker::Nominal(object) = marker { object.max(upto) } else { upto };
    let channel = channel_first.or_else(|| channel::find(block, end.max(from), until));
    let mut found = Found { subject: Subject::Elliptical(features), channel, fronted: false, object: None };
    let phrase = Range::new(from, end);
    // «الشركة أبلغت الوزارة بـ…»: with a subject before the verb, who follows it is spoken to.
    match fronted {
        Some(_) if !phrase.is_empty() && entry.frames.has(Frame::Addressee) => found.object = Some(from),
        _ if !phrase.is_empty() => {
            after_verb(block, (group.range.end - 1, phrase), marker, entry, &mut found)?;
            return Some(found);
        }
        _ => {}
    }
    if let Some(range) = fronted {
        found.subject = noun_phrase::subject(block, range)?;
        found.fronted = true;
    }
    Some(found)
}

/// Where the words about the subject begin: past adverbs, and past the preposition of a text that holds the words.
fn past_skipped(block: &BlockLayers<'_>, after: usize, upto: usize, entry: &CueEntry) -> usize {
    let mut from = after;
    // «قالت لي: …»
    // «ثم يجيب نفسه: …»
    let to_me = |at: usize| {
        block.tokens.classes(at).any(WordClasses::of(&[C::PronounObject, C::Function])) || is_audience(block, at)
    };
    while from < upto && (is_skipped(block, from) || to_me(from)) {
        from = block.tokens.after(from);
    }
    // «وجاء في تقرير … أن»: the text that holds the words is their source.
    let in_text =
        entry.frames.has(Frame::InText) && entry.prepositions.iter().any(|word| word == block.tokens.word(from));
    if in_text && from + 1 < upto { from + 1 } else { from }
}

/// «وقالت لأنصارها إن …»: whether somebody who listens stands at `at`, as one word with its owner.
fn is_audience(block: &BlockLayers<'_>, at: usize) -> bool {
    let Some(token) = block.tokens.get(at) else { return false };
    token.proclitics.any(Proclitics::TO) && token.enclitic != Features::NONE && !token.classes.has(C::Medium)
}

/// Where the noun phrase that begins at `from`, right after the verb, ends.
fn phrase_end(block: &BlockLayers<'_>, from: usize, upto: usize, marker: Marker, entry: &CueEntry) -> usize {
    // «وأضاف وهو يبكي: …»: how, not who.
    let circumstance = block.tokens.classes(from).any(PRONOUNS)
        && block.tokens.get(from).is_some_and(|token| token.proclitics.any(Proclitics::AND));
    match marker {
        _ if circumstance => from,
        Marker::Nominal(_) if !entry.frames.has(Frame::Preposition) => upto,
        Marker::Nominal(_) | Marker::QuotationBefore(_) => noun_phrase::end(block, from, upto, false),
        _ => {
            let end = noun_phrase::end(block, from, upto, true);
            // «وقال رئيس الوزراء | لنظيره الفرنسي إن …»
            (from + 1..end).find(|&at| is_audience(block, at)).unwrap_or(end)
        }
    }
}

/// Reads the subject in the noun phrase after the verb, and the object after it, if the verb has one of its own there.
fn after_verb(
    block: &BlockLayers<'_>,
    (verb, phrase): (usize, Range),
    marker: Marker,
    entry: &CueEntry,
    found: &mut Found,
) -> Option<()> {
    // «ودعت السائقين إلى …»: the ending says that they are called upon.
    let addressed =
        is_oblique_plural(block, phrase.start) || disagrees(block, phrase, verb) || are_theirs(block, phrase.start);
    let urges = entry.stance == Stance::Urge
        || (entry.stance == Stance::Demand && are_theirs(block, phrase.start) && entry.frames.has(Frame::Addressee));
    if urges && addressed {
        found.object = Some(phrase.start);
        return Some(());
    }
    found.subject = noun_phrase::subject(block, phrase)?;
    // «اعتبرت الكتلة المعارضة أن …»: what is described stands in the clause.
    let clause = matches!(marker, Marker::Clause(_));
    let describes = entry.frames.has(Frame::Describe) && !clause;
    let addresses = entry.frames.has(Frame::Addressee) && !(entry.stance == Stance::Predict && clause);
    if !addresses && !describes {
        return Some(());
    }
    let need = if entry.stance == Stance::Accuse { Need::Always } else { Need::Required };
    let Some(split) = object::start(block, phrase.start, phrase.end, need) else {
        // «اتهم الحزب في بيان أمس | الكتلة بعرقلة …»
        if let Marker::Nominal(limit) = marker
            && need == Need::Always
        {
            found.object = nominal::after_circumstances(block, phrase.end, limit);
        }
        return Some(());
    };
    found.subject = noun_phrase::subject(block, Range::new(phrase.start, split))?;
    found.object = Some(split);
    // «أخبر الوزير صحيفة «الأفق» بأن …»: whoever is told carries the words.
    if block.is(split, C::Medium) && found.channel.is_none() {
        found.channel = Some(Range::new(split, phrase.end));
    }
    Some(())
}

/// Whether the word at `at` is a plural of people with its article and the ending that no subject has: «السائقين».
fn is_oblique_plural(block: &BlockLayers<'_>, at: usize) -> bool {
    let word = block.tokens.word(at);
    let people = block.tokens.classes(at);
    let one = word.strip_suffix("ين").is_some_and(|one| block.pack.classes(one).has(C::Person));
    word.starts_with("ال") && word.ends_with("ين") && (one || people.has(C::Group) || people.has(C::Anonymous))
}

/// «ودعا زملاءه إلى …»: whether those at `at` are the subject's, so that they are not it. «والدته» is somebody by herself.
fn are_theirs(block: &BlockLayers<'_>, at: usize) -> bool {
    let Some(token) = block.tokens.get(at) else { return false };
    if token.enclitic != Features::NONE {
        return token.classes.has(C::Group);
    }
    // «لاعبيه» from «لاعبين»
    let word = block.tokens.word(at);
    let bare = ["ها", "هم", "ه"].iter().find_map(|ending| word.strip_suffix(ending));
    token.classes.is_empty()
        && bare.is_some_and(|bare| bare.ends_with('ي') && block.pack.classes(&format!("{bare}ن")).has(C::Group))
}

/// «ونصحت الأهالي بـ…»: whether a plural of men follows a verb that is a woman's or a body's.
fn disagrees(block: &BlockLayers<'_>, phrase: Range, verb: usize) -> bool {
    let word = block.tokens.word(phrase.start);
    let feminine = |features: Features| features.has(Features::FEMININE) && !features.has(Features::MASCULINE);
    let mut forms = block.cues(verb).filter(|(form, _)| form.features.any(Features::FINITE));
    let men = phrase.len() == 1 && is_definite(word) && block.is(phrase.start, C::Group);
    men && !word.ends_with(['ة', 'ت']) && forms.any(|(form, _)| feminine(form.features))
}

/// Words that can stand between a verb and its subject.
pub(super) fn is_skipped(block: &BlockLayers<'_>, at: usize) -> bool {
    let classes = block.tokens.classes(at);
    classes.any(WordClasses::of(&[C::Adverb, C::Time, C::Weekday, C::Turn])) || is_resumptive(block, at)
}

/// The subject before the verb: «لكن رئيس النقابة قال إن», headlines.
pub(super) fn fronted(block: &BlockLayers<'_>, sentence: Range, group: &Group, features: Features) -> Option<Range> {
    let verb = group.range.start;
    if let Some(topic) = topic_before(block, sentence, verb) {
        return Some(topic);
    }
    if group.joined || verb == sentence.start {
        return None;
    }
    if let Some(subject) = after_auxiliary(block, sentence, verb) {
        return Some(subject);
    }
    // «وهو ينفي ذلك»
    if block.tokens.classes(verb - 1).any(PRONOUNS) {
        return Some(Range::new(verb - 1, verb));
    }
    // «الخبير فلان، الذي يدرس …، حذر من …», «… فلانة، التي قالت إن …»
    if let Some(described) = described(block, sentence, verb) {
        return Some(described);
    }
    // «رسائل تظهر أن …»: a verb right after an indefinite text is said of it.
    if block.is(verb - 1, C::Document) && features.has(Features::PRESENT) {
        return Some(Range::new(verb - 1, verb));
    }
    let start = super::descriptive::clause_start(block, sentence, verb);
    // «وحضر طالب …»: an unknown first word with a conjunction on it is a verb; «وهدد الاتحاد …» is one.
    // «دعاوى قضائية | تزعم أن …»: what agrees with an indefinite text or person right before the verb.
    let head = verb.checked_sub(2).filter(|&head| {
        let bare = |at: usize| !is_definite(block.tokens.word(at)) && block.tokens.is_word(at);
        let speaks = block.tokens.classes(head).any(WordClasses::of(&[C::Document, C::Anonymous, C::Group]));
        let adjective = block.is(verb - 1, C::Adjective) || shape::is_relational(block.tokens.word(verb - 1));
        head >= sentence.start && speaks && adjective && bare(head) && bare(verb - 1)
    });
    if let Some(head) = head.filter(|_| features.has(Features::PRESENT)) {
        return Some(Range::new(head, verb));
    }
    let opens_with_verb = block.cues(start).any(|(form, _)| form.features.has(Features::FINITE))
        || (block.tokens.classes(start).is_empty() && block.tokens.word(start).starts_with('و'));
    if opens_with_verb && start < verb {
        return None;
    }
    let end = noun_phrase::end(block, start, verb, true);
    // «إلا أن التقرير | الذي نشرته الصحيفة | يؤكد أن …»: a relative clause stands between.
    let relative = start < end && end < verb && block.is(end, C::Relative);
    if relative && (end..verb).all(|at| block.tokens.is_word(at)) && block.tokens.classes(start).any(SPEAKERS) {
        return Some(Range::new(start, end));
    }
    let whole =
        (start < end && end == verb && !block.tokens.classes(start).any(NO_SUBJECT)).then(|| Range::new(start, end));
    // «ما يجعل السلطات تخشى …»: at least the noun right before the verb, if it can speak.
    let last = Range::new(verb - 1, verb);
    let nearest = block.tokens.classes(verb - 1).any(SPEAKERS) && is_definite(block.tokens.word(verb - 1));
    let is_preposition = block.cues(start).any(|(_, entry)| entry.kind == CueKind::Preposition);
    let subject = whole.filter(|_| !is_preposition).or(nearest.then_some(last))?;
    // A masculine verb has no subject that ends like a feminine noun.
    let feminine_noun = block.tokens.word(subject.start).ends_with('ة') && !block.is(subject.start, C::Title);
    let agrees = !feminine_noun || features.any(Features::FEMININE) || features.any(Features::PLURAL);
    agrees.then_some(subject)
}

/// «وكان الوزير، في بيان سابق، صرح بأن …»: the subject between «كان» and its verb.
fn after_auxiliary(block: &BlockLayers<'_>, sentence: Range, verb: usize) -> Option<Range> {
    if !block.is(sentence.start, C::Auxiliary) || verb > sentence.start + LONGEST_FRONTED || verb == sentence.start {
        return None;
    }
    let start = block.tokens.after(sentence.start);
    let comma = (start..verb - 1).find(|&at| is_comma(block, at)).unwrap_or(verb);
    let first = noun_phrase::end(block, start, comma, true);
    // «وكان فلان، أحد …، صرح»: whatever the commas enclose is said of the subject.
    if first > start && first == comma && is_comma(block, verb - 1) && !holds_verb(block, comma, verb) {
        let relative = block.is(comma + 1, C::Relative) || opens_description(block, comma + 1);
        return Some(Range::new(start, if relative { comma } else { verb - 1 }));
    }
    let end = noun_phrase::end(block, start, verb, true);
    let between = |at: usize| block.tokens.mark(at).is_some() || is_skipped(block, block.tokens.head(at));
    (start < end && (end..verb).all(between)).then(|| Range::new(start, end))
}

/// «أما زعيم الحزب فاتهم الحكومة بـ…»: whom the sentence turns to.
fn topic_before(block: &BlockLayers<'_>, sentence: Range, verb: usize) -> Option<Range> {
    let so = block.tokens.get(verb).is_some_and(|token| token.proclitics.any(Proclitics::SO));
    let first = sentence.start + 1;
    if !so || block.tokens.word(sentence.start) != "اما" || verb > first + LONGEST_FRONTED {
        return None;
    }
    let end = if is_comma(block, verb - 1) { verb - 1 } else { verb };
    (first < end && noun_phrase::end(block, first, end, true) == end).then(|| Range::new(first, end))
}

/// The noun phrase that a relative clause describes, before the verb at `verb`: the verb is the clause's own, right after
/// its pronoun, or follows the comma that closes the clause.
fn described(block: &BlockLayers<'_>, sentence: Range, verb: usize) -> Option<Range> {
    let from = sentence.start.max(verb.saturating_sub(LONGEST_FRONTED));
    let says_who = |&at: &usize| block.is(at, C::Relative) || (at > from && opens_description(block, at));
    let relative = match block.is(verb - 1, C::Relative) {
        true => verb - 1,
        false if is_comma(block, verb - 1) => (from..verb - 1).find(says_who)?,
        false => return None,
    };
    let comma = relative.checked_sub(1).filter(|&comma| comma > from && is_comma(block, comma));
    let end = comma.or_else(|| Some(relative).filter(|_| relative == verb - 1))?;
    // «لكن ضابطا كبيرا، …»
    let accusative = |at: usize| block.tokens.word(at).strip_suffix('ا').map(|noun| block.pack.classes(noun));
    let speaks = |at: usize| {
        block.tokens.classes(at).any(SPEAKERS) || accusative(at).is_some_and(|classes| classes.any(SPEAKERS))
    };
    let whole = |&start: &usize| speaks(start) && noun_phrase::end(block, start, end, false) == end;
    // «إن الوزير، الذي …، قال»: the subject opens its clause.
    let opens = |&start: &usize| {
        start == sentence.start
            || block.tokens.mark(start - 1).is_some()
            || block.tokens.classes(block.tokens.head(start - 1)).any(OPENS_CLAUSE)
    };
    let start = if relative == verb - 1 { (from..end).find(whole)? } else { (from..end).filter(opens).find(whole)? };
    Some(Range::new(start, end))
}

/// Particles after which a clause begins.
const OPENS_CLAUSE: WordClasses =
    WordClasses::of(&[C::Complementiser, C::FalseComplementiser, C::Adversative, C::NarratorReturn, C::Turn]);

/// «…، وهي طبيبة من …، قالت», «…، تحدث شريطة عدم الكشف عن هويته، أقر»: whether it is said at `at`, after a comma, who somebody
/// is or on what condition they speak.
fn opens_description(block: &BlockLayers<'_>, at: usize) -> bool {
    let joined = block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::AND));
    let pronoun = joined && block.tokens.classes(at).any(PRONOUNS);
    is_comma(block, at - 1) && (pronoun || (at..at + 3).any(|near| block.is(near, C::NoStatement)))
}

/// Whether a finite verb of saying stands in the words from `from` to `to`.
fn holds_verb(block: &BlockLayers<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| is_verb_cue(block, at, Features::FINITE) && !block.tokens.classes(at).any(SPEAKERS))
}

const PRONOUNS: WordClasses = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural]);

/// How far a subject in front may reach, in tokens.
const LONGEST_FRONTED: usize = 30;

/// Nouns that can speak.
pub(super) const SPEAKERS: WordClasses =
    WordClasses::of(&[C::Person, C::Title, C::Anonymous, C::Group, C::Organisation, C::Document, C::Place]);

const NO_SUBJECT: WordClasses = WordClasses::of(&[C::Circumstance, C::Preposition, C::Verb, C::Demonstrative, C::Turn]);

/// «قمة أكد فيها بايدن …»: a pronoun that refers to the noun before the verb.
pub(super) fn is_resumptive(block: &BlockLayers<'_>, at: usize) -> bool {
    matches!(
        block.tokens.word(at),
        "فيها"
            | "فيه"
            | "خلالها"
            | "خلاله"
            | "عليه"
            | "عليها"
            | "له"
            | "لها"
            | "لهم"
            | "به"
            | "بها"
    )
}
