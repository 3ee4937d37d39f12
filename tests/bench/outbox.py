"""What keeping a submission costs: flushes, counted exactly on a disk in memory whose flush takes 5 ms of virtual time
(1, and with files one for each and one for their folder);
the time of an accept there against the floor, which is appending the same sealed bytes and flushing once; and on this
machine's own disk, only reported, because its flushes may not reach the medium."""
import collections.abc
import pathlib
import subprocess

from figures import Figure

TARGETS = ["outbox_bench"]
WITH_TESTS = True
SETUP = "--tests"
AT_MOST = {
    "accept: flushes, most": 1,
    "accept: time over floor, flush of 5 ms": 1.3,
    "accept with two files: flushes, most": 4,
    "write-ahead log, longest": 300,
}


def figure(line: str) -> Figure:
    name, value, unit = line.split("\t")
    return Figure(name, float(value), unit, AT_MOST.get(name))


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    done = subprocess.run([programs.parent / "tests/outbox_bench", work], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    yield from map(figure, done.stdout.splitlines())
    if done.returncode != 0:
        yield Figure("outbox_bench", None, "", None, f"ended with {done.returncode}: {done.stderr.strip()[-200:]}")
