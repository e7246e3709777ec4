//! Hearing what any process tells through PostgreSQL: one connection of its own, outside the pool, for all who hear.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sea_orm::sqlx::{self, Executor, PgPool};
use tokio::task::AbortHandle;
use tokio::time::{Instant, interval_at, sleep, timeout};

use crate::event::{self, Hub};

/// What processes tell each other through.
pub(super) const CHANNEL: &str = "forecourt_event";

/// How often a silent connection is asked whether it is alive, and how long it may take to say so.
const ASKED: Duration = Duration::from_secs(20);
const ANSWERS: Duration = Duration::from_secs(5);

/// How long to wait before another try; twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A task that hears; it ends with this.
pub(super) struct Listening(AbortHandle);

impl Listening {
    pub(super) fn begin(pool: &PgPool, hub: Arc<Hub>) -> Self {
        let options = pool.connect_options().as_ref().clone().application_name("forecourt listening");
        Self(tokio::spawn(go_on(options, hub)).abort_handle())
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn go_on(options: PgConnectOptions, hub: Arc<Hub>) {
    let mut pause = FIRST_PAUSE;
    loop {
        let cause = match listen(&options).await {
            Ok(mut listener) => {
                hub.open();
                pause = FIRST_PAUSE;
                let cause = hear(&mut listener, &hub).await;
                // Whoever hears may have missed something: they are told so, and read anew.
                hub.close();
                cause
            }
            Err(error) => error.to_string(),
        };
        tracing::warn!(cause, "cannot hear what other processes tell; trying again");
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn listen(options: &PgConnectOptions) -> Result<PgListener, sqlx::Error> {
    let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(ANSWERS).connect_lazy_with(options.clone());
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.ignore_pool_close_event(true);
    // A connection in place of a lost one would hide that something was missed.
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Hands on what is told until the connection is lost; says why.
async fn hear(listener: &mut PgListener, hub: &Hub) -> String {
    let mut asked = interval_at(Instant::now() + ASKED, ASKED);
    loop {
        let heard = tokio::select! {
            heard = listener.try_recv() => heard,
            _ = asked.tick() => match timeout(ANSWERS, listener.execute("select 1")).await {
                Ok(Ok(_)) => continue,
                Ok(Err(error)) => Err(error),
                Err(_) => return "the connection is silent".to_owned(),
            },
        };
        match heard {
            Ok(Some(told)) => hub.tell(event::decode(told.payload())),
            Ok(None) => return "the connection was lost".to_owned(),
            Err(error) => return error.to_string(),
        }
    }
}
