//! Rust sources as a reader sees them: tokens with their lines; comments, texts and tests left out.

use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A word, a sign or a bracket; two colons are one sign.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// Path, e.g. `src/store/bill.rs`, and text of every source file that is not a test.
pub(crate) fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => collect(&path, files),
            false if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") => {
                let text = std::fs::read_to_string(&path).expect("a text");
                files.push((path.to_str().expect("a plain name").to_owned(), text));
            }
            false => {}
        }
    }
}

/// The tokens of a file outside its tests.
pub(crate) fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    flatten(TokenStream::from_str(code).expect("it compiles"), &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Punct(sign) if sign.as_char() == '#' && trees.peek().is_some_and(marks_a_test) => {
                // The item ends with its body or its semicolon.
                trees.find(|tree| match tree {
                    TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                    TokenTree::Punct(sign) => sign.as_char() == ';',
                    _ => false,
                });
            }
            TokenTree::Punct(sign) => match tokens.last_mut() {
                Some(last) if sign.as_char() == ':' && last.text == ":" => last.text.push(':'),
                _ => tokens.push(Token { text: sign.as_char().to_string(), line }),
            },
            TokenTree::Ident(word) => tokens.push(Token { text: word.to_string(), line }),
            TokenTree::Literal(_) => tokens.push(Token { text: String::new(), line }),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(Token { text: open.to_owned(), line });
                flatten(group.stream(), tokens);
                tokens.push(Token { text: close.to_owned(), line });
            }
        }
    }
}

/// `[cfg(test)]`, `[test]` or `[tokio::test]` after a `#`.
fn marks_a_test(tree: &TokenTree) -> bool {
    let words: String = tree.to_string().split_whitespace().collect();
    matches!(words.as_str(), "[cfg(test)]" | "[test]" | "[tokio::test]")
}
