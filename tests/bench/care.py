"""How soon a terminal serves after its services start, after a crash and after a hang: the real programs under the small service
manager of the tests, which keeps the times of the units that are shipped (WatchdogSec, RestartSec)."""
import collections.abc
import os
import pathlib
import signal
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "faults/processes"), str(TESTS / "packaging")]

import set_up_test
from figures import Figure, median, percentile_99
from terminal import FlowError, Terminal, of_unit

TARGETS = ["kiosk-technician", "kiosk-training", "kiosk-post", "intake", "kiosk-training-keys", "kiosk-photo-decoder-training",
           "heartbeat_bench"]
SETUP = "--tests"
WITH_TESTS = True
HEARTBEAT_BYTES_A_DAY = 50_000
STARTS = 5
CRASHES = 5
HANGS = 3
PROGRAMS = {"kiosk": "the app", "post": "the post"}
# Of the goals: from power to serving, from a crash to the home page, from a hang to the start that follows.
START_S, CRASH_S, HANG_S = 20, 3, 15
TOURS, BUSY_MS = 15, 150
SET_UPS = 3


def times() -> dict:
    return {name: of_unit(f"citizen-window-{name}") for name in ("kiosk", "post", "intake")}


def starts(programs: pathlib.Path, out: pathlib.Path) -> collections.abc.Iterator[Figure]:
    """Post and app together, as after power came: until the home page stands and the post takes submissions."""
    took = []
    for number in range(STARTS):
        t = Terminal(programs, out / str(number), times())
        try:
            began = time.monotonic()
            t.play("start post", "start kiosk", "wait page home", "wait stats taking is 1")
            took.append(time.monotonic() - began)
        finally:
            t.runner.end()
    yield median("services start to serving", took, "s", START_S)


def comes_back(t: Terminal, name: str, how: signal.Signals) -> tuple[float, float]:
    """How long from the signal until it was started again, and until it serves, in seconds."""
    service = t.service(name)
    start = service.starts + 1
    began = time.monotonic()
    os.kill(service.pid, how)
    if not service.wait(lambda one: one.starts >= start, 2 * service.times.watchdog_s + 60):
        raise FlowError(f"{name} was not started again")
    started = time.monotonic() - began
    t.comes_back(name, start)
    if name == "kiosk":
        t.play("wait page home")
    else:
        t.wait_for_post()
    return started, time.monotonic() - began


def ends(programs: pathlib.Path, out: pathlib.Path) -> collections.abc.Iterator[Figure]:
    t = Terminal(programs, out, times())
    try:
        t.play("start post", "start kiosk", "wait page home", "wait stats taking is 1")
        for name, words in PROGRAMS.items():
            served = [comes_back(t, name, signal.SIGKILL)[1] for _ in range(CRASHES)]
            what = "crash to home page" if name == "kiosk" else f"crash of {words} to taking again"
            yield median(what, served, "s", CRASH_S)
        for name, words in PROGRAMS.items():
            hung = [comes_back(t, name, signal.SIGSTOP) for _ in range(HANGS if name == "kiosk" else 1)]
            # The post is given longer on purpose: a tired medium may take many seconds for one flush, and it holds nobody up.
            goals = (HANG_S, HANG_S + CRASH_S) if name == "kiosk" else (None, None)
            yield median(f"hang of {words} to its restart", [started for started, _ in hung], "s", goals[0])
            yield median(f"hang of {words} to serving", [serves for _, serves in hung], "s", goals[1])
    finally:
        t.runner.end()


def busy(programs: pathlib.Path, out: pathlib.Path) -> collections.abc.Iterator[Figure]:
    """Twice as many programs as cores do nothing but count, and somebody uses the terminal meanwhile."""
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"], stdin=subprocess.DEVNULL)
            for _ in range(2 * (os.cpu_count() or 1))]
    t = Terminal(programs, out, times())
    try:
        t.play("start post", "start kiosk", "wait page home")
        for _ in range(TOURS):
            t.play("tap services", "wait page services", "tap topic:elderly", "wait page services_topic", "tap item:990511001000", "wait page guide", "tap end", "wait page home")
        yield percentile_99("page change while all cores are busy, 99th percentile", t.runner.stats()["page_change_ms"], "ms", BUSY_MS)
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
        t.runner.end()


def wizard(programs: pathlib.Path) -> collections.abc.Iterator[Figure]:
    """From a machine without keys to its signed commissioning record: the twelve decisions with the enrolment, the start of the
    post, the record. What a person needs to decide and to look at is not in it."""
    set_up_test.SetUp.programs = programs
    took = []
    for _ in range(SET_UPS):
        machine = set_up_test.SetUp()
        try:
            machine.setUp()
            answers = machine.answers()
            began = time.monotonic()
            machine.set_up("--answers", answers, code=2)  # the record waits for the post
            machine.start("kiosk-post", "--config", machine.config)
            machine.set_up("--answers", answers, "--json", machine.folder / "record.json", code=1)  # no card reader: not ready
            took.append(time.monotonic() - began)
        finally:
            machine.doCleanups()
    yield median("wizard by script to its record, machine time", took, "s", None)


def heartbeats(programs: pathlib.Path, folder: pathlib.Path) -> collections.abc.Iterator[Figure]:
    """A day of one terminal in some seconds (heartbeat_bench_main.cpp): real TLS, bytes as the kernel counts them, both ways. The
    hellos themselves, one a minute, are told apart; on a line that is paid by bytes they are rare, and then both together count."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([programs.parent / "tests/heartbeat_bench", folder], capture_output=True, text=True, check=True,
                          stdin=subprocess.DEVNULL)
    for line in done.stdout.splitlines():
        name, value, unit = line.split("\t")
        yield Figure(name, float(value), unit, HEARTBEAT_BYTES_A_DAY if "heartbeat bytes per day" in name else None)


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    yield from starts(programs, work / "starts")
    yield from ends(programs, work / "ends")
    yield from busy(programs, work / "busy")
    yield from wizard(programs)
    yield from heartbeats(programs, work / "heartbeats")
