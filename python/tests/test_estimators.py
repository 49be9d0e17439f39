"""Estimators run the command line. KRONWOOD_TEST_COMMAND says how; a test of the build sets it."""

import csv
import os
import pickle
import sys

import numpy as np
import pytest

from kronwood import KronwoodClassifier, KronwoodError, KronwoodRegressor, PairSplit
from kronwood import environment_info
from kronwood.command import run

pandas = pytest.importorskip("pandas")
sklearn = pytest.importorskip("sklearn")

COMMAND = os.environ.get("KRONWOOD_TEST_COMMAND")
EXAMPLES = os.path.join(os.path.dirname(__file__), "..", "..", "examples", "pairs")
needs_command = pytest.mark.skipif(not COMMAND, reason="KRONWOOD_TEST_COMMAND is not set")


def example(name):
    return os.path.abspath(os.path.join(EXAMPLES, name))


def options(**more):
    return dict(
        features={"left": example("left.csv")},
        similarity={"right": example("right_similarity.csv")},
        neurons=16,
        epochs=2,
        threads=1,
        command=COMMAND,
        **more
    )


def pairs():
    table = pandas.read_csv(example("pairs.csv"))
    return table[["left", "right"]], table["affinity"]


@needs_command
def test_a_regressor_has_the_bits_of_the_command(tmp_path):
    X, y = pairs()
    fitted = KronwoodRegressor(**options()).fit(X, y)
    arguments = ["train", "--pairs", example("pairs.csv"), "--target", "affinity"]
    arguments += ["--modes", "left,right", "--features", "left=" + example("left.csv")]
    arguments += ["--similarity", "right=" + example("right_similarity.csv"), "--neurons", "16"]
    arguments += ["--epochs", "2", "--threads", "1", "--quiet", "--out", str(tmp_path / "m.kron")]
    run(arguments, COMMAND)
    scores = str(tmp_path / "scores.csv")
    arguments = ["predict", "--model", str(tmp_path / "m.kron"), "--pairs", example("new.csv")]
    run(arguments + ["--out", scores], COMMAND)
    with open(scores, newline="") as file:
        rows = list(csv.DictReader(file))
    X_new = pandas.DataFrame(rows)[["left", "right"]]
    assert list(fitted.predict(X_new)) == [float(row["score"]) for row in rows]
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_allclose(
        again.model_.predict(X_new), fitted.predict(X_new), rtol=1e-9, atol=1e-9
    )


@needs_command
def test_cross_validation_by_scikit_learn_is_that_of_the_command():
    import json

    from sklearn.model_selection import cross_val_score

    X, y = pairs()
    found = -cross_val_score(
        KronwoodRegressor(**options()),
        X,
        y,
        cv=PairSplit("D", n_splits=2),
        scoring="neg_mean_squared_error",
    )
    arguments = ["cv", "--pairs", example("pairs.csv"), "--target", "affinity"]
    arguments += ["--modes", "left,right", "--features", "left=" + example("left.csv")]
    arguments += ["--similarity", "right=" + example("right_similarity.csv"), "--neurons", "16"]
    arguments += ["--epochs", "2", "--threads", "1", "--quiet", "--json"]
    result = json.loads(run(arguments + ["--setting", "D", "--folds", "2"], COMMAND))
    expected = [fold["metrics"]["mse"] for fold in result["folds"]]
    # The folds are the same; the last digits of sums in single precision are not.
    np.testing.assert_allclose(found, expected, rtol=1e-6)


@needs_command
def test_a_classifier_knows_its_classes_whatever_they_are():
    X, y = pairs()
    features = pandas.read_csv(example("left.csv"), index_col="id")
    given = options()
    given["features"] = {"left": features}
    for classes in (np.array([7, -2]), np.array(["no", "yes"])):
        labels = classes[(y > 6).astype(int)]
        fitted = KronwoodClassifier(**given).fit(X, labels)
        proba = fitted.predict_proba(X)
        np.testing.assert_allclose(proba.sum(1), 1)
        assert set(fitted.predict(X)) <= set(classes)
        assert (fitted.predict(X) == labels).mean() > 0.7


@needs_command
def test_messages_of_the_command_are_passed_on():
    X, y = pairs()
    with pytest.raises(KronwoodError, match="nowhere.csv"):
        KronwoodRegressor(features={"left": "nowhere.csv"}, command=COMMAND).fit(X, y)


def test_a_missing_command_says_what_was_tried(monkeypatch):
    monkeypatch.setenv("KRONWOOD_HOME", "/nowhere")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(KronwoodError, match="/nowhere/kronwood .KRONWOOD_HOME.*on the PATH"):
        run(["--version"])
    assert "was not found" in environment_info()["error"]
    with pytest.raises(KronwoodError, match="command='no-such-program'"):
        run(["--version"], "no-such-program")


def test_a_command_that_takes_too_long_is_ended():
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(KronwoodError, match="took longer than 0.5 s"):
        run(["train"], sleeper, 0.5)


def test_predicting_before_fitting_is_refused():
    from sklearn.exceptions import NotFittedError

    with pytest.raises(NotFittedError):
        KronwoodRegressor().predict([["a", "b"]])


@pytest.mark.parametrize("estimator", [KronwoodRegressor(), KronwoodClassifier()])
def test_the_checks_of_scikit_learn_that_fit_nothing_pass(estimator):
    """All other checks of check_estimator fit on matrices of numbers. Those fail by design: X has
    the ids of entities, which without tables mean nothing."""
    from sklearn.base import clone
    from sklearn.utils import estimator_checks as checks

    name = type(estimator).__name__
    for check in (
        checks.check_no_attributes_set_in_init,
        checks.check_get_params_invariance,
        checks.check_set_params,
        checks.check_parameters_default_constructible,
    ):
        target = type(estimator) if check.__name__.endswith("constructible") else estimator
        check(name, target if not isinstance(target, type) else estimator)
    assert clone(estimator).get_params() == estimator.get_params()
