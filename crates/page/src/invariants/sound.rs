//! Sound: what holds for every page, whatever the bytes. The fuzz targets of the repository build
//! this file too, so it names nothing that is not public.

use super::Page;

/// Panics if the page breaks an invariant.
pub(crate) fn sound(page: &Page) {
    let body = page.body();
    let mut end = 0;
    for block in &page.blocks {
        assert!(end <= block.span.start && body.contains(block.span), "block {block:?}");
        end = block.span.end;
        let words = page.words(block.span);
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        assert!(!words.contains('\n') && block.linked as usize <= words.len());
        assert!((block.element as usize) < page.elements.len());
    }
    for (ix, element) in page.elements.iter().enumerate() {
        assert!((element.parent as usize) < ix.max(1), "element {ix} stands before its parent");
        element.time.map(|span| page.words(span));
    }
    for link in &page.links {
        assert!(body.contains(link.span));
        let _ = page.words(link.span);
    }
    for meta in &page.meta {
        assert!(meta.span.start >= page.body_end && !page.words(meta.span).contains('\n'));
    }
    for defect in &page.defects {
        let _ = page.words(defect.span);
    }
    let mut end = 0;
    for run in &page.trace.runs {
        assert_eq!(run.text.start, end, "the trace has a hole");
        assert!(run.raw_start <= run.raw_end, "{run:?} runs backwards");
        end = run.text.end;
        let _ = page.words(run.text);
    }
    assert!(page.trace.runs.is_empty() || end == page.body_end, "the trace ends early");
}

/// Panics if the page is unsound or its trace does not lead to `raw`, the bytes of its capture.
pub(crate) fn traced(page: &Page, raw: &[u8]) {
    sound(page);
    for run in &page.trace.runs {
        let words = page.words(run.text);
        let bytes = &raw[run.raw_start as usize..run.raw_end as usize];
        if words.len() == bytes.len() {
            assert!(words.as_bytes() == bytes || words.chars().count() == 1, "{words:?}");
        }
    }
    let body = page.body();
    if page.trace.runs.is_empty() && !body.is_empty() {
        let is_same = page.words(body).as_bytes() == raw;
        assert!(is_same, "an empty trace says that body and capture are one");
    }
}
