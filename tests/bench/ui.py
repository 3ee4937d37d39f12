"""How the pages feel under the finger: drawing, typing, writing, memory over two thousand journeys, and the same
pages in a browser beside them."""
import collections.abc
import pathlib
import subprocess

import browser
from figures import Figure

TARGETS = ["kiosk-training", "kiosk-post", "intake", "kiosk-training-keys", "kiosk-photo-decoder-training",
           "ui_bench", "input_bench", "x11_probe"]
WITH_TESTS = True
SETUP = "--bench"
# What the two programs print, and the most each may be. A name without a goal is only reported.
GOALS = {
    "page with 300 new Hanzi after pre-warming, 99th percentile": 33,
    "steady page, slowest of all": 16,
    "frame of a steady page, 99th percentile": 16.7,
    "frame of a steady page, slowest": 50,
    "memory, growth over the journeys": 5,
    "atlas, widest side over the journeys": 2048,
    "press to changed pixel, 95th percentile": 33,
    "candidates_": 20,
    "handwriting_after_a_stroke": 60,
}


def printed_by(program: pathlib.Path) -> collections.abc.Iterator[Figure]:
    """Its lines: name, value and unit, separated by tabs."""
    done = subprocess.run([program], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    for line in done.stdout.splitlines():
        name, value, unit = line.split("\t")
        goal = next((goal for known, goal in GOALS.items() if name.startswith(known)), None)
        yield Figure(name, float(value), unit, goal)
    if done.returncode != 0:
        yield Figure(program.name, None, "", None, f"ended with {done.returncode}: {done.stderr.strip()[-200:]}")


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    tests = programs.parent / "tests"
    yield from printed_by(tests / "ui_bench")
    yield from printed_by(tests / "input_bench")
    yield from browser.measure(programs, work / "browser")
