//! Memory that is given back holds no secret: an allocator looks into every block that is freed.

use ivs_wasm::credentials::Credentials;
use ivs_wasm::sign::{KeyCache, Scope};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::RefCell;

struct Looking;

thread_local! {
    /// What is looked for; empty for nothing.
    static WANTED: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    static FOUND: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

// SAFETY: every call is handed on to the system's allocator; a block is read before it is given back.
unsafe impl GlobalAlloc for Looking {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Zeroed, or what was never written would be read.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        let block = unsafe { std::slice::from_raw_parts(at, layout.size()) };
        let _ = WANTED.try_with(|wanted| {
            // Borrowed already where the lists themselves are changed.
            let Ok(wanted) = wanted.try_borrow() else { return };
            for (i, text) in wanted.iter().enumerate() {
                if block.windows(text.len()).any(|part| part == &text[..]) {
                    let _ = FOUND.try_with(|found| found.try_borrow_mut().map(|mut found| found.push(i)));
                }
            }
        });
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Looking = Looking;

/// Which of the texts were in a block that was freed while `act` ran.
fn freed_with(texts: &[&[u8]], act: impl FnOnce()) -> Vec<usize> {
    FOUND.with(|found| found.borrow_mut().reserve(1000));
    WANTED.with(|wanted| *wanted.borrow_mut() = texts.iter().map(|text| text.to_vec()).collect());
    act();
    let wanted = WANTED.with(RefCell::take);
    let found = FOUND.with(RefCell::take);
    drop(wanted);
    found
}

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+CANARY";
const TOKEN: &str = "AQoDYXdzEJr1K/CANARY/token==";
const SCOPE: Scope<'_> = Scope { region: "us-west-2", service: "ivs" };

#[test]
fn the_search_finds_what_is_freed() {
    assert_eq!(freed_with(&[SECRET.as_bytes()], || drop(SECRET.to_string())), [0]);
    assert!(freed_with(&[SECRET.as_bytes()], || drop(TOKEN.to_string())).is_empty());
}

#[test]
fn neither_credentials_nor_keys_are_left_in_memory() {
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET, Some(TOKEN));
    let key = KeyCache::new().get(&credentials, "20240101", SCOPE);
    // The state of the hash that has taken the key in: the least regular part of the value.
    let size = std::mem::size_of_val(&key);
    // SAFETY: the value is alive, and its bytes are only read.
    let bytes = unsafe { std::slice::from_raw_parts(std::ptr::from_ref(&key).cast::<u8>(), size) };
    let distinct = |part: &&[u8]| part.iter().collect::<std::collections::BTreeSet<_>>().len();
    let inner = bytes.windows(24).max_by_key(distinct).expect("a window").to_vec();
    assert!(distinct(&&inner[..]) > 16, "{inner:?}");
    let found = freed_with(&[SECRET.as_bytes(), TOKEN.as_bytes(), &inner], || {
        let mut cache = KeyCache::new();
        for day in 1..=20 {
            cache.get(&credentials, &format!("202401{day:02}"), SCOPE);
        }
        cache.get(&credentials, "20240101", SCOPE);
        cache.clear();
        drop(cache);
        drop(credentials.clone());
    });
    assert!(found.is_empty(), "secret 0, token 1, key 2: {found:?}");
}
