//! The signing key, which depends on the secret, the day, the region and the service, and is kept for the next call.

use alloc::string::String;
use alloc::vec::Vec;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{to_hex, Scope};
use crate::credentials::{wipe, Credentials};
use crate::text;

/// So many keys are kept.
const KEPT: usize = 8;

/// A signing key: the HMAC state that has taken it in, so that a signature hashes only the string to sign.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl core::fmt::Debug for Key {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Key(***)")
    }
}

/// HMAC takes keys of any length.
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // Infallible, as the hmac crate documents; the fallback keeps the core free of panics.
    Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::<Sha256>::new(&Default::default()))
}

fn step(key: &[u8], text: &str) -> [u8; 32] {
    keyed(key).chain_update(text.as_bytes()).finalize().into_bytes().into()
}

impl Key {
    /// Derives the key for a day (`20240102`).
    #[must_use]
    pub fn derive(secret: &str, date: &str, scope: Scope<'_>) -> Self {
        let mut seed = text::join(&["AWS4", secret]);
        let mut key = step(seed.as_bytes(), date);
        wipe(&mut seed);
        for text in [scope.region, scope.service, "aws4_request"] {
            key = step(&key, text);
        }
        let signing = Key(keyed(&key));
        key.fill(0);
        core::hint::black_box(&key);
        signing
    }

    /// The signature of a string to sign, in hexadecimal digits.
    #[must_use]
    pub fn signature(&self, string_to_sign: &str) -> String {
        to_hex(&self.0.clone().chain_update(string_to_sign.as_bytes()).finalize().into_bytes().into())
    }
}

/// A key and what it depends on, the secret among it.
struct Entry {
    inputs: String,
    key: Key,
}

impl Drop for Entry {
    fn drop(&mut self) {
        wipe(&mut self.inputs);
    }
}

/// Keys by what they depend on; the latest ones, newest first.
#[derive(Default)]
pub struct KeyCache(Vec<Entry>);

impl core::fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("KeyCache(***)")
    }
}

impl KeyCache {
    /// An empty cache.
    #[must_use]
    pub const fn new() -> Self {
        KeyCache(Vec::new())
    }

    /// The key for these credentials, derived if it is not here.
    pub fn get(&mut self, credentials: &Credentials, date: &str, scope: Scope<'_>) -> Key {
        let inputs = [date, scope.region, scope.service, &credentials.secret_access_key];
        if let Some(entry) = self.0.iter().find(|entry| is_joined(&entry.inputs, &inputs)) {
            return entry.key.clone();
        }
        let key = Key::derive(&credentials.secret_access_key, date, scope);
        self.0.truncate(KEPT - 1);
        // At once for all that will come: a list that grows leaves copies behind.
        self.0.reserve_exact(KEPT - self.0.len());
        let [date, region, service, secret] = inputs;
        let inputs = text::join(&[date, "\n", region, "\n", service, "\n", secret]);
        self.0.insert(0, Entry { inputs, key: key.clone() });
        key
    }

    /// Forgets all keys.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Whether `joined` is `parts` with line breaks between them, without joining them anew.
fn is_joined(joined: &str, parts: &[&str]) -> bool {
    let mut rest = joined;
    for (i, part) in parts.iter().enumerate() {
        let Some(after) = text::strip(rest, part) else { return false };
        rest = if i + 1 == parts.len() { after } else { text::strip(after, "\n").unwrap_or("\n") };
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCOPE: Scope<'_> = Scope { region: "us-east-1", service: "iam" };

    #[test]
    fn the_key_of_the_documentation() {
        // From "Deriving a signing key" in the AWS General Reference.
        let key = Key::derive("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", SCOPE);
        let to_sign = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n\
                       f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";
        assert_eq!(key.signature(to_sign), "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    #[test]
    fn a_key_is_found_by_all_it_depends_on() {
        let mut cache = KeyCache::new();
        let mut credentials = Credentials::new("AKID", "secret", None);
        let first = cache.get(&credentials, "20240102", SCOPE).signature("x");
        assert_eq!(cache.get(&credentials, "20240102", SCOPE).signature("x"), first);
        assert_eq!(cache.0.len(), 1);
        assert_ne!(cache.get(&credentials, "20240103", SCOPE).signature("x"), first);
        assert_ne!(cache.get(&credentials, "20240102", Scope { region: "eu-west-1", ..SCOPE }).signature("x"), first);
        credentials.secret_access_key = "secret2".into();
        assert_ne!(cache.get(&credentials, "20240102", SCOPE).signature("x"), first);
        for day in 0..50 {
            let mut date = String::from("202401");
            crate::number::push_integer(&mut date, day);
            cache.get(&credentials, &date, SCOPE);
        }
        assert_eq!(cache.0.len(), KEPT);
    }
}
