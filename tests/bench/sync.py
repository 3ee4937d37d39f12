"""What delivery costs: 10 000 kept submissions drained over HTTP on loopback, beside plain keep-alive loops that send the
same bytes to the same intake; bytes on the wire per byte of attachments over a line of 512 kbit/s that is cut every 5 s (its
time is virtual, its bytes are real); the memory of kiosk-post with 100 000 submissions queued."""
import collections.abc
import pathlib
import re
import subprocess
import sys
import time

from figures import Figure

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "provisioning"))

TARGETS = ["sync_bench", "kiosk-post", "kiosk-training-keys"]
WITH_TESTS = True
SETUP = "--tests"
SUBMISSIONS = 10_000
QUEUED = 100_000
AT_LEAST = {
    "drain: over a plain loop that sends them one by one": 0.8,
    "drain: over a plain loop that sends the same requests": 0.8,
}
AT_MOST = {"cut every 5 s at 512 kbit/s: bytes sent per payload byte": 1.05}


def figure(line: str) -> Figure:
    name, value, unit = line.split("\t")
    if name in AT_LEAST:
        return Figure(name, float(value), unit, AT_LEAST[name], at_least=True)
    return Figure(name, float(value), unit, AT_MOST.get(name))


def bench(programs: pathlib.Path, *words: object) -> collections.abc.Iterator[Figure]:
    done = subprocess.run([programs.parent / "tests/sync_bench", *map(str, words)], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    yield from map(figure, done.stdout.splitlines())
    if done.returncode != 0:
        yield Figure(f"sync_bench {words[0]}", None, "", None,
                     f"ended with {done.returncode}: {done.stderr.strip()[-200:]}")


def resident_most(pid: int) -> int:
    """Bytes, the most so far."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)[1]) * 1024


def memory(programs: pathlib.Path, state: pathlib.Path) -> collections.abc.Iterator[Figure]:
    import training_state

    name = f"kiosk-post: memory with {QUEUED} queued, most"
    training_state.make_keys(state, programs)
    config = training_state.configuration(state, programs, 1)  # nobody listens there
    config["post"]["quota_mb"] = 8192
    training_state.write_configuration(state / "kiosk.toml", config)
    yield from bench(programs, "fill", state, QUEUED)
    began = time.monotonic()
    with subprocess.Popen([programs / "kiosk-post", "--config", state / "kiosk.toml"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as post:
        try:
            while not (state / "post.sock").exists() and post.poll() is None and time.monotonic() < began + 60:
                time.sleep(0.05)
            if post.poll() is not None or not (state / "post.sock").exists():
                yield Figure(name, None, "MB", 64, "kiosk-post did not start")
                return
            yield Figure(f"kiosk-post: start with {QUEUED} queued", time.monotonic() - began, "s", 10)
            time.sleep(10)  # hellos that fail, statuses that are asked
            yield Figure(name, resident_most(post.pid) / 1e6, "MB", 64)
        finally:
            post.terminate()


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    for name in ("drain", "cuts", "state"):
        (work / name).mkdir()
    yield from bench(programs, "drain", work / "drain", SUBMISSIONS)
    yield from bench(programs, "cuts", work / "cuts")
    yield from memory(programs, work / "state")
