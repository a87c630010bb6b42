//! What the class that is exported to JavaScript does with values, transports, credentials and options of any kind.
//!
//! JavaScript values are written as JavaScript (`js("…")`); fetch is a function of this suite (doubles.js); nothing
//! leaves the machine.

mod answers;
mod class;
mod credentials;
mod edge;
mod errors;
mod fetching;
mod limits;
mod options;
mod params;
mod shapes;
