//! Every Rust block of docs/rust.md is a part of a program in examples/, which the tests build and run: so it compiles.

const GUIDE: &str = include_str!("../docs/rust.md");
const EXAMPLES: [(&str, &str); 4] = [
    ("own_transport", include_str!("../examples/own_transport.rs")),
    ("page", include_str!("../examples/page.rs")),
    ("rust_worker", include_str!("../examples/rust_worker.rs")),
    ("sign_on_host", include_str!("../examples/sign_on_host.rs")),
];

fn blocks() -> Vec<&'static str> {
    let after_fences = GUIDE.split("```rust").skip(1);
    after_fences
        .map(|rest| {
            let (info, rest) = rest.split_once('\n').expect("a line after the fence");
            assert_eq!(info, "", "a block is plain `rust`, so that this test sees it");
            rest.split_once("```").expect("a closing fence").0
        })
        .collect()
}

#[test]
fn every_block_of_the_guide_is_in_an_example() {
    let blocks = blocks();
    assert_eq!(blocks.len(), 11);
    for block in blocks {
        let known = EXAMPLES.iter().any(|(_, program)| program.contains(block));
        assert!(known, "in no example:\n{block}");
    }
}

#[test]
fn every_example_is_named_in_the_guide_or_in_the_manifest() {
    let manifest = include_str!("../Cargo.toml");
    for (name, _) in EXAMPLES {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
