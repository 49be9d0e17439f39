"""Tables as CSV files for the command line."""

import csv
import os

import numpy as np


def columns_of(X):
    """Names and columns of a frame or a two-dimensional array of ids."""
    if hasattr(X, "columns"):
        return [str(c) for c in X.columns], [list(X[c]) for c in X.columns]
    rows = [list(row) for row in X]
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("expected a table with a row of ids for each sample")
    width = len(rows[0])
    names = ["left", "right"] if width == 2 else ["mode%d" % (k + 1) for k in range(width)]
    return names, [[row[k] for row in rows] for k in range(width)]


def text(value):
    """A cell as the command line reads it: whole numbers without a point."""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating)):
        value = float(value)
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def write(path, names, columns):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(names)
        for row in zip(*columns):
            out.writerow([text(value) for value in row])


def read(path):
    """Columns of a CSV file by name, as texts."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return {name: [row[k] for row in rows[1:]] for k, name in enumerate(rows[0])}


def source(table, folder, name):
    """A path as it is; a frame, whose index has the ids, as a CSV file."""
    if not hasattr(table, "columns"):
        return os.fspath(table)
    path = os.path.join(folder, name + ".csv")
    write(
        path,
        ["id"] + [str(c) for c in table.columns],
        [list(table.index)] + [list(table[c]) for c in table.columns],
    )
    return path
