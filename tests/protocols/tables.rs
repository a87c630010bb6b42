//! Turns the shapes of a botocore protocol suite into the tables that the core reads, as
//! `make generate` does for IVS, and says which traits a case needs that IVS does not have.

use crate::model::ivs::SERVICE;
use crate::model::{Service, Texts};
use serde_json::{Map, Value};

/// One protocol case made ready to run.
#[derive(Debug)]
pub struct Case {
    pub service: &'static Service,
    /// By member as the suite calls it, its name on the wire: IVS has one name for both.
    pub renamed: Vec<(String, String)>,
}

/// Compiles the shape (`input` or `output` of the operation) reduced to the members that occur
/// in `value`, the case's params or result. Err is the trait that IVS does not use.
pub fn compile(suite: &Value, given: &Value, side: &str, value: &Value) -> Result<Case, String> {
    // A number below 127 is written otherwise than a greater one: there are names of both kinds.
    let names = vec![String::new(); 126];
    let mut builder = Builder { shapes: &suite["shapes"], names, ..Builder::default() };
    let http = &given["http"];
    let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
    if !given["endpoint"].is_null() {
        return Err("host prefix".into());
    }
    if !given["httpChecksum"].is_null() || given["httpChecksumRequired"] == true {
        return Err("request checksum".into());
    }
    if !given["requestcompression"].is_null() {
        return Err("request compression".into());
    }
    if !suite["clientEndpoint"].is_null() {
        return Err("path of the client's endpoint (see endpoints.rs)".into());
    }
    if http["requestUri"].as_str().is_some_and(|uri| uri.contains("+}")) {
        return Err("greedy label".into());
    }
    let shape = text(&given[side]["shape"]);
    let members = suite["shapes"][&shape]["members"].as_object();
    if members.is_some_and(|members| members.values().any(|m| m["idempotencyToken"] == true)) {
        return Err("idempotency token".into());
    }
    let row = if shape.is_empty() {
        builder.store(vec![0, 0])
    } else {
        let facts = &suite["shapes"][&shape];
        if !facts["payload"].is_null() {
            return Err("payload member".into());
        }
        builder.structure(facts, value, side == "input", "")?
    };
    let uri = text(&http["requestUri"]);
    let times = builder.times.join(" ");
    let route = format!("\n{}|{}|{uri}|{times}", text(&given["name"]), text(&http["method"]));
    let (input, output) = if side == "input" { (row, 0) } else { (0, row + 1) };
    let routes = builder.names.len();
    let service = Service {
        texts: texts(&[builder.names, vec![route]].concat()),
        routes,
        inputs: Box::leak(Box::new([input])),
        outputs: Box::leak(Box::new([output])),
        rows: Box::leak(builder.rows.into_boxed_slice()),
        ..SERVICE
    };
    Ok(Case { service: Box::leak(Box::new(service)), renamed: builder.renamed })
}

#[derive(Default)]
struct Builder<'a> {
    shapes: &'a Value,
    rows: Vec<u8>,
    names: Vec<String>,
    times: Vec<String>,
    renamed: Vec<(String, String)>,
}

impl Builder<'_> {
    fn store(&mut self, row: Vec<u8>) -> u16 {
        let at = self.rows.len();
        self.rows.extend(row);
        u16::try_from(at).expect("a small table")
    }

    fn shape(&mut self, name: &str, value: &Value, input: bool, path: &str) -> Result<u16, String> {
        let facts = &self.shapes[name];
        if facts["union"] == true {
            return Err("union".into());
        }
        if facts["document"] == true {
            return Err("document".into());
        }
        let kind = facts["type"].as_str().unwrap_or_default();
        match kind {
            "structure" => self.structure(facts, value, input, path),
            "list" => {
                let first = value.as_array().and_then(|a| a.first()).unwrap_or(&Value::Null);
                let member = facts["member"]["shape"].as_str().unwrap_or_default();
                // Every element is taken for the union of members that occur in any.
                let all = value.as_array().map_or(first.clone(), |a| union_of(a));
                let of = self.shape(member, &all, input, &format!("{path}.*"))?;
                Ok(self.store([vec![1], leb(of)].concat()))
            }
            "map" => {
                let all = value.as_object().map_or(Value::Null, |o| union_of(&o.values().cloned().collect::<Vec<_>>()));
                let key = self.store(vec![3]);
                let of = facts["value"]["shape"].as_str().unwrap_or_default();
                let of = self.shape(of, &all, input, &format!("{path}.*"))?;
                Ok(self.store([vec![2], leb(key), leb(of)].concat()))
            }
            "string" => Ok(self.store(vec![3])),
            "integer" | "long" => Ok(self.store(vec![4])),
            "boolean" => Ok(self.store(vec![6])),
            "timestamp" => {
                let format = facts["timestampFormat"].as_str().unwrap_or("unixTimestamp");
                // A reply is read in both forms whatever its model says; a request is written in one.
                if format == "rfc822" || (input && format != "iso8601") {
                    return Err(format!("timestamp format {format}"));
                }
                self.times.push(path.trim_start_matches('.').to_string());
                Ok(self.store(vec![7]))
            }
            other => Err(format!("type {other}")),
        }
    }

    fn structure(&mut self, facts: &Value, value: &Value, input: bool, path: &str) -> Result<u16, String> {
        let empty = Map::new();
        let members = facts["members"].as_object().unwrap_or(&empty);
        let mut row = Vec::new();
        let mut count = 0;
        let is_placed = members.iter().any(|(name, member)| !member["location"].is_null() && !value[name].is_null());
        for (name, member) in members {
            let Some(value) = value.get(name) else { continue };
            for odd in ["jsonvalue", "hostLabel", "streaming", "eventstream"] {
                if member[odd] == true {
                    return Err(format!("{odd} trait"));
                }
            }
            let shape = member["shape"].as_str().unwrap_or_default();
            let place = match (member["location"].as_str(), input) {
                (None, _) => 0,
                (Some("uri"), true) => 1,
                (Some("querystring"), true) => 2,
                (Some("header"), false) => 3,
                (Some("headers"), _) => return Err("header prefix".into()),
                (Some(other), true) => return Err(format!("{other} member in a request")),
                (Some(other), false) => return Err(format!("{other} member")),
            };
            let kind = &self.shapes[shape]["type"];
            if (place == 1 || place == 3) && kind != "string" {
                let kind = kind.as_str().unwrap_or_default();
                return Err(format!("{kind} in the {}", ["", "path", "", "headers"][place]));
            }
            if place == 2 {
                let element = self.shapes[shape]["member"]["shape"].as_str().unwrap_or_default();
                if kind != "list" || self.shapes[element]["type"] != "string" {
                    return Err("query member that is no list of strings".into());
                }
            }
            let wire = member["locationName"].as_str().unwrap_or(name);
            let key = if place == 3 { name.as_str() } else { wire };
            if key != name {
                self.renamed.push((name.clone(), wire.to_string()));
            }
            let key_index = self.name(key);
            row.push(key_index.min(127) as u8);
            if key_index >= 127 {
                row.extend(leb(key_index - 127));
            }
            if is_placed {
                row.push(place as u8);
            }
            if place == 3 {
                let header = self.name(&wire.to_lowercase());
                row.extend(leb(header));
            }
            let of = self.shape(shape, value, input, &format!("{path}.{key}"))?;
            row.extend(leb(of));
            count += 1;
        }
        Ok(self.store([vec![0, count | u8::from(is_placed) << 6], row].concat()))
    }

    fn name(&mut self, name: &str) -> u16 {
        let at = self.names.iter().position(|n| n == name).unwrap_or_else(|| {
            self.names.push(name.to_string());
            self.names.len() - 1
        });
        u16::try_from(at).expect("few names")
    }
}

/// One value with the members of all of them.
fn union_of(values: &[Value]) -> Value {
    let mut all = Value::Null;
    for value in values {
        match (&mut all, value) {
            (Value::Object(into), Value::Object(from)) => {
                for (key, value) in from {
                    into.entry(key.clone()).or_insert_with(|| value.clone());
                }
            }
            (Value::Array(into), Value::Array(from)) => into.extend(from.iter().cloned()),
            (Value::Null, _) => all = value.clone(),
            _ => {}
        }
    }
    all
}

fn leb(mut n: u16) -> Vec<u8> {
    let mut out = Vec::new();
    while n > 127 {
        out.push((n & 127) as u8 | 128);
        n >>= 7;
    }
    out.push(n as u8);
    out
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn texts(list: &[String]) -> Texts {
    let lengths: Vec<u8> = list.iter().map(|text| u8::try_from(text.len()).expect("short texts")).collect();
    let start = |block: usize| u16::try_from(list[..block * 8].concat().len()).expect("few texts");
    let starts: Vec<u16> = (0..list.len().div_ceil(8)).map(start).collect();
    Texts {
        text: leak(list.concat()),
        lengths: Box::leak(lengths.into_boxed_slice()),
        starts: Box::leak(starts.into_boxed_slice()),
    }
}
