"""Kronwood models in Python.

``Model.load("m.kron")`` reads a model file and predicts without Java. ``KronwoodRegressor`` and
``KronwoodClassifier`` train by the command line, as scikit-learn estimators. ``PairSplit`` divides
pairs so that entities of the test part are new. ``Client`` asks a service of ``kronwood serve``."""

from .client import Client
from .command import KronwoodError, environment_info
from .estimators import KronwoodClassifier, KronwoodRegressor
from .model import Model
from .split import PairSplit

__all__ = [
    "Client",
    "KronwoodClassifier",
    "KronwoodError",
    "KronwoodRegressor",
    "Model",
    "PairSplit",
    "environment_info",
]
__version__ = "0.1.0.dev0"
