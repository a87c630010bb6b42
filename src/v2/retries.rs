//! Whether v2 makes another attempt, and when.

use crate::retry::{self, Decision, Mode, Policy, Quota, Trouble};
use crate::text;

/// What kind of error it is. Bit 0: retryable. 1: throttled. 2: expired credentials. 3: the clock may be wrong. 4: an
/// expired signature. 5: a lost connection. 6: one whose time was over. 7: an expired token.
pub fn traits(code: &str, message: &str, status: u16) -> i64 {
    let throttled = retry::trouble(Mode::Legacy, status, code, message) == Trouble::Throttling;
    let (lost, late, token) = (code == "NetworkingError", code == "TimeoutError", code == "ExpiredTokenException");
    let signature = text::find(code, "Signature").is_some() && text::find(message, "expired").is_some();
    i64::from(lost || late || token || throttled || status >= 500)
        | i64::from(throttled) << 1
        | i64::from(retry::is_expired(code)) << 2
        | i64::from(retry::may_be_skew(code)) << 3
        | i64::from(signature) << 4
        | i64::from(lost) << 5
        | i64::from(late) << 6
        | i64::from(token) << 7
}

/// The delay before retry number `retry` (from 0), in milliseconds; `random` is from 0 up to 1.
#[must_use]
pub fn delay(retry: u32, base: Option<f64>, random: f64) -> f64 {
    let policy = Policy { mode: Mode::Legacy, attempts: u32::MAX, base, repeat_creates: true };
    match policy.decide(retry.saturating_add(1), Trouble::Transient, true, &mut Quota::default(), random, None) {
        Decision::Again { delay, .. } => delay,
        Decision::Stop(_) => 0.0,
    }
}

/// Whether there is an attempt after `made` retries of at most `most`, since the last one may be repeated after a `delay`. What
/// is no number allows none, nor does a delay below 0, by which an application stops the retries.
#[must_use]
pub fn again(retryable: bool, made: f64, most: f64, delay: f64) -> bool {
    retryable && made < most && delay >= 0.0
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
        assert_eq!(traits("ExpiredTokenException", "", 403), 1 | 4 | 128);
        assert_eq!([traits("NetworkingError", "", 0), traits("TimeoutError", "", 0)], [1 | 32, 1 | 64]);
    }

    #[test]
    fn delays_double() {
        assert_eq!([delay(0, None, 1.0), delay(3, None, 0.5), delay(1, Some(7.0), 1.0)], [100.0, 400.0, 14.0]);
    }

    #[test]
    fn attempts_end_with_their_number_or_with_a_delay_that_is_none() {
        assert!(again(true, 2.0, 3.0, 0.0));
        assert!(!again(false, 0.0, 3.0, 0.0));
        assert!(!again(true, 3.0, 3.0, 0.0) && !again(true, 0.0, f64::NAN, 0.0));
        assert!(!again(true, 0.0, 3.0, -1.0) && !again(true, 0.0, 3.0, f64::NAN));
    }
}
