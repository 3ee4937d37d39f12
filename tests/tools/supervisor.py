"""A small service manager for tests and benchmarks: it starts a program, hears over systemd's notify protocol (sd_notify(3))
that it serves and that it lives, ends it when it falls silent, starts it again, and counts. What systemd does on a terminal
is done here without it: a program that hangs gets SIGABRT, one that was stopped SIGCONT beside it so that it can die of
that, and SIGKILL when its time to stop is over. `of_unit` reads the times of a unit that is shipped."""
import collections.abc
import dataclasses
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time

UNITS = pathlib.Path(__file__).resolve().parents[2] / "provisioning/systemd"
LOOK_S = 0.01  # how often a program's end is looked for


@dataclasses.dataclass(frozen=True)
class Times:
    """As in a unit: WatchdogSec (0: not watched), RestartSec, TimeoutStopSec, TimeoutStartSec, in seconds."""
    watchdog_s: float = 0
    restart_s: float = 1
    stop_s: float = 5
    start_s: float = 60
    stays_down: frozenset[int] = frozenset()  # RestartPreventExitStatus


def of_unit(name: str) -> Times:
    text = (UNITS / f"{name}.service").read_text(encoding="utf-8")

    def of(key: str, otherwise: str) -> str:
        found = re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)
        return found[-1] if found else otherwise

    return Times(float(of("WatchdogSec", "0")), float(of("RestartSec", "0.1")), float(of("TimeoutStopSec", "90")),
                 float(of("TimeoutStartSec", "90")), frozenset(map(int, of("RestartPreventExitStatus", "").split())))


@dataclasses.dataclass(frozen=True)
class Ending:
    how: str     # ended, hung (the watchdog was not fed), never_ready, stopped (it was asked to)
    status: int  # as subprocess: negative is a signal
    at: float    # time.monotonic


class Service:
    """One program. All methods from any thread."""

    def __init__(self, name: str, command: list, log: pathlib.Path, times: Times = Times(), notifies: bool = True,
                 environment: dict[str, str] | None = None, prepare: collections.abc.Callable[[], None] | None = None):
        """`notifies`: it says READY=1; one that does not counts as ready when it runs. `prepare` is called before each start."""
        self.name, self.times = name, times
        self._command, self._log, self._notifies, self._prepare = [*map(str, command)], log, notifies, prepare
        self._folder = tempfile.TemporaryDirectory(prefix="notify-")
        address = os.path.join(self._folder.name, "s")
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._environment = {**(environment if environment is not None else os.environ)}
        if notifies:
            self._environment["NOTIFY_SOCKET"] = address
        if times.watchdog_s:
            self._environment["WATCHDOG_USEC"] = str(round(times.watchdog_s * 1e6))
        self._changed = threading.Condition()
        self._process: subprocess.Popen | None = None
        self._stopping = False
        self.starts = 0            # guarded by _changed, as the rest
        self.readies = 0
        self.served = 0            # the newest start that came to serve
        self.feeds = 0
        self.ready_at = 0.0
        self.endings: list[Ending] = []
        # The kernel ends the program with the thread that started it: this one lives as long as the service.
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        with self._changed:
            if self._process is None:
                raise ProcessLookupError(f"{self.name} has not been started yet")
            return self._process.pid

    def hangs(self) -> int:
        with self._changed:
            return sum(ending.how == "hung" for ending in self.endings)

    def wait(self, what: collections.abc.Callable[["Service"], bool], limit_s: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: what(self), limit_s)

    def wait_ready(self, start: int, limit_s: float) -> bool:
        """Until its start of that number, or a later one, serves."""
        return self.wait(lambda service: service.served >= start, limit_s)

    def is_down(self) -> bool:
        """It ended and is not started again."""
        return not self._thread.is_alive()

    def is_running(self) -> bool:
        with self._changed:
            return self._process is not None and self._process.poll() is None

    def send(self, how: signal.Signals) -> None:
        with self._changed:
            if self._process is not None and self._process.poll() is None:
                self._process.send_signal(how)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends it for good."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self.send(how)
        self.send(signal.SIGCONT)
        self._thread.join(self.times.stop_s)
        if self._thread.is_alive():
            self.send(signal.SIGKILL)
            self._thread.join()
        self._socket.close()
        self._folder.cleanup()

    # --- the thread ---

    def _live(self) -> None:
        while not self._stopping:
            process = self._start()
            how = self._watch(process)
            with self._changed:
                self.endings.append(Ending("stopped" if self._stopping else how, process.returncode, time.monotonic()))
                self._changed.notify_all()
                if self._stopping or process.returncode in self.times.stays_down:
                    return
                self._changed.wait_for(lambda: self._stopping, self.times.restart_s)

    def _start(self) -> subprocess.Popen:
        if self._prepare:
            self._prepare()
        self._drain()
        # IgnoreSIGPIPE is systemd's default: a log that nobody takes any more ends no program.
        with self._log.open("ab") as output, self._changed:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", "env", "--ignore-signal=PIPE", *self._command], stdin=subprocess.DEVNULL, stdout=output,
                stderr=output, process_group=0, env=self._environment)
            self.starts += 1
            if not self._notifies:
                self._is_ready()
            self._changed.notify_all()
            return self._process

    def _is_ready(self) -> None:
        self.readies += 1
        self.served = self.starts
        self.ready_at = time.monotonic()

    def _drain(self) -> list[str]:
        words = []
        while True:
            try:
                words += self._socket.recv(4096, socket.MSG_DONTWAIT).decode(errors="replace").split("\n")
            except BlockingIOError:
                return words

    def _watch(self, process: subprocess.Popen) -> str:
        """Until it has ended; says how."""
        began = fed = time.monotonic()
        ready = not self._notifies
        while process.poll() is None:
            words = self._drain()
            now = time.monotonic()
            with self._changed:
                if "READY=1" in words and not ready:
                    ready, fed = True, now
                    self._is_ready()
                if "WATCHDOG=1" in words:
                    fed = now
                    self.feeds += 1
                if words:
                    self._changed.notify_all()
            if ready and self.times.watchdog_s and now - fed > self.times.watchdog_s:
                return self._end(process, "hung")
            if not ready and now - began > self.times.start_s:
                return self._end(process, "never_ready")
            time.sleep(LOOK_S)
        return "ended"

    def _end(self, process: subprocess.Popen, how: str) -> str:
        process.send_signal(signal.SIGABRT)
        process.send_signal(signal.SIGCONT)
        try:
            process.wait(self.times.stop_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return how
