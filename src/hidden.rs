//! What `Debug` shows in place of texts that may hold secrets.

use core::fmt;

/// The length of such a text.
pub struct Bytes(pub usize);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0)
    }
}

/// The same of a text that there may not be.
pub fn bytes(text: Option<&str>) -> Option<Bytes> {
    text.map(|text| Bytes(text.len()))
}
