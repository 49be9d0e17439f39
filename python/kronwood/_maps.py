"""From attributes of an entity to its coordinates. See docs/model-format.md."""

import numpy as np


def _rows(tensors, prefix, kind, columns):
    """Vectors stored dense, or sparse by rows."""
    if kind == "dense":
        return tensors[prefix].astype(float)
    start = tensors[prefix + ".row_start"]
    dense = np.zeros((len(start) - 1, columns))
    for row, (a, b) in enumerate(zip(start, start[1:])):
        dense[row, tensors[prefix + ".column"][a:b]] = tensors[prefix + ".value"][a:b]
    return dense


def _kernel(block, phi, references):
    kind = block["kernel"].split(":")[0]
    inner = phi @ references.T
    if kind == "linear":
        return inner
    norms = (phi * phi).sum(1)[:, None], (references * references).sum(1)[None, :]
    if kind == "cosine":
        size = np.sqrt(norms[0] * norms[1])
        return np.divide(inner, size, out=np.zeros_like(inner), where=size > 0)
    if kind == "gaussian":
        distance = np.maximum(norms[0] + norms[1] - 2 * inner, 0)
        return np.exp(-distance / (2 * block["bandwidth"] ** 2))
    if kind == "tanimoto":
        out = np.empty_like(inner)
        for i, row in enumerate(phi):
            least = np.minimum(row, references).sum(1)
            most = np.maximum(row, references).sum(1)
            out[i] = np.where(most > 0, least / np.where(most > 0, most, 1), 1)
        return out
    raise ValueError("kernel '%s' is not known: install a newer package" % kind)


def _blocks(about, tensors, prefix, attributes, places):
    matrix = tensors[prefix + ".projection.matrix"]
    total = np.zeros((len(attributes), matrix.shape[1]))
    first = 0
    for b, block in enumerate(about["blocks"]):
        at = "%s.block.%d" % (prefix, b)
        if block["kind"] == "encoded":
            raise ValueError(
                "new entities of encoded columns (%s) need the command: kronwood predict"
                % block["name"]
            )
        if block["kind"] == "identity":
            width = 0
            values = np.zeros_like(total)
            values[places >= 0, places[places >= 0]] = 1
        elif block["kind"] == "profile":
            # Nobody brings a profile: known entities have theirs, others none.
            width = 0
            centre = tensors[at + ".centre"]
            profiles = _rows(tensors, at + ".references", block["references"], len(centre))
            own = np.where((places >= 0)[:, None], profiles[places], 0)
            values = _kernel(block, own - centre, profiles - centre)
        elif block["kind"] == "features":
            centre = tensors[at + ".centre"]
            width = len(centre)
            references = _rows(tensors, at + ".references", block["references"], width) - centre
            values = _kernel(block, attributes[:, first : first + width] - centre, references)
        else:
            width = matrix.shape[1]
            values = attributes[:, first : first + width]
        first += width
        total += block["scale"] * values
    return total @ matrix.T + tensors[prefix + ".projection.offset"]


def _without_constant(about, tensors, prefix, attributes, places):
    kind = about["kind"]
    if kind == "direct":
        centred = attributes - tensors[prefix + ".mean"]
        return about["scale"] * centred[:, tensors[prefix + ".kept"]]
    if kind == "pivot":
        mean = tensors[prefix + ".mean"]
        pivots = _rows(tensors, prefix + ".pivots", about["pivots"], len(mean)) - mean
        products = pivots @ (attributes - mean).T
        return about["scale"] * np.linalg.solve(tensors[prefix + ".lower"], products).T
    if kind == "similarity":
        return attributes @ tensors[prefix + ".matrix"].T + tensors[prefix + ".offset"]
    if kind == "blocks":
        return _blocks(about, tensors, prefix, attributes, places)
    if kind == "components":
        base = _without_constant(about["base"], tensors, prefix + ".base", attributes, places)
        return base @ tensors[prefix + ".components"].T
    raise ValueError("maps of kind '%s' are not known: install a newer package" % kind)


def given(about, columns):
    """The columns that a new entity brings: all but those of an identity, which are ids."""
    while about["kind"] == "components":
        about = about["base"]
    if about["kind"] == "identity":
        return []
    if about["kind"] != "blocks":
        return columns
    references = about["projection"]["columns"]
    left, first = [], 0
    for b, block in enumerate(about["blocks"]):
        kind = block["kind"]
        if kind == "profile":
            continue
        width = references
        if kind == "features":
            width = block["columns"]
        elif kind == "encoded":
            # Which of the columns are whose is of no use: the command is needed.
            return columns
        left += [] if kind == "identity" else columns[first : first + width]
        first += width
    return left


def coordinates(about, tensors, prefix, attributes, places):
    """Coordinates of entities, a row each, the constant one last.

    attributes: a row for each entity, in the order of the given columns.
    places: which of the training entities each is, by its id, or -1.
    """
    if about["kind"] == "identity":
        # Two numbers, which follow from the place.
        return places[:, None]
    u = _without_constant(about, tensors, prefix, attributes, places)
    constant = (about["projection"] if about["kind"] == "blocks" else about)["constant"]
    return np.hstack([u, np.full((len(u), 1), constant)]) if constant > 0 else u
