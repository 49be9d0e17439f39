"""The client asks a service. KRONWOOD_TEST_SERVICE is the address of one for the model plain.kron in
the folder KRONWOOD_TEST_MODELS; a test of the build starts it."""

import csv
import os

import numpy as np
import pytest

from kronwood import Client, KronwoodError, Model

FOLDER = os.environ.get("KRONWOOD_TEST_MODELS")
SERVICE = os.environ.get("KRONWOOD_TEST_SERVICE")
pytestmark = pytest.mark.skipif(not SERVICE, reason="KRONWOOD_TEST_SERVICE names no service")


def test_it_predicts_what_the_command_does():
    with open(os.path.join(FOLDER, "plain.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    client = Client(SERVICE)
    assert client.is_ready()
    found = client.predict([(row["left"], row["right"]) for row in rows])
    np.testing.assert_allclose(found, [float(row["score"]) for row in rows], rtol=1e-9)
    assert len(client.sha256) == 64


def test_new_entities_and_rankings():
    client = Client(SERVICE)
    columns = {"size": 1.16, "charge": 1, "rings": 0}
    found = client.predict([("N1", "P1")], {"left": {"N1": columns}})
    model = Model.load(os.path.join(FOLDER, "plain.kron")).with_entities("left", {"N1": columns})
    np.testing.assert_allclose(found, model.predict([("N1", "P1")]), rtol=1e-6)
    best = client.rank("right", {"left": "D1"}, top_n=3, exclude=["P1"])
    assert len(best) == 3 and best[0]["score"] >= best[2]["score"]
    np.testing.assert_allclose(client.predict([("D1", best[0]["id"])]), best[0]["score"])


def test_errors_say_what_is_wrong():
    with pytest.raises(KronwoodError, match="nobody"):
        Client(SERVICE).predict([("nobody", "P1")])
    with pytest.raises(KronwoodError, match="does not answer"):
        Client("http://127.0.0.1:9").predict([("D1", "P1")])
    assert not Client("http://127.0.0.1:9").is_ready()
