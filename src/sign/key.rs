//! The signing key, which depends on the secret, the day, the region and the service, and is kept for the next call.

use alloc::boxed::Box;
use alloc::string::String;

use hmac::digest::FixedOutput;
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
#[inline(never)]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // Infallible, as the hmac crate documents; the fallback keeps the core free of panics.
    Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::<Sha256>::new(&Default::default()))
}

/// Written where the caller wants it, so that nothing of it is left elsewhere.
#[inline(never)]
fn step(mut state: Hmac<Sha256>, text: &str, out: &mut [u8; 32]) {
    state.update(text.as_bytes());
    state.finalize_into(out.into());
}

impl Key {
    /// Derives the key for a day (`20240102`).
    #[must_use]
    pub fn derive(secret: &str, date: &str, scope: Scope<'_>) -> Self {
        let mut seed = text::say("AWS4~", &[secret]);
        let mut state = keyed(seed.as_bytes());
        wipe(&mut seed);
        let mut key = [0; 32];
        for text in &[date, scope.region, scope.service, "aws4_request"] {
            step(state, text, &mut key);
            state = keyed(&key);
        }
        key.fill(0);
        core::hint::black_box(&key);
        Key(state)
    }

    /// The signature of a string to sign, in hexadecimal digits.
    #[must_use]
    #[inline(always)]
    pub fn signature(&self, string_to_sign: &str) -> String {
        let mut signature = [0; 32];
        step(self.0.clone(), string_to_sign, &mut signature);
        to_hex(&signature)
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

/// Keys by what they depend on; a new one takes the place of the oldest.
#[derive(Default)]
pub struct KeyCache {
    // Each where it is made: a list that grows leaves copies behind.
    entries: [Option<Box<Entry>>; KEPT],
    oldest: usize,
}

impl core::fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("KeyCache(***)")
    }
}

impl KeyCache {
    /// An empty cache.
    #[must_use]
    pub const fn new() -> Self {
        KeyCache { entries: [const { None }; KEPT], oldest: 0 }
    }

    /// The key for these credentials, derived if it is not here.
    pub fn get(&mut self, credentials: &Credentials, date: &str, scope: Scope<'_>) -> Key {
        self.key(credentials, date, scope).clone()
    }

    /// The same, without a copy.
    pub(super) fn key(&mut self, credentials: &Credentials, date: &str, scope: Scope<'_>) -> &Key {
        let secret = credentials.secret_access_key.as_str();
        let mut inputs = text::say("~\n~\n~\n~", &[date, scope.region, scope.service, secret]);
        let mut at = 0;
        while at < KEPT && !self.entries.get(at).is_some_and(|entry| is_of(entry, &inputs)) {
            at += 1;
        }
        if at == KEPT {
            at = self.oldest;
            self.oldest = (at + 1) % KEPT;
            self.entries[at % KEPT] = None;
        }
        // In bounds whatever `at` is, which the compiler sees.
        let entry = self.entries[at % KEPT].get_or_insert_with(|| {
            let inputs = text::copy(&inputs);
            Box::new(Entry { inputs, key: Key::derive(secret, date, scope) })
        });
        wipe(&mut inputs);
        &entry.key
    }

    /// Forgets all keys.
    pub fn clear(&mut self) {
        for entry in &mut self.entries {
            *entry = None;
        }
    }
}

/// Whether an entry is for these inputs.
fn is_of(entry: &Option<Box<Entry>>, inputs: &str) -> bool {
    entry.as_ref().is_some_and(|entry| text::same(&entry.inputs, inputs))
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
        assert_eq!(cache.entries.iter().flatten().count(), 1);
        assert_ne!(cache.get(&credentials, "20240103", SCOPE).signature("x"), first);
        assert_ne!(cache.get(&credentials, "20240102", Scope { region: "eu-west-1", ..SCOPE }).signature("x"), first);
        credentials.secret_access_key = "secret2".into();
        assert_ne!(cache.get(&credentials, "20240102", SCOPE).signature("x"), first);
        for day in 0..50 {
            let mut date = String::from("202401");
            crate::number::push_integer(&mut date, day);
            cache.get(&credentials, &date, SCOPE);
        }
        assert_eq!(cache.entries.iter().flatten().count(), KEPT);
        cache.clear();
        assert_eq!(cache.entries.iter().flatten().count(), 0);
    }
}
