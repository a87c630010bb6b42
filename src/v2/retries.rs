//! Whether v2 makes another attempt, and when.

use crate::retry::{self, Mode, Trouble};
use crate::text;

/// Five minutes.
const SKEW: f64 = 300_000.0;

/// What kind of error it is. Bit 0: retryable. 1: throttled. 2: expired credentials. 3: the clock may be wrong. 4: an
/// expired signature. 5: a lost connection. 6: one whose time was over. 7: an expired token.
pub fn traits(code: &str, message: &str, status: u16) -> i64 {
    let mut bits = 0;
    let mut names = Some("NetworkingError TimeoutError ExpiredTokenException");
    let mut bit = 32;
    while let Some(name) = text::next(&mut names, b' ') {
        if name == code {
            bits = 1 | bit;
        }
        bit <<= 1;
    }
    if retry::trouble(Mode::Legacy, status, code, message) == Trouble::Throttling {
        bits |= 1 | 2;
    }
    if status >= 500 {
        bits |= 1;
    }
    if retry::is_expired(code) {
        bits |= 4;
    }
    if retry::may_be_skew(code) {
        bits |= 8;
    }
    if text::find(code, "Signature").is_some() && text::find(message, "expired").is_some() {
        bits |= 16;
    }
    bits
}

/// Whether there is an attempt after `made` retries of at most `most`, since the last one may be repeated after a `delay`. What
/// is no number allows none, nor does a delay below 0, by which an application stops the retries.
#[must_use]
pub fn again(retryable: bool, made: f64, most: f64, delay: f64) -> bool {
    retryable && made < most && delay >= 0.0
}

/// Whether two clocks, both in milliseconds since 1970, are so far apart that signatures are refused.
#[must_use]
pub fn skewed(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() >= SKEW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_traits_of_errors() {
        assert_eq!(traits("X", "", 400), 0);
        assert_eq!(traits("X", "", 500), 1);
        assert_eq!(traits("ThrottlingException", "", 400), 1 | 2);
        assert_eq!(traits("RequestExpired", "", 400), 4 | 8);
        assert_eq!(traits("InvalidSignatureException", "Signature expired: now", 403), 8 | 16);
        assert_eq!([traits("SignatureDoesNotMatch", "wrong", 403), traits("X", "expired", 403)], [8, 0]);
        assert_eq!(traits("ExpiredTokenException", "", 403), 1 | 4 | 128);
        assert_eq!([traits("NetworkingError", "", 0), traits("TimeoutError", "", 0)], [1 | 32, 1 | 64]);
    }

    #[test]
    fn clocks_may_be_five_minutes_apart() {
        assert!(skewed(0.0, 300_000.0) && skewed(300_000.0, 0.0) && !skewed(0.0, 299_999.0) && !skewed(0.0, f64::NAN));
        assert!(!skewed(1e12, 1e12));
    }

    #[test]
    fn attempts_end_with_their_number_or_with_a_delay_that_is_none() {
        assert!(again(true, 2.0, 3.0, 0.0));
        assert!(!again(false, 0.0, 3.0, 0.0));
        assert!(!again(true, 3.0, 3.0, 0.0) && !again(true, 0.0, f64::NAN, 0.0));
        assert!(!again(true, 0.0, 3.0, -1.0) && !again(true, 0.0, 3.0, f64::NAN));
    }
}
