//! Reads the two SigV4 suites: a case is a folder with a raw HTTP request and one file for
//! each product of signing.
#![allow(dead_code)] // each test program uses a part of it

use std::path::{Path, PathBuf};

/// A raw HTTP request, as far as signing is concerned.
#[derive(Debug, Default)]
pub struct RawRequest {
    pub method: String,
    pub path: String,
    pub query: String,
    /// In file order; a folded header is one value with a single space for each fold.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl RawRequest {
    /// The text of a request file. HTTP's own line ends are CR LF, those of the files LF.
    pub fn parse(text: &str) -> Self {
        let text = text.replace('\r', "");
        let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let first = lines.next().expect("a request line");
        let (method, rest) = first.split_once(' ').expect("a method");
        // The target may hold raw spaces (get-space-unnormalized), so the version is cut from the end.
        let (target, version) = rest.rsplit_once(' ').expect("a version");
        assert_eq!(version, "HTTP/1.1");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines.filter(|line| !line.is_empty()) {
            if line.starts_with(' ') {
                let folded = &mut headers.last_mut().expect("a header before its fold").1;
                folded.push(' ');
                folded.push_str(line.trim());
            } else {
                let (name, value) = line.split_once(':').expect("a header");
                headers.push((name.into(), value.into()));
            }
        }
        RawRequest { method: method.into(), path: path.into(), query: query.into(), headers, body: body.into() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }
}

/// The project's folder of test data.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// A file of test data, without carriage returns and the final line end.
pub fn read(path: &Path) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.replace('\r', "").trim_end_matches('\n').to_string())
}

/// Every folder below `root` that holds a file accepted by `is_case`, by name.
pub fn cases(root: &Path, is_case: fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder:?}: {e}"));
        let paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        if paths.iter().any(|path| is_case(path)) {
            found.push(folder);
        }
        open.extend(paths.into_iter().filter(|path| path.is_dir()));
    }
    found.sort();
    found
}
