//! Model files: numbers of variable length, deflated.

/// Writes numbers and bytes, then packs them.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Seven bits a byte, low bits first, the high bit set on all but the last (LEB128).
    pub(crate) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push((value & 0x7f) as u8);
    }

    /// Small numbers of either sign stay short (zigzag).
    pub(crate) fn signed(&mut self, value: i64) {
        self.number((value << 1 ^ value >> 63).cast_unsigned());
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Deflates at a fixed level, so that the same numbers give the same bytes.
    pub(crate) fn pack(self) -> Vec<u8> {
        miniz_oxide::deflate::compress_to_vec(&self.bytes, 9)
    }

    /// [`Writer::pack`] behind a `magic` in clear: what kind of file it is can be seen without unpacking it.
    pub(crate) fn pack_as(self, magic: [u8; 4]) -> Vec<u8> {
        [magic.to_vec(), self.pack()].concat()
    }
}

/// Reads what a [`Writer`] wrote.
#[derive(Debug)]
pub(crate) struct Reader {
    bytes: Vec<u8>,
    at: usize,
}

impl Reader {
    /// Largest unpacked model taken: far above ours, small enough that a broken file cannot eat the memory.
    const BYTES_MAX: usize = 64 << 20;

    /// What [`Writer::pack_as`] packed under this `magic`; `None` if it is something else.
    pub(crate) fn unpack_as(packed: &[u8], magic: [u8; 4]) -> Option<Reader> {
        Reader::unpack(packed.strip_prefix(&magic)?)
    }

    pub(crate) fn unpack(packed: &[u8]) -> Option<Reader> {
        let bytes = miniz_oxide::inflate::decompress_to_vec_with_limit(packed, Self::BYTES_MAX).ok()?;
        Some(Reader { bytes, at: 0 })
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn signed(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Option<&[u8]> {
        let bytes = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(bytes)
    }
}
