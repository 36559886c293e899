//! Tree: a page's elements and texts as a browser would nest them, each text with its place.
//!
//! After: the tree construction of the HTML standard, by html5ever's `TreeBuilder`; this is its
//! sink. Nodes live in one vector and are linked as first child, last child and siblings, so that
//! every change is constant time.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, QualName, local_name, ns};

/// Deepest nesting. Browsers stop at 512 too; html5ever needs quadratic time beyond. The deepest of
/// 251 real and composed news pages has 52 levels.
const MAX_DEPTH: u16 = 512;

/// Most nodes. Misnested formatting makes html5ever multiply elements; the largest of the same
/// pages has 17,763 nodes. At this bound a hostile page takes 4 s.
const MAX_NODES: usize = 1_000_000;

/// Most attributes of one element; what comes after is dropped. Looking for doubles is quadratic.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// No node.
const NONE: u32 = u32::MAX;

/// A parsed page.
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// All characters that tokens held, in order.
    pub(super) words: Words,
    /// Where in the parsed text reading stopped, if the page went over a bound.
    pub(super) cut: Option<usize>,
}

/// A node's index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct NodeIx(u32);

/// What a node is.
pub(super) enum Data {
    /// The root.
    Document,
    /// An element: name and attributes.
    Element(Rc<QualName>, Vec<Attribute>),
    /// A run of text: bytes of [`Words::text`].
    Text(Range<usize>),
    /// A comment or the like.
    Other,
}

struct Node {
    data: Data,
    depth: u16,
    parent: u32,
    previous: u32,
    next: u32,
    first: u32,
    last: u32,
}

/// The characters of all text tokens in order, and where in the page each piece stood.
#[derive(Default)]
pub(super) struct Words {
    /// The characters.
    pub(super) text: String,
    /// Pieces of `text` in order, without gaps.
    pub(super) pieces: Vec<Piece>,
}

/// A piece of text, up to the next piece: one byte for one, or decoded from a character reference.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Where it begins in [`Words::text`].
    pub(super) at: usize,
    /// Where it begins in the page.
    pub(super) raw_start: usize,
    /// Where it ends in the page.
    pub(super) raw_end: usize,
    /// Whether it is the page's bytes as they are.
    pub(super) exact: bool,
}

impl Tree {
    /// The root.
    pub(super) const ROOT: NodeIx = NodeIx(0);

    /// What the node is.
    pub(super) fn data(&self, node: NodeIx) -> &Data {
        &self.nodes[node.0 as usize].data
    }

    /// Its first child.
    pub(super) fn first(&self, node: NodeIx) -> Option<NodeIx> {
        some(self.nodes[node.0 as usize].first)
    }

    /// The sibling after it.
    pub(super) fn next(&self, node: NodeIx) -> Option<NodeIx> {
        some(self.nodes[node.0 as usize].next)
    }

    /// Its parent.
    pub(super) fn parent(&self, node: NodeIx) -> Option<NodeIx> {
        some(self.nodes[node.0 as usize].parent)
    }

    /// All elements in the order of the page, with tag, attributes and node.
    pub(super) fn elements(&self) -> impl Iterator<Item = (&QualName, &[Attribute], NodeIx)> {
        self.nodes.iter().enumerate().filter_map(|(ix, node)| match &node.data {
            Data::Element(name, attributes) => Some((&**name, &attributes[..], NodeIx(ix as u32))),
            _ => None,
        })
    }

    /// The text directly in a node, as written.
    pub(super) fn text_in(&self, node: NodeIx) -> String {
        let mut text = String::new();
        let mut child = self.first(node);
        while let Some(at) = child {
            if let Data::Text(range) = self.data(at) {
                text.push_str(&self.words.text[range.clone()]);
            }
            child = self.next(at);
        }
        text
    }

    /// Where in the parsed page the text in a node begins; 0 if there is none.
    pub(super) fn raw_start(&self, node: NodeIx) -> usize {
        let text = self.first(node).map(|child| self.data(child));
        let Some(Data::Text(range)) = text else { return 0 };
        let pieces = &self.words.pieces;
        let piece = pieces.partition_point(|piece| piece.at <= range.start).checked_sub(1);
        let piece = piece.map(|at| pieces[at]);
        piece.map_or(0, |piece| {
            piece.raw_start + if piece.exact { range.start - piece.at } else { 0 }
        })
    }
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    attributes.iter().find(|attribute| &*attribute.name.local == name).map(|found| &*found.value)
}

/// Builds a [`Tree`] for html5ever.
pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
    words: RefCell<Words>,
    /// Up to where [`Words::text`] has been put into the tree.
    placed: Cell<usize>,
    full: Cell<bool>,
    nameless: Rc<QualName>,
}

/// A node as html5ever holds it: with its name, so that no borrow of the sink is needed for it.
#[derive(Clone)]
pub(super) struct Handle {
    ix: u32,
    name: Rc<QualName>,
}

impl Sink {
    /// An empty document.
    pub(super) fn new() -> Self {
        let sink = Sink {
            nodes: RefCell::new(Vec::with_capacity(1024)),
            words: RefCell::default(),
            placed: Cell::new(0),
            full: Cell::new(false),
            nameless: Rc::new(QualName::new(None, ns!(), local_name!(""))),
        };
        sink.add(Data::Document);
        sink
    }

    /// Takes the characters of the next token, with the pieces they came in; places in `pieces`
    /// count from the token's start.
    pub(super) fn hear(&self, text: &str, pieces: &[Piece]) {
        let whole = || pieces.iter().all(|piece| text.is_char_boundary(piece.at));
        if text.contains('\0') && whole() {
            let (text, pieces) = without_nul(text, pieces);
            return self.hear(&text, &pieces);
        }
        let mut words = self.words.borrow_mut();
        let start = words.text.len();
        for &piece in pieces {
            match words.pieces.last_mut() {
                // Bytes that are no character became U+FFFD: the places count no more.
                Some(last) if !text.is_char_boundary(piece.at) => {
                    (last.raw_end, last.exact) = (piece.raw_end, false);
                }
                _ => words.pieces.push(Piece { at: start + piece.at, ..piece }),
            }
        }
        words.text.push_str(text);
    }

    /// Whether a bound was reached: nothing more should be parsed.
    pub(super) fn is_full(&self) -> bool {
        self.full.get()
    }

    /// The tree as it stands.
    pub(super) fn into_tree(self, cut: Option<usize>) -> Tree {
        Tree { nodes: self.nodes.into_inner(), words: self.words.into_inner(), cut }
    }

    fn add(&self, data: Data) -> u32 {
        let mut nodes = self.nodes.borrow_mut();
        let node = Node {
            data,
            depth: 0,
            parent: NONE,
            previous: NONE,
            next: NONE,
            first: NONE,
            last: NONE,
        };
        nodes.push(node);
        if nodes.len() > MAX_NODES {
            self.full.set(true);
        }
        (nodes.len() - 1) as u32
    }

    /// A node for text. html5ever hands texts on in the order of their tokens, cut in parts and
    /// without what it drops, so the place is the next occurrence among the words heard.
    fn add_text(&self, text: &str) -> u32 {
        let range = {
            let words = self.words.borrow();
            let placed = self.placed.get();
            let ahead = &words.text[placed..];
            let at = if ahead.starts_with(text) {
                Some(0)
            } else {
                memchr::memmem::find(ahead.as_bytes(), text.as_bytes())
            };
            at.map(|at| placed + at..placed + at + text.len())
        };
        match range {
            Some(range) => {
                self.placed.set(range.end);
                self.add(Data::Text(range))
            }
            None => self.add(Data::Other),
        }
    }

    fn node_of(&self, child: NodeOrText<Handle>) -> u32 {
        match child {
            NodeOrText::AppendText(text) => self.add_text(&text),
            NodeOrText::AppendNode(node) => {
                self.detach(node.ix);
                node.ix
            }
        }
    }

    /// Links `child`, which has no parent, under `parent` before `next` (last if that is [`NONE`]).
    fn link(&self, child: u32, parent: u32, next: u32) {
        let nodes = &mut *self.nodes.borrow_mut();
        let previous = match next {
            NONE => nodes[parent as usize].last,
            next => nodes[next as usize].previous,
        };
        let depth = nodes[parent as usize].depth.saturating_add(1);
        if depth > MAX_DEPTH {
            self.full.set(true);
        }
        let node = &mut nodes[child as usize];
        (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
        match previous {
            NONE => nodes[parent as usize].first = child,
            previous => nodes[previous as usize].next = child,
        }
        match next {
            NONE => nodes[parent as usize].last = child,
            next => nodes[next as usize].previous = child,
        }
    }

    fn detach(&self, child: u32) {
        let nodes = &mut *self.nodes.borrow_mut();
        let node = &mut nodes[child as usize];
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        if parent == NONE {
            return;
        }
        match previous {
            NONE => nodes[parent as usize].first = next,
            previous => nodes[previous as usize].next = next,
        }
        match next {
            NONE => nodes[parent as usize].last = previous,
            next => nodes[next as usize].previous = previous,
        }
    }

    fn parent_of(&self, node: &Handle) -> u32 {
        self.nodes.borrow()[node.ix as usize].parent
    }

    fn bare(&self, data: Data) -> Handle {
        Handle { ix: self.add(data), name: Rc::clone(&self.nameless) }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { ix: 0, name: Rc::clone(&self.nameless) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let name = Rc::new(name);
        Handle { ix: self.add(Data::Element(Rc::clone(&name), attributes)), name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.bare(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.bare(Data::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let child = self.node_of(child);
        self.link(child, parent.ix, NONE);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let child = self.node_of(child);
        let parent = self.parent_of(sibling);
        if parent != NONE {
            self.link(child, parent, sibling.ix);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        if self.parent_of(element) == NONE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, left: &Handle, right: &Handle) -> bool {
        left.ix == right.ix
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        if let Data::Element(_, attributes) = &mut self.nodes.borrow_mut()[target.ix as usize].data
        {
            for attribute in more {
                let is_new = attributes.iter().all(|known| known.name != attribute.name);
                if is_new && attributes.len() < MAX_ATTRIBUTES {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.ix);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        loop {
            let child = self.nodes.borrow()[node.ix as usize].first;
            if child == NONE {
                return;
            }
            self.detach(child);
            self.link(child, new_parent.ix, NONE);
        }
    }
}

/// The text with U+FFFD for every NUL, as the tree builder puts it into drawings and formulas; where
/// it drops a NUL, nobody asks for it.
fn without_nul(text: &str, pieces: &[Piece]) -> (String, Vec<Piece>) {
    let (mut out, mut cut) = (String::with_capacity(text.len()), Vec::with_capacity(pieces.len()));
    for (n, piece) in pieces.iter().enumerate() {
        let end = pieces.get(n + 1).map_or(text.len(), |next| next.at);
        let words = text.get(piece.at..end).unwrap_or_default();
        if !piece.exact {
            cut.push(Piece { at: out.len(), ..*piece });
            out.push_str(&words.replace('\0', "\u{fffd}"));
            continue;
        }
        let mut raw_start = piece.raw_start;
        for part in words.split_inclusive('\0') {
            let plain = part.trim_end_matches('\0');
            for (words, raw, exact) in
                [(plain, plain.len(), true), ("\u{fffd}", part.len() - plain.len(), false)]
            {
                if raw > 0 {
                    let raw_end = raw_start + raw;
                    cut.push(Piece { at: out.len(), raw_start, raw_end, exact });
                    out.push_str(words);
                    raw_start = raw_end;
                }
            }
        }
    }
    (out, cut)
}

fn some(ix: u32) -> Option<NodeIx> {
    (ix != NONE).then_some(NodeIx(ix))
}
