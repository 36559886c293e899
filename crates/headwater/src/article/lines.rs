//! Lines: what each line of a page looks like, before anybody asks what it belongs to.

use headwater_page::{BlockKind, Page, Span};
use regex::Regex;
use std::sync::LazyLock;

use super::credit;
use super::html::{self, Region};
use super::imprint;
use super::line::{DATE, Line, Look, Markup, Shift};
use super::picture;
use crate::fold;
use crate::lexicon::{Language, Lexicon, Press, Standing, plain};

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?\s?(?:[aApP]\.?[mM]\.?)?\s?(?:[A-Z]{2,4})?$")
        .expect("the shape is fixed")
});
static TIMES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?").expect("the shape is fixed")
});

/// A paragraph with so many bytes beside its links is one, however long those are: pages hide whole
/// lists in the name of a person.
const UNLINKED: usize = 80;

/// The page's lines in order. Cost: linear in the page.
pub(super) fn lines(page: &Page, lexicon: &Lexicon, language: &Language) -> Vec<Line> {
    let spans = unwrapped(page);
    let regions = html::regions(page);
    let mut found = Vec::with_capacity(spans.len());
    for (span, first) in spans {
        let block = &page.blocks[first];
        let linked = (block.linked as usize) * 2 >= span.len();
        let mut line = Line {
            span,
            look: Look::Mark,
            gap: block.gap,
            n_words: count(span.of(&page.text)),
            core: span,
            outlet: None,
            heading: match block.kind {
                BlockKind::Heading(rank) => Some(rank),
                _ => None,
            },
            element: block.element,
            related: regions[block.element as usize] == Region::Related,
            markup: match block.kind {
                _ if linked => Markup::Link,
                BlockKind::ListItem => Markup::Item,
                BlockKind::Quotation => Markup::Paragraph,
                _ if page.elements[block.element as usize].tag == "p" => Markup::Paragraph,
                _ => Markup::Other,
            },
            closes: false,
            number: None,
        };
        match regions[block.element as usize] {
            Region::Chrome => {}
            Region::Caption if block.kind != BlockKind::Control => line.look = Look::Caption,
            _ => dress(&mut line, page, block.kind, lexicon, language),
        }
        // A paragraph that is one link leads elsewhere.
        let unlinked = span.len().saturating_sub(block.linked as usize);
        let linked = unlinked * 10 <= span.len() * 3 && unlinked < UNLINKED;
        if linked && matches!(line.look, Look::Prose | Look::Short) {
            line.look = Look::Mark;
        }
        found.push(line);
    }
    for i in 0..found.len().saturating_sub(1) {
        // A headline with a full stop: a short sentence alone above a byline.
        let alone = i == 0 || !matches!(found[i - 1].look, Look::Prose | Look::Short);
        let told = matches!(found[i + 1].look, Look::Byline | Look::Date);
        if matches!(found[i].look, Look::Prose | Look::Short)
            && alone
            && told
            && found[i].n_words <= 20
        {
            found[i].look = Look::Head;
        }
    }
    number(page, &mut found);
    posts(page, &mut found);
    imprint::mark(page, &mut found, &language.press);
    found
}

/// Numbers the headlines of a plain text that counts its items from 1, and takes the numbers off
/// their words.
fn number(page: &Page, lines: &mut [Line]) {
    if page.elements.len() > 1 {
        return;
    }
    let mut last = 0;
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.look == Look::Head) {
        let words = line.core.of(&page.text);
        let Some((digits, rest)) = words.split_once(['.', ')']) else { continue };
        let next = digits.parse::<u32>().ok().filter(|n| *n == last + 1);
        if let Some(n) = next.filter(|_| rest.starts_with(' ')) {
            last = n;
            found.push((i, n, Span::new(words.len() - rest.len(), words.len()).trim(words)));
        }
    }
    for (i, n, core) in found.into_iter().filter(|_| last > 1) {
        let line = &mut lines[i];
        (line.number, line.core) = (Some(n), core.shifted(line.core.start as usize));
    }
}

/// Marks the heads of readers' posts by what a name with a day and a time above words of no
/// headline is: two such lines that the markup calls the same.
fn posts(page: &Page, lines: &mut [Line]) {
    let heads =
        (0..lines.len()).filter(|i| is_post_head(lines[*i].span.of(&page.text), &lines[*i]));
    let heads = heads.collect::<Vec<_>>();
    let told = |i: usize| i > 0 && lines[i - 1].look == Look::Head && lines[i - 1].n_words >= 4;
    let prose = |range: &[Line]| range.iter().any(|line| line.look == Look::Prose);
    let part = |i: usize| {
        let element = &page.elements[lines[i].element as usize];
        let around = &page.elements[element.parent as usize];
        (&element.tag, &element.hints, &around.tag, &around.hints)
    };
    // A post stands under each, and all are made alike.
    let told_apart =
        heads.windows(2).all(|two| prose(&lines[two[0]..two[1]]) && part(two[0]) == part(two[1]));
    let ends = heads.last().is_some_and(|last| prose(&lines[*last..]));
    // Beneath headlines such lines are bylines. Above the first post stands the thread's.
    if heads.len() >= 2 && told_apart && ends && heads[1..].iter().all(|i| !told(*i)) {
        for i in heads {
            lines[i].look = Look::Post;
        }
    }
}

/// "deckhand Mar 13, 2031, 9:14 am".
fn is_post_head(words: &str, line: &Line) -> bool {
    if line.n_words > 12 {
        return false;
    }
    let Some(date) = DATE.find(words) else { return false };
    let name = words[..date.start()].split_whitespace().count();
    matches!(line.look, Look::Head | Look::Byline | Look::Date)
        && (1..=4).contains(&name)
        && TIMES.is_match(&words[date.end()..])
}

/// How many words: runs between spaces, and two letters for one in scripts without spaces.
fn count(words: &str) -> usize {
    let unspaced = |c: &char| matches!(*c, '\u{e00}'..='\u{edf}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}');
    words.split_whitespace().count() + words.chars().filter(unspaced).count() / 2
}

/// Spans of lines with the index of their first block. A plain text whose paragraphs were broken
/// at a fixed width is joined again: a break is the wrapper's own where the next word would not
/// have fitted.
fn unwrapped(page: &Page) -> Vec<(Span, usize)> {
    let width = |span: Span| span.of(&page.text).chars().count();
    let plain_text = page.elements.len() <= 1;
    let widths = page.blocks.iter().map(|b| width(b.span)).collect::<Vec<_>>();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let full = |i: usize| {
        let next = page.blocks[i + 1].span.of(&page.text);
        let word = next.split_whitespace().next().map_or(0, |w| w.chars().count());
        page.blocks[i + 1].gap == 0 && widths[i] + 1 + word > widest
    };
    let n_full = (0..page.blocks.len().saturating_sub(1)).filter(|i| full(*i)).count();
    // Mail and wire texts break at 65 to 80; below that lines are verse, beyond a wrapper is rare.
    let wrapped = plain_text && (50..=110).contains(&widest) && n_full * 3 > page.blocks.len();
    let mut spans: Vec<(Span, usize)> = Vec::with_capacity(page.blocks.len());
    for (i, block) in page.blocks.iter().enumerate() {
        match spans.last_mut() {
            Some((last, _)) if wrapped && i > 0 && full(i - 1) => last.end = block.span.end,
            _ => spans.push((block.span, i)),
        }
    }
    spans
}

fn dress(line: &mut Line, page: &Page, kind: BlockKind, lexicon: &Lexicon, language: &Language) {
    let press = &language.press;
    let text = &page.text;
    if let Some(before) = press.before_item_end(line.span.of(text)) {
        let start = line.span.start as usize;
        line.span = Span::new(start, start + before.len());
        (line.core, line.closes) = (line.span, true);
        line.n_words = count(before);
    }
    let words = line.span.of(text);
    let plain = plain(words);
    line.closes |= press.closes_item(&plain);
    line.look = if kind == BlockKind::Control {
        Look::Mark
    } else if kind == BlockKind::Caption {
        Look::Caption
    } else if !words.contains(char::is_alphabetic) && !CLOCK.is_match(words) {
        if DATE.is_match(words) { Look::Date } else { Look::Mark }
    } else {
        look(line, words, &plain, lexicon, language)
    };
    // A date in a language that no table holds: its shape, where the markup calls it one.
    if matches!(line.look, Look::Head | Look::Short) && line.heading.is_none() && line.n_words <= 14
    {
        match html::label(page, line.element) {
            Some(html::Label::Date) if is_dated(words) => line.look = Look::Date,
            Some(html::Label::Byline) if line.n_words <= 6 || DATE.is_match(words) => {
                line.look = Look::Byline;
            }
            _ => {}
        }
    }
    // The items of a newsletter name their outlet at their end: "(Varn Journal) Read more".
    let bracketed = words.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    if bracketed.is_some_and(|name| line.closes && imprint::bracketed(name, language)) {
        line.look = Look::Outlet;
    }
    if line.look == Look::Head {
        (line.outlet, line.core) = quoted_post(line.span, words, lexicon, press);
    }
}

fn look(line: &Line, words: &str, plain: &str, lexicon: &Lexicon, language: &Language) -> Look {
    let (n_words, press) = (line.n_words, &language.press);
    if words.split_whitespace().all(|word| word.starts_with('#')) {
        return Look::Standing(Standing::Inline);
    }
    if words.starts_with(|c: char| c.is_ascii_digit()) && CLOCK.is_match(words) {
        return Look::Clock;
    }
    if let Some(standing) = press.standing(plain).filter(|_| n_words <= 30) {
        return Look::Standing(standing);
    }
    if n_words <= 30 && press.asks(plain) {
        return Look::Standing(Standing::Inline);
    }
    // A link in brackets between paragraphs leads elsewhere.
    if words.starts_with('[') && words.ends_with(']') && n_words <= 30 {
        return Look::Standing(Standing::Inline);
    }
    if line.heading.is_none() && picture::is_player(words, n_words, language) {
        return Look::Standing(Standing::Inline);
    }
    let labelled = || {
        press.opens_caption(&fold::fold(opening(words)))
            || line.heading.is_none() && picture::is_labelled(words, lexicon, language)
            || picture::is_signed(words, lexicon)
    };
    if n_words <= 160 && labelled() || picture::is_gallery(words) {
        return Look::Caption;
    }
    if n_words <= 6 && press.is_age(plain) {
        return Look::Age;
    }
    if n_words <= 14 && is_post(words, press) {
        return Look::Post;
    }
    if n_words <= 40 && credit::is_tagline(words, press) {
        return Look::Tagline;
    }
    if n_words <= 30 && credit::is_credit(words, lexicon, press) {
        return Look::Credit;
    }
    if n_words <= 30
        && (words.starts_with('©')
            || words.contains(" © ")
            || plain.ends_with("all rights reserved"))
    {
        return Look::Standing(Standing::End);
    }
    let bare = words.trim_start_matches(['-', '–', '—', ' ']);
    if n_words <= 8 && lexicon.outlets.find(bare).is_some()
        || n_words <= 6 && imprint::agency(bare, press)
    {
        return Look::Outlet;
    }
    if n_words <= 30 && !credit::signed(words, lexicon, press).is_empty() {
        return Look::Byline;
    }
    // "Varn Valley Gazette | 8 March 2025"
    let after = words.split_once(['|', '•', '·']);
    let after = after.filter(|(name, _)| imprint::outlet(name, press));
    // "Meal 1" above a recipe has the shape of "May 1".
    let bare = line.heading.is_some() && !DATE.is_match(words);
    if !bare && is_date(after.map_or(words, |(_, rest)| rest), press) {
        return Look::Date;
    }
    if n_words <= 8 && credit::outlets(words, lexicon).is_some() {
        return Look::Outlet;
    }
    if n_words <= 60 && is_caption(words, press) {
        return Look::Caption;
    }
    if n_words <= 4 && words.chars().all(|c| !c.is_lowercase()) && !words.ends_with(['!', '?']) {
        return Look::Capitals;
    }
    prose(words, n_words, line.heading)
}

/// The first bytes of a line, enough for any phrase that opens one.
fn opening(words: &str) -> &str {
    let end = (0..=200.min(words.len())).rev().find(|at| words.is_char_boundary(*at));
    &words[..end.unwrap_or(0)]
}

/// The last bytes.
fn closing(words: &str) -> &str {
    let start = words.len().saturating_sub(300);
    let start = (start..words.len()).find(|at| words.is_char_boundary(*at));
    &words[start.unwrap_or(words.len())..]
}

fn prose(words: &str, n_words: usize, heading: Option<u8>) -> Look {
    let end = words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '」', '*', ' ']);
    let stops = end.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟', '።']);
    let cut = end.ends_with("...") || end.ends_with('…');
    // A headline may be cut by dots.
    let full_stop = end.ends_with(['.', '…', ':', '。', '।', '።']) && !(cut && n_words <= 11);
    if is_speech(words) && n_words >= 3 {
        return if n_words > 11 { Look::Prose } else { Look::Short };
    }
    if heading.is_some() {
        // A heading is one whatever it ends with; the size of a paragraph makes it none.
        return if n_words > 45 { Look::Prose } else { Look::Head };
    }
    match n_words {
        4..=11 if full_stop => Look::Short,
        12..=24 if full_stop => Look::Prose,
        12..=24 => {
            // "Is it over? Not yet, they say!": two sentences are no headline.
            let sentences = words.matches(". ").count();
            if stops && sentences > 0 { Look::Prose } else { Look::Head }
        }
        35.. => Look::Prose,
        25.. if stops => Look::Prose,
        _ => Look::Head,
    }
}

/// "NAME: What they say", as transcripts are printed.
fn is_speech(words: &str) -> bool {
    words.split_once(": ").is_some_and(|(name, rest)| {
        name.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && !name.contains(char::is_lowercase)
            && name.split_whitespace().count() <= 4
            && rest.contains(char::is_lowercase)
            && rest.trim_end_matches(['"', '”']).ends_with(['.', '?', '!', '…'])
    })
}

fn is_caption(words: &str, press: &Press) -> bool {
    let folded = fold::fold(closing(words));
    let quoted = words.starts_with(['"', '“', '‘']);
    let bracketed = words.ends_with(')')
        && words.rfind('(').is_some_and(|at| {
            let inside = &words[at + 1..words.len() - 1];
            inside.contains('/')
                && inside.split_whitespace().count() <= 8
                && !inside.contains("://")
        });
    let piped = words.rsplit_once(" | ").is_some_and(|(before, after)| {
        after.split_whitespace().count() <= 7 && before.trim_end().ends_with('.')
    });
    !quoted && (bracketed || piped || press.is_caption(&folded))
}

/// A date, and nothing beside it but times, zones, weekdays and words like "Published".
fn is_date(words: &str, press: &Press) -> bool {
    let digits = words.bytes().any(|byte| byte.is_ascii_digit());
    if !digits || words.split_whitespace().count() > 20 {
        return false;
    }
    let dated = DATE.is_match(words);
    let rest = DATE.replace_all(words, " ").into_owned();
    let timed = TIMES.is_match(&rest);
    let rest = TIMES.replace_all(&rest, " ").into_owned();
    let mut n_names = 0;
    let mut n_numbers = 0;
    for word in rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let folded = fold::fold(word);
        if word.chars().all(|c| c.is_ascii_digit()) {
            n_numbers += 1;
            continue;
        }
        let zone = word.chars().all(char::is_uppercase) && word.len() <= 4;
        if press.dating.has(&folded) || word.len() == 1 || zone {
            continue;
        }
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
        n_names += 1;
    }
    // "Friday, August 08, 2025" has a weekday beside the date; "May 30 at 2:44 PM" only a month.
    if dated {
        return n_names <= 2;
    }
    timed && n_numbers > 0 && n_names <= 2 || n_numbers == 1 && n_names == 1
}

/// The shape of a date in any language: a year and a day in a short line.
fn is_dated(words: &str) -> bool {
    let number = |word: &&str| word.chars().all(|c| c.is_ascii_digit());
    let all = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let numbers = all.clone().filter(number).filter_map(|word| word.parse::<u32>().ok());
    let year = numbers.clone().any(|n| (1900..2100).contains(&n));
    all.count() <= 14 && year && numbers.clone().any(|n| (1..=31).contains(&n))
}

/// The head of a reader's post: "by name » Jan 01, 2018 7:14 pm", "Name says: 27 …".
fn is_post(words: &str, press: &Press) -> bool {
    let Some(time) = TIMES.find(words) else { return false };
    let folded = fold::fold(&words[..time.start()]);
    folded.contains('"') && words.contains('»')
        || press.wrote.iter().any(|cue| folded.contains(cue.as_str())) && !words.ends_with('.')
}

/// "Outlet wrote:Headline", as forums quote: the outlet and the headline.
fn quoted_post(span: Span, words: &str, lexicon: &Lexicon, press: &Press) -> (Option<Span>, Span) {
    let start = span.start as usize;
    for cue in &press.wrote {
        let Some(at) = words.find(cue.as_str()) else { continue };
        let (before, after) = (words[..at].trim_end(), at + cue.len());
        let short = before.split_whitespace().count() <= 5;
        let glued = !words[after..].starts_with(char::is_whitespace);
        if short && after < words.len() && (glued || lexicon.outlets.find(before).is_some()) {
            let core = Span::new(after, words.len()).trim(words).shifted(start);
            return (Some(Span::new(start, start + before.len())), core);
        }
    }
    (None, span)
}
