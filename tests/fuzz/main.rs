//! Hostile input of every kind that reaches the core: answers, error answers, headers, parameters, options.
//!
//! An in-process fuzzer with a generator of its own: it starts from recorded answers, from the corpus beside this
//! file and from values grown at random, and mutates them. What must hold for each input is in `targets.rs`.
//!
//!     FUZZ_INPUTS=10000000 cargo test --test fuzz -- --nocapture     a long run; 20,000 when absent
//!     FUZZ_SEED=7                                                    another seed; the clock when `random`

#[path = "../support/host.rs"]
mod host;
mod memory;
mod mutate;
mod random;
mod seeds;
mod slow;
mod targets;

use mutate::Mutator;
use random::Random;
use std::panic::{catch_unwind, AssertUnwindSafe};
use targets::TARGETS;

fn number(variable: &str, usual: u64) -> u64 {
    match std::env::var(variable).as_deref() {
        Err(_) => usual,
        Ok("random") => {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            now.expect("a clock after 1970").as_nanos() as u64
        }
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{variable} is a number")),
    }
}

/// What an input does wrong, if anything. A panic is caught, so that the input can be told.
fn verdict(target: &targets::Target, input: &[u8]) -> Result<(), String> {
    match catch_unwind(AssertUnwindSafe(|| (target.run)(input))) {
        Ok(outcome) => outcome,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            Err(format!("panicked: {}", text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("?")))
        }
    }
}

/// What one thread has tried.
#[derive(Default)]
struct Tried {
    bytes: u64,
    /// The most memory that a byte of input cost.
    worst: f64,
    failures: Vec<String>,
}

impl Tried {
    fn input(&mut self, target: &targets::Target, input: &[u8]) {
        let before = memory::begin();
        let outcome = verdict(target, input);
        let used = memory::peak_since(before);
        self.bytes += input.len() as u64;
        self.worst = self.worst.max(used as f64 / (input.len() + 4096) as f64);
        if let Err(problem) = outcome.and_then(|()| memory::bounded(used, input.len())) {
            if self.failures.len() < 10 {
                self.failures.push(format!(
                    "{}: {problem}\n    input {:?}",
                    target.name,
                    String::from_utf8_lossy(input)
                ));
            }
        }
    }
}

#[test]
fn no_input_panics_lies_or_swells() {
    let inputs = number("FUZZ_INPUTS", 20_000);
    let seed = number("FUZZ_SEED", 1_700_000_000);
    let start = std::time::Instant::now();
    let seeds = &seeds::all();
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let work = move |thread: u64| {
        let mut tried = Tried::default();
        if thread == 0 {
            for input in seeds {
                TARGETS.iter().for_each(|target| tried.input(target, input));
            }
        }
        let mut mutator = Mutator { random: Random::new(seed + thread), seeds };
        for i in (thread..inputs).step_by(threads as usize) {
            let input = mutator.input();
            tried.input(&TARGETS[(i / threads) as usize % TARGETS.len()], &input);
        }
        tried
    };
    let tried: Vec<Tried> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || work(thread))).collect();
        running.into_iter().map(|thread| thread.join().expect("panics are caught")).collect()
    });
    let failures: Vec<&str> = tried.iter().flat_map(|tried| tried.failures.iter().map(String::as_str)).collect();
    println!(
        "FUZZ_SEED={seed}: {inputs} inputs from {} seeds to {} targets, {:.0} MB in {:.1} s on {threads} threads; {} failures; at most {:.0} bytes of memory for a byte of input",
        seeds.len(),
        TARGETS.len(),
        tried.iter().map(|tried| tried.bytes).sum::<u64>() as f64 / 1e6,
        start.elapsed().as_secs_f64(),
        failures.len(),
        tried.iter().fold(0.0, |worst: f64, tried| worst.max(tried.worst)),
    );
    assert!(failures.is_empty(), "FUZZ_SEED={seed}, FUZZ_INPUTS={inputs}, {threads} threads\n{}", failures.join("\n"));
}

/// The fuzzer itself must be able to fail.
#[test]
fn a_panic_a_lie_and_a_swelling_are_noticed() {
    let panics = targets::Target { name: "panics", run: |input| Err(format!("{}", input[1000])) };
    assert!(verdict(&panics, b"x").is_err_and(|problem| problem.contains("out of bounds")));
    let before = memory::begin();
    drop(std::hint::black_box(vec![1_u8; 50_000_000]));
    let used = memory::peak_since(before);
    assert!(memory::bounded(used, 10).is_err(), "{used}");
    assert!(targets::is_json("{\"a\":1}") && !targets::is_json("{\"a\":1"));
}
