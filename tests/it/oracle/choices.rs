//! A tape of numbers that decides everything random, so that shrinking the tape shrinks whatever is made from it.

use proptest::prelude::any;
use proptest::strategy::Strategy;

/// Reads a tape. After its end all choices are 0, which always stands for the plainest option.
pub(crate) struct Choices<'t> {
    tape: std::slice::Iter<'t, u32>,
}

impl<'t> Choices<'t> {
    pub(crate) fn new(tape: &'t [u32]) -> Self {
        Self { tape: tape.iter() }
    }

    /// Tapes for proptest to generate and shrink.
    pub(crate) fn tapes(longest: usize) -> impl Strategy<Value = Vec<u32>> {
        proptest::collection::vec(any::<u32>(), 0..=longest)
    }

    pub(crate) fn number(&mut self) -> u32 {
        self.tape.next().copied().unwrap_or_default()
    }

    /// A number below `count`, which is not 0.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.number() as usize % count
    }

    /// Rarely true: once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub(crate) fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}
