//! What ties the parameters of an operation to its result.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::lenient::Lenient;

/// The parameters of one operation.
pub trait Input: Serialize {
    /// The operation's position in [`SERVICE`](crate::model::ivs::SERVICE).
    const OPERATION: usize;
    /// The result.
    type Output: Lenient + Default;
}

/// The parameters of an operation whose results come in pages.
pub trait PagedInput: Input {
    /// What is listed.
    type Item;
    /// The mark of where the page begins.
    fn token(&mut self) -> &mut Option<String>;
    /// The mark of where the next page begins, if there is one.
    fn next(page: &Self::Output) -> Option<&String>;
    /// What a page lists.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// Parameters and results by the position of their operation.
macro_rules! inputs {
    ($($index:literal: $input:ident => $output:ty,)*) => {$(
        impl $crate::typed::Input for $input {
            const OPERATION: usize = $index;
            type Output = $output;
        }
    )*};
}
pub(super) use inputs;

/// Parameters of operations that have pages, and what these list.
macro_rules! paged {
    ($($input:ident => $member:ident: $item:ty,)*) => {$(
        impl $crate::typed::PagedInput for $input {
            type Item = $item;

            fn token(&mut self) -> &mut Option<alloc::string::String> {
                &mut self.next_token
            }

            fn next(page: &Self::Output) -> Option<&alloc::string::String> {
                page.next_token.as_ref()
            }

            fn items(page: Self::Output) -> alloc::vec::Vec<$item> {
                page.$member
            }
        }
    )*};
}
pub(super) use paged;
