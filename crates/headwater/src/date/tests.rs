use super::*;
use crate::lexicon::Lexicon;

/// What is found, seen from a Friday in an August.
fn seen(text: &str) -> Vec<(&str, String, Option<String>)> {
    found(text, Some(Interval::day("2031-08-08".parse().unwrap())))
}

fn found(text: &str, published: Option<Interval>) -> Vec<(&str, String, Option<String>)> {
    let language = &Lexicon::shipped().languages[0];
    let all = dates(text, &[Span::new(0, text.len())], published, language);
    let days = |when: Interval| {
        if when.is_day() {
            when.first.to_string()
        } else {
            format!("{}..{}", when.first, when.last)
        }
    };
    all.into_iter().map(|date| (date.span.of(text), date.value, date.when.map(days))).collect()
}

/// Each text holds one expression: its words and its value.
fn check(cases: &[(&str, &str, &str)]) {
    for (text, words, value) in cases {
        let all = seen(text);
        let all = all.iter().map(|(words, value, _)| (*words, value.as_str())).collect::<Vec<_>>();
        assert_eq!(all, [(*words, *value)], "{text}");
    }
}

#[test]
fn days_and_months_are_past_by_default() {
    check(&[
        ("Osk resigned on Thursday.", "Thursday", "2031-08-07"),
        ("Osk resigned on Friday.", "Friday", "2031-08-08"),
        ("The ferry left Friday afternoon.", "Friday afternoon", "2031-08-08TAF"),
        ("The fair opened Tuesdaywhen it rained.", "Tuesday", "2031-08-05"),
        ("The fair closed last Friday.", "last Friday", "2031-08-01"),
        ("The bridge fell in May.", "May", "2031-05"),
        ("The bridge fell in December.", "December", "2030-12"),
        ("The bridge fell on Aug. 1.", "Aug. 1", "2031-08-01"),
        ("The bridge fell on the 3rd of June.", "the 3rd of June", "2031-06-03"),
        ("The law of this January stands.", "this January", "2031-01"),
        ("The March vote was lost.", "March", "2031-03"),
    ]);
}

#[test]
fn future_words_turn_them_around() {
    check(&[
        ("Osk will resign on Thursday.", "Thursday", "2031-08-14"),
        ("The fair is scheduled for Sunday.", "Sunday", "2031-08-10"),
        ("The vote is due in December.", "December", "2031-12"),
        ("The fair opens next Monday.", "next Monday", "2031-08-11"),
        ("The fair opens Monday.", "Monday", "2031-08-11"),
        ("The list is to be published in October.", "October", "2031-10"),
        ("The fair had been scheduled for Sunday.", "Sunday", "2031-08-03"),
    ]);
}

#[test]
fn complete_dates_need_no_anchor() {
    for (text, value) in [
        ("on August 7, 2031", "2031-08-07"),
        ("on 7 August 2031", "2031-08-07"),
        ("Thursday, Aug. 7, 2031", "2031-08-07"),
        ("07.08.2031", "2031-08-07"),
        ("2031-08-07", "2031-08-07"),
        ("in August 2031", "2031-08"),
        ("in 1999", "1999"),
        ("the 1990s", "199"),
        ("the 19th century", "18"),
        ("the third quarter of 2030", "2030-Q3"),
    ] {
        let all = found(text, None);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        assert_eq!(all[0].1, value, "{text}");
        assert!(all[0].2.is_some(), "{text}");
    }
}

#[test]
fn distances_are_as_coarse_as_their_words() {
    check(&[
        ("It began two weeks ago.", "two weeks ago", "2031-W30"),
        ("It began three days ago.", "three days ago", "2031-08-05"),
        ("It began a year ago.", "a year ago", "2030"),
        ("It began last month.", "last month", "2031-07"),
        ("It began late last month.", "late last month", "2031-07"),
        ("It began this week.", "this week", "2031-W32"),
        ("It began last year.", "last year", "2030"),
        ("It began yesterday.", "yesterday", "2031-08-07"),
        ("It begins tomorrow.", "tomorrow", "2031-08-09"),
        ("It began last night.", "last night", "2031-08-07TNI"),
        ("It began last summer.", "last summer", "2030-SU"),
        ("It began at 10 a.m. on Tuesday.", "10 a.m. on Tuesday", "2031-08-05T10:00"),
        ("It begins in the coming weeks.", "in the coming weeks", "FUTURE_REF"),
        ("It began several years ago.", "several years ago", "PAST_REF"),
    ]);
}

#[test]
fn both_ends_of_a_stretch_are_dates() {
    let values = |text: &'static str| {
        seen(text)
            .into_iter()
            .map(|(words, value, _)| format!("{words}={value}"))
            .collect::<Vec<_>>()
    };
    for (text, both) in [
        ("The fair ran from May to July 2030.", ["May=2030-05", "July 2030=2030-07"]),
        ("It ran from November to February 2031.", ["November=2030-11", "February 2031=2031-02"]),
        ("It ran between 1990 and 1995.", ["1990=1990", "1995=1995"]),
        ("It ran from June 3 to 5.", ["June 3=2031-06-03", "5=2031-06-05"]),
        ("It ran June 3-5, 2030, in Varn.", ["June 3=2030-06-03", "5, 2030=2030-06-05"]),
        ("It ran between 3 and 5 June.", ["3=2031-06-03", "5 June=2031-06-05"]),
        ("It ran 3–5 June 2030.", ["3=2030-06-03", "5 June 2030=2030-06-05"]),
        ("It ran from Monday to Wednesday.", ["Monday=2031-08-04", "Wednesday=2031-08-06"]),
        (
            "It was open from 10 a.m. to 4 p.m.",
            ["10 a.m.=2031-08-08T10:00", "4 p.m=2031-08-08T16:00"],
        ),
    ] {
        let said = values(text).into_iter().map(|one| one.trim_end_matches('.').to_owned());
        let said = said.map(|one| one.replace("p.m.=", "p.m=")).collect::<Vec<_>>();
        assert_eq!(said, both, "{text}");
    }
    assert_eq!(values("On June 3 5 ships sank."), ["June 3=2031-06-03"]);
    assert_eq!(values("On June 3 and 5 other ships sank."), ["June 3=2031-06-03"]);
    assert_eq!(values("It killed 3 and 5 June nights were lost."), ["5 June=2031-06-05"]);
}

#[test]
fn anaphors_count_from_the_date_spoken_of() {
    let last = |text: &'static str| seen(text).pop().map(|(words, value, _)| (words, value));
    for (text, words, value) in [
        ("Osk left on May 3, 2030. Ilm left the same day.", "the same day", "2030-05-03"),
        ("Osk left on May 3, 2030. The next day Ilm left.", "The next day", "2030-05-04"),
        ("Osk left in May 2030. The following month Ilm left.", "The following month", "2030-06"),
        ("Osk left on May 3, 2030. Ilm left later that year.", "later that year", "2030"),
        ("Osk left in 2029. Ilm had left a year earlier.", "a year earlier", "2028"),
        ("Osk left in 2029. Ilm was abroad at the time.", "at the time", "2029"),
        ("Osk left on May 3, 2030. That night it rained.", "That night", "2030-05-03TNI"),
        ("Osk left on May 3, 2030. It rained at noon.", "noon", "2030-05-03T12:00"),
    ] {
        assert_eq!(last(text), Some((words, value.to_owned())), "{text}");
    }
    assert_eq!(last("Osk was abroad at the time."), Some(("at the time", "PAST_REF".into())));
    assert_eq!(last("Osk left the day before the storm."), None, "the storm has no date");
}

#[test]
fn parts_of_years_and_days_have_their_values() {
    check(&[
        ("Sales fell in the third quarter.", "the third quarter", "2031-Q3"),
        ("Sales fell in the first half of 2030.", "the first half of 2030", "2030-H1"),
        ("Sales fell in fiscal 2029.", "fiscal 2029", "2029"),
        ("Sales fell in mid-March.", "mid-March", "2031-03"),
        ("Sales fell late in May.", "late in May", "2031-05"),
        ("Sales fell in the nineties.", "the nineties", "199"),
        ("Sales fell in the '90s.", "the '90s", "199"),
        ("Sales fell in the early 1990s.", "early 1990s", "199"),
        ("Sales rise by the end of the month.", "the end of the month", "2031-08"),
        ("Sales fell this past spring.", "this past spring", "2031-SP"),
        ("They met at noon EST.", "noon EST", "2031-08-08T12:00"),
        ("They met at 0300 GMT.", "0300 GMT", "2031-08-08T03:00"),
        ("They met at 8 o'clock on Tuesday.", "8 o'clock on Tuesday", "2031-08-05T08:00"),
        ("They met on Tuesday night.", "Tuesday night", "2031-08-05TNI"),
        ("They met this morning.", "this morning", "2031-08-08TMO"),
        ("They met yesterday evening.", "yesterday evening", "2031-08-07TEV"),
        ("They met on the night of June 3.", "the night of June 3", "2031-06-03TNI"),
        ("They met on Good Friday.", "Good Friday", "2031-04-11"),
        ("They met on Easter Monday 2030.", "Easter Monday 2030", "2030-04-22"),
        ("They met on Labor Day 2030.", "Labor Day 2030", "2030-09-02"),
    ]);
}

#[test]
fn rates_and_returns_are_sets() {
    for (text, words, value) in [
        ("Varn has 4 flights a week.", "a week", "P1W"),
        ("It costs $3 million a year.", "a year", "P1Y"),
        ("They meet every July.", "every July", "XXXX-07"),
        ("They meet every Tuesday.", "every Tuesday", "XXXX-WXX-2"),
        ("They meet every other week.", "every other week", "P2W"),
    ] {
        let language = &Lexicon::shipped().languages[0];
        let all = dates(text, &[Span::new(0, text.len())], None, language);
        let all = all.iter().map(|it| (it.span.of(text), it.value.as_str(), it.timex));
        assert_eq!(all.collect::<Vec<_>>(), [(words, value, Timex::Set)], "{text}");
    }
}

#[test]
fn lengths_and_sets_have_no_days() {
    check(&[
        ("It took three days.", "three days", "P3D"),
        ("It took the past decade.", "the past decade", "P10Y"),
        ("It took decades.", "decades", "PXDE"),
        ("It grew in the past two years.", "the past two years", "P2Y"),
        ("It took at least 20 more years.", "20 more years", "P20Y"),
        ("It took two to three weeks.", "two to three weeks", "PXW"),
        ("Osk spent a week there.", "a week", "P1W"),
        ("Delays of 20 minutes.", "20 minutes", "PT20M"),
        ("A daily paper.", "daily", "P1D"),
        ("The market opens on Sundays.", "Sundays", "XXXX-WXX-7"),
        ("The market opens every Sunday.", "every Sunday", "XXXX-WXX-7"),
    ]);
    assert!(seen("It took three days.").iter().all(|(_, _, when)| when.is_none()));
}

#[test]
fn parts_of_a_year_end_at_publication() {
    let of = |text: &'static str| seen(text)[0].2.clone();
    assert_eq!(of("Earlier this year Osk left."), Some("2031-01-01..2031-08-08".into()));
    assert_eq!(of("Later this year Osk leaves."), Some("2031-08-08..2031-12-31".into()));
    assert_eq!(of("Osk left late last month."), Some("2031-07-01..2031-07-31".into()));
    assert_eq!(of("Osk left last summer."), None, "summer is not the same month everywhere");
}

#[test]
fn without_an_anchor_values_are_symbols() {
    for (text, value) in [
        ("on Thursday", "XXXX-WXX-4"),
        ("on Thursday night", "XXXX-WXX-4TNI"),
        ("in June", "XXXX-06"),
        ("on June 3", "XXXX-06-03"),
        ("two weeks ago", "XXXX-WXX"),
        ("last month", "XXXX-XX"),
        ("yesterday", "XXXX-XX-XX"),
    ] {
        let all = found(text, None);
        assert_eq!(all.len(), 1, "{text}");
        assert_eq!((all[0].1.as_str(), &all[0].2), (value, &None), "{text}");
    }
}

#[test]
fn a_month_of_publication_decides_what_both_its_ends_agree_on() {
    let august =
        Interval { first: "2031-08-01".parse().unwrap(), last: "2031-08-31".parse().unwrap() };
    assert_eq!(found("last month", Some(august))[0].1, "2031-07");
    assert_eq!(found("on Thursday", Some(august))[0].1, "XXXX-WXX-4");
}

#[test]
fn other_words_are_no_dates() {
    for text in [
        "Osk may resign.",
        "Ships march on.",
        "the fall of the tower",
        "a 22-year-old sailor",
        "$1999 in coins",
        "2000 sailors fled",
        "Varn Today reported it.",
        "The Sunday Lantern reported it.",
        "a second ship",
        "Osk imports three-quarters of it.",
        "as soon as Osk left",
        "version 1.2",
        "at 4.5 percent",
        "I am here",
        "Osk left weeks before the storm",
        "the gates fell minutes apart",
    ] {
        assert_eq!(seen(text), [], "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(
        text in "(Friday|May|Aug\\. |next |last |week|[0-9]{1,4}| |, |ago|of |the |a |\\.|:|-|\\PC){0,25}",
        day in 0_i32..40_000,
    ) {
        use jiff::ToSpan;
        let epoch = "1950-01-01".parse::<Date>().unwrap();
        let published = Some(Interval::day(epoch.saturating_add(day.days())));
        let language = &Lexicon::shipped().languages[0];
        for published in [published, None] {
            let all = dates(&text, &[Span::new(0, text.len())], published, language);
            proptest::prop_assert!(all.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            for date in &all {
                proptest::prop_assert!(!date.span.of(&text).is_empty());
                proptest::prop_assert!(date.when.is_none_or(|when| when.first <= when.last));
            }
        }
    }
}

#[test]
fn other_languages_are_read_from_their_tables() {
    let published = Some(Interval::day("2031-08-08".parse().unwrap()));
    for (code, text, words, value) in [
        ("es", "Osk dimitió el jueves.", "el jueves", "2031-08-07"),
        ("es", "Osk dimitió el 3 de junio de 2030.", "el 3 de junio de 2030", "2030-06-03"),
        ("es", "Osk dimitió hace dos semanas.", "hace dos semanas", "2031-W30"),
        ("es", "Osk dimitió el mes pasado.", "el mes pasado", "2031-07"),
        ("es", "Osk dimitió en mayo.", "mayo", "2031-05"),
        ("es", "Osk viajará el martes.", "el martes", "2031-08-12"),
        ("es", "Osk viajó el martes.", "el martes", "2031-08-05"),
        ("es", "Osk lee el diario.", "", ""),
        ("de", "Osk kündigte für Dienstag eine Rede an.", "Dienstag", "2031-08-12"),
        ("es", "Osk dimitió el viernes santo.", "el viernes santo", "2031-04-11"),
        ("de", "Osk trat am Donnerstag zurück.", "Donnerstag", "2031-08-07"),
        ("de", "Osk trat am 3. Juni 2030 zurück.", "am 3. Juni 2030", "2030-06-03"),
        ("de", "Osk trat vor zwei Wochen zurück.", "vor zwei Wochen", "2031-W30"),
        ("de", "Osk trat im vergangenen Monat zurück.", "vergangenen Monat", "2031-07"),
        ("de", "Osk trat um 14.30 Uhr zurück.", "um 14.30 Uhr", "2031-08-08T14:30"),
        ("de", "Osk trat am Dienstagabend zurück.", "Dienstagabend", "2031-08-05TEV"),
        ("de", "Osk trat am 03.06.2030 zurück.", "03.06.2030", "2030-06-03"),
    ] {
        let language = Lexicon::shipped().language(code);
        let all = dates(text, &[Span::new(0, text.len())], published, language);
        let all = all.iter().map(|it| (it.span.of(text), it.value.as_str())).collect::<Vec<_>>();
        let expected = if words.is_empty() { vec![] } else { vec![(words, value)] };
        assert_eq!(all, expected, "{text}");
    }
}

/// Long paragraphs without a full stop: quadratic work would be noticed.
#[test]
fn bad_input_is_read() {
    let language = &Lexicon::shipped().languages[0];
    let published = Some(Interval::day("2031-08-08".parse().unwrap()));
    for piece in
        ["the ship sank Friday in May ", "20318 ", "3-", "a quarter of ", "|l0 1,O/ ", "late "]
    {
        let text = piece.repeat(200_000 / piece.len());
        let all = dates(&text, &[Span::new(0, text.len())], published, language);
        assert!(all.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}
