//! Letters to people: written, sealed, by the transaction that they tell of, and sent later.
//!
//! **No letter goes out twice for one cause.** A row is a letter; where a change may be asked for twice, its cause is a key,
//! so there is one row. Whoever sends it claims the row first, and writes down that the server is about to be given the whole
//! of it before that is done (`SENDING`): both are commits of their own. Up to then a lost process, a lost connection or a
//! "not now" leaves a letter that is sent later. From then on only an answer tells. Where none comes (the process was killed,
//! the line was cut), the letter stays unsent for good and is shown as `UNKNOWN`: it may have arrived, and a second invitation,
//! reset or bill helps nobody who has the first. Whoever missed it asks again, which is another cause. A server that takes a
//! letter and never says so is rare, and a letter given twice cannot be taken back; were it sent anew it would have the same
//! `Message-ID`.

mod again;
mod content;
mod preview;
mod send;
mod template;
mod unsent;
mod write;

pub(crate) use again::ask_again;
pub use content::BillLetter;
pub use preview::preview;
pub use send::{NotSent, Sent, give_up, send};
pub use template::{OWN_KINDS, own_template, set as set_template, template, written};
pub use unsent::{Letter, unsent};
pub use write::{to_account, to_customer};
