use crate::input;
use model::{Media, Page};

fn text(page: &Page) -> &str {
    std::str::from_utf8(&page.bytes).expect("items are UTF-8")
}

#[test]
fn a_page_is_taken_as_it_is() {
    let bytes = b"<html><head><meta charset=windows-1252></head><body>caf\xE9</body></html>".to_vec();
    let read = input("a.html", bytes.clone());
    assert_eq!((read.pages.len(), read.notes.len()), (1, 0));
    assert_eq!((&read.pages[0].bytes, read.pages[0].media), (&bytes, Media::Html));
}

#[test]
fn every_item_of_a_feed_is_a_page_with_what_the_feed_says_of_it() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"c\"><channel><title>Example Post</title>\
        <item><title>Bridge &amp; market reopen</title><link>https://p.example/1</link><pubDate>Mon, 08 May 2017 00:10:00 +0300</pubDate>\
        <description>short</description><content:encoded><![CDATA[<p>The bridge was opened.</p>]]></content:encoded></item>\
        <item><title>Second</title><guid>https://p.example/2</guid><description>&lt;p&gt;Rain &amp;amp; wind&lt;/p&gt;</description></item></channel></rss>";
    let read = input("f.xml", feed);
    assert_eq!(read.notes, []);
    let [one, two] = read.pages.as_slice() else {
        panic!("{:?}", read.pages)
    };
    assert_eq!(
        (one.name.as_str(), text(one), one.media),
        ("f.xml#1", "<p>The bridge was opened.</p>", Media::Html)
    );
    assert_eq!(one.given.title.as_deref(), Some("Bridge & market reopen"));
    assert_eq!(
        one.given.published.as_deref(),
        Some("Mon, 08 May 2017 00:10:00 +0300")
    );
    assert_eq!(one.given.outlet.as_deref(), Some("Example Post"));
    assert_eq!(one.given.url.as_deref(), Some("https://p.example/1"));
    assert_eq!(
        (text(two), two.given.url.as_deref()),
        ("<p>Rain &amp; wind</p>", Some("https://p.example/2"))
    );
}

#[test]
fn atom_is_a_feed_too() {
    let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire</title><entry><title type=\"html\">A</title>\
        <link rel=\"self\" href=\"https://w.example/self\"/><link rel=\"alternate\" href=\"https://w.example/a?x=1&amp;y=2\"/>\
        <updated>2017-05-09T00:00:00Z</updated><published>2017-05-08T10:00:00+06:00</published>\
        <content type=\"xhtml\"><div><p>One <b>bold</b> word.</p></div></content></entry></feed>";
    let read = input("f", feed);
    let [one] = read.pages.as_slice() else {
        panic!("{read:?}")
    };
    assert_eq!(one.given.url.as_deref(), Some("https://w.example/a?x=1&y=2"));
    assert_eq!(one.given.published.as_deref(), Some("2017-05-08T10:00:00+06:00"));
    assert!(text(one).contains("One <b>bold</b> word."), "{}", text(one));
    assert_eq!(one.media, Media::Html);
}

#[test]
fn a_mail_keeps_its_subject_its_sender_and_its_date_as_written() {
    let mail = "From: Press Desk <press@office.example>\r\nTo: list@office.example\r\nDate: Tue, 14 Feb 2017 15:20:00 +0200\r\n\
        Subject: =?utf-8?Q?Convoy_reaches_town?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\nThe convoy reached the caf=E9.\r\n";
    let read = input("m.eml", mail);
    assert_eq!(read.notes, []);
    let page = &read.pages[0];
    assert_eq!(text(page).trim(), "The convoy reached the caf\u{e9}.");
    assert_eq!(page.given.title.as_deref(), Some("Convoy reaches town"));
    assert_eq!(page.given.outlet.as_deref(), Some("Press Desk"));
    assert_eq!(
        page.given.published.as_deref(),
        Some("Tue, 14 Feb 2017 15:20:00 +0200")
    );
}

#[test]
fn json_lines_and_arrays_are_lists_of_articles() {
    let one = r#"{"url": "https://o.example/1", "source": {"name": "Observatory"}, "date": "2017-05-05", "title": "T", "text": "Two lines.\n\nOf text.", "extra": [1, {"a": 2}]}"#;
    for list in [
        format!("{one}\n\n{one}\n"),
        format!("[{one},\n{one}]"),
        one.replace(", \"", ",\n\"").replacen('{', "{\n", 1),
    ] {
        let read = input("l.jsonl", list.clone());
        assert_eq!(read.notes, [], "{list}");
        let page = &read.pages[0];
        assert_eq!(
            (page.name.as_str(), text(page)),
            ("l.jsonl#1", "Two lines.\n\nOf text.")
        );
        assert_eq!(page.given.outlet.as_deref(), Some("Observatory"));
        assert_eq!(page.given.published.as_deref(), Some("2017-05-05"));
    }
}

#[test]
fn a_folder_is_walked_in_the_order_of_names_and_links_do_not_lead_out_of_it() {
    let root = std::env::temp_dir().join(format!("truceline-sources-{}", std::process::id()));
    let inner = root.join("b");
    std::fs::create_dir_all(&inner).unwrap();
    for (name, words) in [
        ("c.txt", "three"),
        ("a.txt", "one"),
        ("b/x.txt", "two"),
        (".hidden", "no"),
    ] {
        std::fs::write(root.join(name), words).unwrap();
    }
    std::os::unix::fs::symlink("/etc", root.join("z-out")).unwrap();
    std::os::unix::fs::symlink(&root, inner.join("loop")).unwrap();
    std::os::unix::fs::symlink(root.join("a.txt"), root.join("d.txt")).unwrap();
    let (mut names, mut notes) = (Vec::new(), 0);
    sources::list(&root, &mut |event| match event {
        sources::Event::Input(input) => names.push(String::from_utf8(input.bytes).unwrap()),
        sources::Event::Note(_) => notes += 1,
    });
    std::fs::remove_dir_all(&root).unwrap();
    assert_eq!((names.join(" ").as_str(), notes), ("one two three one", 2));
}
