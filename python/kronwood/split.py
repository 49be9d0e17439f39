"""Folds in which the entities of the test part are new: those of ``kronwood cv``."""

import math

import numpy as np

from . import _tables

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_NEW = {"A": (), "B": (0,), "C": (1,), "D": (0, 1)}


class _Random:
    """The generator of java.util.SplittableRandom: Steele, Lea and Flood, OOPSLA 2014."""

    def __init__(self, seed, gamma=_GOLDEN):
        self._seed = seed & _MASK
        self._gamma = gamma

    def _next(self):
        self._seed = (self._seed + self._gamma) & _MASK
        return self._seed

    @staticmethod
    def _mix64(z):
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    @staticmethod
    def _mix_gamma(z):
        z = ((z ^ (z >> 33)) * 0xFF51AFD7ED558CCD) & _MASK
        z = ((z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53) & _MASK
        z = (z ^ (z >> 33)) | 1
        return z ^ 0xAAAAAAAAAAAAAAAA if bin(z ^ (z >> 1)).count("1") < 24 else z

    def split(self):
        return _Random(self._mix64(self._next()), self._mix_gamma(self._next()))

    def _int(self):
        z = self._next()
        z = ((z ^ (z >> 33)) * 0x62A9D9ED799705F5) & _MASK
        z = ((z ^ (z >> 28)) * 0xCB24D0A5C88C35B3) & _MASK
        return z >> 32

    def below(self, bound):
        """A whole number from 0 to bound − 1."""
        r = self._int()
        if bound & (bound - 1) == 0:
            return r & (bound - 1)
        u = r >> 1
        while True:
            r = u % bound
            if u + bound - 1 - r < 1 << 31:
                return r
            u = self._int() >> 1


def _parts(unit_of, stratum_of, count, random):
    """Deals units into parts of nearly equal size, each stratum for itself."""
    units = max(unit_of) + 1
    size = np.bincount(stratum_of)
    strata = [[] for _ in range(units)]
    for unit, stratum in zip(unit_of, stratum_of):
        strata[unit].append(stratum)
    weights = []
    for of in strata:
        of.sort()
        weight = 0.0
        for stratum in of:
            weight += 1.0 / size[stratum]
        weights.append(weight)
    order = list(range(units))
    for i in range(1, units):
        other = random.below(i + 1)
        order[i], order[other] = order[other], order[i]
    # The largest first, by powers of two.
    order.sort(key=lambda unit: -(math.frexp(weights[unit])[1]))
    filled = np.zeros((count, len(size)))
    taken = [0] * count
    share = 1.0 / count
    part = [0] * units
    for unit in order:
        best, least = 0, math.inf
        for f in range(count):
            cost = 0.0
            for stratum in dict.fromkeys(strata[unit]):
                n = strata[unit].count(stratum)
                cost += (2 * filled[f][stratum] * n + n * n) / (float(size[stratum]) ** 2)
            cost /= share
            if cost < least or (cost == least and taken[f] / share < taken[best] / share):
                best, least = f, cost
        part[unit] = best
        taken[best] += 1
        for stratum in strata[unit]:
            filled[best][stratum] += 1
    return part


class PairSplit:
    """Folds for scikit-learn's ``cross_val_score``.

    setting: "A", pairs at random; "B", the left entities of the test part are new; "C", the right
    ones; "D", both. In B, C and D a row whose entity is held out in a mode that is not new is in
    neither part. n_splits: number of folds. seed: the same seed gives the same folds, those of
    ``kronwood cv`` with that --seed. Pairs whose two modes share a table are not supported in B, C
    and D.
    """

    def __init__(self, setting="D", n_splits=5, seed=1):
        if setting not in _NEW:
            raise ValueError("setting is %r, expected one of A, B, C, D" % (setting,))
        if n_splits < 2:
            raise ValueError("n_splits is %d, expected at least 2" % n_splits)
        self.setting = setting
        self.n_splits = n_splits
        self.seed = seed

    def get_n_splits(self, X=None, y=None, groups=None):
        """The number of folds."""
        return self.n_splits

    def split(self, X, y=None, groups=None):
        """Positions of training and test rows of each fold.

        X: rows of ids, a column for each mode. y: classes are divided evenly; numbers do not matter.
        """
        _, columns = _tables.columns_of(X)
        rows = len(columns[0])
        if max(_NEW[self.setting], default=0) >= len(columns):
            raise ValueError("setting %s needs two columns of ids" % self.setting)
        strata = _strata(y, rows)
        random = _Random(self.seed).split()
        if self.setting == "A":
            keys = list(zip(*([str(v) for v in column] for column in columns)))
            part = np.array(self._divided(keys, strata, random))
            for fold in range(self.n_splits):
                yield np.flatnonzero(part != fold), np.flatnonzero(part == fold)
            return
        held = []
        for mode in _NEW[self.setting]:
            keys = [str(v) for v in columns[mode]]
            held.append(np.array(self._divided(keys, strata, random.split())))
        for fold in range(self.n_splits):
            inside = [part == fold for part in held]
            test = np.logical_and.reduce(inside)
            train = ~np.logical_or.reduce(inside)
            if not test.any() or not train.any():
                raise ValueError(
                    "fold %d has %d test and %d training rows: take fewer folds"
                    % (fold + 1, test.sum(), train.sum())
                )
            yield np.flatnonzero(train), np.flatnonzero(test)

    def _divided(self, keys, strata, random):
        number = {}
        unit_of = [number.setdefault(key, len(number)) for key in keys]
        if len(number) < self.n_splits:
            raise ValueError(
                "%d different entities or pairs cannot be divided into %d parts"
                % (len(number), self.n_splits)
            )
        part = _parts(unit_of, strata, self.n_splits, random)
        return [part[unit] for unit in unit_of]


def _strata(y, rows):
    if y is None:
        return [0] * rows
    y = np.asarray(y)
    if y.dtype.kind in "fc":
        return [0] * rows
    classes, codes = np.unique(y, return_inverse=True)
    return [0] * rows if len(classes) > 50 else [int(code) for code in codes]
