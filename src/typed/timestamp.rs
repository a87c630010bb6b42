//! Moments.

use alloc::string::String;
use core::fmt;

use serde::{de, Deserialize, Deserializer, Serialize, Serializer};

use super::lenient::{scalars, Lenient, OfScalar, Scalar};
use crate::clock;

/// A moment, in milliseconds since 1970. As text it is `2024-01-02T03:04:05Z`; what is before 1970 or after 9999 shows as the
/// nearest moment that is not.
///
/// It is read from that text (a fraction and an offset are taken, too), from the text of a `Date` header, from seconds
/// as AWS sends them, and from milliseconds as JavaScript has them: a number of 10<sup>11</sup> and more means
/// milliseconds, since as seconds it would be after the year 5138.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment so many milliseconds after the start of 1970.
    #[must_use]
    pub const fn from_millis(ms: i64) -> Self {
        Timestamp(ms)
    }

    /// Milliseconds since the start of 1970.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Reads a text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let moment = clock::read_extended(text).or_else(|| with_offset(text)).or_else(|| clock::read_http(text));
        moment.map(Timestamp)
    }
}

/// Reads `2024-01-02T03:04:05+01:00`.
fn with_offset(text: &str) -> Option<i64> {
    let (local, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let sign = match offset.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let two = |digits: &str, below: u8| {
        digits.parse::<u8>().ok().filter(|number| digits.len() == 2 && !digits.starts_with('+') && *number < below)
    };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let offset = i64::from(two(hours, 24)?) * 60 + i64::from(two(minutes, 60)?);
    let mut utc = String::from(local);
    utc.push('Z');
    Some(clock::read_extended(&utc)? - sign * offset * 60_000)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clock::extended(self.0))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&clock::extended(self.0))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::lenient(deserializer)?.ok_or_else(|| de::Error::custom("expected a timestamp"))
    }
}

impl OfScalar for Timestamp {
    fn of(scalar: Scalar) -> Option<Self> {
        match scalar {
            Scalar::Null | Scalar::Flag(_) => None,
            Scalar::Text(text) => Self::parse(&text),
            Scalar::Whole(number) if number.abs() < 100_000_000_000 => Some(Timestamp(number * 1000)),
            Scalar::Whole(number) => Some(Timestamp(number)),
            Scalar::Number(number) if number.is_nan() => None,
            Scalar::Number(number) => {
                let ms = if number.abs() < 1e11 { number * 1000.0 } else { number };
                // Rounded by hand, since core has no rounding; beyond the range the cast gives the nearest end.
                #[allow(clippy::cast_possible_truncation)]
                Some(Timestamp((ms + if ms < 0.0 { -0.5 } else { 0.5 }) as i64))
            }
        }
    }
}

scalars!(Timestamp);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_gives_the_same_moment() {
        let moment = Some(Timestamp(1_704_164_645_500));
        for text in ["2024-01-02T03:04:05.500Z", "2024-01-02T04:34:05.5+01:30", "2024-01-01T23:04:05.5-04:00"] {
            assert_eq!(Timestamp::parse(text), moment, "{text}");
        }
        assert_eq!(Timestamp::of(Scalar::Number(1_704_164_645.5)), moment);
        assert_eq!(Timestamp::of(Scalar::Number(1_704_164_645_500.0)), moment);
        assert_eq!(Timestamp::of(Scalar::Whole(1_704_164_645_500)), moment);
        assert_eq!(Timestamp::of(Scalar::Whole(1_704_164_645)), Some(Timestamp(1_704_164_645_000)));
        assert_eq!(Timestamp::parse("Tue, 02 Jan 2024 03:04:05 GMT"), Some(Timestamp(1_704_164_645_000)));
    }

    #[test]
    fn what_is_no_moment_is_not_told() {
        for text in [
            "",
            "yesterday",
            "2024-99-99",
            "2024-01-02T03:04:05+1:00",
            "2024-01-02T03:04:05+1:234",
            "2024-01-02T03:04:05+99:99",
            "2024-01-02T03:04:05+24:00",
            "2024-01-02T03:04:05+0é",
            "ééé",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
        assert_eq!(Timestamp::of(Scalar::Number(f64::NAN)), None);
        assert_eq!(Timestamp::of(Scalar::Flag(true)), None);
    }
}
