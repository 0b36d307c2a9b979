//! Roles that a phrase alone decides.

use super::phrases::{Hit, Place, Sign};
use super::shape::Ending;
use super::{Hint, Line};

/// The most words a line can have and still be an invitation or a link; what is longer tells something.
const MOST_WORDS: usize = 40;

/// The most words of a line of rules for readers' comments.
const MOST_WORDS_OF_RULES: usize = 150;

/// The most words of a picture's description.
const MOST_CAPTION_WORDS: usize = 60;

/// Gives a role to each line that a phrase gives away.
pub(super) fn settle(lines: &mut [Line<'_>]) {
    let mut follows_label = false;
    for line in lines.iter_mut().filter(|line| line.hint != Hint::Title) {
        // "Correction:" alone announces the line below it.
        let announced = std::mem::take(&mut follows_label);
        let Some(sign) = sign(line).or(announced.then_some(Sign::Correction)) else { continue };
        let is_alone = line.hits.iter().any(|hit| hit.sign == sign && hit.alone);
        line.role = sign.role();
        line.is_label = is_alone && sign == Sign::RelatedLabel;
        follows_label =
            is_alone && sign == Sign::Correction && line.shape.is_some_and(|shape| shape.ending == Ending::Unfinished);
    }
}

/// The sign that decides, the most certain first.
fn sign(line: &Line<'_>) -> Option<Sign> {
    let shape = line.shape.as_ref()?;
    let hits = |sign, place| line.hits.iter().filter(move |hit| hit.sign == sign && hit.place == place);
    let found = |sign, place| hits(sign, place).next().is_some();
    let is_short = shape.words <= MOST_WORDS && !shape.opens_with_quotation;
    // Somebody may be quoted as saying "follow us on our page", and a sentence begin with "Most popular politicians". A
    // word of the phrase itself is no verb of saying, though it may look like one.
    let said = || line.hits.iter().filter(|hit| hit.sign == Sign::Said);
    let tells_nothing =
        |phrase: &Hit| !shape.holds_quotation && said().all(|said| said.from >= phrase.from && said.to <= phrase.to);
    let bare = |sign, place| hits(sign, place).any(tells_nothing);

    // A label that stands alone before a colon announces what follows, whoever is quoted there.
    let labelled = |sign| hits(sign, Place::Start).any(|hit| hit.closed);

    if found(Sign::Correction, Place::Start) || found(Sign::Correction, Place::Anywhere) {
        return Some(Sign::Correction);
    }
    // Rules for comments are long, and say it more than once.
    let insists =
        shape.words <= MOST_WORDS_OF_RULES && !shape.holds_quotation && hits(Sign::Rules, Place::Anywhere).count() >= 2;
    let promo = insists
        || found(Sign::Promo, Place::Whole)
        || (is_short && (bare(Sign::Promo, Place::Start) || bare(Sign::Promo, Place::Anywhere)));
    if promo {
        return Some(Sign::Promo);
    }
    if is_short && (bare(Sign::RelatedLabel, Place::Start) || labelled(Sign::RelatedLabel)) {
        return Some(Sign::RelatedLabel);
    }
    let caption = (shape.words <= MOST_CAPTION_WORDS && found(Sign::Caption, Place::Start))
        || (is_short && found(Sign::Caption, Place::End) && shape.ending == Ending::Open);
    caption.then_some(Sign::Caption)
}

#[cfg(test)]
mod tests {
    use super::super::tests::roles;
    use isnad_core::BlockRole::{self, Body, Caption, Correction, Promo, Related};

    /// The role of a line between two paragraphs.
    fn role_inside(line: &str) -> BlockRole {
        let text = format!("The bridge was closed on Monday.\nIt will open again.\n{line}\nThe town has waited long.");
        roles(&text)[2]
    }

    #[test]
    fn invitations_are_promotion() {
        for line in [
            "اضغط هنا للاشتراك",
            "يمكنكم الآن متابعة أخبارنا من خلال حسابنا على إنستغرام",
            "Sign up for our newsletter to get the news every morning.",
            "Advertisement",
            "Sign up for our newsletter and read the news before your coffee.",
            "تابع آخر الأخبار على هاتفك",
            "Abonnieren Sie unseren Newsletter",
            "Abonnez-vous à partir de 1 € par mois",
        ] {
            assert_eq!(role_inside(line), Promo, "{line}");
        }
    }

    #[test]
    fn someone_who_speaks_of_a_page_is_the_story() {
        for line in [
            "وقال المدير: «نشرنا النتائج كلها عبر حسابنا على تويتر قبل أسبوع».",
            "\"Follow us on Instagram\", she told the crowd.",
            "The company said the offer was sent to everyone on its list, and all rights reserved for the winners.",
        ] {
            assert_eq!(role_inside(line), Body, "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_like_a_label_are_the_story() {
        for line in [
            "Copyright holders have said they will sue the library for its recordings.",
            "Most popular politicians deny the report, the mayor said.",
            "Join our fight, the mayor told supporters outside the hall.",
            "A previous version of this bill was illegal, the minister said.",
            "Get our money back or we will leave the union, warned the mayor.",
            "More from the fund is needed, insisted the head of the school.",
            "Editor's note of thanks went to the donors, the paper confirmed.",
            "Trending now is the river, the captain joked.",
            "اشترك في التدريبات 500 جندي، وقال المتحدث باسم الجيش إن المناورات ستستمر أسبوعا.",
            "سجل الآن في السجل 40 ناخبا، بحسب ما أعلنت اللجنة.",
            "الأكثر قراءة بين الطلاب هو الشعر، كما تقول المديرة.",
            "شارك في المسيرة ألف شخص، وأكد المنظمون أنها سلمية.",
            "تم تعديل هذا القانون في نسخة سابقة، وقالت الوزيرة إنه سيلغى.",
            "في نسخة سابقة من هذا القانون كانت العقوبة أشد، بحسب النائب.",
            "Abonnieren Sie unsere Ideen nicht, warnte der Bürgermeister die Gäste.",
            "Mehr dazu wisse sie nicht, sagte die Richterin.",
            "In einer früheren Version des Gesetzes fehlte der Satz, sagte die Ministerin.",
            "Suivez-nous dans la rue, a lancé la maire à la foule.",
            "Les plus lus des auteurs refusent le prix, selon la libraire.",
            "Rejoignez-nous, a demandé le maire aux habitants.",
        ] {
            assert_eq!(role_inside(line), Body, "{line}");
        }
    }

    #[test]
    fn a_label_before_a_colon_announces_a_headline_whoever_speaks_in_it() {
        for line in [
            "Read more: The bridge is safe, says the mayor",
            "اقرأ أيضاً: الوزير يقول إن الجسر آمن",
            "Lesen Sie auch: «Die Brücke ist sicher», sagt die Bürgermeisterin",
            "À lire aussi : « Le pont est sûr », dit la maire",
        ] {
            assert_eq!(role_inside(line), Related, "{line}");
        }
    }

    #[test]
    fn labelled_links_are_related() {
        for line in [
            "اقرأ أيضاً: الجسر الجديد يفتح أبوابه أمام المارة",
            "Read more: Who pays for the bridge?",
            "Read also Who pays for the bridge?",
            "Most read stories of the week",
            "Lesen Sie auch: Wer zahlt die Brücke?",
            "À lire aussi : Qui paiera le pont ?",
        ] {
            assert_eq!(role_inside(line), Related, "{line}");
        }
    }

    #[test]
    fn rules_for_comments_are_promotion_however_long_and_one_mention_of_a_rule_is_a_story() {
        let rules = "We welcome comments that are to the point and kind to others. Read our community guidelines before you write, and \
            note that what you write may be used with your name and picture, as our privacy policy and terms of use allow, on all pages of \
            this site and those of our partners.";
        assert_eq!(role_inside(rules), Promo);
        assert_eq!(role_inside("The company changed its privacy policy on Monday."), Body);
    }

    #[test]
    fn notes_of_the_editors_are_corrections() {
        for line in [
            "تصحيح: ذكرنا في نسخة سابقة أن عدد المسارات ثلاثة.",
            "Correction: an earlier version gave the wrong name.",
            "This article was amended on 3 March to correct the cost.",
            "Anmerkung der Redaktion: Der Preis wurde berichtigt.",
            "An earlier version of this story said the bridge has three lanes.",
            "ورد في نسخة سابقة من هذا التقرير أن عدد المسارات ثلاثة.",
            "In einer früheren Version dieses Artikels hieß es, die Brücke habe drei Spuren.",
            "Une version précédente de cet article indiquait que le pont a trois voies.",
        ] {
            assert_eq!(role_inside(line), Correction, "{line}");
        }
    }

    #[test]
    fn a_correction_label_alone_announces_the_next_line() {
        let text = "The bridge was closed.\nCORRECTION:\nThe bridge has two lanes, not three.\nThe town waits.";
        assert_eq!(roles(text), [Body, Correction, Correction, Body]);
        assert_eq!(roles("CORRECTION APPENDED\nThe bridge was closed.\nIt is old."), [Correction, Body, Body]);
    }

    #[test]
    fn picture_credits_are_captions() {
        for line in ["صدر الصورة، وكالة النهر", "Photo: Jane Doe", "The bridge at night. Getty Images"]
        {
            assert_eq!(role_inside(line), Caption, "{line}");
        }
    }
}
