"""Training and predicting by the command line, as scikit-learn does."""

import os
import tempfile

import numpy as np

from . import _tables
from .command import run
from .model import Model

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
except ImportError:  # scikit-learn is not needed

    class BaseEstimator:
        """What is used of scikit-learn's class of this name."""

        def get_params(self, deep=True):
            names = self.__init__.__code__.co_varnames[1 : self.__init__.__code__.co_argcount]
            return {name: getattr(self, name) for name in names}

        def set_params(self, **params):
            for name, value in params.items():
                setattr(self, name, value)
            return self

    class ClassifierMixin:
        """Says by score how many classes are right."""

        def score(self, X, y):
            return float(np.mean(self.predict(X) == np.asarray(y)))

    class RegressorMixin:
        """Says by score how much of the variance is predicted, R²."""

        def score(self, X, y):
            y = np.asarray(y, float)
            return float(1 - ((self.predict(X) - y) ** 2).sum() / ((y - y.mean()) ** 2).sum())


class _Kronwood(BaseEstimator):
    """What regressor and classifier share.

    X is a frame (or array) of ids, a column for each mode. Entities are described by tables: paths,
    or frames whose index has the ids.

    features, similarity: dictionary from the name of a table to its source. A table has the name of
    its mode, unless ``modes`` says otherwise.
    modes: such as ["first:image", "second:image"]; default: the columns of X.
    options: further options of ``kronwood train``, such as ["--tune", "60s"].
    command: how to start Kronwood; default: KRONWOOD_HOME, then the PATH.
    timeout: seconds that one run of the command may take.
    """

    def __init__(
        self,
        features=None,
        similarity=None,
        modes=None,
        neurons=512,
        epochs=20,
        seed=1,
        threads=None,
        options=(),
        command=None,
        timeout=None,
    ):
        self.features = features
        self.similarity = similarity
        self.modes = modes
        self.neurons = neurons
        self.epochs = epochs
        self.seed = seed
        self.threads = threads
        self.options = options
        self.command = command
        self.timeout = timeout

    def _fit(self, X, y, loss):
        names, columns = _tables.columns_of(X)
        if len(y) != len(columns[0]):
            raise ValueError("X has %d rows, y has %d" % (len(columns[0]), len(y)))
        with tempfile.TemporaryDirectory(prefix="kronwood-") as folder:
            pairs = os.path.join(folder, "pairs.csv")
            model = os.path.join(folder, "model.kron")
            _tables.write(pairs, names + ["y"], columns + [list(y)])
            arguments = ["train", "--pairs", pairs, "--target", "y", "--loss", loss]
            arguments += ["--modes", ",".join(self.modes or names)]
            arguments += ["--neurons", str(self.neurons), "--epochs", str(self.epochs)]
            arguments += ["--seed", str(self.seed), "--quiet", "--out", model]
            if self.threads is not None:
                arguments += ["--threads", str(self.threads)]
            for kind in ("features", "similarity"):
                for table, given in (getattr(self, kind) or {}).items():
                    path = _tables.source(given, folder, kind + "-" + table)
                    arguments += ["--" + kind, table + "=" + path]
            run(arguments + list(self.options), self.command, self.timeout)
            with open(model, "rb") as file:
                self.model_bytes_ = file.read()
        self.model_ = Model.from_bytes(self.model_bytes_)
        self.n_features_in_ = len(names)
        return self

    def _predict(self, X):
        """Columns of the command's predictions by name."""
        if not hasattr(self, "model_bytes_"):
            raise _not_fitted(self)
        names, columns = _tables.columns_of(X)
        with tempfile.TemporaryDirectory(prefix="kronwood-") as folder:
            pairs = os.path.join(folder, "pairs.csv")
            model = os.path.join(folder, "model.kron")
            scores = os.path.join(folder, "scores.csv")
            _tables.write(pairs, names, columns)
            with open(model, "wb") as file:
                file.write(self.model_bytes_)
            arguments = ["predict", "--model", model, "--pairs", pairs, "--out", scores]
            if list(dict.fromkeys(self.model_.modes)) != names:
                arguments += ["--modes", ",".join(m.split(":")[0] for m in self.modes or names)]
            run(arguments, self.command, self.timeout)
            return _tables.read(scores)


def _not_fitted(estimator):
    message = "this %s is not fitted yet: call fit first" % type(estimator).__name__
    try:
        from sklearn.exceptions import NotFittedError

        return NotFittedError(message)
    except ImportError:
        return ValueError(message)


class KronwoodRegressor(RegressorMixin, _Kronwood):
    __doc__ = "Predicts numbers for pairs of entities.\n\n" + _Kronwood.__doc__.split("\n", 2)[2]

    def fit(self, X, y):
        """Trains on rows of ids and their numbers."""
        return self._fit(X, np.asarray(y, float), "squared")

    def predict(self, X):
        """A number for each row."""
        return np.array(self._predict(X)["score"], float)


class KronwoodClassifier(ClassifierMixin, _Kronwood):
    __doc__ = "Predicts classes of pairs of entities.\n\n" + _Kronwood.__doc__.split("\n", 2)[2]

    def fit(self, X, y):
        """Trains on rows of ids and their classes; of two, the later one is positive."""
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        if len(self.classes_) < 2:
            raise ValueError("there is only one class: %s" % self.classes_)
        return self._fit(X, y, "logistic" if len(self.classes_) == 2 else "softmax")

    def predict_proba(self, X):
        """The probability of each class, in the order of ``classes_``."""
        predicted = self._predict(X)
        names = [_tables.text(c) for c in self.classes_]
        if len(names) > 2:
            columns = [np.array(predicted["probability_" + name], float) for name in names]
        else:
            positive = np.array(predicted["probability"], float)
            columns = [1 - positive, positive]
            if self.model_.classes[1] != names[1]:
                columns.reverse()
        return np.stack(columns, 1)

    def predict(self, X):
        """The most probable class of each row."""
        return self.classes_[self.predict_proba(X).argmax(1)]
