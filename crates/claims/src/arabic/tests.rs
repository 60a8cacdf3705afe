use crate::tests::data_files;
use crate::{Lexicon, extract};
use model::{Claim, Extracted, Metric, Modality, PlaceRole, Polarity, SourceKind};

const PLACES: [&str; 8] = [
    "إدلب",
    "حلب",
    "سرمين",
    "أعزاز",
    "تلبيسة",
    "دير الزور",
    "الباب",
    "عفرين",
];

fn lexicon() -> &'static Lexicon {
    static LEXICON: std::sync::OnceLock<Lexicon> = std::sync::OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::parse(&data_files(), PLACES.into_iter()).0)
}

fn read(text: &str) -> Extracted {
    extract(&crate::explain::page_of(text), lexicon())
}

fn only(text: &str) -> Claim {
    let claims = read(text).claims;
    assert_eq!(claims.len(), 1, "{text}: {claims:#?}");
    claims.into_iter().next().unwrap()
}

fn places(claim: &Claim) -> Vec<(&str, &str)> {
    let event = claim.places.iter().filter(|place| place.role == PlaceRole::Event);
    event
        .map(|place| (place.name.as_str(), place.kind.as_str()))
        .collect()
}

#[track_caller]
fn harmed(text: &str, expected: &[(Metric, u64, Option<u64>)]) {
    let mut found: Vec<_> = read(text)
        .claims
        .iter()
        .flat_map(|claim| &claim.figures)
        .filter(|figure| figure.metric != Metric::Acts)
        .filter(|figure| {
            figure
                .because
                .iter()
                .all(|why| why.rule != crate::figures::PART_RULE)
        })
        .map(|figure| (figure.metric, figure.count.low, figure.count.high))
        .collect();
    found.dedup();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_sentence_gives_act_place_harm_and_doer() {
    let claim = only("قصفت قوات النظام السوري بلدة سرمين في ريف إدلب الشرقي ما أدى إلى مقتل خمسة مدنيين");
    assert_eq!(claim.act.id.as_str(), "shelling");
    assert_eq!(places(&claim), [("سرمين", "بلدة"), ("إدلب", "ريف")]);
    assert_eq!(claim.figures[0].count.low, 5);
    assert_eq!(claim.figures[0].unit, "civilians");
    assert!(!claim.initiators.is_empty(), "{claim:#?}");
}

#[test]
fn a_place_behind_a_word_of_kind_need_not_be_known() {
    let claim = only("غارة جوية على قرية حفسرجة غرب إدلب");
    assert_eq!(places(&claim), [("حفسرجة", "قرية"), ("إدلب", "ريف")]);
    assert_eq!(places(&only("قصف على بلدة تل قراح"))[0], ("تل قراح", "بلدة"));
    assert_eq!(
        places(&only("قصف على بلدات سرمين والنيرب"))[1],
        ("النيرب", "بلدة")
    );
}

#[test]
fn where_people_come_from_is_not_where_it_happened() {
    let claim = only("مقتل شاب من مدينة أعزاز بقصف على قرية حفسرجة");
    assert_eq!(places(&claim), [("حفسرجة", "قرية")]);
}

#[test]
fn the_harmed_are_counted_as_they_are_told() {
    use Metric::{Casualties, Injured, Killed};
    harmed(
        "استشهاد طفلة وإصابة ثلاثة آخرين بقصف سرمين",
        &[(Killed, 1, Some(1)), (Injured, 3, Some(3))],
    );
    harmed(
        "سقوط ٧ شهداء و15 جريحا بقصف سرمين",
        &[(Killed, 7, Some(7)), (Injured, 15, Some(15))],
    );
    harmed("مقتل وإصابة 20 شخصا بقصف سرمين", &[(Casualties, 20, Some(20))]);
    harmed(
        "شهيدان وعشرات الجرحى بقصف سرمين",
        &[(Killed, 2, Some(2)), (Injured, 20, None)],
    );
    harmed("مقتل أكثر من عشرة مدنيين بقصف سرمين", &[(Killed, 10, None)]);
    harmed("لقي خمسة مدنيين مصرعهم بقصف سرمين", &[(Killed, 5, Some(5))]);
    harmed("مقتل رجل وامرأة وطفلين بقصف سرمين", &[(Killed, 4, Some(4))]);
    harmed("مقتل خمسة وعشرين مدنيا بقصف سرمين", &[(Killed, 25, Some(25))]);
    harmed("مقتل 5 مدنيين بينهم طفلان بقصف سرمين", &[(Killed, 5, Some(5))]);
    harmed("قصف سرمين دون وقوع إصابات", &[]);
}

#[test]
fn who_says_so_is_kept() {
    let claim = only("وأفادت مصادر محلية بأن الطائرات الروسية قصفت بلدة سرمين");
    let source = claim.source().unwrap();
    assert_eq!(
        (source.kind, source.label.as_str()),
        (SourceKind::Unnamed, "مصادر محلية")
    );
    assert_eq!(claim.modality, Modality::Reported);
    let denied = only("ونفت وزارة الدفاع أن الطائرات قصفت بلدة سرمين");
    assert_eq!(denied.polarity, Polarity::Denied);
}

#[test]
fn letters_driven_apart_by_blanks_are_one_word() {
    let claim = only("إصـ ـابة سبعة مدنيين جراء استـ ـهداف مدينة أعزاز بقذائف المدفعية");
    assert_eq!(claim.act.id.as_str(), "artillery");
    assert_eq!(places(&claim), [("أعزاز", "مدينة")]);
    harmed(
        "إصـ ـابة سبعة مدنيين جراء استـ ـهداف مدينة أعزاز بقذائف المدفعية",
        &[(Metric::Injured, 7, Some(7))],
    );
}

#[test]
fn a_link_glued_to_a_name_is_another_word() {
    let claim = only("قصف مدفعي استهدف المدنيين منذ صباح اليوم في مدينة #سرمينpic.twitter.com/bvGn0k7dQB");
    assert_eq!(places(&claim), [("سرمين", "مدينة")]);
}

#[test]
fn a_picture_opens_another_sentence() {
    let claims = read("قصف مدفعي على بلدة سرمين 🔸 غارة على مدينة أعزاز").claims;
    let told: Vec<_> = claims
        .iter()
        .map(|claim| (claim.act.id.as_str(), places(claim)[0].0))
        .collect();
    assert_eq!(told, [("artillery", "سرمين"), ("air-strike", "أعزاز")]);
}

#[test]
fn troops_that_land_are_no_air_strike() {
    let claim = only("حطام إحدى الطائرات التي شاركت في الإنزال الجوي في بلدة سرمين");
    assert_eq!(claim.act.id.as_str(), "attack");
}

#[test]
fn a_crowd_beside_an_act_did_not_do_it() {
    let claim = only("قصف على بلدة سرمين أصاب أطفال");
    assert!(claim.initiators.is_empty(), "{claim:#?}");
}

#[test]
fn between_two_places_is_one_place() {
    let claim = only("قصف مدفعي بين سرمين وإدلب");
    assert_eq!(places(&claim), [("سرمين وإدلب", "")]);
    assert_eq!(claim.places[0].relation, model::PlaceRelation::Between);
}

#[test]
fn a_truce_is_no_shooting() {
    assert!(read("اتفاق على وقف إطلاق النار في بلدة سرمين").claims.is_empty());
    assert!(read("اجتماع في بلدة سرمين لبحث المساعدات").claims.is_empty());
}

#[test]
fn the_words_of_a_claim_are_those_of_the_page() {
    let text = "خبر عاجل. قصف بسرمين";
    let claim = only(text);
    assert_eq!(&text[claim.span.start..claim.span.end], "قصف بسرمين");
    assert_eq!(claim.places[0].name, "سرمين");
    assert_eq!(
        &text[claim.places[0].span.start..claim.places[0].span.end],
        "سرمين"
    );
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_it(text in "[ء-ي ,.#_ـ0-9٠-٩\n]{0,200}") {
        let extracted = read(&text);
        for claim in &extracted.claims {
            proptest::prop_assert!(text.get(claim.span.start..claim.span.end).is_some());
        }
    }
}
