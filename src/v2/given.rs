//! What JavaScript shows of a request: one part a line, headers as lines of their own, and behind them a text that may have
//! lines itself.

use crate::text;

/// Takes the next line.
#[inline(never)]
pub fn line<'t>(rest: &mut &'t str) -> &'t str {
    let all = *rest;
    let end = text::place(all, b'\n');
    *rest = text::after(all, end + 1);
    text::part(all, 0, end)
}

/// Takes the next header: its name, and its value unless that is nothing. At the end, which is an empty line, the name is empty.
#[inline(never)]
pub fn header<'t>(rest: &mut &'t str) -> (&'t str, Option<&'t str>) {
    let line = line(rest);
    text::cut(line, b':').map_or((line, None), |(name, value)| (name, Some(value)))
}

/// The value of the header that is written like this.
#[inline(never)]
pub fn value<'t>(mut headers: &'t str, wanted: &str) -> Option<&'t str> {
    loop {
        match header(&mut headers) {
            ("", _) => return None,
            (name, Some(value)) if name == wanted => return Some(value),
            _ => {}
        }
    }
}
