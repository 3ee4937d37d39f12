"""The clock of the machine, the line to the centre, and who is started first."""
import collections.abc
import itertools
import pathlib
import threading
import time

from flapping_line import FlappingLine
from terminal import FlowError, FlowSkipped, Terminal, fault

LIBRARIES = pathlib.Path("/usr/lib")
HOUR, DAY = 3600, 86400
# Seconds by which the wall clock is put beside the training day while citizens hand in.
JUMPS = {"an hour ahead": HOUR, "an hour back": -HOUR, "a day back": -DAY, "ten years ahead": 3652 * DAY, "2039": 4500 * DAY,
         "1970": -1795311660 + 60}
TRAINING_DAY = 1795311660  # flow_runner.TRAINING_TIME in seconds since 1970


def fake_time_library() -> pathlib.Path:
    for library in LIBRARIES.glob("*/faketime/libfaketimeMT.so.1"):
        return library
    raise FlowSkipped("faketime is not installed")


@fault
def the_posts_clock_jumps(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """C1. While six citizens hand in, the clock jumps by hours, days and years and stands at 1970: each is kept with the next
    number, nothing is purged and nothing refused, and with the clock well again each arrives once, in order."""
    out.mkdir(parents=True, exist_ok=True)
    clock = out / "clock"

    def put(seconds: int) -> None:
        new = clock.with_suffix(".new")
        new.write_text(f"{TRAINING_DAY - round(time.time()) + seconds:+d}\n", encoding="ascii")
        new.rename(clock)

    put(0)
    t = Terminal(programs, out, environment={
        "post.LD_PRELOAD": str(fake_time_library()), "post.FAKETIME_TIMESTAMP_FILE": str(clock),
        "post.FAKETIME_NO_CACHE": "1", "post.FAKETIME_DONT_FAKE_MONOTONIC": "1"})
    t.runner.without_clock = {"post"}
    try:
        t.play("start post", "start kiosk")
        for name, seconds in JUMPS.items():
            put(seconds)
            print(name, flush=True)
            t.to_signature()
            t.hand_in()
            t.leave_receipt()
            t.play(f"expect outbox {len(t.numbers)}")
        put(0)
        t.everything_arrives()
        t.expect_endings({"post": [], "kiosk": []})
        log = (t.logs / "post.log").read_text(encoding="utf-8")
        if not all(f'"at":"{year}-' in log for year in (1970, 2036, 2039)):
            raise FlowError("the post's clock did not jump")
    finally:
        t.runner.end()


def held(pid: int) -> tuple[int, int]:
    """Descriptors and threads."""
    return tuple(len(list(pathlib.Path(f"/proc/{pid}/{what}").iterdir())) for what in ("fd", "task"))


def settles(what: collections.abc.Callable[[], bool], limit_s: float = 20) -> bool:
    deadline = time.monotonic() + limit_s
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@fault
def a_line_that_flaps(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """N9. The line comes and goes while citizens hand in: nobody notices, the centre is not stormed, nothing stays open, and
    everything arrives once."""
    t = Terminal(programs, out)
    line = FlappingLine(t.runner._port)
    stop = threading.Event()

    def flap() -> None:
        for up in itertools.cycle((False, True)):
            line.set_up(up)
            if stop.wait(0.7):
                return

    flapping = threading.Thread(target=flap, daemon=True)
    try:
        t.play(f"config post.intake_url=http://127.0.0.1:{line.port}", "config post.backoff_base_ms=1000",
               "config post.backoff_cap_ms=4000", "start intake", "start post", "start kiosk", "wait stats line is 1")
        pid = t.service("post").pid
        before, attempts, began = held(pid), line.attempts, time.monotonic()
        flapping.start()
        for _ in range(3):
            t.to_signature()
            t.hand_in()
            t.leave_receipt()
        tried, took = line.attempts - attempts, time.monotonic() - began
        if tried > 2 * took + 4:
            raise FlowError(f"the post tried {tried} times in {took:.1f} s")
        stop.set()
        flapping.join()
        line.set_up(True)
        t.everything_arrives()
        if not settles(lambda: held(pid) <= before):
            raise FlowError(f"the post held {before} descriptors and threads, and {held(pid)} afterwards")
        t.expect_endings({"post": [], "intake": [], "kiosk": []})
    finally:
        stop.set()
        t.runner.end()
        line.close()


@fault
def started_in_any_order(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """O11. Whoever is started first, second and last: the terminal is ready and has its line."""
    t = Terminal(programs, out)
    try:
        for order in itertools.permutations(("intake", "post", "kiosk")):
            t.play(*(f"start {name}" for name in order), "wait page home", "wait stats line is 1", "wait stats taking is 1")
            t.expect_endings({name: [] for name in order})
            t.play(*(f"stop {name}" for name in order))
    finally:
        t.runner.end()
