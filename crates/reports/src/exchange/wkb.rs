//! Geometry as well-known binary, little-endian, longitude before latitude.

use crate::record::degrees;
use model::LatLon;

pub(super) fn point(at: LatLon) -> Vec<u8> {
    let mut bytes = head(1);
    position(&mut bytes, at);
    bytes
}

/// A polygon of one closed ring.
pub(super) fn polygon(ring: &[LatLon]) -> Vec<u8> {
    let mut bytes = head(3);
    count(&mut bytes, 1);
    count(&mut bytes, ring.len());
    for at in ring {
        position(&mut bytes, *at);
    }
    bytes
}

/// Each ring a polygon of its own.
pub(super) fn polygons(rings: &[Vec<LatLon>]) -> Vec<u8> {
    let mut bytes = head(6);
    count(&mut bytes, rings.len());
    for ring in rings {
        bytes.extend(polygon(ring));
    }
    bytes
}

fn head(kind: u32) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend(kind.to_le_bytes());
    bytes
}

fn count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn position(bytes: &mut Vec<u8>, at: LatLon) {
    bytes.extend(degrees(at.lon).to_le_bytes());
    bytes.extend(degrees(at.lat).to_le_bytes());
}
