use model::{Given, Media, Page};
fn main() {
    let read = |name: &str| { let p = format!("data/lexicon/en/{name}"); (p.clone(), std::fs::read_to_string(p).unwrap()) };
    let (lexicon, _) = text::Damage::parse(&[read("damage.toml"), read("boilerplate.tsv"), read("calendar.tsv")]);
    let nested = |tag: &str, n: usize| format!("{}x{}", format!("<{tag}>").repeat(n), format!("</{tag}>").repeat(n));
    let p = "<p>The army said on Monday that four people were killed in the town when shells hit a market there.</p>";
    let bombs: Vec<(&str, Media, String)> = vec![
        ("div512", Media::Html, nested("div", 511)),
        ("div100k", Media::Html, nested("div", 100_000)),
        ("divopen", Media::Html, "<div>".repeat(100_000)),
        ("tables", Media::Html, nested("table><tr><td", 20_000)),
        ("fonts", Media::Html, format!("{}{p}", "<font color=red>".repeat(500))),
        ("bp", Media::Html, "<b><p>".repeat(250)+p),
        ("a-p", Media::Html, "<a href=x><p>text</a>".repeat(9_000)),
        ("attrs", Media::Html, format!("<div {}>x</div>{p}", "a=1 ".repeat(50_000))),
        ("attrs200", Media::Html, format!("<div {}>x</div>", (0..200).map(|i| format!("a{i}=1 ")).collect::<String>()).repeat(1000)),
        ("amp5M", Media::Html, "&amp;".repeat(1_000_000)),
        ("amp100k", Media::Html, format!("<p>{}", "&amp; ".repeat(99_000))),
        ("flat20k", Media::Html, "<p>four words of text</p>".repeat(19_000)),
        ("flatspan", Media::Html, "<span>word</span> ".repeat(19_000)),
        ("flatlinks", Media::Html, "<li><a href='/x'>some link text</a></li>".repeat(9_000)),
        ("paras", Media::Html, p.repeat(15_000)),
        ("2MBtext", Media::Html, format!("<p>{}</p>", "word ".repeat(400_000))),
        ("2MBoneword", Media::Html, format!("<p>{}</p>", "w".repeat(2_000_000))),
        ("longline", Media::Text, "word ".repeat(2_000_000)),
        ("commas", Media::Text, ",".repeat(1_000_000)),
        ("quotes", Media::Text, "\"".repeat(1_000_000)),
        ("dots", Media::Text, "A. ".repeat(1_000_000)),
        ("lines", Media::Text, "a\n".repeat(1_000_000)),
        ("titles", Media::Text, "Some title of words\n".repeat(100_000)),
        ("zw", Media::Text, "a\u{200b}".repeat(500_000)),
        ("dates", Media::Text, "May 4, 2017 ".repeat(200_000)),
        ("yesterdays", Media::Text, "yesterday Monday bomb ".repeat(20_000)),
        ("brackets", Media::Text, "( ".repeat(1_000_000)),
        ("lt", Media::Html, "<".repeat(2_000_000)),
        ("ltslash", Media::Html, "</".repeat(1_000_000)),
        ("comments", Media::Html, "<!--".repeat(1_000_000)),
        ("scripts", Media::Html, "<script>".repeat(200_000)),
        ("badends", Media::Html, "<i>".to_owned() + &"<div>".repeat(100_000) + &"</i>".repeat(300_000)),
        ("names", Media::Html, (0..300_000).map(|i| format!("<x{i}>")).collect()),
        ("classes", Media::Html, format!("<div class='{}'>{p}</div>", "nav ".repeat(500_000))),
        ("nul", Media::Text, "\0a".repeat(500_000)),
        ("ffff", Media::Html, "\u{fffd}".repeat(500_000)),
        ("tiny200", Media::Html, nested("div", 200) .repeat(60)),
    ];
    let only = std::env::args().nth(1);
    for (name, media, text) in bombs {
        if only.as_ref().is_some_and(|o| o != name) { continue; }
        let page = Page { name: name.into(), bytes: text.into_bytes(), media, given: Given::default() };
        let t = std::time::Instant::now();
        let d = text::clean(&page, &[], &lexicon);
        println!("{:10} {:>8} bytes {:7.3} s {} passages {:?}", name, page.bytes.len(), t.elapsed().as_secs_f64(), d.passages.len(), d.notes.iter().map(|n| n.what.chars().take(60).collect::<String>()).collect::<Vec<_>>());
    }
}
