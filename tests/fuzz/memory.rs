//! How much memory an input costs: an allocator that counts, one thread at a time.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

thread_local! {
    static NOW: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

fn add(size: isize) {
    // While a thread ends its locals are gone; nobody counts then.
    let _ = NOW.try_with(|now| {
        now.set(now.get() + size);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(now.get())));
    });
}

// SAFETY: every call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        add(-(layout.size() as isize));
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Starts to count; gives what is in use.
pub fn begin() -> isize {
    let now = NOW.with(Cell::get);
    PEAK.with(|peak| peak.set(now));
    now
}

/// The most that was in use at once since `begin`, beyond what was in use then.
pub fn peak_since(before: isize) -> usize {
    usize::try_from(PEAK.with(Cell::get) - before).unwrap_or(0)
}

/// Memory grows with the input, by a factor that a page or a Worker can afford: 6 MiB of answer stay below 600 MB.
pub fn bounded(used: usize, input: usize) -> Result<(), String> {
    let most = 256 * 1024 + 100 * input;
    if used > most {
        return Err(format!("{used} bytes of memory for {input} bytes of input, more than {most}"));
    }
    Ok(())
}
