//! Routes of what is withheld from whom.

use super::{change, get};
use crate::answer::Code;
use crate::policy::{Policy, Role};
use crate::restrictions;
use crate::route::{Care, Parameter, Route, Shape, Takes, Verb};
use crate::schemas::{form, kinds, part, role};

/// What is withheld from whom.
pub(super) fn withholding() -> Vec<Route> {
    let (administrators, restricted) = (Policy::ADMINISTRATORS, "/api/v1/restrictions");
    let restriction = || {
        form(
            &[
                ("kind", kinds()),
                ("id", part()),
                ("field", part()),
                ("role", role()),
            ],
            &["kind", "id", "field"],
        )
    };
    vec![
        get(
            restricted,
            administrators,
            "Everything that is withheld.",
            restrictions::list,
        ),
        Route {
            takes: vec![
                Parameter::new("id", Shape::Words, "Id of a record.").needed(),
                Parameter::new(
                    "role",
                    Shape::OneOf(&Role::WORDS),
                    "Whose eyes; the public's when not given.",
                ),
            ],
            refuses: &[Code::NotFound],
            ..get(
                "/api/v1/restrictions/preview",
                administrators,
                "A record as a role sees it.",
                restrictions::preview,
            )
        },
        Route {
            body: Takes::Form(restriction),
            care: Care::Fresh,
            ..change(
                Verb::Post,
                restricted,
                administrators,
                "Withholds something from every role below the one named.",
                restrictions::put,
            )
        },
        Route {
            body: Takes::Form(restriction),
            care: Care::Fresh,
            refuses: &[Code::NotFound],
            ..change(
                Verb::Delete,
                restricted,
                administrators,
                "Withholds it no longer.",
                restrictions::release,
            )
        },
    ]
}
