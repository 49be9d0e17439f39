"""The reader predicts what ``kronwood predict`` does.

KRONWOOD_TEST_MODELS names a folder with models NAME.kron, each beside predictions NAME.csv of the
command, and for some new entities NAME.TABLE.csv; a test of the build makes it."""

import csv
import glob
import os
import pickle

import numpy as np
import pytest

from kronwood import Model

FOLDER = os.environ.get("KRONWOOD_TEST_MODELS")
MODELS = sorted(glob.glob(os.path.join(FOLDER, "*.kron"))) if FOLDER else []
needs_models = pytest.mark.skipif(not MODELS, reason="KRONWOOD_TEST_MODELS names no models")


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_models
def test_there_are_models_of_twelve_kinds():
    assert len(MODELS) >= 12


@pytest.mark.parametrize("path", MODELS, ids=[os.path.basename(p) for p in MODELS])
def test_predictions_are_those_of_the_command(path):
    model = Model.load(path)
    for given in glob.glob(path[: -len("kron")] + "*.csv"):
        table = given[len(path) - len("kron") : -len(".csv")]
        if table != "":
            entities = {row.pop("id"): row for row in rows(given)}
            model = model.with_entities(table, entities)
    expected = rows(path[: -len("kron")] + "csv")
    pairs = [[row[mode] for mode in dict.fromkeys(model.modes)] for row in expected]
    values, deviations = model.predict_with_sd(pairs)
    values = values.reshape(len(pairs), -1)
    names = [n for n in expected[0] if n == "score" or n.startswith("probability")]
    names = [n for n in names if not n.endswith("_sd")]
    assert len(names) == values.shape[1]
    for c, name in enumerate(names):
        truth = np.array([float(row[name]) for row in expected])
        np.testing.assert_allclose(values[:, c], truth, rtol=1e-6, atol=1e-6)
    if deviations is not None:
        sd = deviations.reshape(len(pairs), -1)
        truth = np.array([float(row[names[0] + "_sd"]) for row in expected])
        np.testing.assert_allclose(sd[:, 0], truth, rtol=1e-6, atol=1e-6)


@needs_models
def test_an_archive_holds_the_same_model():
    archives = sorted(glob.glob(os.path.join(FOLDER, "*.npz")))
    assert archives
    for archive in archives:
        one, other = Model.load(archive), Model.load(archive[: -len("npz")] + "kron")
        expected = rows(archive[: -len("npz")] + "csv")
        pairs = [[row[mode] for mode in dict.fromkeys(one.modes)] for row in expected]
        np.testing.assert_array_equal(one.predict(pairs), other.predict(pairs))
        with np.load(archive, allow_pickle=False) as arrays:
            assert len(arrays["sha256"].tobytes().decode()) == 64


@needs_models
def test_a_damaged_archive_is_refused():
    with pytest.raises(ValueError, match="archive"):
        Model.from_bytes(b"PK\x03\x04 and nothing else")


@needs_models
def test_a_model_survives_pickle():
    model = Model.load(MODELS[0])
    again = pickle.loads(pickle.dumps(model))
    assert again.modes == model.modes
    assert again.facts == model.facts


@needs_models
def test_what_is_no_whole_model_is_refused():
    with open(MODELS[0], "rb") as file:
        content = bytearray(file.read())
    with pytest.raises(ValueError, match="no model file"):
        Model.from_bytes(b"left,right,score\n" * 10)
    content[-1] ^= 1
    with pytest.raises(ValueError, match="damaged"):
        Model.from_bytes(bytes(content))
    newer = bytes(content).replace(b'"format_version":"', b'"format_version":"9', 1)
    with pytest.raises(ValueError, match="format version 9"):
        Model.from_bytes(newer)


@needs_models
def test_an_unknown_entity_is_named():
    model = Model.load(MODELS[0])
    row = ["nobody"] * len(set(model.modes))
    with pytest.raises(ValueError, match="'nobody' of mode"):
        model.predict([row])
