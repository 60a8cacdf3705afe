use super::*;
use crate::charset::decode;
use crate::lexicon::for_tests;

fn blocks_of(html: &str) -> (Vec<Block>, Census) {
    let page = decode(html.as_bytes(), true, "page");
    blocks(&page, &for_tests().0.classes)
}

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    let (blocks, _) = blocks_of(html);
    let got: Vec<&str> = blocks.iter().map(|block| block.piece.text.as_str()).collect();
    assert_eq!(got, expected, "{html}");
}

#[test]
fn blocks_are_what_a_reader_sees_between_line_breaks() {
    check("<p>One <b>bold</b>\n word</p><p>Two", &["One bold word", "Two"]);
    check(
        "<ul><li>a1<li>b2</ul>c3<table><tr><td>d4<td>e5</table>",
        &["a1", "b2", "c3", "d4", "e5"],
    );
    check(
        "one sentence.<br><br>and another.<br>A third",
        &["one sentence.", "and another.", "A third"],
    );
    check(
        "a long line of a sentence that was broken by hand for the layout<br>and goes on here",
        &["a long line of a sentence that was broken by hand for the layout\nand goes on here"],
    );
}

#[test]
fn references_and_broken_markup_are_read_as_browsers_do() {
    check(
        "<p>a &amp; b &lt;c&gt; caf&eacute; &#8220;q&#x201D; &notanentity; x&nbsp;y",
        &["a & b <c> caf\u{e9} \u{201c}q\u{201d} \u{ac}anentity; x y"],
    );
    check(
        "1 < 2 and <3 <p title='a > b'>x<!-- y --> z",
        &["1 < 2 and <3", "x z"],
    );
    check(
        "<p>a<script>if (a < b) { '</p>' }</script>b<style>p{}</style>",
        &["ab"],
    );
}

#[test]
fn what_readers_do_not_see_yields_nothing() {
    check(
        "<p hidden>no</p><p style='color:red; display : none'>no</p><div aria-hidden=true><p>no</p></div><template>no</template>yes",
        &["yes"],
    );
    check(
        "<style>.bait, #x { display:none }</style><p class='a bait'>no</p><p id=x>no</p><p class=a>yes",
        &["yes"],
    );
    check("<p hidden>no<p>yes", &["yes"]);
    let (_, census) = blocks_of("<p hidden>no</p>");
    assert_eq!(census.hidden, 1);
}

#[test]
fn every_visible_byte_knows_where_it_stands() {
    let html = "<div>x</div>\n<p>Mar\u{e7}  &amp; <i>b</i> z</p>";
    let (blocks, _) = blocks_of(html);
    let piece = &blocks[1].piece;
    assert_eq!(piece.text, "Mar\u{e7} & b z");
    let at = piece.text.find('&').unwrap();
    let span = piece.span_of(at..at + 1);
    assert_eq!(&html[span.start..span.end], "&amp;");
    let at = piece.text.find('b').unwrap();
    let span = piece.span_of(at..at + 1);
    assert_eq!(&html[span.start..span.end], "b");
    let span = piece.span();
    assert_eq!(&html[span.start..span.end], "Mar\u{e7}  &amp; <i>b</i> z");
}

#[test]
fn hidden_marks_are_left_out_and_remembered() {
    let (blocks, _) = blocks_of("<p>kil\u{200b}led &#8203;x</p>");
    assert_eq!(blocks[0].piece.text, "killed x");
    assert_eq!(blocks[0].piece.marks.len(), 2);
}

#[test]
fn a_page_beyond_the_guards_never_reaches_a_tree() {
    for html in [
        "<div>".repeat(DEPTH_MAX + 1),
        format!("<p {}>", "a=1 ".repeat(ATTRIBUTES_MAX + 1)),
        "&amp;".repeat(ENTITIES_MAX + 1),
        "<p>".repeat(ELEMENTS_MAX + 1),
        "<".repeat(BRACKETS_MAX + 1),
        "x".repeat(TREE_BYTES_MAX + 1),
        format!("{}{}", "<div>".repeat(200), "</div>".repeat(200)).repeat(20),
    ] {
        assert!(blocks_of(&html).1.refusal().is_some(), "{}", &html[..20]);
    }
    assert_eq!(blocks_of(&"<p>a &amp; b</p>".repeat(5_000)).1.refusal(), None);
}

#[test]
fn metadata_is_read_from_meta_tags_and_json() {
    let html = r#"<html lang="en-GB"><head><title>A &amp; B - Post</title><meta property="og:site_name" content="Post">
        <meta name="author" content="A. Writer"><meta name=date content="2017-05-04"><link rel=canonical href="https://p.example/2017/05/04/x">
        <script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"A & B","datePublished":"2017-05-03T01:02:03Z"}]}</script>"#;
    let meta = meta(&decode(html.as_bytes(), true, "page"));
    assert_eq!(meta.head_title.as_deref(), Some("A & B - Post"));
    assert_eq!(
        (
            meta.site.as_deref(),
            meta.author.as_deref(),
            meta.language.as_deref()
        ),
        (Some("Post"), Some("A. Writer"), Some("en-GB"))
    );
    let dates: Vec<&str> = meta.dates.iter().map(|(value, ..)| value.as_str()).collect();
    assert_eq!(dates, ["2017-05-03T01:02:03Z", "2017-05-04"]);
}
