//! How well each element of an incident is established. The level belongs to the element, never to the
//! record; what nobody tells is undetermined.

use model::Status;

/// The status of an element that so many voices tell alike, and about which others say otherwise or not.
/// Origins of one side are one voice: a party that says it twice has said it once.
pub(crate) fn of(voices: usize, disputed: bool) -> Status {
    match voices {
        0 => Status::Undetermined,
        _ if disputed => Status::Contested,
        1 => Status::Reported,
        _ => Status::Corroborated,
    }
}
