//! The models of requests, found by ID.

use crate::Page;

/// A hash table of the models of requests by ID. Its hash is cheap and need not withstand chosen IDs, since all IDs
/// are those of pages.
pub(crate) struct Models<V> {
    /// At least half of the places are free. A model whose place is taken gets the next one.
    places: Vec<Option<KnownModel<V>>>,
}

/// A model.
#[derive(Clone, Copy)]
pub(crate) struct KnownModel<V> {
    pub(crate) id: &'static str,
    pub(crate) page: &'static Page,
    pub(crate) variant: V,
}

impl<V: Copy> Models<V> {
    pub(crate) fn new(variants: Vec<(&'static Page, V)>) -> Self {
        let count: usize = variants.iter().map(|(page, _)| page.models.len()).sum();
        let mut places = vec![None; (2 * count + 1).next_power_of_two()];
        for (page, variant) in variants {
            for &id in page.models {
                let order = probes(id.as_bytes(), places.len());
                let free = order.into_iter().find(|at| places.get(*at).is_some_and(Option::is_none));
                if let Some(place) = free.and_then(|at| places.get_mut(at)) {
                    *place = Some(KnownModel { id, page, variant });
                }
            }
        }
        Self { places }
    }

    #[inline]
    pub(crate) fn get(&self, id: &[u8]) -> Option<&KnownModel<V>> {
        let mut known = probes(id, self.places.len()).map_while(|at| self.places.get(at)?.as_ref());
        known.find(|known| known.id.as_bytes() == id)
    }
}

/// The places at which an ID may be, out of `places`, which is a power of two.
#[inline]
fn probes(id: &[u8], places: usize) -> impl Iterator<Item = usize> {
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    let (words, _) = id.as_chunks::<8>();
    let hash = words.iter().fold(id.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    // What is left, with some bytes before it: one word is read faster than up to seven bytes.
    let last = id
        .last_chunk::<8>()
        .map_or_else(|| id.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), |last| u64::from_le_bytes(*last));
    // The upper half depends on all of the lower one.
    let first = (mix(hash, last) >> 32) as usize;
    (0..places).map(move |step| first.wrapping_add(step) & (places - 1))
}
