//! Whether a correction note in the new version names a change.
//!
//! A note names a change if it holds a number as it was and as it is; a word of the content that changed and as much of the
//! rest of the claim as tells that it is the claim it means; or, where what changed are words of every text (a negation, a
//! verb of saying) or the whole claim, most of the claim itself.

use isnad_core::{BlockRole, LanguagePack, WordClass};
use rustc_hash::FxHashSet;

use crate::change::{Change, Facet, Version, WordOp};
use crate::key::{self, KeyWord};
use crate::meaning::GRAMMATICAL;

/// The keys of the words in the correction notes of a version, note by note.
pub(crate) struct Notes(Vec<FxHashSet<String>>);

/// Words of a claim that must stand in a note for it to be about the claim, what changed among them; and one of each.
const LEAST_SHARED: usize = 3;

/// Words of a claim from which on a note that holds most of them is about the claim.
const LEAST_TOLD: usize = 2;

/// Of numbers with fewer digits any two may stand in a note about something else.
const LEAST_DIGITS: usize = 2;

impl Notes {
    /// The notes of `new` that `old` does not have: one that stood there already tells of an earlier change.
    pub(crate) fn of(old: Version<'_>, new: Version<'_>, pack: &LanguagePack) -> Self {
        let known = notes(old, pack);
        Self(notes(new, pack).into_iter().filter(|note| !known.contains(note)).collect())
    }

    /// Whether a note names what changed, and something else of the claim.
    pub(crate) fn name(&self, change: &Change, pack: &LanguagePack) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let cosmetic = |facet: &Facet| matches!(facet, Facet::Position | Facet::Spelling);
        if !change.facets.is_empty() && change.facets.iter().all(cosmetic) {
            return false;
        }
        let words = Words::of(change, pack);
        self.0.iter().any(|note| words.are_in(note))
    }
}

/// The keys of the words of each correction note.
fn notes(version: Version<'_>, pack: &LanguagePack) -> Vec<FxHashSet<String>> {
    let notes = version.article.blocks().iter().filter(|block| block.role == BlockRole::Correction);
    let words = notes.map(|block| key::words_of(version.article, &[block.span], pack));
    words.map(|words| words.into_iter().map(|word| word.key).collect()).collect()
}

/// The words of a change that can be matched.
struct Words {
    /// Those that came or went.
    changed: FxHashSet<String>,
    /// Those of the claim that stayed, its speaker's included.
    kept: FxHashSet<String>,
    /// The numbers that changed, as they were and as they are.
    numbers: [FxHashSet<String>; 2],
    /// The contents of the claim, before and after.
    forms: Vec<FxHashSet<String>>,
    whole: bool,
}

impl Words {
    fn of(change: &Change, pack: &LanguagePack) -> Self {
        let telling = |text: &str| -> FxHashSet<String> {
            key::words(text, 0, pack).into_iter().filter(tells).map(|word| word.key).collect()
        };
        let changed: FxHashSet<String> = changed_text(change).iter().flat_map(|text| telling(text)).collect();
        let claims = [&change.old, &change.new].into_iter().flatten();
        let forms: Vec<_> = claims.map(|claim| telling(&claim.content.text)).collect();
        let claim = change.new.as_ref().or(change.old.as_ref());
        let speaker = claim.and_then(|claim| claim.speaker()).unwrap_or_default();
        let kept = forms.iter().flatten().cloned().chain(telling(speaker)).filter(|word| !changed.contains(word));
        let quantities = || change.details.iter().filter(|detail| detail.facet == Facet::Quantity);
        let numbers = [
            numbers(quantities().filter_map(|detail| detail.old.as_deref()), pack),
            numbers(quantities().filter_map(|detail| detail.new.as_deref()), pack),
        ];
        Self { kept: kept.collect(), changed, numbers, forms, whole: change.old.is_none() || change.new.is_none() }
    }

    fn are_in(&self, note: &FxHashSet<String>) -> bool {
        let told = |words: &FxHashSet<String>| words.iter().filter(|word| note.contains(*word)).count();
        let (changed, kept) = (told(&self.changed), told(&self.kept));
        if !self.whole && changed > 0 && kept > 0 && changed + kept >= LEAST_SHARED {
            return true;
        }
        // `The number of injured is 15, not 20`: both numbers, whatever the note calls what they count.
        let named = |numbers: &FxHashSet<String>| numbers.iter().any(|number| note.contains(number));
        let telling = self.numbers.iter().flatten().any(|number| number.len() >= LEAST_DIGITS);
        if telling && self.numbers.iter().all(named) {
            return true;
        }
        let only_particles = self.changed.is_empty();
        (self.whole || only_particles)
            && self.forms.iter().any(|form| form.len() >= LEAST_TOLD && told(form) * 2 > form.len())
    }
}

/// Whether a word is worth matching: a number, or a longer word that is not in every text.
fn tells(word: &KeyWord) -> bool {
    let is_grammatical = word.is(WordClass::Negation) || word.classes.any(GRAMMATICAL);
    word.is_number() || (word.key.chars().count() > 3 && !is_grammatical)
}

/// The keys of the numbers in `texts`.
fn numbers<'t>(texts: impl Iterator<Item = &'t str>, pack: &LanguagePack) -> FxHashSet<String> {
    let words = texts.flat_map(|text| key::words(text, 0, pack));
    words.filter(KeyWord::is_number).map(|word| word.key).collect()
}

/// The old and new words of a change.
fn changed_text(change: &Change) -> Vec<String> {
    let details = change.details.iter().filter(|detail| detail.facet != Facet::Position);
    // Labels are named by words of our own, not by the article's; and verbs of saying stand in every note.
    let written = details.filter(|detail| !matches!(detail.facet, Facet::Directness | Facet::Realised | Facet::Stance));
    let mut texts: Vec<String> = written.flat_map(|detail| detail.old.iter().chain(&detail.new).cloned()).collect();
    texts.extend(change.words.iter().filter(|words| words.op != WordOp::Equal).map(|words| words.text.clone()));
    texts
}

#[cfg(test)]
mod tests {
    use isnad_core::{Article, Block, Metadata, Span, extract};

    use crate::facets::testing::pack;
    use crate::{Comparison, Version, compare};

    /// An article of lines, the last one a correction note.
    fn noted(body: &str, note: &str) -> Article {
        let text = format!("{body}\n{note}");
        let blocks = [
            Block { span: Span::new(0, body.len()), role: isnad_core::BlockRole::Body },
            Block { span: Span::new(body.len() + 1, text.len()), role: isnad_core::BlockRole::Correction },
        ];
        Article::new(text, blocks, Metadata::default())
    }

    /// Compares two articles of lines, the new one with a correction note.
    fn compared(language: &str, old: &str, new: &str, note: &str) -> Comparison {
        let old = Article::from_text(old, Some(pack(language).language()));
        compared_articles(language, &old, &noted(new, note))
    }

    fn compared_articles(language: &str, old: &Article, new: &Article) -> Comparison {
        let pack = pack(language);
        let claims = (extract(old, pack), extract(new, pack));
        compare(Version { article: old, claims: &claims.0 }, Version { article: new, claims: &claims.1 }, pack)
    }

    fn declared(language: &str, old: &str, new: &str, note: &str) -> Vec<bool> {
        compared(language, old, new, note).changes.iter().map(|change| change.declared).collect()
    }

    #[test]
    fn a_note_that_names_the_number_declares_it() {
        let (old, new) =
            ("The mayor said the ferry failed two inspections.", "The mayor said the ferry failed three inspections.");
        let note = "Correction: An earlier version said that the ferry failed two inspections. It failed three.";
        assert_eq!(declared("en", old, new, note), [true]);
        assert_eq!(declared("en", old, new, "Correction: An earlier version misspelt a name."), [false]);
    }

    #[test]
    fn a_note_that_has_both_numbers_declares_the_change_whatever_it_calls_the_rest() {
        let old = "The mayor said that about 20 people were hurt, among them children.";
        let new = "The mayor said that 15 people were hurt, among them children.";
        let note = "Correction (4 March): the number of injured is 15, not 20.";
        assert_eq!(declared("en", old, new, note), [true]);
        assert_eq!(declared("en", old, new, "Correction: the bridge opened in 1915, not 1920."), [false]);
        let (old, new) = ("وقال المدير إن نحو عشرين شخصا أصيبوا.", "وقال المدير إن 15 شخصا أصيبوا.");
        assert_eq!(declared("ar", old, new, "تصحيح: ذكرت نسخة سابقة أن عدد الجرحى عشرون، والصحيح 15."), [true]);
    }

    #[test]
    fn a_note_about_something_else_declares_nothing_though_it_shares_a_word() {
        let old = "“They knew, and they did nothing about the alarm,” Jonas Peck said.";
        let new = "“They knew, and they did nothing about the alarm,” Jonas Peck told parliament.";
        let note =
            "Correction: An earlier version of this article said survivors had heard two explosions. They heard one.";
        assert_eq!(declared("en", old, new, note), [false]);
        let (old, new) = ("Jonas Peck said the ferry lost two doors.", "Jonas Peck said the ferry lost four doors.");
        assert_eq!(declared("en", old, new, note), [false]);
    }

    #[test]
    fn a_note_that_stood_in_the_older_version_declares_nothing_new() {
        let note = "Correction: An earlier version said that the ferry failed two inspections. It failed three.";
        let old = noted("The mayor said the ferry failed three inspections.", note);
        let new = noted("The mayor said the ferry failed four inspections.", note);
        let changes = compared_articles("en", &old, &new).changes;
        assert_eq!(changes.iter().map(|change| change.declared).collect::<Vec<_>>(), [false]);
    }

    #[test]
    fn a_note_that_tells_the_claim_declares_a_negation_in_it() {
        let old = "وقال الوزير إن الموازنة تسمح بزيادة الرواتب.";
        let new = "وقال الوزير إن الموازنة لا تسمح بزيادة الرواتب.";
        let note = "تصحيح: ورد في نسخة سابقة أن الموازنة تسمح بزيادة الرواتب، والصواب أنها لا تسمح بها.";
        assert_eq!(declared("ar", old, new, note), [true]);
        assert_eq!(declared("ar", old, new, "تصحيح: ورد في نسخة سابقة أن الوزير سافر، والصواب أنه لم يسافر."), [false]);
    }

    #[test]
    fn a_claim_that_is_gone_is_declared_only_if_the_note_tells_it() {
        let old = "The mayor said the harbour was safe. The union said the crane driver had been asleep for hours.";
        let new = "The mayor said the harbour was safe.";
        let note = "Clarification: a statement that the crane driver had been asleep for hours was withdrawn.";
        assert_eq!(declared("en", old, new, note), [true]);
        assert_eq!(declared("en", old, new, "Correction: the harbour opened in 1911."), [false]);
    }
}
