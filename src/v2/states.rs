//! The states of a request of SDK v2, and what follows each: the way of a call told so that listeners can stand at every
//! step of it.

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

impl State {
    /// The state of a number; the first one for a number that has none.
    #[must_use]
    pub fn of(number: u8) -> Self {
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
        .get(usize::from(number))
        .copied()
        .unwrap_or(Validate)
    }

    /// What follows; nothing at the end. `failed` says whether the response carries an error after this state, which
    /// listeners may set or take away.
    #[must_use]
    pub fn next(self, failed: bool) -> Option<Self> {
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
}

#[cfg(test)]
mod tests {
    use super::State;
    use alloc::vec::Vec;

    /// The states from the first to the last, when these fail in turn.
    fn way(failing: &[(State, usize)]) -> Vec<State> {
        let mut seen = Vec::new();
        let mut state = Some(State::Validate);
        while let Some(now) = state {
            seen.push(now);
            let times = seen.iter().filter(|one| **one == now).count();
            state = now.next(failing.contains(&(now, times)));
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
        for number in 0..14 {
            assert_eq!(State::of(number) as u8, number);
        }
        assert_eq!(State::of(200), State::Validate);
    }
}
