//! Credentials, which never show their secret.

use alloc::string::String;

use crate::error::Error;
use crate::text;

/// What a request is signed with.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The access key id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// The token of temporary credentials.
    pub session_token: Option<String>,
}

impl Credentials {
    /// Credentials from their parts.
    #[must_use]
    pub fn new(access_key_id: &str, secret_access_key: &str, session_token: Option<&str>) -> Self {
        Credentials {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            session_token: session_token.map(Into::into),
        }
    }

    /// What is wrong with them, if anything: a missing part, or one that a header cannot carry.
    #[must_use]
    #[inline(always)]
    pub fn problem(&self) -> Option<Error> {
        let is_plain = |byte| (0x21..0x7f).contains(&byte);
        let token = self.session_token.as_deref().unwrap_or("");
        if self.access_key_id.is_empty() || self.secret_access_key.is_empty() {
            Some(Error::credentials("Missing credentials"))
        } else if !text::all(&self.access_key_id, is_plain) || !text::all(token, is_plain) {
            let text = "Invalid credentials in config: accessKeyId and sessionToken must be printable ASCII without spaces or line breaks";
            Some(Error::new("CredentialsError", text))
        } else {
            None
        }
    }
}

impl Drop for Credentials {
    fn drop(&mut self) {
        wipe(&mut self.secret_access_key);
        if let Some(token) = &mut self.session_token {
            wipe(token);
        }
    }
}

/// Overwrites a secret that is not needed any more: memory that is given back keeps its bytes otherwise.
pub(crate) fn wipe(secret: &mut String) {
    let mut bytes = core::mem::take(secret).into_bytes();
    bytes.fill(0);
    // Or the compiler would leave out what nobody reads.
    core::hint::black_box(bytes.as_ptr());
}

impl core::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Credentials { access_key_id: ")?;
        f.write_str(&self.access_key_id)?;
        f.write_str(", .. }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn debug_shows_the_key_id_only() {
        let shown = format!("{:?}", Credentials::new("AKID", "s3cret", Some("t0ken")));
        assert!(shown.contains("AKID") && !shown.contains("s3cret") && !shown.contains("t0ken"));
    }

    #[test]
    fn headers_cannot_be_broken_by_credentials() {
        assert_eq!(Credentials::new("A", "s", Some("t=/+")).problem(), None);
        for (id, secret, token) in [
            ("", "s", None),
            ("A", "", None),
            ("A\r\nx: y", "s", None),
            ("A", "s", Some("a\nb")),
            ("A", "s", Some("é")),
        ] {
            assert!(Credentials::new(id, secret, token).problem().is_some());
        }
    }
}
