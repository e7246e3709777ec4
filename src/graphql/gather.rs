//! The way to a loader. Every resolver that waits in a `dataloader` yields by itself and then queues for the loader's
//! lock; behind a hundred rows that queue takes longer than the loader waits, and the next level's batches are split.
//! So resolvers gather here first: one of them waits until nobody new comes, asks the loader once, and all see the
//! answers together.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};

/// Turns of the executor without a newcomer after which a batch is asked for. The executor polls two rows of a list a
/// turn, so newcomers follow each other closely until the list is through.
const QUIET_TURNS: usize = 10;

/// Keys on their way to a loader.
pub(super) struct Gather<K, V>(Arc<Inner<K, V>>);

type Asked<K, V> = BoxFuture<'static, Arc<HashMap<K, V>>>;

type Answers<K, V> = Shared<Asked<K, V>>;

type Load<K, V> = dyn Fn(Vec<K>) -> BoxFuture<'static, HashMap<K, V>> + Send + Sync;

struct Inner<K, V> {
    open: Mutex<Batch<K, V>>,
    load: Box<Load<K, V>>,
}

struct Batch<K, V> {
    /// What was read with other rows.
    known: HashMap<K, V>,
    keys: HashSet<K>,
    /// Who joined, those with a key that was there already included.
    joined: usize,
    /// Belongs to those who wait for it, and ends with the last of them: it holds what gathers, with the request's
    /// transaction, and would keep it for ever if that held it too.
    answers: Option<WeakShared<Asked<K, V>>>,
}

impl<K, V> Gather<K, V>
where
    K: Hash + Eq + Copy + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Gathers for `load`, which answers every key.
    pub(super) fn new(load: impl Fn(Vec<K>) -> BoxFuture<'static, HashMap<K, V>> + Send + Sync + 'static) -> Self {
        let open = Mutex::new(Batch { known: HashMap::new(), keys: HashSet::new(), joined: 0, answers: None });
        Self(Arc::new(Inner { open, load: Box::new(load) }))
    }

    /// Takes note of an answer that nobody asked for yet.
    pub(super) fn know(&self, key: K, answer: V) {
        self.0.batch().known.insert(key, answer);
    }

    /// The answer to `key`.
    pub(super) async fn load(&self, key: K) -> V {
        let answers = match self.join(key) {
            Ok(known) => return known,
            // Boxed: what is known needs no room for it.
            Err(answers) => Box::pin(answers).await,
        };
        answers.get(&key).cloned().expect("a loader answers every key")
    }

    /// What is known, else the answers to come.
    fn join(&self, key: K) -> Result<V, Answers<K, V>> {
        let mut open = self.0.batch();
        if let Some(known) = open.known.get(&key) {
            return Ok(known.clone());
        }
        open.keys.insert(key);
        open.joined += 1;
        if let Some(answers) = open.answers.as_ref().and_then(WeakShared::upgrade) {
            return Err(answers);
        }
        let answers = Arc::clone(&self.0).run().boxed().shared();
        open.answers = answers.downgrade();
        Err(answers)
    }
}

impl<K, V> Inner<K, V> {
    async fn run(self: Arc<Self>) -> Arc<HashMap<K, V>> {
        let (mut joined, mut quiet) = (0, 0);
        while quiet < QUIET_TURNS {
            tokio::task::yield_now().await;
            let now = self.batch().joined;
            quiet = if now == joined { quiet + 1 } else { 0 };
            joined = now;
        }
        let keys = {
            let mut open = self.batch();
            open.joined = 0;
            open.answers = None;
            std::mem::take(&mut open.keys)
        };
        Arc::new((self.load)(keys.into_iter().collect()).await)
    }

    fn batch(&self) -> MutexGuard<'_, Batch<K, V>> {
        // Nothing panics between the two writes of a batch, so a poisoned one is whole.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_hangs_up_while_keys_gather_leaves_nothing_behind() {
        let held = Arc::new(());
        let inside = Arc::clone(&held);
        let gather = Gather::new(move |keys: Vec<u8>| {
            let _held = Arc::clone(&inside);
            async move { keys.into_iter().map(|key| (key, key)).collect() }.boxed()
        });
        assert_eq!(gather.load(1).now_or_never(), None, "it waits for others");
        // Whoever comes after is answered all the same.
        assert_eq!(gather.load(2).await, 2);
        assert_eq!(gather.load(3).now_or_never(), None);
        drop(gather);
        assert_eq!(Arc::strong_count(&held), 1);
    }
}
