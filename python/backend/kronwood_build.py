"""Builds the wheel (PEP 517) from the files of the package, with fixed times: the same files give
the same bytes. Run as a program, it writes the wheel into the folder that is named."""

import base64
import hashlib
import os
import re
import sys
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TIME = (2026, 1, 1, 0, 0, 0)


def _project():
    with open(os.path.join(ROOT, "pyproject.toml"), encoding="utf-8") as file:
        text = file.read()
    facts = dict(re.findall(r'^([\w-]+) = "([^"]*)"$', text, re.MULTILINE))
    facts["dependencies"] = re.findall(r'"([^"]+)"', re.search(r"dependencies = \[(.*)\]", text)[1])
    return facts


def _metadata(facts):
    lines = [
        "Metadata-Version: 2.1",
        "Name: " + facts["name"],
        "Version: " + facts["version"],
        "Summary: " + facts["description"],
        "License: Apache-2.0",
        "Requires-Python: " + facts["requires-python"],
    ]
    return "\n".join(lines + ["Requires-Dist: " + d for d in facts["dependencies"]]) + "\n"


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    facts = _project()
    name = "{}-{}".format(facts["name"], facts["version"])
    info = name + ".dist-info/"
    content = {}
    package = os.path.join(ROOT, facts["name"])
    for file in sorted(os.listdir(package)):
        if file.endswith(".py"):
            with open(os.path.join(package, file), "rb") as source:
                content[facts["name"] + "/" + file] = source.read()
    content[info + "METADATA"] = _metadata(facts).encode()
    content[info + "WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: kronwood_build\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = ""
    for path, data in content.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += "{},sha256={},{}\n".format(path, digest, len(data))
    content[info + "RECORD"] = (record + info + "RECORD,,\n").encode()
    wheel = name + "-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, wheel), "w", zipfile.ZIP_DEFLATED) as out:
        for path, data in content.items():
            entry = zipfile.ZipInfo(path, TIME)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, data)
    return wheel


def get_requires_for_build_wheel(config_settings=None):
    return []


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    print(build_wheel(sys.argv[1]))
