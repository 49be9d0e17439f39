"""Finds and runs the command line."""

import os
import platform
import shutil
import signal
import subprocess
import sys

import numpy as np


class KronwoodError(RuntimeError):
    """The command could not be found or run, or ended with an error, whose message this is."""


def find_command(command=None):
    """The words that start Kronwood: the argument, the launcher in KRONWOOD_HOME, or the PATH."""
    tried = []
    if command is not None:
        words = [command] if isinstance(command, (str, os.PathLike)) else list(command)
        words = [os.fspath(word) for word in words]
        if shutil.which(words[0]):
            return words
        tried.append("command=%r" % (command,))
    else:
        home = os.environ.get("KRONWOOD_HOME")
        if home:
            for place in ("kronwood", os.path.join("bin", "kronwood")):
                path = os.path.join(home, place)
                if os.path.isfile(path) and os.access(path, os.X_OK):
                    return [path]
                tried.append(path + " (KRONWOOD_HOME)")
        else:
            tried.append("KRONWOOD_HOME, which is not set")
        found = shutil.which("kronwood")
        if found:
            return [found]
        tried.append("kronwood on the PATH")
    raise KronwoodError(
        "the command kronwood was not found; tried " + ", ".join(tried) + ". Give its path by"
        " command=, or set KRONWOOD_HOME to the folder that holds it"
    )


def run(arguments, command=None, timeout=None):
    """Runs a command to its end and returns what it printed.

    Ctrl-C is passed on to it, and it is waited for. Raises KronwoodError with its own message if
    it fails, or takes longer than timeout seconds.
    """
    words = find_command(command) + [os.fspath(a) for a in arguments]
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as e:
        raise KronwoodError("%s cannot be started: %s" % (words[0], e)) from e
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as e:
        _end(process, signal.SIGTERM)
        raise KronwoodError("kronwood %s took longer than %s s" % (arguments[0], timeout)) from e
    except BaseException:
        _end(process, signal.SIGINT)
        raise
    if process.returncode != 0:
        said = [line for line in err.splitlines() if "incubator modules" not in line]
        raise KronwoodError(
            "kronwood %s ended with code %d: %s"
            % (arguments[0], process.returncode, "\n".join(said).strip() or "it said nothing")
        )
    return out


def _end(process, how):
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def environment_info(command=None):
    """Versions and places, to be quoted when something does not work."""
    info = {
        "python": sys.version.split()[0],
        "platform": platform.platform(),
        "numpy": np.__version__,
        "KRONWOOD_HOME": os.environ.get("KRONWOOD_HOME"),
    }
    for name in ("pandas", "sklearn"):
        try:
            info[name] = __import__(name).__version__
        except ImportError:
            info[name] = None
    try:
        info["command"] = find_command(command)
        info["kronwood"] = run(["--version"], command, timeout=120).strip()
    except KronwoodError as e:
        info["error"] = str(e)
    return info
