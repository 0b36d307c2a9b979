//! Two noun phrases side by side: «وصف رئيس الوفد | المحادثات», «اتهمت المعارضة | الحكومة».
//!
//! Arabic writes no mark between a subject and its object. The second begins where the first is complete and the next
//! word cannot belong to it, as adjective, name or owner.

use super::shape::{has_article, is_closed_plural, is_joined, is_open_plural, is_particle_of_name, is_relational};
use super::{is_comma, noun_phrase};
use crate::extract::block::{BlockLayers, Range};
use crate::language::arabic::{Proclitics, is_definite, looks_like_verbal_noun};
use crate::language::cue::Features;
use crate::language::{WordClass as C, WordClasses};

/// How much a verb needs an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It may do without: only a sure cut counts.
    Optional,
    /// It says nothing without one: the likeliest cut counts.
    Required,
    /// It has one wherever it stands: somebody is accused.
    Always,
}

/// Where the second noun phrase begins in the words from `from` to `end`; `None` if all of them are one phrase.
pub(super) fn start(block: &BlockLayers<'_>, from: usize, end: usize, need: Need) -> Option<usize> {
    let mut first = First::default();
    let mut best: Option<(Strength, usize)> = None;
    let mut at = from;
    while at < end {
        if is_comma(block, at) {
            // «الأمين العام، فلان، المحادثات»: after the apposition's second comma the other phrase begins.
            if first.apposition {
                return (at + 1 < end).then_some(at + 1);
            }
            first = First { apposition: true, ..First::default() };
            at += 1;
            continue;
        }
        let found = if at > from && !first.apposition { first.cut(block, at) } else { None };
        if found == Some(Strength::Sure) {
            // «الناقد عثمان أبوبكر | طريقة اختيار الأجانب»: the act owns the noun before it.
            let owner = best.filter(|&(_, before)| {
                need != Need::Optional && block.step(before) == at && noun_phrase::is_act(block, at)
            });
            return Some(owner.map_or(at, |(_, before)| before));
        }
        if let Some(strength) = found
            && best.is_none_or(|(known, _)| strength > known)
        {
            best = Some((strength, at));
        }
        if best.is_some() && block.is(at, C::Preposition) {
            break;
        }
        first.add(block, at, at == from);
        at = block.step(at);
    }
    best.filter(|&(strength, _)| need == Need::Always || (need == Need::Required && strength > Strength::Slight))
        .map(|(_, at)| at)
}

/// How sure it is that a word begins another phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// People and a body: the one owns the other, unless there is no other object.
    Slight,
    /// A definite noun after a bare one: its owner as likely as its object.
    Unsure,
    /// It may be an adjective nobody listed.
    Likely,
    Sure,
}

/// What is known of the first phrase so far.
#[derive(Debug, Default)]
struct First {
    /// Nothing more is needed: its last noun has an article, an owner or is a name.
    closed: bool,
    /// Its head is somebody by office.
    person: bool,
    /// Words of a name since the last noun that is none.
    names: usize,
    /// All of them are given names: a family name with article may follow.
    given: bool,
    /// A noun in it can have a feminine (or plural of things) adjective.
    feminine: bool,
    /// A noun in it can have a masculine adjective.
    masculine: bool,
    /// A noun in it may be a plural.
    plural: bool,
    /// Its last noun is an indefinite body, whose name follows.
    body: bool,
    /// It may be complete, or its last word may have an owner.
    loose: bool,
    /// Its last noun has an article, so that no adjective without one belongs to it.
    definite: bool,
    /// It is a family name alone: nothing belongs to it any more.
    family: bool,
    /// A comma opened an apposition.
    apposition: bool,
    /// It is one word without article for several people.
    several: bool,
}

/// Nouns that begin a phrase rather than describe the one before.
const NOUNS: WordClasses = WordClasses::of(&[C::Organisation, C::Group, C::Document, C::Medium, C::Place]);
const PEOPLE: WordClasses = WordClasses::of(&[C::Person, C::Title, C::TitleMasculine, C::TitleFeminine, C::Anonymous]);
const GIVEN: WordClasses = WordClasses::of(&[C::NameMasculine, C::NameFeminine]);

impl First {
    /// Whether the word at `at` begins another phrase.
    fn cut(&self, block: &BlockLayers<'_>, at: usize) -> Option<Strength> {
        let token = block.tokens.get(at)?;
        let word = block.tokens.word(at);
        let prefixed =
            token.proclitics.any(Proclitics::PREPOSITION) || ["لل", "بال", "كال"].iter().any(|p| word.starts_with(p));
        // «سكان | الحكومة»
        if self.several && block.is(at, C::Organisation) && has_article(block, at) && !prefixed && !is_joined(block, at)
        {
            return Some(Strength::Slight);
        }
        if !self.closed || is_joined(block, at) || prefixed {
            return None;
        }
        if block.quotation_opened_at(at).is_some() {
            return Some(Strength::Likely);
        }
        let classes = block.tokens.classes(at);
        let accusative = block.raw(Range::new(at, at + 1)).contains('\u{064B}');
        // «زعيم المعارضة توفيق عواد»: many given names are verbal nouns.
        let is_act = noun_phrase::is_act(block, at) && !(self.person && classes.any(GIVEN));
        let possessed = token.enclitic != Features::NONE || (classes.is_empty() && self.owned_by_shape(word));
        if classes.any(WordClasses::of(&[C::Demonstrative, C::AttributedLabel]))
            || matches!(word, "كل" | "جميع")
            || is_act
            || possessed
            || (accusative && block.tokens.is_word(at) && !classes.has(C::Adverb))
        {
            return Some(Strength::Sure);
        }
        // «المرشحة البالغة من العمر …»: an age belongs to the one it is told of.
        const TIED: WordClasses = WordClasses::of(&[C::Preposition, C::Circumstance, C::Link, C::Anaphor]);
        if !block.tokens.is_word(at) || classes.any(TIED) {
            return None;
        }
        if self.family && !classes.has(C::Adjective) && !is_relational(word) {
            return Some(Strength::Sure);
        }
        // «عضو المجلس المعارضة | سلمى درويش»: what stands before a given name goes with the office that it follows.
        let named = || block.tokens.classes(block.step(at)).any(GIVEN);
        if self.person && self.names == 0 && has_article(block, at) && !classes.any(PEOPLE) && named() {
            return None;
        }
        // «الشرطة السعودية»: of a country that is named like the adjective of it.
        if classes.has(C::Place) && has_article(block, at) && word.ends_with("ية") && self.feminine && self.names == 0
        {
            return None;
        }
        if has_article(block, at) && !classes.has(C::Place) {
            self.definite_cut(word, classes)
        } else {
            self.bare_cut(word, classes)
        }
    }

    /// Whether an unknown word ends like a noun with a pronoun: «تعاقده», «مقترحها». After a name it may be a name too.
    fn owned_by_shape(&self, word: &str) -> bool {
        word.chars().count() > 4
            && (word.ends_with("ها") || word.ends_with("هم") || (word.ends_with('ه') && self.names == 0))
    }

    /// A noun with its article after a complete phrase: the object, unless it is an adjective or a family name.
    fn definite_cut(&self, word: &str, classes: WordClasses) -> Option<Strength> {
        // «معارضون | الرئيس»: an indefinite plural has no adjective with the article.
        if !self.definite && self.names == 0 && !self.loose {
            return Some(Strength::Sure);
        }
        // «بدر العتيبي | الوردي»: a family name with its article has no second one.
        if self.person && self.names > 1 && self.definite && classes.is_empty() && is_relational(word) {
            return Some(Strength::Likely);
        }
        if classes.has(C::Adjective) || is_relational(word) && !classes.any(NOUNS) {
            return None;
        }
        if self.person && classes.any(PEOPLE) {
            // «حمل المدرب نزار بوعلام | الحكم | مسؤولية …»: after a whole name, somebody else.
            return (self.names > 1).then_some(Strength::Likely);
        }
        if self.loose {
            return Some(Strength::Unsure);
        }
        if self.names > 0 {
            let act = word.strip_prefix("ال").is_some_and(looks_like_verbal_noun);
            return match (self.given, self.names) {
                _ if classes.any(NOUNS) => Some(Strength::Sure),
                // «غسان مراد | الاختيار»
                (true, 2..) if act => Some(Strength::Likely),
                // «جمانة طه | المباراة»: few family names end so.
                (true, 2..) if word.ends_with('ة') => Some(Strength::Likely),
                (true, _) => None,
                (false, 1) => Some(if self.person { Strength::Likely } else { Strength::Unsure }),
                (false, _) => Some(Strength::Sure),
            };
        }
        if classes.any(NOUNS) {
            return Some(Strength::Sure);
        }
        if classes.any(PEOPLE) {
            return Some(Strength::Likely);
        }
        let agrees = if word.ends_with("ات") {
            false
        } else if word.ends_with('ة') {
            self.feminine
        } else if word.ends_with("ين") || word.ends_with("ون") {
            return (!self.plural).then_some(Strength::Sure);
        } else {
            self.masculine
        };
        Some(if agrees { Strength::Likely } else { Strength::Sure })
    }

    /// A word without article after a complete phrase: a name of the same person, or another phrase.
    fn bare_cut(&self, word: &str, classes: WordClasses) -> Option<Strength> {
        if classes.any(NOUNS) {
            // «شركة طيران الإمارات»: a country may end the name of a body.
            return Some(if classes.has(C::Place) && self.body { Strength::Likely } else { Strength::Sure });
        }
        // «الناقد عثمان أبوبكر | طريقة …»: few family names end so, and none stands third.
        if (classes.is_empty() || classes.has(C::Label)) && self.names > 1 && word.ends_with('ة') {
            return Some(Strength::Likely);
        }
        // «مصطفى الجمال | هجوما»: a family name with its article ends the name.
        if self.person && self.names > 1 && self.definite && classes.is_empty() {
            return Some(Strength::Likely);
        }
        // «طلبت الحكومة | مساعدة دولية»
        if self.definite && self.names == 0 && classes.has(C::Adjective) && word.ends_with('ة') {
            return Some(Strength::Likely);
        }
        if self.person || self.names > 0 || !(classes.is_empty() || classes.any(GIVEN)) {
            return None;
        }
        // «هددت الولايات المتحدة فلانا», «اتهمت النيابة العامة قاسم بـ…»: a body has no name after it.
        (!is_particle_of_name(word)).then_some(Strength::Likely)
    }

    /// Takes the word at `at` into the phrase.
    fn add(&mut self, block: &BlockLayers<'_>, at: usize, opens: bool) {
        if block.quotation_opened_at(at).is_some() {
            self.closed = true;
            return;
        }
        if !block.tokens.is_word(at) {
            return;
        }
        let classes = block.tokens.classes(at);
        let word = block.tokens.word(at);
        // «أحد العضوين»: whose one he is follows.
        if opens && matches!(word, "احد" | "احدي" | "بعض" | "معظم") {
            return;
        }
        if is_joined(block, at) {
            let Self { person, apposition, .. } = *self;
            *self = Self { plural: true, feminine: true, masculine: true, person, apposition, ..Self::default() };
        }
        // «بمنطقة | الواحات»
        let tied = classes.is_empty() && word.starts_with(['ب', 'ل']) && word.ends_with('ة') && !is_definite(word);
        let ties = classes.any(WordClasses::of(&[C::Preposition, C::Circumstance, C::Link])) && !classes.any(GIVEN);
        if !opens && (ties || (tied && self.names == 0)) {
            (self.closed, self.names) = (false, 0);
            return;
        }
        let last = block.tokens.word(block.tokens.after(at).saturating_sub(1));
        let definite = is_definite(last) || classes.has(C::Place);
        let known = classes.any(NOUNS) || classes.any(PEOPLE);
        self.family = opens && block.is_family_name(at);
        self.several = opens && !definite && classes.has(C::Group);
        if opens {
            self.person = classes.any(PEOPLE) || (classes.is_empty() && definite);
        }
        let name = !definite && !known && (classes.is_empty() || classes.any(GIVEN) || is_particle_of_name(word));
        // «معجبو الفنان» has an owner, «بيتر موريلو» is a name.
        let named = self.names > 0 || (self.person && self.closed) || block.is_family_name(at);
        let open_plural = is_open_plural(word) && !named;
        if name && (opens || self.person || self.body || self.names > 0 || classes.any(GIVEN)) && !open_plural {
            self.add_name(block, at, opens);
            return;
        }
        // «سموه | وجود …»: a pronoun of rank is complete.
        if classes.has(C::Anaphor) {
            (self.closed, self.definite) = (true, true);
            return;
        }
        self.add_noun(word, classes, (definite, opens));
    }

    /// Takes a word of a name.
    fn add_name(&mut self, block: &BlockLayers<'_>, at: usize, opens: bool) {
        let given = block.tokens.classes(at).any(GIVEN);
        let particle = is_particle_of_name(block.tokens.word(at));
        // «رئيس تحرير الصحيفة»: after a head without article a bare word owns it, and may have an owner too.
        if self.person && !self.closed && !opens && !given && !particle {
            (self.loose, self.closed) = (true, !noun_phrase::is_act(block, at));
            return;
        }
        self.given = (given || particle) && (self.names == 0 || self.given);
        self.names += 1;
        self.closed = !particle;
    }

    /// Takes a noun or adjective.
    fn add_noun(&mut self, word: &str, classes: WordClasses, (definite, opens): (bool, bool)) {
        let known = classes.any(NOUNS) || classes.any(PEOPLE);
        self.loose = false;
        self.body = !definite && classes.any(NOUNS);
        // A family name with its article ends the name.
        (self.given, self.names) = (false, if self.names > 0 { self.names + 1 } else { 0 });
        self.definite = definite;
        self.closed = definite || is_closed_plural(word) || (is_relational(word) && !known);
        self.feminine |=
            word.ends_with('ة') || word.ends_with("ات") || classes.has(C::Place) || classes.has(C::Group) || !known;
        self.masculine |= !word.ends_with('ة') && !classes.has(C::Place);
        self.plural |= !classes.any(PEOPLE)
            && !classes.has(C::Organisation)
            && !is_relational(word)
            && !opens
            && !classes.has(C::Adjective)
            || (!known && is_closed_plural(word))
            || classes.has(C::Group);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_block;
    use super::*;

    /// The two parts of a text, or the whole of it if it is one phrase.
    fn cut(text: &str, need: Need) -> Vec<String> {
        with_block(text, |block| {
            let end = block.tokens.len();
            let raw = |from, to| block.tokens.span(from, to).of(text).to_owned();
            match start(block, 0, end, need) {
                Some(at) => vec![raw(0, at), raw(at, end)],
                None => vec![raw(0, end)],
            }
        })
    }

    #[test]
    fn an_adjective_that_agrees_belongs_to_the_subject() {
        assert_eq!(cut("رئيس الوفد الجديد", Need::Required).len(), 1);
        assert_eq!(cut("وزارة الصحة النيسفارية", Need::Required).len(), 1);
        assert_eq!(cut("المتحدث باسم الهيئة", Need::Required).len(), 1);
    }

    #[test]
    fn a_noun_that_cannot_agree_is_the_object() {
        assert_eq!(cut("رئيس الوفد المحادثات", Need::Optional), ["رئيس الوفد", "المحادثات"]);
        assert_eq!(cut("الأمين العام الطرفين", Need::Optional), ["الأمين العام", "الطرفين"]);
        assert_eq!(cut("المعارضة الحكومة", Need::Optional), ["المعارضة", "الحكومة"]);
    }

    #[test]
    fn a_noun_that_may_agree_is_the_object_only_of_a_verb_that_needs_one() {
        assert_eq!(cut("اللاعب العرض", Need::Optional).len(), 1);
        assert_eq!(cut("اللاعب العرض", Need::Required), ["اللاعب", "العرض"]);
    }

    #[test]
    fn a_family_name_with_its_article_ends_the_name() {
        assert_eq!(cut("الوزير خالد الحداد", Need::Required).len(), 1);
        assert_eq!(cut("الوزير خالد الحداد القرار", Need::Optional), ["الوزير خالد الحداد", "القرار"]);
    }

    #[test]
    fn an_act_a_pronoun_or_a_demonstrative_begins_the_object() {
        assert_eq!(cut("النادي تعاقده", Need::Optional).len(), 2);
        assert_eq!(cut("الوزير إغلاق المعبر", Need::Optional).len(), 2);
        assert_eq!(cut("البلدية هذه الأنباء", Need::Optional).len(), 2);
        assert_eq!(cut("حركة النهار مسؤوليتها", Need::Optional), ["حركة النهار", "مسؤوليتها"]);
    }

    #[test]
    fn an_owner_is_no_object() {
        assert_eq!(cut("نقابة عمال الميناء", Need::Required).len(), 1);
        assert_eq!(cut("رئيس تحرير الصحيفة", Need::Required).len(), 1);
    }
}
