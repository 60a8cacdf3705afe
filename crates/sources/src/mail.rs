//! Mail messages: one page each, with the sender, the subject and the date as they were written.

use crate::{Read, note};
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use memchr::memmem;
use model::{Given, Media, Page, Severity};

/// Largest message that is read, in bytes. Newsletters measure 50 KB, press releases with pictures up to 5 MB.
const MAIL_BYTES_MAX: usize = 16 << 20;
/// Most parts of a message; each costs memory of its own.
const PARTS_MAX: usize = 1_000;

/// Reads a message. Attachments are left out, with a note.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Read {
    if bytes.len() > MAIL_BYTES_MAX {
        let what = format!(
            "the message has {} bytes where {MAIL_BYTES_MAX} is the limit",
            bytes.len()
        );
        return Read::lost(name, what, "Save it without its attachments.");
    }
    let parts = memmem::find_iter(bytes, b"\n--").count() + memmem::find_iter(bytes, b"oundary=").count();
    if parts > PARTS_MAX {
        let what = format!("the message has about {parts} parts where {PARTS_MAX} is the limit");
        return Read::lost(name, what, "Save its text as a plain file.");
    }
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Read::lost(
            name,
            "the message could not be taken apart",
            "Save its text as a plain file.",
        );
    };
    let Some((media, body)) = body(&message) else {
        return Read::lost(
            name,
            "the message has no text",
            "Look whether its text is an attachment.",
        );
    };
    let mut read = Read::default();
    let attached = message.attachment_count();
    if attached > 0 {
        let what = format!("{attached} attachments of the message were not read");
        let next = "Save attachments that are reports as files of their own.";
        read.notes.push(note(Severity::Partial, name, what).next(next));
    }
    let raw = |header: &str| {
        let value = message
            .header_raw(header)?
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        (!value.is_empty()).then_some(value)
    };
    read.pages.push(Page {
        name: name.to_owned(),
        bytes: body.into_bytes(),
        media,
        given: Given {
            url: address(&message),
            outlet: sender(&message),
            title: message.subject().map(str::to_owned),
            published: raw("Date"),
        },
    });
    read
}

/// The text of the message: plain where there is plain text, else its HTML.
fn body(message: &Message<'_>) -> Option<(Media, String)> {
    let has = |parts: &[u32], is: &dyn Fn(&PartType<'_>) -> bool| {
        parts
            .first()
            .and_then(|id| message.part(*id))
            .is_some_and(|part| is(&part.body))
    };
    let plain = has(&message.text_body, &|body| matches!(body, PartType::Text(_)));
    let text = if plain {
        let parts: Vec<String> = (0..message.text_body_count())
            .filter(|index| {
                let part = message.text_body.get(*index).and_then(|id| message.part(*id));
                part.is_some_and(|part| {
                    matches!(part.body, PartType::Text(_)) && part.attachment_name().is_none()
                })
            })
            .filter_map(|index| message.body_text(index).map(|text| text.into_owned()))
            .collect();
        (Media::Text, parts.join("\n\n"))
    } else {
        (Media::Html, message.body_html(0)?.into_owned())
    };
    (!text.1.trim().is_empty()).then_some(text)
}

/// The sender's name, else the host of the address.
fn sender(message: &Message<'_>) -> Option<String> {
    let from = message.from()?.first()?;
    let host = || {
        from.address()
            .and_then(|address| address.rsplit_once('@'))
            .map(|(_, host)| host.to_owned())
    };
    from.name().map(str::to_owned).or_else(host)
}

/// Where the message can be found on the web, when it says so.
fn address(message: &Message<'_>) -> Option<String> {
    let value = match message.header("Archived-At")? {
        HeaderValue::Text(text) => text.to_string(),
        HeaderValue::Address(address) => address.first()?.address()?.to_owned(),
        _ => return None,
    };
    let value = value.trim().trim_matches(['<', '>']).to_owned();
    value.starts_with("http").then_some(value)
}
