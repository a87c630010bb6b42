//! Paging: which members carry the token, the size of a page and its items.

use crate::model::Operation;

/// The members by which an operation is paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// The parameter that takes the token.
    pub input_token: &'static str,
    /// The member of the result that gives the next token.
    pub output_token: &'static str,
    /// The parameter that limits the size of a page.
    pub limit_key: &'static str,
    /// The member of the result that holds the items.
    pub result_key: &'static str,
}

/// How an operation is paged; nothing if it has no pages.
#[must_use]
pub fn paging(operation: &Operation) -> Option<Paging> {
    let result_key = operation.result_key();
    (!result_key.is_empty()).then_some(Paging {
        input_token: "nextToken",
        output_token: "nextToken",
        limit_key: "maxResults",
        result_key,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ivs::SERVICE;

    #[test]
    fn nine_operations_have_pages() {
        let pageable = (0..).map_while(|i| SERVICE.operation(i)).filter_map(|o| paging(&o)).count();
        assert_eq!(pageable, 9);
        assert_eq!(paging(&SERVICE.find("listStreams").unwrap()).map(|p| p.result_key), Some("streams"));
        assert_eq!(paging(&SERVICE.find("getStream").unwrap()), None);
    }
}
