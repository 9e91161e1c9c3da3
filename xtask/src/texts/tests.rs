use std::collections::BTreeMap;

use super::*;

fn read(texts: &str) -> Result<Catalogue, String> {
    let file = format!("{{\"about\": \"A place.\", \"texts\": {texts}}}");
    Catalogue::of(&BTreeMap::from([("place".to_owned(), file)]))
}

fn made(texts: &str, path: &str) -> String {
    let made = files(&read(texts).unwrap());
    made[path].clone()
}

const SONGS: &str = r#"{"songs": {
    "en": {"one": "{who} has one song", "other": "{who} has {count} songs & 5 %"},
    "de": {"one": "{who} hat einen Song", "other": "{who} hat {count} Songs & 5 %"},
    "args": ["who", "count: number"], "note": "Under a -- name"}}"#;

const HARD: &str = r#"{"hard": {"en": "?\"a\\b\" $x <i> 100 %\n@", "de": "@"}}"#;

#[test]
fn android_gets_plurals_places_and_its_own_escapes() {
    let english = made(SONGS, "android/app/src/main/res/values/strings.xml");
    let wanted = "    <!-- Under a – name -->
    <plurals name=\"place_songs\">
        <item quantity=\"one\">%1$s has one song</item>
        <item quantity=\"other\">%1$s has %2$,d songs &amp; 5 %%</item>
    </plurals>
";
    assert!(english.contains(wanted), "{english}");
    let german = made(SONGS, "android/app/src/main/res/values-de/strings.xml");
    assert!(german.contains("%1$s hat einen Song<"), "{german}");
    let hard = made(HARD, "android/app/src/main/res/values/strings.xml");
    let wanted = r#">\?\"a\\b\" $x &lt;i&gt; 100 %\n@</string>"#;
    assert!(hard.contains(wanted), "{hard}");
}

#[test]
fn kotlin_gets_a_typed_function_with_both_languages_and_forms() {
    let path = format!("{KOTLIN}/PlaceTexts.kt");
    let code = made(SONGS, &path);
    let wanted = "    /** Under a -- name */
    public fun songs(who: String, count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) \"${who} has one song\" else \"${who} has ${grouped(count, speech)} songs & 5 %\"
";
    assert!(code.contains(wanted), "{code}");
    let hard = made(HARD, &path);
    assert!(
        hard.contains(r#"-> "?\"a\\b\" \$x <i> 100 %\n@""#),
        "{hard}"
    );
    let all = made(SONGS, &format!("{KOTLIN}/Texts.kt"));
    assert!(all.contains("    public val place: PlaceTexts = PlaceTexts(language)\n"));
}

#[test]
fn ios_gets_a_catalog_with_variations() {
    let text = made(SONGS, ios::PATH);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let songs = &json["strings"]["place.songs"];
    assert_eq!(songs["comment"], "Under a -- name");
    let other = &songs["localizations"]["de"]["variations"]["plural"]["other"]["stringUnit"];
    assert_eq!(other["value"], "%1$@ hat %2$lld Songs & 5 %%");
    assert!(
        text.starts_with("{\n  \"sourceLanguage\" : \"en\",\n"),
        "{text}"
    );
}

/// Texts that are not whole, and what is said of them.
const FAULTS: [(&str, &str); 14] = [
    (r#"{"a": {"en": "x"}}"#, "missing field `de`"),
    (
        r#"{"a": {"en": "x", "de": " "}}"#,
        "place.a: de: it is empty",
    ),
    (r#"{"a": {"en": "x", "de": "x "}}"#, "place.a: de: spaces"),
    (r#"{"a": {"en": "it's", "de": "x"}}"#, "place.a: en: write"),
    (
        r#"{"a": {"en": "{who}", "de": "x"}}"#,
        "{who} is not among its args",
    ),
    (
        r#"{"a": {"en": "{who", "de": "x", "args": ["who"]}}"#,
        "a brace is alone",
    ),
    (
        r#"{"a": {"en": "{who}", "de": "x", "args": ["who"]}}"#,
        "de: {who} is left out",
    ),
    (
        r#"{"a": {"en": "x", "de": "x", "args": ["n: int"]}}"#,
        "`int` is no type",
    ),
    (
        r#"{"a": {"en": {"one": "x", "other": "y"}, "de": "x"}}"#,
        "takes one number",
    ),
    (
        r#"{"a": {"en": {"one": "x", "other": "{n}"}, "de": "{n}", "args": ["n: number"]}}"#,
        "one language counts",
    ),
    (
        r#"{"a": {"en": "x", "de": "x"}, "a": {"en": "x", "de": "x"}}"#,
        "a is there twice",
    ),
    (
        r#"{"isBad": {"en": "x", "de": "x"}}"#,
        "it cannot name a text",
    ),
    (
        r#"{"object": {"en": "x", "de": "x"}}"#,
        "it cannot name a text",
    ),
    (
        r#"{"a": {"en": "x", "de": "x", "fr": "x"}}"#,
        "unknown field `fr`",
    ),
];

#[test]
fn a_text_that_is_not_whole_is_refused_by_name() {
    for (texts, fault) in FAULTS {
        let said = read(texts).unwrap_err();
        assert!(said.contains(fault), "{texts}: {said}");
    }
}

/// The polite form: a capital letter where no sentence begins.
fn is_formal(german: &str) -> bool {
    let words: Vec<&str> = german.split(' ').collect();
    words.windows(2).any(|pair| {
        let begins = pair[0].ends_with(['.', '?', '!', ':']);
        let polite = ["Sie", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer", "Ihnen"];
        !begins && polite.contains(&pair[1].trim_end_matches(['.', ',', '?', '"']))
    })
}

#[test]
fn german_says_du_and_nothing_is_left_in_english() {
    assert!(is_formal("Bitte melden Sie sich an.") && !is_formal("Lies sie. Sie ist neu."));
    let catalogue = Catalogue::read(&crate::suite::root().join("texts")).unwrap();
    let mut wrong = Vec::new();
    for (place, texts) in &catalogue.places {
        for (key, sentence) in &texts.sentences {
            let german = format!("{:?}", sentence.words(Language::German));
            let english = format!("{:?}", sentence.words(Language::English));
            // A sentence of several words that is the same in both was not translated.
            let left = german == english && english.matches(' ').count() > 4;
            if left || is_formal(&german) {
                wrong.push(format!("{place}.{key}: {german}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
