//! Parsed documents, kept by their text: clients send the same few over and over.

use std::sync::Arc;

use async_graphql::Request;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// Bytes of text kept at most; parsed, they take some twenty times as many.
const MOST: u64 = 256 * 1024;

/// A longer document is parsed each time.
const LONGEST: usize = 16 * 1024;

pub(super) struct Documents(Cache<String, Arc<ExecutableDocument>, Length>);

#[derive(Clone)]
struct Length;

impl Weighter<String, Arc<ExecutableDocument>> for Length {
    fn weight(&self, text: &String, _: &Arc<ExecutableDocument>) -> u64 {
        text.len() as u64
    }
}

impl Default for Documents {
    fn default() -> Self {
        Self(Cache::with_weighter(256, MOST, Length))
    }
}

impl Documents {
    /// Parses a request's document, if it can be parsed.
    pub(super) fn parse(&self, request: &mut Request) -> Option<Arc<ExecutableDocument>> {
        let document = match self.0.get(&request.query) {
            Some(document) => document,
            None => {
                let document = Arc::new(parse_query(&request.query).ok()?);
                if request.query.len() <= LONGEST {
                    self.0.insert(request.query.clone(), Arc::clone(&document));
                }
                document
            }
        };
        request.set_parsed_query(document.as_ref().clone());
        Some(document)
    }
}
