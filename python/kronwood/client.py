"""A client of ``kronwood serve``, by the standard library alone."""

import json
import urllib.error
import urllib.request

import numpy as np

from .command import KronwoodError


class Client:
    """Asks a service for predictions.

    url: such as ``http://127.0.0.1:8080/``. token: what the service's ``--token-file`` holds.
    timeout: seconds that an answer may take.

    After each answer ``sha256`` is the digest of the model that it came from.
    """

    def __init__(self, url, token=None, timeout=60):
        self.url = url.rstrip("/") + "/"
        self.sha256 = None
        self._token = token
        self._timeout = timeout
        # Not by a proxy of the environment: the service is usually on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def predict(self, pairs, entities=None):
        """Predictions for rows of ids, as ``Model.predict`` returns them.

        pairs: rows of ids in the order of the modes, or a DataFrame with a column for each mode.
        entities: new entities by table, by id, a dictionary from column to value.
        """
        return self.predict_with_sd(pairs, entities)[0]

    def predict_with_sd(self, pairs, entities=None):
        """Predictions and their standard deviations; None for those of a single network."""
        if hasattr(pairs, "to_dict"):
            rows = [{k: str(v) for k, v in row.items()} for row in pairs.to_dict("records")]
        else:
            rows = [[row] if isinstance(row, str) else [str(name) for name in row] for row in pairs]
        request = {"pairs": rows}
        if entities:
            request["entities"] = entities
        answer = self._ask("v1/predict", request)
        deviations = answer.get("deviations")
        return (
            np.array(answer["predictions"], float),
            None if deviations is None else np.array(deviations, float),
        )

    def rank(self, mode, given, top_n=10, candidates=None, exclude=(), entities=None):
        """The entities of a mode with the largest predictions: a list of dictionaries with ``id``,
        ``score`` and of an ensemble ``sd``.

        given: the id of each other mode's entity.
        """
        request = {"mode": mode, "given": given, "top_n": top_n, "exclude": list(exclude)}
        if candidates is not None:
            request["candidates"] = list(candidates)
        if entities:
            request["entities"] = entities
        return self._ask("v1/rank", request)["results"]

    def is_ready(self):
        """Whether the service answers."""
        try:
            return bool(self._ask("v2/health/ready", None)["ready"])
        except KronwoodError:
            return False

    def _ask(self, path, request):
        headers = {"Accept": "application/json"}
        if self._token:
            headers["Authorization"] = "Bearer " + self._token
        data = None
        if request is not None:
            data = json.dumps(request).encode()
            headers["Content-Type"] = "application/json"
        asked = urllib.request.Request(self.url + path, data, headers)
        try:
            with self._opener.open(asked, timeout=self._timeout) as response:
                self.sha256 = response.headers.get("Kronwood-Model")
                return json.load(response)
        except urllib.error.HTTPError as e:
            raise KronwoodError("%s answers %d: %s" % (self.url, e.code, _detail(e))) from e
        except OSError as e:
            raise KronwoodError("%s does not answer: %s" % (self.url, e)) from e


def _detail(error):
    try:
        return json.load(error)["detail"]
    except (ValueError, KeyError, OSError):
        return error.reason
