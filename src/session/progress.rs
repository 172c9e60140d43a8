//! How far a run is, told to whoever wants to show it. The library itself shows nothing.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Hears how many contracts of how many are done; called from any thread, never in the order of the
/// counts for certain.
#[derive(Clone, Default)]
pub struct Watch(Option<Arc<Observer>>);

type Observer = dyn Fn(usize, usize) + Send + Sync;

impl Watch {
    /// Calls back with what is done and what there is to do.
    pub fn new(observer: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(observer)))
    }

    /// Work of so many steps begins.
    pub(super) fn start(&self, total: usize) -> Progress<'_> {
        let progress = Progress { watch: self, done: AtomicUsize::new(0), total };
        progress.tell(0);
        progress
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Watch").field(&self.0.is_some()).finish()
    }
}

/// Work under way.
pub(super) struct Progress<'a> {
    watch: &'a Watch,
    done: AtomicUsize,
    total: usize,
}

impl Progress<'_> {
    /// One more step is done.
    pub(super) fn step(&self) {
        self.tell(self.done.fetch_add(1, Ordering::Relaxed) + 1);
    }

    fn tell(&self, done: usize) {
        if let Some(observer) = &self.watch.0 {
            observer(done, self.total);
        }
    }
}
