//! Letters sent.

use super::Work;
use super::run::{Failure, Outcome, Run};
use crate::post::{self, NotSent};
use crate::queue::{SendMail, Task};

impl Work for SendMail {
    async fn work(self, run: Run) -> Result<Outcome, Failure> {
        let done = |result: &str| Ok(Outcome::Done { result: Some(result.to_owned()) });
        match post::send(run.app(), self.mail).await {
            Ok(_) => done("The letter was handed to the mail server."),
            // It waits until there is one: the nightly sweep asks again.
            Err(NotSent::NoServer) => done("No mail server is set: the letter waits."),
            Err(NotSent::Over(state)) => {
                Err(Failure::for_good("LETTER_NOT_SENT", format!("The letter is {}.", words(state))))
            }
            Err(why) if !why.may_pass() => Err(Failure::for_good("LETTER_NOT_SENT", "The letter cannot be sent.")),
            Err(why) => {
                if run.attempt() >= Self::ATTEMPTS {
                    post::give_up(run.app(), self.mail).await?;
                }
                Err(match why {
                    NotSent::Failed(error) => error.into(),
                    // The server's words are not for everybody; its codes are with the letter.
                    _ => Failure::for_now("LETTER_WAITS", "The mail server did not take the letter yet."),
                })
            }
        }
    }
}

fn words(state: entity::kind::MailState) -> String {
    use sea_orm::ActiveEnum;
    state.to_value().to_lowercase().replace('_', " ")
}
