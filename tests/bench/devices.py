"""What passes between devices and the app: the emulated card reader behind USB device files (tests/usbdevfs), with the
real libusb and the real driver between. Medians of twenty (a mean where it says so); beside the read stands the floor, the same frame only parsed."""
import collections.abc
import pathlib
import subprocess

from figures import Figure

TARGETS = ["devices_bench"]
WITH_TESTS = True
SETUP = "--tests"
AT_MOST = {
    "card reader: unplug to message, idle": 1000,
    "card reader: unplug to message, waiting for a card": 1000,
}
NOT_HERE = 77


def figure(line: str) -> Figure:
    name, value, unit = line.split("\t")
    return Figure(name, float(value), unit, AT_MOST.get(name))


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    done = subprocess.run([programs.parent / "tests/devices_bench"], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, cwd=pathlib.Path(__file__).resolve().parents[2])
    yield from map(figure, done.stdout.splitlines())
    if done.returncode == NOT_HERE:
        yield Figure("devices_bench", None, "", None, "umockdev is not installed")
    elif done.returncode != 0:
        yield Figure("devices_bench", None, "", None, f"ended with {done.returncode}: {done.stderr.strip()[-200:]}")
