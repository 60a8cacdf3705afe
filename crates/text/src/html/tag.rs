//! What the scanner needs to know of each element's name.

/// How an element takes part in the flow of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Display {
    /// Stands in the line.
    Inline,
    /// Begins and ends a block.
    Block,
    /// Never has content.
    Void,
    /// Content is not for readers.
    Unseen,
}

/// Part of the page that an element makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    None,
    Nav,
    Aside,
    Footer,
    Header,
    Figure,
    Caption,
    Heading(u8),
    Quote,
    Item,
    Cell,
    Link,
    Control,
    Article,
    Time,
}

/// An element known by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag {
    pub(crate) display: Display,
    pub(crate) role: Role,
}

/// Looks a name up, in any case.
pub(crate) fn tag(name: &str) -> Tag {
    let mut lower = [0u8; 16];
    let known = name.len() <= lower.len();
    if known {
        lower[..name.len()].copy_from_slice(name.as_bytes());
        lower[..name.len()].make_ascii_lowercase();
    }
    let name = if known { &lower[..name.len()] } else { b"" };
    let (display, role) = match name {
        b"nav" | b"menu" => (Display::Block, Role::Nav),
        b"aside" => (Display::Block, Role::Aside),
        b"footer" => (Display::Block, Role::Footer),
        b"header" => (Display::Block, Role::Header),
        b"figure" => (Display::Block, Role::Figure),
        b"figcaption" => (Display::Block, Role::Caption),
        b"h1" => (Display::Block, Role::Heading(1)),
        b"h2" => (Display::Block, Role::Heading(2)),
        b"h3" => (Display::Block, Role::Heading(3)),
        b"h4" | b"h5" | b"h6" => (Display::Block, Role::Heading(4)),
        b"blockquote" => (Display::Block, Role::Quote),
        b"li" | b"dt" | b"dd" => (Display::Block, Role::Item),
        b"td" | b"th" => (Display::Block, Role::Cell),
        b"article" | b"main" => (Display::Block, Role::Article),
        b"a" => (Display::Inline, Role::Link),
        b"time" => (Display::Inline, Role::Time),
        b"button" | b"option" | b"label" | b"legend" | b"summary" => (Display::Block, Role::Control),
        b"p" | b"div" | b"section" | b"ul" | b"ol" | b"dl" | b"table" | b"tr" | b"tbody" | b"thead"
        | b"tfoot" | b"caption" | b"form" | b"fieldset" | b"pre" | b"address" | b"body" | b"html"
        | b"hgroup" | b"center" | b"details" | b"dialog" | b"select" | b"marquee" | b"search" => {
            (Display::Block, Role::None)
        }
        b"br" | b"wbr" | b"img" | b"input" | b"link" | b"meta" | b"hr" | b"area" | b"base" | b"col"
        | b"embed" | b"source" | b"track" | b"param" | b"keygen" | b"basefont" | b"bgsound" | b"frame" => {
            (Display::Void, Role::None)
        }
        b"script" | b"style" | b"title" | b"textarea" | b"xmp" | b"iframe" | b"noembed" | b"noframes"
        | b"template" | b"noscript" | b"svg" | b"math" | b"object" | b"canvas" | b"audio" | b"video"
        | b"head" | b"datalist" => (Display::Unseen, Role::None),
        _ => (Display::Inline, Role::None),
    };
    Tag { display, role }
}

/// Elements whose end tag may be left out, and which a sibling of theirs ends.
pub(crate) fn ends_sibling(name: &str) -> Option<&'static str> {
    ["p", "li", "dt", "dd", "tr", "td", "th", "option"]
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(name))
}
