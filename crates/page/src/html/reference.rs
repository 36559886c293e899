//! Reference: html5ever's own parse of a page, to hold ours against.
//!
//! Ours takes its tokens from another tokenizer, because that one knows places, and builds the tree
//! in a sink of its own. Both must not show: the outline of the two trees is the same.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, parse_document};
use proptest::prelude::*;

use super::tree::{Data, Tree};
use crate::invariants::soup;

/// One line for each element and each run of text, in the order of the page, by depth.
type Outline = Vec<(usize, String)>;

/// The outlines of our tree and of html5ever's; none where ours was cut.
pub(crate) fn outlines(html: &str) -> Option<(Outline, Outline)> {
    let tree = super::token::parse(html);
    if tree.cut.is_some() {
        return None;
    }
    let tree_builder = TreeBuilderOpts { scripting_enabled: true, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let nodes = parse_document(Plain::default(), options).one(StrTendril::from_slice(html));
    Some((ours(&tree), nodes.outline()))
}

fn line(name: &QualName, attributes: &[Attribute]) -> String {
    let mut line = format!("<{} {}", &*name.ns, &*name.local);
    // What is only for a page's programs is left out before the tree is built.
    let shown = |attribute: &&Attribute| {
        let name = &*attribute.name.local;
        !name.starts_with("data-") && !name.starts_with("on")
    };
    for attribute in attributes.iter().filter(shown) {
        let name = &attribute.name;
        let value = &*attribute.value;
        write!(line, " {}|{}={value:?}", &*name.ns, &*name.local).unwrap();
    }
    line
}

/// Adds text, which may come in parts.
fn say(outline: &mut Outline, depth: usize, text: &str) {
    match outline.last_mut() {
        Some((last, words)) if *last == depth && words.starts_with('"') => words.push_str(text),
        _ => outline.push((depth, format!("\"{text}"))),
    }
}

fn ours(tree: &Tree) -> Outline {
    let mut outline = Vec::new();
    let mut open = vec![(Tree::ROOT, 0)];
    while let Some((node, depth)) = open.pop() {
        match tree.data(node) {
            Data::Element(name, attributes) => outline.push((depth, line(name, attributes))),
            Data::Text(range) => say(&mut outline, depth, &tree.words.text[range.clone()]),
            // A comment parts two texts, as it does there.
            Data::Other => outline.push((depth, "<!".to_owned())),
            Data::Document => {}
        }
        open.extend(tree.next(node).map(|next| (next, depth)));
        open.extend(tree.first(node).map(|first| (first, depth + 1)));
    }
    outline
}

/// A node of the plain sink.
#[derive(Default)]
struct Node {
    name: Option<QualName>,
    attributes: Vec<Attribute>,
    text: Option<String>,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// The plainest sink there is.
struct Plain {
    nodes: RefCell<Vec<Node>>,
}

impl Default for Plain {
    fn default() -> Self {
        Self { nodes: RefCell::new(vec![Node::default()]) }
    }
}

/// A node as html5ever holds it.
#[derive(Clone)]
struct Handle(usize, Option<QualName>);

impl Plain {
    fn add(&self, node: Node) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        nodes.len() - 1
    }

    fn node_of(&self, child: NodeOrText<Handle>) -> usize {
        match child {
            NodeOrText::AppendText(text) => {
                self.add(Node { text: Some(text.to_string()), ..Node::default() })
            }
            NodeOrText::AppendNode(node) => {
                self.detach(node.0);
                node.0
            }
        }
    }

    fn detach(&self, child: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[child].parent.take() {
            nodes[parent].children.retain(|other| *other != child);
        }
    }

    fn insert(&self, child: usize, parent: usize, at: usize) {
        let mut nodes = self.nodes.borrow_mut();
        nodes[child].parent = Some(parent);
        nodes[parent].children.insert(at, child);
    }

    fn outline(self) -> Outline {
        let nodes = self.nodes.into_inner();
        let mut outline = Vec::new();
        let mut open = vec![(0, 0)];
        while let Some((ix, depth)) = open.pop() {
            let node = &nodes[ix];
            match (&node.name, &node.text) {
                (Some(name), _) => outline.push((depth, line(name, &node.attributes))),
                (_, Some(text)) => say(&mut outline, depth, text),
                _ if ix > 0 => outline.push((depth, "<!".to_owned())),
                _ => {}
            }
            open.extend(node.children.iter().rev().map(|child| (*child, depth + 1)));
        }
        outline
    }
}

impl TreeSink for Plain {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle(0, None)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.1.as_ref().unwrap().expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let node = Node { name: Some(name.clone()), attributes, ..Node::default() };
        Handle(self.add(node), Some(name))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle(self.add(Node::default()), None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle(self.add(Node::default()), None)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let child = self.node_of(child);
        let end = self.nodes.borrow()[parent.0].children.len();
        self.insert(child, parent.0, end);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let child = self.node_of(child);
        let Some(parent) = self.nodes.borrow()[sibling.0].parent else { return };
        let at = self.nodes.borrow()[parent].children.iter().position(|node| *node == sibling.0);
        self.insert(child, parent, at.unwrap());
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let has_parent = self.nodes.borrow()[element.0].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, left: &Handle, right: &Handle) -> bool {
        left.0 == right.0
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        let attributes = &mut self.nodes.borrow_mut()[target.0].attributes;
        for attribute in more {
            if attributes.iter().all(|known| known.name != attribute.name) {
                attributes.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.0);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[node.0].children);
        for child in children {
            let end = self.nodes.borrow()[new_parent.0].children.len();
            self.insert(child, new_parent.0, end);
        }
    }
}

/// Where the two differ first.
pub(crate) fn first_difference(html: &str) -> Option<String> {
    let (ours, theirs) = outlines(html)?;
    if ours == theirs {
        return None;
    }
    let at = ours.iter().zip(&theirs).position(|(left, right)| left != right);
    let at = at.unwrap_or(ours.len().min(theirs.len()));
    Some(format!("line {at}: ours {:?}, html5ever's {:?}", ours.get(at), theirs.get(at)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tree_is_html5evers(soup in soup()) {
        prop_assert_eq!(first_difference(&format!("<!doctype html>{soup}")), None);
        prop_assert_eq!(first_difference(&soup), None);
    }
}

#[test]
fn a_difference_is_found() {
    let (mut ours, theirs) = outlines("<p>Ferry <b>stuck</b>").unwrap();
    assert_eq!(ours, theirs);
    assert!(ours.len() >= 6, "{ours:?}");
    ours.pop();
    assert_ne!(ours, theirs);
}
