//! Routes of tables of others.

use super::{JSON, change, get};
use crate::policy::Policy;
use crate::route::{Route, Takes, Verb};
use crate::{foreign, imports, openapi};

/// Tables of others: what is there, a look at one before it is kept, and keeping it.
pub(super) fn taking_in() -> Vec<Route> {
    let (path, looked, rejected) = (
        "/api/v1/foreign",
        "/api/v1/foreign/preview",
        "/api/v1/foreign/rejected",
    );
    let file = |path, says, call| Route {
        takes: imports::parameters(),
        body: Takes::File,
        ..change(Verb::Post, path, Policy::IMPORTERS, says, call)
    };
    vec![
        Route {
            takes: foreign::parameters(),
            gives: (JSON, openapi::list),
            ..get(
                path,
                Policy::SIGNED_IN,
                "Rows of tables of others, newest versions; every version of one id.",
                foreign::list,
            )
        },
        file(
            looked,
            "How a table of others would be read, and what would be turned down; nothing is kept.",
            imports::look,
        ),
        Route {
            gives: (imports::CSV, openapi::text),
            ..file(
                rejected,
                "The rows that would be turned down, each with its line and the reason.",
                imports::rejected,
            )
        },
        file(
            path,
            "Takes in a table of others as one entry of the log, whole or not at all.",
            imports::keep,
        ),
    ]
}
