"""Figures of running programs and of the folders they write into, every few seconds, in a thread of its own."""
import dataclasses
import pathlib
import threading
import time

MB = 1 << 20


@dataclasses.dataclass
class Series:
    """Of one figure: (life of the program, seconds since the beginning, value)."""
    unit: str
    bar: float  # per hour
    samples: list[tuple[int, float, float]] = dataclasses.field(default_factory=list)


def own_mb(pid: int) -> float:
    """Its proportional share (PSS) of memory that is not a file's: that of libraries and fonts goes up and down with how many
    other programs map them."""
    found = 0
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
            found += int(line.split()[1])
    return found / 1024


def count(pid: int, what: str) -> int:
    return len(list(pathlib.Path(f"/proc/{pid}/{what}").iterdir()))


def disk_mb(folder: pathlib.Path, without: pathlib.Path | None = None) -> float:
    total = 0
    for file in folder.rglob("*"):
        if without is not None and file.is_relative_to(without):
            continue
        try:
            status = file.lstat()
        except OSError:
            continue  # it has gone meanwhile
        total += status.st_blocks * 512
    return total / MB


class Samples:
    """`services`: by name, with pid and starts. The app's figures are taken when it rests on its first page (`rests`): only those
    are compared, since a citizen's session takes what it gives back at its end."""
    # Per hour, of a terminal that is busier than any real one.
    BARS = {"memory": ("MB", {"kiosk": 12.0, "post": 4.0, "intake": 16.0}),
            "handles": ("open", {"kiosk": 6.0, "post": 6.0, "intake": 12.0}),
            "threads": ("threads", {"kiosk": 6.0, "post": 6.0, "intake": 12.0})}

    def __init__(self, services: dict, state: pathlib.Path, logs: pathlib.Path, every_s: float):
        self._services, self._every = services, every_s
        self._folders = {"disk of the state": (state, state / "intake", 60.0), "disk of the centre": (state / "intake", None, 300.0),
                         "disk of the logs": (logs, None, 120.0)}
        self.series = {f"{name}: {figure}": Series(unit, bars[name])
                       for figure, (unit, bars) in self.BARS.items() for name in ("kiosk", "post", "intake")}
        self.series |= {name: Series("MB", bar) for name, (_, _, bar) in self._folders.items()}
        self.began = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def rests(self) -> None:
        """Called by whoever drives the app."""
        self._take("kiosk", time.monotonic() - self.began)

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            now = time.monotonic() - self.began
            for name in ("post", "intake"):
                self._take(name, now)
            for name, (folder, without, _) in self._folders.items():
                self.series[name].samples.append((0, now, disk_mb(folder, without)))

    def _take(self, name: str, now: float) -> None:
        service = self._services[name]
        try:
            life, pid = service.starts, service.pid
            values = {"memory": own_mb(pid), "handles": count(pid, "fd"), "threads": count(pid, "task")}
            if service.starts != life:
                return
        except OSError:
            return  # it is being started again
        for figure, value in values.items():
            self.series[f"{name}: {figure}"].samples.append((life, now, value))
