use super::*;

fn committed() -> String {
    fs::read_to_string(crate::suite::root().join("design/tokens.json")).unwrap()
}

fn faults(from: &str, to: &str) -> String {
    let changed = committed().replacen(from, to, 1);
    assert_ne!(changed, committed(), "{from} is not in the file");
    Tokens::of(&changed).unwrap_err()
}

#[test]
fn contrast_is_as_the_standard_computes_it() {
    let colour = |text: &str| Colour::try_from(text.to_owned()).unwrap();
    let contrast = |one, two| colour(one).contrast(colour(two));
    assert!((contrast("#000000", "#FFFFFF") - 21.0).abs() < 1e-9);
    assert!((contrast("#FFFFFF", "#FFFFFF") - 1.0).abs() < 1e-9);
    // The lightest grey that may be read on white, and the next one.
    assert!(contrast("#767676", "#FFFFFF") >= 4.5);
    assert!(contrast("#777777", "#FFFFFF") < 4.5);
    assert!(Colour::try_from("#12345".to_owned()).is_err());
}

#[test]
fn every_text_of_every_theme_can_be_read() {
    let tokens = Tokens::of(&committed()).unwrap();
    let texts = tokens.roles.values().filter(|role| role.is == Sort::Text);
    let pairs: usize = texts.map(|role| role.on.len()).sum();
    assert!(pairs > 15, "{pairs}: too few to say anything");
    for touch in ["touch", "touch_gig"] {
        let size = &tokens.sizes[touch];
        assert!(size.android >= 48 && size.ios >= 44, "{touch}");
    }
    assert_eq!(tokens.sizes["touch_gig"].android, 64);
}

#[test]
fn a_faint_text_a_missing_colour_and_a_strange_ground_are_faults() {
    let faint = faults("\"text_quiet\": \"#5B574E\"", "\"text_quiet\": \"#9B978E\"");
    assert!(
        faint.contains("light: text_quiet on background has 2."),
        "{faint}"
    );
    // Enough for every theme but the stage.
    let stage = faults("\"text_quiet\": \"#C4C4C4\"", "\"text_quiet\": \"#858585\"");
    assert!(
        stage.contains("stage: text_quiet on background has 5."),
        "{stage}"
    );
    let missing = faults("      \"unread\": \"#0B7DA8\",\n", "");
    assert!(missing.contains("light: unread has no colour"), "{missing}");
    let strange = faults("\"on\": [\"accent_ground\"]", "\"on\": [\"accent\"]");
    assert!(
        strange.contains("on_accent_ground: accent is no ground"),
        "{strange}"
    );
}

#[test]
fn both_languages_get_every_role_in_every_theme() {
    let tokens = Tokens::of(&committed()).unwrap();
    let made = files(&tokens);
    let kotlin = &made[&format!("{KOTLIN}/Tokens.kt")];
    let swift = &made[swift::PATH];
    assert!(kotlin.contains("    textQuiet = Color(0xFF5B574E),\n"));
    assert!(swift.contains("    textQuiet: 0x5B574E,\n"));
    assert!(kotlin.contains("touch: Dp = 48.dp") && swift.contains("touch: Double = 44\n"));
    for name in ["onAccentGround", "removedGround"] {
        assert_eq!(
            kotlin.matches(&format!("    {name} = ")).count(),
            3,
            "{name}"
        );
        assert_eq!(
            swift.matches(&format!("    {name}: 0x")).count(),
            3,
            "{name}"
        );
    }
}
