//! Where quotation marks open and close.

use headwater_page::Span;

/// Characters within which a single mark must be closed: it bounds the cost, and a paragraph in
/// single marks is seldom longer.
const LONGEST: usize = 2000;

/// Words inside quotation marks, with the marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Quotation {
    /// The words and their marks.
    pub(crate) span: Span,
    /// Whether a mark closes it; one that is never closed runs to the end of its paragraph.
    pub(crate) closed: bool,
}

/// The outermost quotations of one paragraph, in order. Marks of any style, also mixed; one
/// inside another is part of it. Cost: linear. Never fails.
pub(crate) fn quotations(text: &str, paragraph: Span) -> Vec<Quotation> {
    let words = paragraph.of(text);
    let mut found = Vec::new();
    let shift = paragraph.start as usize;
    let mut open: Option<(usize, char)> = None;
    let mut depth = 0_u32;
    let mut before: Option<char> = None;
    let mut skip = usize::MAX;
    let mut third = usize::MAX;
    let mut single_until = 0;
    // The next mark that may close a single quotation: looked for once, not from every mark.
    let mut next_close = 0;
    let mut closed = |from: usize, mark: char| {
        if next_close < from {
            next_close = may_close(words, from);
        }
        // A character has four bytes at most.
        let near = next_close - from <= LONGEST * 4;
        near.then(|| closing(&words[from..], mark)).flatten()
    };
    let mut next = 0;
    while let Some(gap) = words.as_bytes()[next..].iter().position(|byte| may_lead(*byte)) {
        // Characters between marks matter only where they stand beside one.
        let at = next + gap;
        before = if gap > 0 { words[..at].chars().next_back() } else { before };
        let Some(mut c) = words[at..].chars().next() else { break };
        let mut end = at + c.len_utf8();
        next = end;
        // What stands in a single quotation was read with it.
        if at < single_until {
            before = Some(c);
            continue;
        }
        let mut after = words[end..].chars().next();
        // Two single marks are a double one; the second of them was read with the first.
        if matches!(c, '\'' | '‘' | '’' | '`') {
            if skip == at || third == at {
                before = Some('"');
                continue;
            }
            if after == Some(c) {
                end += c.len_utf8();
                skip = at + c.len_utf8();
                after = words[end..].chars().next();
                // The mark of a quotation inside closes with it: `'so be it,'''`.
                if after == Some(c) && open.is_some() {
                    end += c.len_utf8();
                    skip = end - c.len_utf8();
                    third = at + c.len_utf8();
                    after = words[end..].chars().next();
                }
                c = match c {
                    '‘' | '`' => '“',
                    '’' => '”',
                    _ => '"',
                };
            }
        }
        // „So“ and »so« end with what opens elsewhere.
        let begins = before.is_none_or(|b| b.is_whitespace() || "([{—–-/…".contains(b));
        let touches = after.is_some_and(|a| !a.is_whitespace());
        let turn = match (open, c) {
            (Some((_, '„')), '“') | (Some((_, '»')), '«') if depth == 0 => Turn::Close,
            (None, '»') if begins && touches => Turn::Open,
            _ => turn(c, before, after),
        };
        match (open, turn) {
            (None, Turn::Open) => open = Some((at, c)),
            (None, Turn::Single) if at >= single_until => match closed(end, c) {
                // The next paragraph goes on with the same mark.
                Some((_, Sure::No)) | None if goes_on(&text[paragraph.end as usize..], c) => {
                    found.push(span(shift + at, paragraph.end as usize, false));
                    return found;
                }
                Some((length, _)) => {
                    found.push(span(shift + at, shift + end + length, true));
                    single_until = end + length;
                }
                None => single_until = single_until.max(at),
            },
            (Some(_), Turn::Open) => depth += 1,
            (Some(_), Turn::Close) if depth > 0 => depth -= 1,
            (Some((start, _)), Turn::Close) => {
                // A single quotation that a double one overtakes was none.
                while found.last().is_some_and(|q: &Quotation| q.span.end as usize > shift + start)
                {
                    found.pop();
                }
                found.push(span(shift + start, shift + end, true));
                open = None;
            }
            _ => {}
        }
        before = Some(c);
    }
    if let Some((start, _)) = open {
        let end = shift + words.trim_end().len();
        found.retain(|q: &Quotation| q.span.end as usize <= shift + start);
        found.push(span(shift + start, end, false));
    }
    found
}

/// Whether a mark may begin with the byte.
const fn may_lead(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | 0xC2 | 0xE2)
}

/// The first byte from `from` on where a single mark may close: behind a word or mark, before none;
/// far beyond the end if there is none. [`closing`] takes no other.
fn may_close(words: &str, from: usize) -> usize {
    let marks = words[from..].match_indices(['\'', '’']).map(|(at, mark)| (from + at, mark.len()));
    let mut closing = marks.filter(|&(at, length)| {
        let before = words[..at].chars().next_back();
        let after = words[at + length..].chars().next();
        !before.is_some_and(char::is_whitespace) && !after.is_some_and(char::is_alphanumeric)
    });
    closing.next().map_or(usize::MAX, |(at, _)| at)
}

/// What a character does to the quotation.
enum Turn {
    Open,
    Close,
    /// A single mark that may open one.
    Single,
    Nothing,
}

fn turn(c: char, before: Option<char>, after: Option<char>) -> Turn {
    let begins = || before.is_none_or(|b| b.is_whitespace() || "([{—–-/…‘'“".contains(b));
    let touches = || after.is_some_and(|a| !a.is_whitespace());
    match c {
        '“' | '„' | '«' => Turn::Open,
        '"' | '″' if begins() && touches() => Turn::Open,
        '”' | '»' | '"' | '″' => Turn::Close,
        '‘' | '\'' if begins() && after.is_some_and(char::is_alphabetic) => Turn::Single,
        _ => Turn::Nothing,
    }
}

/// Whether a single mark closes for sure, or may be an apostrophe.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sure {
    Yes,
    No,
}

/// Whether what follows a paragraph begins with the mark that opened in it.
fn goes_on(rest: &str, mark: char) -> bool {
    let rest = rest.trim_start();
    rest.strip_prefix(mark).is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// Bytes up to and with the single mark that closes what `mark` opens before `words`; none when it
/// was an apostrophe ("'tis", "the boys' plan"). A mark after punctuation closes for sure; one
/// after a word closes unless a surer one follows before the next opening. Double marks inside are
/// passed over where they close too; then only a sure mark closes.
fn closing(words: &str, mark: char) -> Option<(usize, Sure)> {
    let mut before = None;
    let mut likely = None;
    let (mut inner, mut doubled, mut depth) = (false, false, 0_u32);
    for (at, c) in words.char_indices().take(LONGEST) {
        let after = words[at + c.len_utf8()..].chars().next();
        let free = after.is_none_or(|a| !a.is_alphanumeric());
        let opens = before.is_some_and(char::is_whitespace);
        let end = at + c.len_utf8();
        match c {
            '"' | '“' | '”' if likely.is_none() => {
                let open = c == '“' || c == '"' && opens;
                if open == inner {
                    return None;
                }
                (inner, doubled) = (open, true);
            }
            '’' | '\'' if free && !opens && at > 0 && !inner => {
                let sure = before.is_some_and(|b| ".,?!…".contains(b) || doubled && b == '”');
                if depth > 0 && (sure || before != Some('s')) {
                    depth -= 1;
                } else if sure || before != Some('s') && !doubled {
                    return Some((end, Sure::Yes));
                } else if !doubled {
                    likely = likely.or(Some((end, Sure::No)));
                }
            }
            '‘' if mark == '‘' && opens && likely.is_none() => depth += 1,
            '‘' => break,
            '\'' if opens && likely.is_some() => break,
            _ => {}
        }
        before = Some(c);
    }
    likely
}

fn span(start: usize, end: usize, closed: bool) -> Quotation {
    Quotation { span: Span::new(start, end), closed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let all = quotations(text, Span::new(0, text.len()));
        all.iter().map(|q| q.span.of(text)).collect()
    }

    #[test]
    fn marks_of_every_style() {
        assert_eq!(found("She said \"no\" and “yes” and «well»."), ["\"no\"", "“yes”", "«well»"]);
        assert_eq!(found("\"The dam will hold,” he said."), ["\"The dam will hold,”"]);
        assert_eq!(found("'It leaks,' she said. 'It's bad.'"), ["'It leaks,'", "'It's bad.'"]);
        assert_eq!(found("‘All of us’ came."), ["‘All of us’"]);
        assert_eq!(found("„Nein“, sagte sie. „Nie.“"), ["„Nein“", "„Nie.“"]);
        assert_eq!(found("»Nein«, sagte sie. »Nie.«"), ["»Nein«", "»Nie.«"]);
        assert_eq!(found("»Nej», sa hun."), ["»Nej»"]);
    }

    #[test]
    fn single_marks_hold_others() {
        assert_eq!(
            found("'We heard \"it holds\" often,' she said, 'but no.'"),
            ["'We heard \"it holds\" often,'", "'but no.'"]
        );
        assert_eq!(
            found("‘It went ‘boom’ and then nothing,’ he said."),
            ["‘It went ‘boom’ and then nothing,’"]
        );
        let text = "He said: 'The workers' dam's gone. I can't say.\n\n'It's bad.'";
        let first = Span::new(0, text.find('\n').unwrap());
        let all = quotations(text, first).iter().map(|q| q.span.of(text)).collect::<Vec<_>>();
        assert_eq!(all, ["'The workers' dam's gone. I can't say."]);
    }

    #[test]
    fn two_single_marks_are_a_double_one() {
        assert_eq!(found("''It leaks,'' she said. ''Badly.''"), ["''It leaks,''", "''Badly.''"]);
        assert_eq!(found("``It leaks,'' she said."), ["``It leaks,''"]);
    }

    #[test]
    fn apostrophes_are_none() {
        assert_eq!(found("The miners' union didn't see the '90s."), Vec::<&str>::new());
        assert_eq!(found("It’s the Joneses’ dog."), Vec::<&str>::new());
        assert_eq!(found("The plank is 5'10\" long."), Vec::<&str>::new());
    }

    #[test]
    fn one_inside_another_is_part_of_it() {
        assert_eq!(
            found("“He said ‘no’ to “us” then,” she said."),
            ["“He said ‘no’ to “us” then,”"]
        );
        assert_eq!(found("She: \"the \"Blue Gang\" came."), ["\"the \"Blue Gang\" came."]);
    }

    #[test]
    fn unclosed_runs_to_the_end() {
        let text = "He said: “We wait. And then we go. ";
        let all = quotations(text, Span::new(0, text.len()));
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].span.of(text), all[0].closed), ("“We wait. And then we go.", false));
    }
}
