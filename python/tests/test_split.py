"""Folds are those of ``kronwood cv``."""

import numpy as np
import pytest

from kronwood import PairSplit
from kronwood.split import _Random

PAIRS = [["a%d" % (i % 9), "b%d" % (i % 7)] for i in range(63)]


def test_random_numbers_are_those_of_java():
    # new SplittableRandom(1): nextInt(1000) three times; then split().nextInt(1000), nextInt(7)
    random = _Random(1)
    assert [random.below(1000) for _ in range(3)] == JAVA[0]
    own = random.split()
    assert [own.below(1000), own.below(7), own.below(64)] == JAVA[1]


JAVA = ([926, 302, 881], [438, 2, 4])


@pytest.mark.parametrize("setting", "ABCD")
def test_what_is_new_in_a_test_part_is_not_in_its_training_part(setting):
    tested = []
    for train, test in PairSplit(setting, n_splits=3).split(PAIRS):
        tested.extend(test)
        assert not set(train) & set(test)
        for mode, new in enumerate((setting in "BD", setting in "CD")):
            shared = {PAIRS[i][mode] for i in train} & {PAIRS[i][mode] for i in test}
            if new:
                assert not shared
    assert len(set(tested)) == len(tested)
    if setting in "ABC":
        assert len(tested) == len(PAIRS)


def test_classes_are_divided_evenly():
    y = np.array(["yes" if i % 3 == 0 else "no" for i in range(63)])
    for _, test in PairSplit("A", n_splits=3).split(PAIRS, y):
        assert sum(y[test] == "yes") == 7


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="one of A, B, C, D"):
        PairSplit("E")
    with pytest.raises(ValueError, match="cannot be divided into 20 parts"):
        list(PairSplit("B", n_splits=20).split(PAIRS))
