//! The options of a client, as Rust programs set them.

use alloc::string::String;

use crate::config::{Config, Value};

impl Config {
    /// The defaults, for a region.
    #[must_use]
    pub fn in_region(region: impl Into<String>) -> Self {
        let mut config = Config::default();
        config.region = region.into();
        config
    }

    /// Whether the endpoints that are validated for FIPS 140 are asked. Ignored with an endpoint of one's own.
    pub fn set_fips(&mut self, fips: bool) {
        self.set("useFipsEndpoint", Value::Flag(fips));
    }

    /// Whether the endpoints that speak IPv6, too, are asked. Ignored with an endpoint of one's own.
    pub fn set_dual_stack(&mut self, dual_stack: bool) {
        self.set("useDualstackEndpoint", Value::Flag(dual_stack));
    }

    /// How often a request is sent at most; the default is 3.
    pub fn set_max_attempts(&mut self, attempts: u32) {
        self.set("maxAttempts", Value::Number(f64::from(attempts)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_and_attempts_are_taken() {
        let mut config = Config::in_region("eu-west-1");
        config.set_max_attempts(7);
        config.set_fips(true);
        config.set_dual_stack(true);
        assert_eq!((config.region.as_str(), config.policy().attempts), ("eu-west-1", 7));
        assert!(config.problems.is_empty() && config.unknown.is_empty());
        let endpoint = config.endpoint(&crate::model::ivs::SERVICE).expect("an endpoint");
        assert_eq!(endpoint.host, "ivs-fips.eu-west-1.api.aws");
    }
}
