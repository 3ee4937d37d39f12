"""What the intake costs on PostgreSQL: submissions of four terminals in batch requests over HTTP, each certificate and
signature checked, each envelope opened and read, each receipt signed, beside bare SQL batches that insert the same rows,
as many in a commit: row by row, and by one statement for all of them."""
import collections.abc
import pathlib
import subprocess

from figures import Figure

TARGETS = ["intake_bench"]
WITH_TESTS = True
SETUP = "--tests"
SUBMISSIONS = 8000
AT_LEAST = {"batch requests over bare SQL, an INSERT for each row": 0.5}


def figure(line: str) -> Figure:
    name, value, unit = line.split("\t")
    return Figure(name, float(value), unit, AT_LEAST.get(name), at_least=name in AT_LEAST)


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    done = subprocess.run([programs.parent / "tests/intake_bench", work, str(SUBMISSIONS)], capture_output=True,
                          text=True, stdin=subprocess.DEVNULL)
    yield from map(figure, done.stdout.splitlines())
    if done.returncode != 0:
        yield Figure("intake_bench", None, "", None, f"ended with {done.returncode}: {done.stderr.strip()[-200:]}")
