//! A request, taken apart: target, schema, parameters, preferences, media types. Pure.

use axum::http::{HeaderMap, Method};
use bytes::Bytes;
use serde_json::{Map, Value};

use super::error::RestError;
use super::media::{BodyType, Media};
use super::url::{self, NotUtf8, Pair};

/// A request as the service sees it, without the gateway's prefix.
#[derive(Debug, Clone)]
pub(crate) struct RestRequest {
    pub(crate) method: Method,
    /// The decoded path, beginning with `/`.
    pub(crate) path: String,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    Root,
    Table(&'a str),
    Function(&'a str),
}

impl RestRequest {
    pub(crate) fn new(
        method: Method,
        path: &str,
        query: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Self, NotUtf8> {
        let path = url::decode(path, false)?;
        Ok(Self {
            method,
            path,
            pairs: url::pairs(query)?,
            headers,
            body,
        })
    }

    /// The target, or PGRST125.
    pub(crate) fn target(&self) -> Result<Target<'_>, RestError> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        match path.split_once('/') {
            None if path.is_empty() => Ok(Target::Root),
            None => Ok(Target::Table(path)),
            Some(("rpc", name)) if !name.contains('/') => Ok(Target::Function(name)),
            Some(_) => Err(RestError::path()),
        }
    }

    pub(crate) fn is_read(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The schema the request names, or the first one exposed; PGRST106 for one that is not.
    pub(crate) fn schema<'a>(&'a self, exposed: &'a [String]) -> Result<&'a str, RestError> {
        let name = if self.is_read() {
            "accept-profile"
        } else {
            "content-profile"
        };
        let default = exposed.first().map(String::as_str).unwrap_or_default();
        let sent = self.header(name).unwrap_or(default);
        let known = exposed.iter().any(|schema| schema == sent);
        if known {
            Ok(sent)
        } else {
            Err(RestError::schema(sent, exposed))
        }
    }

    pub(crate) fn media(&self) -> Result<Media, RestError> {
        let all: Vec<&str> = self
            .headers
            .get_all("accept")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        let joined = (!all.is_empty()).then(|| all.join(","));
        Media::negotiate(joined.as_deref())
    }

    pub(crate) fn body_type(&self) -> Result<BodyType, RestError> {
        BodyType::of(self.header("content-type"))
    }

    pub(crate) fn prefer_headers(&self) -> impl Iterator<Item = &str> {
        self.headers
            .get_all("prefer")
            .iter()
            .filter_map(|value| value.to_str().ok())
    }

    /// The `Range` header of a read.
    pub(crate) fn range(&self) -> Option<&str> {
        self.header("range").filter(|_| self.is_read())
    }

    /// `request.headers` and `request.cookies` as a function reads them.
    pub(crate) fn settings(&self) -> [(&'static str, String); 4] {
        let mut headers = Map::new();
        let mut cookies = Map::new();
        for (name, value) in &self.headers {
            let Ok(value) = value.to_str() else { continue };
            if name == "cookie" {
                let pairs = value
                    .split(';')
                    .filter_map(|pair| pair.trim().split_once('='));
                cookies.extend(pairs.map(|(name, value)| (name.to_owned(), Value::from(value))));
            } else {
                headers.insert(name.as_str().to_owned(), Value::from(value));
            }
        }
        [
            ("request.method", self.method.as_str().to_owned()),
            ("request.path", self.path.clone()),
            ("request.headers", Value::Object(headers).to_string()),
            ("request.cookies", Value::Object(cookies).to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(path: &str) -> String {
        let request =
            RestRequest::new(Method::GET, path, "", HeaderMap::new(), Bytes::new()).unwrap();
        match request.target() {
            Ok(target) => format!("{target:?}"),
            Err(error) => error.code.clone(),
        }
    }

    #[test]
    fn a_path_names_the_root_a_table_or_a_function() {
        assert_eq!(target("/"), "Root");
        assert_eq!(target("/so%6Egs"), "Table(\"songs\")");
        assert_eq!(target("/rpc/f"), "Function(\"f\")");
        assert_eq!(target("/rpc/"), "Function(\"\")");
        for path in ["/songs/", "//songs", "/songs/1", "/rpc/f/x"] {
            assert_eq!(target(path), "PGRST125", "{path}");
        }
    }
}
