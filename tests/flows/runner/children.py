"""The real programs of one run as child processes. Their output goes to files; none outlives the
runner, not even when the runner itself is killed."""
import dataclasses
import os
import pathlib
import signal
import socket
import subprocess
import time

import patience
from flow_script import FlowError

START_LIMIT_S = 20
STOP_LIMIT_S = 10


@dataclasses.dataclass
class Child:
    name: str
    process: subprocess.Popen
    log: pathlib.Path


class Children:
    def __init__(self, logs: pathlib.Path, temporary: pathlib.Path):
        self._logs = logs
        self._environment = {**os.environ, "TMPDIR": str(temporary)}
        self._running: dict[str, Child] = {}

    def start(self, name: str, command: list, display: str | None = None) -> Child:
        if name in self._running:
            raise FlowError(f"{name} is running already")
        log = self._logs / f"{name}.log"
        with log.open("ab") as output:
            # setpriv makes the kernel end the child with its parent and then becomes the program.
            process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "--", *map(str, command)],
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                       process_group=0,
                                       env={**self._environment, **({"DISPLAY": display} if display else {})})
        self._running[name] = Child(name, process, log)
        return self._running[name]

    def is_running(self, name: str) -> bool:
        return name in self._running and self._running[name].process.poll() is None

    def pid(self, name: str) -> int:
        return self._running[name].process.pid

    def end(self, name: str, how: signal.Signals) -> None:
        child = self._running.pop(name, None)
        if not child:
            raise FlowError(f"{name} is not running")
        child.process.send_signal(how)
        try:
            code = child.process.wait(patience.seconds(STOP_LIMIT_S))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
            raise FlowError(f"{name} did not end within {STOP_LIMIT_S} s of {how.name}") from None
        if how is signal.SIGTERM and code not in (0, -signal.SIGTERM):
            raise FlowError(f"{name} ended badly ({code})\n{tail(child.log)}")

    def wait_end(self, name: str, status: int) -> None:
        """It ends by itself, as it was asked to."""
        child = self._running.pop(name)
        try:
            code = child.process.wait(patience.seconds(STOP_LIMIT_S))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
            raise FlowError(f"{name} did not end") from None
        if code != status:
            raise FlowError(f"{name} ended with {code}\n{tail(child.log)}")

    def signal(self, name: str, how: signal.Signals) -> None:
        if not self.is_running(name):
            raise FlowError(f"{name} is not running")
        self._running[name].process.send_signal(how)

    def check(self) -> None:
        """A program that ended by itself is a failure, whatever line is being played."""
        for name, child in list(self._running.items()):
            code = child.process.poll()
            if code is not None:
                del self._running[name]
                raise FlowError(f"{name} ended by itself ({code})\n{tail(child.log)}")

    def end_all(self) -> None:
        for child in self._running.values():
            child.process.terminate()
        deadline = time.monotonic() + patience.seconds(STOP_LIMIT_S)
        for child in self._running.values():
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        self._running.clear()

    def wait_for(self, name: str, listens) -> None:
        deadline = time.monotonic() + patience.seconds(START_LIMIT_S)
        while not listens():
            self.check()
            if time.monotonic() > deadline:
                raise FlowError(f"{name} does not listen after {START_LIMIT_S} s\n"
                                + tail(self._running[name].log))
            time.sleep(0.01)


def tail(log: pathlib.Path, lines: int = 15) -> str:
    if not log.exists():
        return ""
    last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    return "".join(f"    {log.name}: {line}\n" for line in last)


def listens_on_port(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def listens_on_socket(path: pathlib.Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def free_port(beside: int = 0) -> int:
    """A port nobody listens on, below those that the kernel gives to whoever connects (from 32768), and another one
    than `beside`."""
    first, count = 20000, 12000
    begin = os.getpid() * 16 % count
    for tried in range(count):
        port = first + (begin + tried) % count
        if port == beside:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("every port is taken")
