"""Reads model files, safetensors with JSON, and archives with the same arrays.

See docs/model-format.md.
"""

import hashlib
import io
import json
import zipfile

import numpy as np

NEWEST = 9
_TYPES = {"F32": "<f4", "F64": "<f8", "I32": "<i4", "I64": "<i8", "U8": "u1"}


def read(content, name):
    """The JSON text of a model file and its tensors by name.

    content: the bytes of a model file, or of an archive of ``kronwood export``. name: what messages
    call it.
    """
    if content[:2] == b"PK":
        return _archive(content, name)
    try:
        start = 8 + int.from_bytes(content[:8], "little")
        header = json.loads(content[8:start])
        about = header.pop("__metadata__")
        digest = about["sha256"]
        text = about["kronwood"]
        version = int(about["format_version"])
    except (KeyError, ValueError, TypeError, AttributeError) as e:
        raise ValueError("%s is no model file of Kronwood" % name) from e
    if version > NEWEST:
        raise ValueError(
            "%s has format version %d, this package reads up to %d: install a newer one"
            % (name, version, NEWEST)
        )
    zeroed = content.replace(digest.encode(), b"0" * 64, 1)
    if hashlib.sha256(zeroed).hexdigest() != digest:
        raise ValueError("%s is damaged: its content does not fit its digest" % name)
    tensors = {}
    for key, tensor in header.items():
        begin, end = (start + offset for offset in tensor["data_offsets"])
        values = np.frombuffer(content[begin:end], _TYPES[tensor["dtype"]])
        tensors[key] = values.reshape(tensor["shape"])
    return json.loads(text), tensors


def _archive(content, name):
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            tensors = {key: arrays[key] for key in arrays.files}
        text = tensors.pop("kronwood").tobytes().decode()
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as e:
        raise ValueError("%s is no archive of kronwood export" % name) from e
    tensors.pop("sha256", None)
    return json.loads(text), tensors


def texts(tensors, name, offsets):
    """The texts of a tensor of bytes."""
    data, ends = tensors[name].tobytes(), tensors[offsets]
    return [data[a:b].decode() for a, b in zip(ends, ends[1:])]
