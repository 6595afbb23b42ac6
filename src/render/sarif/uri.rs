//! Paths as URIs.

/// A path with `/` between its parts, as a reference to a URI: absolute as `file:///...`, otherwise relative.
pub(super) fn of(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 8);
    let bytes = path.as_bytes();
    let drive = bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && &bytes[1..3] == b":/";
    let rest = match path.strip_prefix("//") {
        // A share of another machine: its name is the authority.
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') => {
            uri.push_str("file://");
            rest
        }
        _ if drive => {
            uri.push_str(&format!("file:///{}:", &path[..1]));
            &path[2..]
        }
        _ if path.starts_with('/') => {
            uri.push_str("file:///");
            path.trim_start_matches('/')
        }
        _ => path,
    };
    for &byte in rest.as_bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
