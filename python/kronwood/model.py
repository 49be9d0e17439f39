"""A trained model, read and used without Java."""

import numpy as np

from . import _entries, _file, _maps

_MOST_BYTES = 1 << 26


class Model:
    """A model of ``kronwood train``. Immutable.

    Predictions equal those of ``kronwood predict`` to about 1e-11. Memory: the model, and 64 MB.
    """

    def __init__(self, about, tensors, content, new=None, others=None):
        self._about = about
        self._tensors = tensors
        self._content = content
        self._new = dict(new or {})
        # What predicts where an entity is new, of a model with interaction profiles.
        self._others = others
        if others is None and "others" in about:
            own = {k[len("others.") :]: t for k, t in tensors.items() if k.startswith("others.")}
            self._others = Model(about["others"], own, content)
        self.modes = tuple(mode["name"] for mode in about["modes"])
        self.targets = tuple(about["target"]["names"])
        self.classes = tuple(about["target"]["classes"])
        self.facts = dict(about["provenance"]["facts"])
        self.metrics = about["provenance"]["metrics"]
        self._table_of_mode = [mode["table"] for mode in about["modes"]]
        self._ids = [
            {name: i for i, name in enumerate(self.ids(table["name"]))}
            for table in about["tables"]
        ]

    @classmethod
    def load(cls, path):
        """Reads a model file. Raises ValueError if it is damaged, newer, or no model."""
        with open(path, "rb") as file:
            return cls.from_bytes(file.read(), str(path))

    @classmethod
    def from_bytes(cls, content, name="the model"):
        """Reads the bytes of a model file."""
        about, tensors = _file.read(content, name)
        return cls(about, tensors, content)

    def __getstate__(self):
        others = self._others._new if self._others else None
        return {"content": self._content, "new": self._new, "others": others}

    def __setstate__(self, state):
        about, tensors = _file.read(state["content"], "the model")
        self.__init__(about, tensors, state["content"], state["new"])
        if self._others:
            self._others._new = dict(state["others"])

    def _table(self, name):
        names = [table["name"] for table in self._about["tables"]]
        if name not in names:
            raise ValueError("no table '%s', the tables are %s" % (name, ", ".join(names)))
        return names.index(name)

    def ids(self, table):
        """Names of the entities of a table that the model knows."""
        at = "table.%d." % self._table(table)
        return _file.texts(self._tensors, at + "ids", at + "id_offsets")

    def columns(self, table):
        """Names of the columns that a new entity of a table is described by."""
        position = self._table(table)
        at = "table.%d." % position
        columns = _file.texts(self._tensors, at + "columns", at + "column_offsets")
        return _maps.given(self._about["tables"][position]["map"], columns)

    def with_entities(self, table, entities):
        """The same model, which also knows new entities of a table.

        entities: a DataFrame whose index has their ids, or a dictionary from each id to a
        dictionary from column to number.
        """
        position = self._table(table)
        columns = self.columns(table)
        if hasattr(entities, "iterrows"):
            entities = {str(i): dict(row) for i, row in entities.iterrows()}
        rows = []
        for name, row in entities.items():
            missing = [column for column in columns if column not in row]
            if missing:
                raise ValueError(
                    "entity '%s' of table '%s' has no column %s"
                    % (name, table, ", ".join(missing[:5]))
                )
            rows.append([float(row[column]) for column in columns])
        attributes = np.array(rows, float).reshape(len(rows), len(columns))
        # Features are kept in single precision, as Java keeps them.
        attributes = attributes.astype(np.float32).astype(float)
        about = self._about["tables"][position]["map"]
        names = [str(name) for name in entities]
        places = self._places(position, names)
        prefix = "table.%d.map" % position
        u = _maps.coordinates(about, self._tensors, prefix, attributes, places)
        known = dict(self._new.get(position, {}))
        known.update(zip(names, u))
        others = self._others.with_entities(table, entities) if self._others else None
        new = {**self._new, position: known}
        return Model(self._about, self._tensors, self._content, new, others)

    def _places(self, table, names):
        """Which of the training entities of a table each is, or -1."""
        training = self._tensors.get("table.%d.training" % table, np.empty(0, int))
        place = {int(entity): i for i, entity in enumerate(training)}
        known = self._ids[table]
        return np.array([place.get(known.get(name, -1), -1) for name in names], int)

    def _names(self, pairs):
        """The ids of each mode."""
        if hasattr(pairs, "columns"):
            if all(mode in pairs.columns for mode in self.modes):
                return [[str(name) for name in pairs[mode]] for mode in self.modes]
            pairs = pairs.values
        rows = [(row,) if isinstance(row, str) else tuple(row) for row in pairs]
        distinct = list(dict.fromkeys(self.modes))
        for row in rows:
            if len(row) != len(distinct):
                raise ValueError(
                    "a row has %d ids, expected one for each of %s"
                    % (len(row), ", ".join(distinct))
                )
        return [[str(row[distinct.index(mode)]) for row in rows] for mode in self.modes]

    def _coordinates(self, mode, names):
        """Coordinates of entities, and their place among the training entities or −1."""
        table = self._table_of_mode[mode]
        at = "table.%d." % table
        known, new = self._ids[table], self._new.get(table, {})
        all_known = self._tensors[at + "coordinates"]
        u = np.empty((len(names), all_known.shape[1]))
        training = self._tensors.get(at + "training", np.empty(0, int))
        place = {int(entity): i for i, entity in enumerate(training)}
        at_training = np.full(len(names), -1)
        for i, name in enumerate(names):
            if name in new:
                u[i] = new[name]
            elif name in known:
                u[i] = all_known[known[name]]
                at_training[i] = place.get(known[name], -1)
            else:
                raise ValueError(
                    "'%s' of mode '%s' is not known to the model: give it by with_entities"
                    % (name, self.modes[mode])
                )
        return u, at_training

    def _training_places(self, mode, names):
        """Which of the training entities each is, or -1, where entities are identities."""
        table = self._table_of_mode[mode]
        known, new = self._ids[table], self._new.get(table, {})
        place = self._places(table, names)
        for i, name in enumerate(names):
            if name in new:
                place[i] = new[name][0]
            elif name not in known:
                raise ValueError(
                    "'%s' of mode '%s' is not known to the model: give it by with_entities"
                    % (name, self.modes[mode])
                )
        return place

    def _entry_products(self, names):
        """Pre-activations of all neurons, of a network with weights of single entries."""
        tables = self._table_of_mode
        return _entries.products(
            [self._about["tables"][table]["map"] for table in tables],
            [len(self._tensors["table.%d.training" % table]) for table in tables],
            self._tensors,
            [self._training_places(mode, of) for mode, of in enumerate(names)],
        )

    def _pair(self):
        tables = self._table_of_mode
        return next(
            (a, b) for b in range(len(tables)) for a in range(b) if tables[a] == tables[b]
        )

    def _inputs(self, names):
        """One row for each tuple: the product of coordinates, or a sum of such products."""
        found = [self._coordinates(mode, of) for mode, of in enumerate(names)]
        u = [coordinates for coordinates, _ in found]
        structure = self._about.get("structure", {"kind": "plain"})
        kind = structure["kind"]
        if kind == "plain":
            return _product(u)
        if kind == "cartesian":
            return structure["scale"] * self._cartesian(found)
        a, b = self._pair()
        without = u[:b] + u[b + 1 :]
        if kind == "comparison":
            without[a] = self._compared(u[a], u[b], structure["constant"])
            return _product(without)
        if kind == "ranking":
            other = list(without)
            other[a] = u[b]
            return structure["scale"] * (_product(without) - _product(other))
        swapped = list(u)
        swapped[a], swapped[b] = u[b], u[a]
        sign = {"symmetric": 1, "antisymmetric": -1}[kind]
        return structure["scale"] * (_product(u) + sign * _product(swapped))

    def _cartesian(self, found):
        total = 0
        for term in range(len(found)):
            axes = []
            for mode, (u, place) in enumerate(found):
                training = self._tensors["table.%d.training" % self._table_of_mode[mode]]
                identity = np.zeros((len(u), len(training)))
                if mode != term:
                    identity[place >= 0, place[place >= 0]] = 1
                axes.append(np.hstack([u if mode == term else np.zeros_like(u), identity]))
            total = total + _product(axes)
        return total

    def _compared(self, u, v, constant):
        mean, scale = self._tensors["comparison.mean"], self._tensors["comparison.scale"]
        p = len(mean) // 2
        size = np.sqrt((u * u).sum(1) * (v * v).sum(1))
        cosine = np.where(size > 0, (u * v).sum(1) / np.where(size > 0, size, 1), 0)
        c = np.hstack([(u * v)[:, :p], np.abs(u - v)[:, :p], cosine[:, None]])
        c = (c - mean) * scale
        return np.hstack([c, np.full((len(c), 1), constant)]) if constant > 0 else c

    def _members(self, names):
        """What each member of an ensemble predicts: tuples × members × outputs."""
        tensors, about = self._tensors, self._about
        output = tensors["output"].astype(float)
        sparse = "entries.weights" in tensors
        if not sparse:
            weights = tensors["weights"].reshape(len(tensors["weights"]), -1).astype(float)
        outputs, neurons = output.shape
        members = about.get("ensemble", {}).get("members", 1)
        each = neurons // members
        odd = about.get("structure", {}).get("kind") in ("antisymmetric", "ranking")
        shift = about["shift"]
        count = len(names[0])
        f = np.empty((count, members, outputs))
        numbers = 4 * neurons if sparse else weights.shape[1] + neurons
        step = max(1, _MOST_BYTES // (8 * numbers))
        for first in range(0, count, step):
            chunk = [of[first : first + step] for of in names]
            if sparse:
                z = self._entry_products(chunk)
            else:
                x = self._inputs(chunk)
                z = x @ weights.T
            active = np.maximum(z - shift, 0)
            if odd:
                active -= np.maximum(-z - shift, 0)
            part = f[first : first + step]
            for e in range(members):
                own = slice(e * each, (e + 1) * each)
                part[:, e] = active[:, own] @ output[:, own].T / np.sqrt(each)
            if "linear" in tensors:
                linear = tensors["linear"].reshape(members * outputs, -1).astype(float)
                part += (x @ linear.T).reshape(part.shape)
            if "settings" in about:
                self._weigh(part, x, chunk)
        offset = tensors["target.offset"].reshape(members, outputs)
        scale = tensors["target.scale"].reshape(members, outputs)
        return _link(about["target"]["loss"]["key"], offset + scale * f)

    def _weigh(self, f, x, names):
        """Weighs network and linear model of each tuple by which of its entities are new."""
        new = self._new_modes(names)
        row = 0
        for setting in self._about["settings"]:
            rows = f.shape[2] if setting["linear"] else 0
            those = new == sum(1 << mode for mode in setting["new"])
            f[those] = setting["network"] * f[those] + np.array(setting["offset"], float)
            if rows:
                linear = self._tensors["settings.linear"][row : row + rows]
                added = x[those] @ linear.reshape(rows, -1).astype(float).T
                f[those] += added[:, None, :]
            row += rows

    def predict_with_sd(self, pairs):
        """Predictions and their standard deviations; None for those of a single network."""
        names = self._names(pairs)
        values, deviations = self._values(names)
        if self._others:
            new = self._is_new(names)
            if new.any():
                those = [[name for name, is_new in zip(of, new) if is_new] for of in names]
                values[new], others = self._others._values(those)
                if deviations is not None:
                    deviations[new] = others
        return _squeezed(values), None if deviations is None else _squeezed(deviations)

    def _new_modes(self, names):
        """For each tuple the modes whose entity occurs in no training sample, as bits."""
        new = np.zeros(len(names[0]), int)
        for mode, of in enumerate(names):
            new |= (self._coordinates(mode, of)[1] < 0).astype(int) << mode
        return new

    def _is_new(self, names):
        """Whether an entity of each tuple occurs in no training sample."""
        return self._new_modes(names) != 0

    def _values(self, names):
        """Predictions and standard deviations of this model alone, a row each."""
        members = self._members(names)
        values = members.mean(1)
        count = members.shape[1]
        if count == 1:
            return values, None
        variance = ((members - values[:, None]) ** 2).sum(1) / (count - 1)
        usual = self._about["ensemble"].get("calibration") or []
        settings = self._about.get("settings") or [{"new": []}]
        new = self._new_modes(names) if len(settings) > 1 else np.zeros(len(values), int)
        for setting in settings:
            those = new == sum(1 << mode for mode in setting["new"])
            for c, fitted in enumerate(setting.get("spread") or usual):
                variance[those, c] = fitted["factor"] * variance[those, c] + fitted["variance"]
        return values, np.sqrt(variance)

    def predict(self, pairs):
        """Predictions for rows of ids, as ``kronwood predict`` makes them.

        pairs: a DataFrame with a column for each mode, or rows of ids in the order of the modes.
        Returns one number a row: a target, or the probability of the second of two classes; or a
        row of numbers, of several targets or of each class.
        """
        return self.predict_with_sd(pairs)[0]


def _squeezed(values):
    return values[:, 0] if values.shape[1] == 1 else values


def _product(axes):
    x = axes[0]
    for u in axes[1:]:
        x = (x[:, :, None] * u[:, None, :]).reshape(len(x), -1)
    return x


def _link(loss, f):
    if loss == "logistic":
        return 1 / (1 + np.exp(-f))
    if loss == "softmax":
        shares = np.exp(f - f.max(-1, keepdims=True))
        return shares / shares.sum(-1, keepdims=True)
    return f
