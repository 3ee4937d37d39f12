"""How fast the terminal is there, how little it costs while it waits, and how fast it answers.

kiosk-training runs headless (software renderer, 1080×1920) with emulated devices and card polling on;
times inside the app come from its own `stats`, costs from /proc."""
import collections.abc
import os
import pathlib
import re
import time

import flow_script
from figures import Figure, median, percentile_99
from flow_runner import Runner
from flow_script import FlowError

TARGETS = ["kiosk-training", "kiosk-post", "intake", "kiosk-training-keys", "kiosk-photo-decoder-training"]
JOURNEY = pathlib.Path(__file__).resolve().parents[2] / "kiosk/demo/journey.flow"
STARTS = 7
JOURNEYS = 3
IDLE_S = 60
IDLE_WINDOWS = 3
MB = 1024


def pss_mb(pid: int) -> float:
    rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) / MB


def cpu_s(pid: int) -> float:
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wake_ups(pid: int) -> int:
    """How often any thread slept and was woken."""
    return sum(int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status.read_text(), re.MULTILINE)[1])
               for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"))


def taken(stats: dict, key: str) -> list[float]:
    """kiosk-training writes -1 for what has not happened yet."""
    return [stats[key]] if stats.get(key, -1) >= 0 else []


def on_home_page(runner: Runner) -> None:
    runner.play("wait page home")


def measure_starts(programs: pathlib.Path, out: pathlib.Path) -> collections.abc.Iterator[Figure]:
    runner = Runner(programs, out)
    first_frames, after_crash, memory = [], [], []
    try:
        runner.play("start intake")
        runner.play("start post")
        for _ in range(STARTS):
            began = time.monotonic()
            runner.play("start kiosk")
            on_home_page(runner)
            first_frames.append(1000 * (time.monotonic() - began))
            memory.append(pss_mb(runner.pid("kiosk")))
            crashed = time.monotonic()
            runner.play("kill kiosk")
            runner.play("start kiosk")
            on_home_page(runner)
            after_crash.append(time.monotonic() - crashed)
            runner.play("stop kiosk")
        yield median("process start to home page", first_frames, "ms", 250)
        yield median("crash to home page", after_crash, "s", 3)
        yield median("memory on the home page", memory, "MB PSS", 150)
        runner.play("start kiosk")
        on_home_page(runner)
        yield from measure_idle(runner.pid("kiosk"))
    finally:
        runner.end()


def measure_idle(pid: int) -> collections.abc.Iterator[Figure]:
    time.sleep(3)  # what loads behind the first page is loaded
    used, woken = [], []
    for _ in range(IDLE_WINDOWS):
        began, cpu, wakes = time.monotonic(), cpu_s(pid), wake_ups(pid)
        time.sleep(IDLE_S)
        seconds = time.monotonic() - began
        used.append(100 * (cpu_s(pid) - cpu) / seconds)
        woken.append((wake_ups(pid) - wakes) / seconds)
    yield median("idle processor use", used, "% of one core", 0.2)
    yield median("idle wake-ups", woken, "1/s", 5)


def measure_journeys(programs: pathlib.Path, out: pathlib.Path) -> collections.abc.Iterator[Figure]:
    page_changes, names, receipts, peaks, failure = [], [], [], [], ""
    for run in range(JOURNEYS):
        runner = Runner(programs, out / str(run))
        peak = 0.0
        try:
            last: dict = {}
            for line in flow_script.read(JOURNEY):
                if line.text == "stop kiosk":
                    last = runner.stats()
                runner.play(line.text)
                if runner.has_kiosk():
                    peak = max(peak, pss_mb(runner.pid("kiosk")))
                    last = runner.stats()
            page_changes += last.get("page_change_ms", [])
            names += taken(last, "card_reply_to_name_ms")
            receipts += taken(last, "confirm_to_receipt_ms")
            peaks.append(peak)
        except FlowError as problem:
            failure = f"the journey stopped: {str(problem).splitlines()[0]}"
        finally:
            runner.end()
    yield percentile_99("page change, 99th percentile", page_changes, "ms", 33, failure)
    yield median("card's last byte to name on screen", names, "ms", 100, failure)
    yield median("confirm to receipt page", receipts, "ms", 150, failure)
    yield median("memory with models and input loaded", peaks, "MB PSS", 200, failure)


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    yield from measure_starts(programs, work / "starts")
    yield from measure_journeys(programs, work / "journeys")
