use super::*;
use crate::lexicon::Lexicon;

fn found(text: &str) -> Vec<(&str, i64, String, Hedge)> {
    let language = &Lexicon::shipped().languages[0];
    let all = figures(text, Span::new(0, text.len()), language);
    all.into_iter().map(|f| (f.span.of(text), f.thousandths, f.unit, f.hedge)).collect()
}

fn one(text: &str) -> (&str, i64, String, Hedge) {
    let mut all = found(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.remove(0)
}

/// Each line of `counted.tsv`: which figures a sentence holds, or that they are read otherwise as yet.
#[test]
fn sentences_hold_what_the_table_says() {
    let language = &Lexicon::shipped().languages[0];
    let mut astray = Vec::new();
    for line in include_str!("counted.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (line, is_wrong) = line.strip_suffix("\twrong").map_or((line, false), |it| (it, true));
        let (text, expected) = line.split_once('\t').unwrap_or((line, ""));
        let all = figures(text, Span::new(0, text.len()), language);
        let shown = all.iter().map(|it| {
            let hedge = match it.hedge {
                _ if it.ordinal => "nth",
                Hedge::Exact => "=",
                Hedge::About => "about",
                Hedge::AtLeast => "least",
                Hedge::AtMost => "most",
            };
            format!("{hedge} {} {}", it.thousandths, it.unit).trim_end().to_owned()
        });
        let shown = shown.collect::<Vec<_>>().join("\t");
        if (shown == expected) == is_wrong {
            astray.push(format!("{text}\n  {expected}\n  {shown}"));
        }
    }
    assert!(astray.is_empty(), "{} astray:\n{}", astray.len(), astray.join("\n"));
}

#[test]
fn numbers_are_read_in_digits_and_words() {
    for (text, n, unit) in [
        ("Varn sent 1,500 troops", 1_500_000, "troop"),
        ("a rise of 4.25 percent", 4250, "%"),
        ("a 12% rise", 12_000, "%"),
        ("twenty-one ferries sank", 21_000, "ferry"),
        ("two dozen villages burned", 24_000, "village"),
        ("a dozen villages burned", 12_000, "village"),
        ("a hundred and two buses", 102_000, "bus"),
        ("two hundred thousand people fled", 200_000_000, "person"),
        ("2.5 million barrels", 2_500_000_000, "barrel"),
        ("half a million voters", 500_000_000, "voter"),
        ("a $40 million grant", 40_000_000_000, "$"),
        ("US$3bn of grain", 3_000_000_000_000, "$"),
        ("€30m of grain", 30_000_000_000, "€"),
        ("30 million dollars went missing", 30_000_000_000, "$"),
        ("the 5-kilometre wall", 5000, "km"),
        ("some wall 5km long", 5000, "km"),
        ("three unarmed Varnian soldiers", 3000, "soldier"),
        ("two-thirds of the seats", 667, ""),
        ("two thirds of the seats", 667, ""),
        ("a third of the seats", 333, ""),
        ("It fell by a fifth.", 200, ""),
        ("half a percentage point", 500, "percentage point"),
        ("one in five sailors", 200, ""),
        ("three out of four sailors", 750, ""),
        ("two and a half million barrels", 2_500_000_000, "barrel"),
        ("a quarter of a million barrels", 250_000_000, "barrel"),
        ("2 1/2 barrels", 2500, "barrel"),
        ("3½ barrels", 3500, "barrel"),
        ("2.5 percentage points", 2500, "percentage point"),
        ("3 000 euros", 3_000_000, "€"),
        ("1.400.000 barrels", 1_400_000_000, "barrel"),
        ("-5 degrees", -5000, "degree"),
        ("several hundred sailors", 200_000, "sailor"),
        ("scores of sailors", 40_000, "sailor"),
        ("a 42-year-old sailor", 42_000, "year old"),
        ("Osk Varn, 42, sailed.", 42_000, "year old"),
        ("12 injured", 12_000, "injured"),
        ("A 500-page report", 500_000, "page"),
        ("12 km/h", 12_000, "km/h"),
    ] {
        let found = one(text);
        assert_eq!((found.1, found.2.as_str()), (n, unit), "{text}");
    }
}

#[test]
fn hedges_bound_the_number() {
    for (text, words, hedge) in [
        ("It cost more than $40 million.", "more than $40 million", Hedge::AtLeast),
        ("At least 12 people died.", "At least 12 people", Hedge::AtLeast),
        ("Up to 400 jobs will go.", "Up to 400 jobs", Hedge::AtMost),
        ("Fewer than 30 ships remain.", "Fewer than 30 ships", Hedge::AtMost),
        ("About 30 ships remain.", "About 30 ships", Hedge::About),
        ("Hundreds of ships remain.", "Hundreds of ships", Hedge::AtLeast),
        ("30 ships or more remain.", "30 ships or more", Hedge::AtLeast),
        ("30 ships remain.", "30 ships", Hedge::Exact),
    ] {
        let found = one(text);
        assert_eq!((found.0, found.3), (words, hedge), "{text}");
    }
}

#[test]
fn ranks_are_no_amounts() {
    let text = "the 42nd ship and the third bridge";
    let language = &Lexicon::shipped().languages[0];
    let all = figures(text, Span::new(0, text.len()), language);
    let all = all.iter().map(|f| (f.thousandths, f.ordinal)).collect::<Vec<_>>();
    assert_eq!(all, [(42_000, true), (3000, true)]);
}

#[test]
fn a_range_has_two_ends_and_one_unit() {
    let all = found("It took 10 to 15 ships.");
    assert_eq!(all[0].2, "ship");
    assert_eq!(all[1].2, "ship");
    assert_eq!(all.len(), 2);
}

#[test]
fn the_ends_of_a_range_share_scale_sign_and_hedge() {
    let of = |text: &'static str| {
        let all = found(text).into_iter();
        all.map(|(_, n, unit, hedge)| (n / 1000, unit, hedge)).collect::<Vec<_>>()
    };
    let million = 1_000_000;
    for (text, ends, unit, hedge) in [
        ("between 10 and 12 ships", [10, 12], "ship", Hedge::Exact),
        ("10-12 ships", [10, 12], "ship", Hedge::Exact),
        ("some 10 to 12 per cent of it", [10, 12], "%", Hedge::About),
        ("$3-5 million", [3 * million, 5 * million], "$", Hedge::Exact),
        ("$3 million to $5 million", [3 * million, 5 * million], "$", Hedge::Exact),
        ("1 to 2 million sailors", [million, 2 * million], "sailor", Hedge::Exact),
        ("500 to 2 million sailors", [500, 2 * million], "sailor", Hedge::Exact),
    ] {
        let expected = ends.map(|end| (end, unit.to_owned(), hedge));
        assert_eq!(of(text), expected, "{text}");
    }
}

#[test]
fn verbs_are_not_counted() {
    for text in ["At least 40 came.", "The vote was 52.", "He was 42."] {
        assert_eq!(one(text).2, "", "{text}");
    }
}

#[test]
fn each_figure_says_its_rule() {
    for (text, rule) in [
        ("12 ships", "digits"),
        ("twelve ships", "words"),
        ("dozens of ships", "vague"),
        ("half of it", "part"),
        ("one in five", "ratio"),
        ("the 3rd ship", "rank"),
    ] {
        let language = &Lexicon::shipped().languages[0];
        let all = figures(text, Span::new(0, text.len()), language);
        assert_eq!(all.iter().map(|it| it.rule).collect::<Vec<_>>(), [rule], "{text}");
    }
}

#[test]
fn names_and_pronouns_hold_no_figures() {
    for text in [
        "the VARN-19 fever",
        "the B52 flew",
        "one of them",
        "No one came.",
        "a ship",
        "Section 301 of Article 5",
        "Flight 370 at gate 12",
        "No. 7 won.",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "([0-9.,$%-]|half|two|a |million|th|to |-| |more than|\\PC){0,30}") {
        let all = found(&text);
        let language = &Lexicon::shipped().languages[0];
        let spans = figures(&text, Span::new(0, text.len()), language);
        proptest::prop_assert!(spans.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        proptest::prop_assert_eq!(all.len(), spans.len());
    }
}

#[test]
fn other_languages_are_read_from_their_tables() {
    for (code, text, n, unit) in [
        ("es", "costará 1,5 millones de euros", 1_500_000_000, "€"),
        ("es", "1.200 barriles", 1_200_000, "barril"),
        ("es", "treinta y cinco mil personas", 35_000_000, "persona"),
        ("es", "el 12,5 por ciento", 12_500, "%"),
        ("es", "doscientos barriles", 200_000, "barril"),
        ("de", "kostet 1,5 Millionen Euro", 1_500_000_000, "€"),
        ("de", "1.200 Tonnen", 1_200_000, "tonne"),
        ("de", "einundzwanzig Schiffe", 21_000, "schiff"),
        ("de", "zwölftausend Menschen", 12_000_000, "mensch"),
        ("de", "12,5 Prozent", 12_500, "%"),
    ] {
        let language = Lexicon::shipped().language(code);
        let all = figures(text, Span::new(0, text.len()), language);
        let all = all.iter().map(|it| (it.thousandths, it.unit.as_str())).collect::<Vec<_>>();
        assert_eq!(all, [(n, unit)], "{text}");
    }
}

/// As for dates: quadratic work would be noticed.
#[test]
fn bad_input_is_read() {
    let language = &Lexicon::shipped().languages[0];
    for piece in
        ["7 ships ", "20318 ", "3-", "9", "a quarter of ", "hundred ", "1.000.", "1/2 ", "$ "]
    {
        let text = piece.repeat(200_000 / piece.len());
        let all = figures(&text, Span::new(0, text.len()), language);
        assert!(all.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}
