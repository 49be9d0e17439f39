"""Networks with weights of single entries, of entities that are told apart by their identity alone.

See docs/model-format.md.
"""

from statistics import NormalDist

import numpy as np

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_QUANTILE = np.vectorize(NormalDist().inv_cdf, otypes=[float])


def _mixed(z):
    z = (z ^ (z >> np.uint64(30))) * _FIRST
    z = (z ^ (z >> np.uint64(27))) * _SECOND
    return z ^ (z >> np.uint64(31))


def initial(seeds, index):
    """The initial weights at some positions, a row each, of the neurons of these seeds."""
    with np.errstate(over="ignore"):
        position = _mixed((index.astype(np.uint64) + np.uint64(1)) * _STEP)
        h = _mixed(seeds.astype(np.uint64)[None, :] + position[:, None])
    return _QUANTILE(((h >> np.uint64(11)).astype(float) + 0.5) * 2.0**-53)


def products(maps, sizes, tensors, places):
    """The pre-activations of all neurons, a row for each tuple.

    maps: for each mode how its entities have coordinates. sizes: training entities of each mode.
    places: for each mode which of them the entity of each tuple is, or -1.
    """
    held, weights = tensors["entries.index"], tensors["entries.weights"]
    seeds = tensors["entries.seeds"]
    count = len(places[0])
    z = np.zeros((count, len(seeds)))
    for subset in range(1 << len(maps)):
        index, number = np.zeros(count, np.int64), np.ones(count)
        for mode, (one, size, place) in enumerate(zip(maps, sizes, places)):
            own = subset >> mode & 1
            index = index * (size + 1) + (place + 1 if own else 0)
            if own:
                number = number * np.where(place < 0, 0, one["own"])
            else:
                number = number * np.where(place < 0, one["unknown"], one["shared"])
        at = np.searchsorted(held, index)
        there = number != 0
        there[there] = held[np.minimum(at[there], len(held) - 1)] == index[there]
        z[there] += number[there, None] * weights[at[there]].astype(float)
        made = ~there & (number != 0)
        if made.any():
            z[made] += number[made, None] * initial(seeds, index[made])
    return z
