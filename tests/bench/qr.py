"""How many codes are read, how exactly and how fast, beside ZXing-C++ used plainly (QR code only, its defaults: try
harder, rotated, downscaled copies) and ZBar (QR code only, its defaults), all three in one run over the same RGB
pictures, in turn, by processor time: photographs of a folder (--samples), drawn codes as a camera sees them, and a simulated video."""
import collections.abc
import pathlib
import subprocess

from figures import Figure

TARGETS = ["qr_bench"]
WITH_TESTS = True
SETUP = "--tests"
TAKES_SAMPLES = True
SHARED_SAMPLES = pathlib.Path(__file__).resolve().parents[3] / "shared/data/qr"
AT_MOST = {
    "samples: ours, wrong text": 0,
    "samples: ours, false positives": 0,
    "samples: processor time over pictures with a code, of plain": 2.5,
    "generated: ours, wrong text": 0,
    "generated: ours, false positives": 0,
    "empty 1080p frame: ours, median": 8,
    "video: ours, wrong text": 0,
    "video: ours, time to first read, 95th percentile": 600,
}
AT_LEAST = {"samples: recall above plain": 8}


def figure(line: str) -> Figure:
    name, value, unit = line.split("\t")
    if name in AT_LEAST:
        return Figure(name, float(value), unit, AT_LEAST[name], at_least=True)
    return Figure(name, float(value), unit, AT_MOST.get(name))


def measure(programs: pathlib.Path, work: pathlib.Path, samples: pathlib.Path | None = None
            ) -> collections.abc.Iterator[Figure]:
    folder = samples or SHARED_SAMPLES
    arguments = [folder] if folder.is_dir() else []
    if not arguments:
        yield Figure("samples", None, "", None, f"skipped, there is no folder {folder.name}")
    done = subprocess.run([programs.parent / "tests/qr_bench", *arguments], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    yield from map(figure, done.stdout.splitlines())
    if done.returncode != 0:
        yield Figure("qr_bench", None, "", None, f"ended with {done.returncode}: {done.stderr.strip()[-200:]}")
