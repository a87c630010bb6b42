//! Whether to try again, and when: the AWS-wide rules of November 2026 (`standard`), or those of SDK v2 (`legacy`).
//!
//! Time and randomness come in as arguments.

use crate::text;

/// Whose rules are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Mode {
    /// The rules that all AWS SDKs share.
    #[default]
    Standard,
    /// The rules of the SDK for JavaScript v2.
    Legacy,
}

/// What went wrong, as far as trying again is concerned. As wide as what the wasm hands about, or every use cuts it to a byte.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// The service asked for fewer requests.
    Throttling,
    /// Likely to pass by itself, and the service has answered.
    Transient,
    /// The connection or the time ran out before an answer: the request may or may not have been carried out.
    Ambiguous,
    /// The credentials or the clock were refused, and can be mended before the next attempt.
    Mendable,
    /// Trying again gives the same.
    Final,
}

/// Codes by which services ask for fewer requests, as far as SDK v2 knows them.
const THROTTLING: &str = "ProvisionedThroughputExceededException Throttling ThrottlingException \
    RequestLimitExceeded RequestThrottled RequestThrottledException TooManyRequestsException \
    TransactionInProgressException EC2ThrottledException";

/// Those that it does not know.
const THROTTLING_SINCE: &str = "ThrottledException BandwidthLimitExceeded LimitExceededException SlowDown \
    PriorRequestNotComplete";

const TRANSIENT: &str = "RequestTimeout RequestTimeoutException InternalError";

/// Codes that a wrong clock can cause.
const SKEW: &str =
    "RequestTimeTooSkewed RequestExpired InvalidSignatureException SignatureDoesNotMatch AuthFailure RequestInTheFuture";

/// Codes that call for fresh credentials.
const EXPIRED: &str = "RequestExpired ExpiredTokenException ExpiredToken";

fn among(list: &str, code: &str) -> bool {
    text::among(list, b' ', code)
}

/// Whether a wrong clock can have caused this.
#[must_use]
pub fn may_be_skew(code: &str) -> bool {
    among(SKEW, code)
}

/// Whether fresh credentials may help.
#[must_use]
pub fn is_expired(code: &str) -> bool {
    among(EXPIRED, code)
}

/// What an error answer is for retries.
#[must_use]
pub fn trouble(mode: Mode, status: u16, code: &str, message: &str) -> Trouble {
    if status == 429 || among(THROTTLING, code) || mode == Mode::Standard && among(THROTTLING_SINCE, code) {
        Trouble::Throttling
    } else if is_expired(code) || text::find(code, "Signature").is_some() && text::find(message, "expired").is_some() {
        Trouble::Mendable
    } else if status >= 500 || mode == Mode::Standard && among(TRANSIENT, code) {
        Trouble::Transient
    } else {
        Trouble::Final
    }
}

/// How many times the first delay.
fn doubling(retry: u32) -> f64 {
    f64::from(1_u32 << retry.min(30))
}

fn legacy(doubling: f64, base: Option<f64>, random: f64) -> f64 {
    random * doubling * base.unwrap_or(100.0)
}

/// The delay of SDK v2 before retry number `retry` (from 0), in milliseconds; `random` is in 0..1.
#[must_use]
pub fn legacy_delay(retry: u32, base: Option<f64>, random: f64) -> f64 {
    legacy(doubling(retry), base, random)
}

/// The rules for one client.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// Whose rules.
    pub mode: Mode,
    /// How often a request is sent at most.
    pub attempts: u32,
    /// The base of the delay in milliseconds, if the caller set it.
    pub base: Option<f64>,
    /// Whether operations that create something are sent again when it is unknown whether they were carried out.
    pub repeat_creates: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Policy { mode: Mode::Standard, attempts: 3, base: None, repeat_creates: false }
    }
}

/// The most that retries of one client may have outstanding.
pub const CAPACITY: u32 = 500;

/// What a client may still spend on retries. Throttled or broken services are not asked again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota(u32);

impl Default for Quota {
    fn default() -> Self {
        Quota(CAPACITY)
    }
}

impl Quota {
    /// What is left.
    #[must_use]
    pub const fn left(self) -> u32 {
        self.0
    }

    /// A call succeeded whose last retry cost `cost`; 0 if there was none.
    pub fn refund(&mut self, cost: u32) {
        self.0 = self.0.saturating_add(cost.max(1)).min(CAPACITY);
    }
}

/// What is decided about a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Decision {
    /// Wait so many milliseconds, then try again. The cost is to be refunded on success.
    Again {
        /// Milliseconds.
        delay: f64,
        /// What it cost of the quota.
        cost: u32,
    },
    /// Tell the caller; true if only the number of attempts or the quota stands in the way.
    Stop(bool),
}

/// The lesser of two numbers; the second if the first is none. What the standard library has cares for either.
pub(crate) fn lesser(one: f64, other: f64) -> f64 {
    if one < other {
        one
    } else {
        other
    }
}

impl Policy {
    /// Whether `trouble` may be tried again at all.
    #[must_use]
    pub fn allows(&self, trouble: Trouble, repeatable: bool) -> bool {
        match trouble {
            Trouble::Final => false,
            Trouble::Ambiguous => repeatable || self.repeat_creates || self.mode == Mode::Legacy,
            _ => true,
        }
    }

    /// Decides after attempt number `made` (from 1). `random` is in 0..1; `retry_after` is what the server asked for,
    /// in milliseconds.
    #[inline(always)]
    pub fn decide(
        &self,
        made: u32,
        trouble: Trouble,
        repeatable: bool,
        quota: &mut Quota,
        random: f64,
        retry_after: Option<f64>,
    ) -> Decision {
        if !self.allows(trouble, repeatable) {
            return Decision::Stop(false);
        }
        if made >= self.attempts {
            return Decision::Stop(true);
        }
        let doubling = doubling(made.saturating_sub(1));
        if self.mode == Mode::Legacy {
            return Decision::Again { delay: legacy(doubling, self.base, random), cost: 0 };
        }
        let (cost, base) = if trouble == Trouble::Throttling { (5, 1000.0) } else { (14, 50.0) };
        if quota.0 < cost {
            return Decision::Stop(true);
        }
        quota.0 -= cost;
        let delay = random * lesser(self.base.unwrap_or(base) * doubling, 20_000.0);
        let most = lesser(retry_after.unwrap_or(delay), delay + 5000.0);
        Decision::Again { delay: if most > delay { most } else { delay }, cost }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDARD: Policy = Policy { mode: Mode::Standard, attempts: 3, base: None, repeat_creates: false };

    fn delay(decision: Decision) -> Option<f64> {
        match decision {
            Decision::Again { delay, .. } => Some(delay),
            Decision::Stop(_) => None,
        }
    }

    #[test]
    fn standard_delays_double_from_50_ms_and_from_1_s_for_throttling() {
        let mut quota = Quota::default();
        let policy = Policy { attempts: 12, ..STANDARD };
        let mut at = |made, trouble| delay(policy.decide(made, trouble, true, &mut quota, 1.0, None)).unwrap();
        assert_eq!(
            [at(1, Trouble::Transient), at(2, Trouble::Transient), at(3, Trouble::Ambiguous)],
            [50.0, 100.0, 200.0]
        );
        assert_eq!(
            [at(1, Trouble::Throttling), at(2, Trouble::Throttling), at(11, Trouble::Throttling)],
            [1000.0, 2000.0, 20_000.0]
        );
        assert_eq!(quota.left(), 500 - 3 * 14 - 3 * 5);
        assert_eq!(STANDARD.decide(3, Trouble::Transient, true, &mut quota, 1.0, None), Decision::Stop(true));
        assert_eq!(STANDARD.decide(1, Trouble::Final, true, &mut quota, 1.0, None), Decision::Stop(false));
    }

    #[test]
    fn the_server_may_ask_for_up_to_five_seconds_more() {
        for (asked, waits) in [(0.0, 50.0), (1000.0, 1000.0), (60_000.0, 5050.0)] {
            assert_eq!(
                delay(STANDARD.decide(1, Trouble::Transient, true, &mut Quota::default(), 1.0, Some(asked))),
                Some(waits)
            );
        }
    }

    #[test]
    fn the_quota_runs_out_and_is_refunded() {
        let mut quota = Quota::default();
        let mut granted = 0;
        while delay(STANDARD.decide(1, Trouble::Transient, true, &mut quota, 0.0, None)).is_some() {
            granted += 1;
        }
        assert_eq!((granted, quota.left()), (35, 10));
        quota.refund(14);
        assert!(delay(STANDARD.decide(1, Trouble::Transient, true, &mut quota, 0.0, None)).is_some());
        quota.refund(0);
        assert_eq!(quota.left(), 11);
        quota.refund(1000);
        assert_eq!(quota.left(), CAPACITY);
    }

    #[test]
    fn what_creates_is_not_repeated_after_an_ambiguous_loss() {
        let mut quota = Quota::default();
        let mut tries =
            |policy: Policy, trouble| delay(policy.decide(1, trouble, false, &mut quota, 0.0, None)).is_some();
        assert!(!tries(STANDARD, Trouble::Ambiguous));
        assert!(tries(STANDARD, Trouble::Transient));
        assert!(tries(Policy { repeat_creates: true, ..STANDARD }, Trouble::Ambiguous));
        assert!(tries(Policy { mode: Mode::Legacy, ..STANDARD }, Trouble::Ambiguous));
    }

    #[test]
    fn legacy_doubles_from_100_ms_without_a_cap_or_a_quota() {
        let policy = Policy { mode: Mode::Legacy, attempts: 4, ..STANDARD };
        let mut quota = Quota(0);
        let at = |made, base, quota: &mut Quota| {
            delay(Policy { base, ..policy }.decide(made, Trouble::Throttling, true, quota, 1.0, Some(9.0)))
        };
        assert_eq!([1, 2, 3, 4].map(|made| at(made, None, &mut quota)), [Some(100.0), Some(200.0), Some(400.0), None]);
        assert_eq!([1, 2, 3].map(|made| at(made, Some(300.0), &mut quota)), [Some(300.0), Some(600.0), Some(1200.0)]);
    }

    #[test]
    fn answers_are_sorted_by_status_and_code() {
        for (status, code, message, standard, legacy) in [
            (429, "X", "", Trouble::Throttling, Trouble::Throttling),
            (400, "SlowDown", "", Trouble::Throttling, Trouble::Final),
            (408, "RequestTimeoutException", "", Trouble::Transient, Trouble::Final),
            (503, "ServiceUnavailable", "", Trouble::Transient, Trouble::Transient),
            (403, "ExpiredTokenException", "", Trouble::Mendable, Trouble::Mendable),
            (403, "InvalidSignatureException", "Signature expired: x", Trouble::Mendable, Trouble::Mendable),
            (403, "InvalidSignatureException", "no match", Trouble::Final, Trouble::Final),
            (404, "ResourceNotFoundException", "", Trouble::Final, Trouble::Final),
        ] {
            assert_eq!(trouble(Mode::Standard, status, code, message), standard, "{code}");
            assert_eq!(trouble(Mode::Legacy, status, code, message), legacy, "{code}");
        }
    }
}
