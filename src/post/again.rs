//! Letters that wait although nobody is about to send them: there was no server when they were written.

use entity::kind::MailState;
use entity::outgoing_mail::{Column, Entity};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::write;
use crate::app::App;
use crate::error::Result;
use crate::scope::Scope;

/// Letters asked for at a time.
const MOST: u64 = 1_000;

/// Asks for every letter that waits, if there is a server by now; gives how many. One that is asked for already is not twice.
pub(crate) async fn ask_again(app: &App) -> Result<usize> {
    if app.mail().is_none() {
        return Ok(0);
    }
    let tx = app.write(Scope::system("ask for letters again")).await?;
    let waiting = tx.scope().select_shared::<Entity>()?.filter(Column::State.eq(MailState::Waiting));
    let waiting = tx.all(waiting.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).limit(MOST)).await?;
    for letter in &waiting {
        write::ask(&tx, letter.id, app.now()).await?;
    }
    tx.commit().await?;
    Ok(waiting.len())
}
