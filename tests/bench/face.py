"""What the face comparison costs and tells apart: milliseconds of each stage and frames a second of its loops in the
processor time of one thread, and the scores of the same face (a card's portrait against the camera) and of different
faces, over the public samples of the cache. The bounds are Clopper and Pearson's at 95 % for pairs that depend on
nothing; these share faces, so they say less than their number, and none of them is a security figure."""
import collections.abc
import os
import pathlib
import subprocess

from figures import Figure

TARGETS = ["face_bench", "kiosk-photo-decoder-training"]
WITH_TESTS = True
SETUP = "--tests"
AT_LEAST = {"guidance loop on one core": 20, "movement loop on one core": 20}


def figure(line: str) -> Figure:
    name, value, unit = line.split("\t")
    return Figure(name, float(value), unit, AT_LEAST.get(name), at_least=name in AT_LEAST)


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "citizen-window"
    if not (cache / "models/fr_feature.onnx").exists() or not (cache / "faces/astronaut.png").exists():
        yield Figure("face", None, "", None, "skipped, there are no models or samples in the cache")
        return
    done = subprocess.run([programs.parent / "tests/face_bench", cache / "models", cache / "faces",
                           programs / "kiosk-photo-decoder-training"], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    yield from map(figure, done.stdout.splitlines())
    if done.returncode != 0:
        yield Figure("face_bench", None, "", None, f"ended with {done.returncode}: {done.stderr.strip()[-200:]}")
