//! Results that come in pages.

use alloc::vec::Vec;

use super::{Client, Input, PagedInput};
use crate::call::Host;
use crate::error::Error;

/// The pages of a list, asked for one by one.
#[derive(Debug)]
#[must_use = "nothing is asked for before `next_page` or `collect`"]
pub struct Pages<'c, H, I> {
    client: &'c Client<H>,
    /// The parameters for the next page; nothing after the last one.
    input: Option<I>,
}

impl<'c, H: Host, I: PagedInput> Pages<'c, H, I> {
    pub(super) fn new(client: &'c Client<H>, input: I) -> Self {
        Pages { client, input: Some(input) }
    }

    /// The next page; nothing after the last one. After an error the same page can be asked for again.
    ///
    /// # Errors
    /// Those of the operation.
    pub async fn next_page(&mut self) -> Result<Option<<I as Input>::Output>, Error> {
        let Some(input) = &mut self.input else { return Ok(None) };
        let page = self.client.send(input).await?;
        let token = I::next(&page).filter(|token| !token.is_empty());
        // The same mark again would go round in circles.
        if token.is_none() || token == input.token().as_ref() {
            self.input = None;
        } else {
            *input.token() = token.cloned();
        }
        Ok(Some(page))
    }

    /// What is listed on all pages that are left.
    ///
    /// # Errors
    /// Those of the operation.
    pub async fn collect(mut self) -> Result<Vec<I::Item>, Error> {
        let mut items = Vec::new();
        while let Some(page) = self.next_page().await? {
            items.extend(I::items(page));
        }
        Ok(items)
    }
}
