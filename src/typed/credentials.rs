//! Where a host may take its credentials from.

use alloc::boxed::Box;
use alloc::rc::Rc;
use core::cell::RefCell;
use core::fmt;
use core::future::Future;
use core::pin::Pin;

use super::Timestamp;
use crate::credentials::Credentials;
use crate::error::Error;

/// Temporary credentials are replaced so many milliseconds before they expire.
const WINDOW: i64 = 300_000;

/// Credentials that may expire.
#[derive(Debug, Clone)]
pub struct Temporary {
    /// The credentials.
    pub credentials: Credentials,
    /// When they expire, if they do.
    pub expires: Option<Timestamp>,
}

type Provided = Pin<Box<dyn Future<Output = Result<Temporary, Error>>>>;

enum Kind {
    Fixed(Rc<Credentials>),
    Provider(Box<dyn Fn() -> Provided>),
}

/// A source of credentials: fixed ones, or a function that is asked again five minutes before they expire and when the
/// service refuses them as expired. Should the function fail within those five minutes, they serve on. For a
/// [`Host`](crate::call::Host) of your own: hand `credentials` and `renew` to it.
///
/// Only values are kept, never a future: on Workers a future belongs to the request that started it, and another
/// request must not wait for it.
pub struct Source {
    kind: Kind,
    cached: RefCell<Option<(Rc<Credentials>, i64)>>,
}

impl Source {
    /// Credentials from an asynchronous function.
    pub fn provider<F, R>(function: F) -> Self
    where
        F: Fn() -> R + 'static,
        R: Future<Output = Result<Temporary, Error>> + 'static,
    {
        let boxed = move || -> Provided { Box::pin(function()) };
        Source { kind: Kind::Provider(Box::new(boxed)), cached: RefCell::default() }
    }

    /// The credentials at the moment `now`, in milliseconds since 1970.
    ///
    /// # Errors
    /// `CredentialsError` if there are none or they cannot be sent, and whatever the function failed with.
    pub async fn get(&self, now: i64) -> Result<Rc<Credentials>, Error> {
        let found = match &self.kind {
            Kind::Fixed(credentials) => credentials.clone(),
            Kind::Provider(function) => match self.kept(now) {
                Some(kept) => kept,
                None => match function().await {
                    Ok(Temporary { credentials, expires }) => {
                        let credentials = Rc::new(credentials);
                        let until = expires.map_or(i64::MAX, |moment| moment.as_millis().saturating_sub(WINDOW));
                        *self.cached.borrow_mut() = Some((credentials.clone(), until));
                        credentials
                    }
                    // What was to be replaced, but is valid still, serves on.
                    Err(error) => self.kept(now.saturating_sub(WINDOW)).ok_or(error)?,
                },
            },
        };
        match found.problem() {
            None => Ok(found),
            Some(problem) => Err(problem),
        }
    }

    fn kept(&self, now: i64) -> Option<Rc<Credentials>> {
        self.cached.borrow().as_ref().filter(|(_, until)| *until > now).map(|(credentials, _)| credentials.clone())
    }

    /// Drops credentials that were refused as expired; true if other ones can be had.
    #[must_use]
    pub fn renew(&self) -> bool {
        *self.cached.borrow_mut() = None;
        matches!(self.kind, Kind::Provider(_))
    }
}

impl From<Credentials> for Source {
    fn from(credentials: Credentials) -> Self {
        Source { kind: Kind::Fixed(Rc::new(credentials)), cached: RefCell::default() }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::Fixed(_) => "Source::Fixed",
            Kind::Provider(_) => "Source::Provider",
        })
    }
}
