"""What a county's whole catalogue costs: a pack of 2 000 items taken (signature, reading, every rule) beside the bare
parser on the same bytes, the search at every keystroke of fifty queries, an item opened until its page is drawn, and
memory. The items are those of the sample county, again and again, with codes, names and everyday words of their own."""
import collections.abc
import pathlib
import subprocess

from figures import Figure

TARGETS = ["catalogue_bench"]
WITH_TESTS = True
SETUP = "--tests"
# Beginnings of names, and the most each may be; a name without a goal is only reported.
AT_MOST = {
    "load, verify and lint 2000 items": 1,
    "search, a keystroke": 10,
    "open an item": 33,
}


def figure(line: str) -> Figure:
    name, value, unit = line.split("\t")
    most = next((most for known, most in AT_MOST.items() if name.startswith(known)), None)
    return Figure(name, float(value), unit, most)


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    done = subprocess.run([programs.parent / "tests/catalogue_bench", work], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    yield from map(figure, done.stdout.splitlines())
    if done.returncode != 0:
        yield Figure("catalogue_bench", None, "", None, f"ended with {done.returncode}: {done.stderr.strip()[-200:]}")
