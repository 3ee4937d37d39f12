"""The real programs of one run under the small service manager, with the same verbs as Children: what ends or hangs is started
again, as on a terminal. The times are shorter than those of the units, so that a test takes seconds."""
import os
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))

import patience  # noqa: E402
from children import START_LIMIT_S, tail  # noqa: E402
from flow_script import FlowError  # noqa: E402
from supervisor import Service, Times  # noqa: E402

# Longer than any turn of a program under load takes, shorter than anybody waits.
QUICK = Times(watchdog_s=5, restart_s=0.2, stop_s=5, start_s=30, stays_down=frozenset({2, 5, 9, 11}))


class SupervisedChildren:
    def __init__(self, logs: pathlib.Path, temporary: pathlib.Path, times: dict[str, Times] | None = None,
                 environment: dict[str, str] | None = None):
        """`environment`: as [program].NAME or NAME for all of them, laid over this process's own."""
        self._logs, self._temporary, self._times = logs, temporary, times or {}
        self._more = environment or {}
        self.services: dict[str, Service] = {}
        self.waits = True  # a program is waited for until it listens

    def start(self, name: str, command: list, display: str | None = None) -> Service:
        if name in self.services:
            raise FlowError(f"{name} is running already")
        environment = {**os.environ, "TMPDIR": str(self._temporary), **({"DISPLAY": display} if display else {})}
        for key, value in self._more.items():
            program, _, variable = key.rpartition(".")
            if program in ("", name):
                environment[variable] = value
        self.services[name] = Service(name, command, self._logs / f"{name}.log", self._times.get(name, QUICK),
                                      environment=environment)
        return self.services[name]

    def is_running(self, name: str) -> bool:
        """Also while it is being started again."""
        return name in self.services and not self.services[name].is_down()

    def pid(self, name: str) -> int:
        return self.services[name].pid

    def end(self, name: str, how: signal.Signals) -> None:
        service = self.services.pop(name, None)
        if not service:
            raise FlowError(f"{name} is not running")
        service.stop(how)

    def wait_end(self, name: str, status: int) -> None:
        service = self.services.pop(name)
        service.wait(lambda one: len(one.endings) > 0, service.times.stop_s)
        service.stop()
        if [ending.status for ending in service.endings] != [status]:
            raise FlowError(f"{name}: {service.endings}")

    def signal(self, name: str, how: signal.Signals) -> None:
        self.services[name].send(how)

    def check(self) -> None:
        """One that is not started again any more is a failure; one that is being started again is not."""
        for name, service in self.services.items():
            if service.is_down():
                raise FlowError(f"{name} stays down: {service.endings}\n{tail(self._logs / f'{name}.log')}")

    def end_all(self) -> None:
        for service in self.services.values():
            service.stop()
        self.services.clear()

    def wait_for(self, name: str, listens) -> None:
        deadline = time.monotonic() + patience.seconds(START_LIMIT_S)
        while self.waits and not listens():
            self.check()
            if time.monotonic() > deadline:
                raise FlowError(f"{name} does not listen after {START_LIMIT_S} s\n{tail(self._logs / f'{name}.log')}")
            time.sleep(0.01)

    def wait_ready(self, name: str, start: int, limit_s: float = 60) -> None:
        """Until its start of that number, or a later one, serves."""
        service = self.services[name]
        if not service.wait_ready(start, limit_s):
            raise FlowError(f"{name} was started {service.starts} times, not so that number {start} serves; it ended as "
                            f"{service.endings}\n{tail(self._logs / f'{name}.log')}")
