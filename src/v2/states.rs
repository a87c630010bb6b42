//! The states of a request of SDK v2, what follows each, and what each waits for: the way of a call told so that listeners
//! can stand at every step of it.

/// A state. The numbers are those that JavaScript sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Credentials, region and parameters are checked.
    Validate,
    /// The request is made from the parameters.
    Build,
    /// Headers that follow from the request are added.
    AfterBuild,
    /// The request is signed.
    Sign,
    /// The request is sent and the answer read.
    Send,
    /// The status decides whether the answer is a result.
    ValidateResponse,
    /// The result is read.
    ExtractData,
    /// The error is read.
    ExtractError,
    /// It is decided whether another attempt can help, and when.
    Retry,
    /// The time before another attempt.
    AfterRetry,
    /// The call has a result.
    Success,
    /// The call has failed.
    Error,
    /// The call is over.
    Complete,
    /// Building failed; in v2 some services build anew.
    Restart,
}

const STATES: [State; 14] = {
    use State::{AfterBuild, Build, Complete, Error, Retry, Send, Sign, Success, ValidateResponse};
    use State::{AfterRetry, ExtractData, ExtractError, Restart, Validate};
    [
        Validate,
        Build,
        AfterBuild,
        Sign,
        Send,
        ValidateResponse,
        ExtractData,
        ExtractError,
        Retry,
        AfterRetry,
        Success,
        Error,
        Complete,
        Restart,
    ]
};

/// The number in place of a state's before the first one and after the last one.
pub const NOWHERE: u32 = 15;

/// What the built-in listeners of a state wait for, if they are there: keys, the answer to a request, the time for another
/// attempt. Then, whether the listeners of an aborted call are called nevertheless, since all is decided about it; and whether
/// it is over, so that it cannot be aborted, and what its listeners throw is the application's own exception.
const KEYS: u64 = 1;
const ANSWER: u64 = 2;
const PAUSE: u64 = 3;
const HEARD: u64 = 4;
const OVER: u64 = 8;

impl State {
    /// The state of a number; the first one for a number that has none.
    #[must_use]
    pub fn of(number: u32) -> Self {
        usize::try_from(number).ok().and_then(|number| STATES.get(number)).copied().unwrap_or(State::Validate)
    }

    /// What follows; nothing at the end. `failed` says whether the response carries an error after this state, which
    /// listeners may set or take away.
    #[must_use]
    pub const fn next(self, failed: bool) -> Option<Self> {
        let (accepted, refused) = match self {
            State::Validate => (State::Build, State::Error),
            State::Build => (State::AfterBuild, State::Restart),
            State::AfterBuild => (State::Sign, State::Restart),
            State::Restart => (State::Build, State::Error),
            State::Sign => (State::Send, State::Retry),
            State::Send => (State::ValidateResponse, State::Retry),
            State::ValidateResponse => (State::ExtractData, State::ExtractError),
            State::ExtractError => (State::ExtractData, State::Retry),
            State::ExtractData => (State::Success, State::Retry),
            State::Retry => (State::AfterRetry, State::AfterRetry),
            State::AfterRetry => (State::Sign, State::Error),
            State::Success | State::Error => (State::Complete, State::Complete),
            State::Complete => return None,
        };
        Some(if failed { refused } else { accepted })
    }

    const fn traits(self) -> u64 {
        match self {
            State::Validate | State::Sign => KEYS,
            State::Send => ANSWER,
            State::AfterRetry => PAUSE | HEARD,
            State::Retry | State::Restart => HEARD,
            State::Success | State::Error | State::Complete => HEARD | OVER,
            _ => 0,
        }
    }
}

/// Four bits for each number of a state. A table would be in memory; this is code, and as true as ever in an instance whose
/// memory something has overwritten: a call that goes on there ends.
const fn packed(what: u8) -> u64 {
    let (mut all, mut at) = (0, 0);
    while at < STATES.len() {
        let bits = match (what, STATES[at].next(what == 1)) {
            (2, _) => STATES[at].traits(),
            (_, Some(next)) => next as u64,
            (_, None) => NOWHERE as u64,
        };
        all |= bits << (4 * at);
        at += 1;
    }
    all
}
const ACCEPTED: u64 = packed(0);
const REFUSED: u64 = packed(1);
const TRAITS: u64 = packed(2);

/// What follows the state in the low four bits of `place`: its number, and above it what it waits for (2 bits: 1 keys, 2 an
/// answer, 3 a pause), whether listeners hear of it after an abort, whether the call is over. [`NOWHERE`] is before the first
/// state and after the last one.
#[must_use]
pub fn follow(place: u32, failed: bool) -> u32 {
    let nibble = |all: u64, at: u32| ((all >> (4 * (at & 15))) & 15) as u32;
    let next = nibble(if failed { REFUSED } else { ACCEPTED }, place);
    nibble(TRAITS, next) << 4 | next
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// The states from the first to the last, when these fail in turn.
    fn way(failing: &[(State, usize)]) -> Vec<State> {
        let mut seen = Vec::new();
        let mut place = follow(NOWHERE, false);
        while place != NOWHERE {
            let now = State::of(place & 15);
            seen.push(now);
            let times = seen.iter().filter(|one| **one == now).count();
            place = follow(place, failing.contains(&(now, times)));
            assert!(seen.len() < 99);
        }
        seen
    }

    #[test]
    fn a_call_that_succeeds_passes_nine_states() {
        use State::*;
        let straight = [Validate, Build, AfterBuild, Sign, Send, ValidateResponse, ExtractData, Success, Complete];
        assert_eq!(way(&[]), straight);
    }

    #[test]
    fn a_refusal_is_weighed_and_then_told() {
        use State::*;
        let refused = way(&[(ValidateResponse, 1), (ExtractError, 1), (Retry, 1), (AfterRetry, 1)]);
        assert_eq!(refused[5..], [ValidateResponse, ExtractError, Retry, AfterRetry, Error, Complete]);
    }

    #[test]
    fn another_attempt_begins_with_a_new_signature_and_does_not_build_again() {
        use State::*;
        let again = way(&[(Send, 1), (Retry, 1)]);
        assert_eq!(again[4..8], [Send, Retry, AfterRetry, Sign]);
        assert_eq!(again.iter().filter(|state| **state == Build).count(), 1);
    }

    #[test]
    fn nothing_is_sent_for_parameters_that_break_rules() {
        use State::*;
        assert_eq!(way(&[(Validate, 1)]), [Validate, Error, Complete]);
        assert_eq!(way(&[(Build, 1), (Restart, 1)]), [Validate, Build, Restart, Error, Complete]);
    }

    #[test]
    fn a_listener_that_takes_the_error_away_makes_a_success_of_it() {
        use State::*;
        assert_eq!(way(&[(ValidateResponse, 1)])[5..8], [ValidateResponse, ExtractError, ExtractData]);
    }

    #[test]
    fn numbers_and_states_agree() {
        for (number, state) in (0..).zip(STATES) {
            assert_eq!((State::of(number), state as u32), (state, number));
            for failed in [false, true] {
                let next = state.next(failed).map_or(NOWHERE, |next| next as u32);
                assert_eq!(follow(number, failed) & 15, next);
            }
        }
        assert_eq!(State::of(200), State::Validate);
    }

    #[test]
    fn a_state_tells_what_it_waits_for_and_whether_the_call_is_over() {
        let traits = |before: State, failed| follow(before as u32, failed) >> 4;
        assert_eq!(follow(NOWHERE, false), 1 << 4);
        assert_eq!([traits(State::AfterBuild, false), traits(State::Sign, false)], [1, 2]);
        assert_eq!([traits(State::Send, true), traits(State::Retry, true)], [4, 4 | 3]);
        assert_eq!(
            [traits(State::AfterRetry, true), traits(State::Error, true), traits(State::Complete, true)],
            [12, 12, 0]
        );
        assert_eq!([traits(State::ValidateResponse, true), traits(State::Build, true)], [0, 4]);
    }
}
