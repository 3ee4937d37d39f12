"""One figure of a benchmark, and the machine it was taken on."""
import dataclasses
import os
import pathlib
import platform
import re
import statistics


@dataclasses.dataclass(frozen=True)
class Figure:
    name: str
    value: float | None  # None: could not be taken, `note` says why
    unit: str
    goal: float | None   # at most, or `at_least`; None: only reported
    note: str = ""
    at_least: bool = False

    def verdict(self) -> str:
        if self.value is None:
            return f"not measured: {self.note}"
        if self.goal is None:
            return "reported"
        met = self.value >= self.goal if self.at_least else self.value <= self.goal
        return "met" if met else "missed"

    def line(self) -> str:
        value = "-" if self.value is None else f"{self.value:.3g}" if self.value < 100 else f"{self.value:.0f}"
        goal = "-" if self.goal is None else f"{'>=' if self.at_least else '<='} {self.goal:g}"
        return "\t".join((self.name, value, self.unit, goal, self.verdict()))

    def as_json(self) -> dict:
        return {**dataclasses.asdict(self), "verdict": self.verdict()}


def median(name: str, values: list[float], unit: str, goal: float | None, note: str = "no sample") -> Figure:
    return Figure(name, statistics.median(values) if values else None, unit, goal, "" if values else note)


def percentile_99(name: str, values: list[float], unit: str, goal: float, note: str = "no sample") -> Figure:
    if not values:
        return Figure(name, None, unit, goal, note)
    ordered = sorted(values)
    return Figure(name, ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], unit, goal)


def machine() -> str:
    processor = re.search(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = int(re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) // 1024
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    name = processor[1] if processor else platform.machine()
    return f"{name}, {os.cpu_count()} cores, {memory} MB, {system}, Linux {platform.release()}"
