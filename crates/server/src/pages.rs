//! The text of a page as it was read, with the claims in it.

use serde_json::json;
use store::Filter;

use crate::answer::{Answer, Refusal};
use crate::house::House;
use crate::policy::Role;
use crate::records::{found, head, one};
use crate::route::{Asked, Trouble};

/// Scripts written from right to left, by the languages that are written in them.
const RIGHT_TO_LEFT: [&str; 8] = ["ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi"];

/// The text, for whoever has signed in; in a demonstration, of which the pages are ours, for everybody.
pub(crate) fn text(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let document = one(reader, &shutter, "document", asked.part("id"))?;
        let demonstration = reader.meta("watermark")?.is_some_and(|mark| !mark.is_empty());
        if !shutter.admits_text(&document.id) || (asked.role == Role::Public && !demonstration) {
            return Err(Refusal::forbidden("Sign in to read captured pages.").into());
        }
        let name = document.document.clone().unwrap_or_default();
        let on_page = |kind: &str| {
            let filter = Filter {
                kind: kind.to_owned(),
                document: Some(name.clone()),
                ..Filter::default()
            };
            let mut records = reader.at(&found(reader, &shutter, &filter)?)?;
            records.sort_by_key(|record| (record.start, record.end));
            Ok::<_, Trouble>(records)
        };
        let passages = on_page("passage")?.into_iter().map(|passage| {
            let text = passage.quote.unwrap_or_default();
            // Where nothing lies between, the words are the very bytes of the page.
            let exact = passage
                .start
                .zip(passage.end)
                .is_some_and(|(start, end)| end - start == text.len());
            json!({
                "id": passage.id, "kind": passage.fields["kind"], "main": passage.fields["main"],
                "start": passage.start, "end": passage.end, "text": text, "exact": exact,
            })
        });
        let passages: Vec<_> = passages.collect();
        let claims = on_page("claim")?.into_iter().map(|claim| {
            json!({ "id": claim.id, "start": claim.start, "end": claim.end, "act": claim.fields["act"] })
        });
        let language = document.fields["language"].as_str().unwrap_or_default();
        let short = language.split('-').next().unwrap_or_default();
        let direction = if RIGHT_TO_LEFT.contains(&short) {
            "rtl"
        } else {
            "ltr"
        };
        let mut value = head(reader)?;
        value["id"] = json!(document.id);
        value["name"] = json!(name);
        value["language"] = document.fields["language"].clone();
        value["direction"] = json!(direction);
        value["claims"] = claims.collect();
        value["passages"] = passages.into();
        Ok(Answer::Json(value))
    })
}
