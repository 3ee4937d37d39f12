"""Nothing of a person is left: not in the memory of a running program, not in what the page shows."""
import collections.abc
import pathlib
import time

import memory_scan
from evidence import facts_of
from flow_script import FlowError

FORGOTTEN_WITHIN_S = 1  # UX-081


class Forgetting:
    """`pid` knows the running programs by name; `shoot` writes a picture of the page."""

    def __init__(self, pid: collections.abc.Callable, shoot: collections.abc.Callable, out: pathlib.Path):
        self._pid = pid
        self._shoot = shoot
        self._out = out

    def verbs(self) -> list:
        return [
            (r"memory (?:of (post) )?(must not hold|holds) person (\w+)", self.memory_and_person),
            (r"memory (?:of (post) )?(must not hold|holds) (.+)", self.memory),
            (r"remember picture (\w+)", self.remember_picture),
            (r"expect picture (\w+)", self.expect_picture),
        ]

    def memory_and_person(self, program: str | None, how: str, person: str) -> None:
        self._memory(program or "kiosk", how, facts_of(person))

    def memory(self, program: str | None, how: str, text: str) -> None:
        self._memory(program or "kiosk", how, [text])

    def _memory(self, program: str, how: str, texts: list[str]) -> None:
        """`holds`: every text, so that a scan that finds nothing is known to look. `must not hold`:
        none of them, a second after this line began at the latest."""
        deadline = time.monotonic() + FORGOTTEN_WITHIN_S
        while True:
            began = time.monotonic()
            found = memory_scan.finds(self._pid(program), texts)
            if how == "holds":
                if missing := set(texts) - {find.text for find in found}:
                    raise FlowError(f"the memory does not hold {', '.join(sorted(missing))}")
                return
            if not found:
                return
            if began > deadline:
                raise FlowError("the memory holds\n" + "\n".join(f"    {find}" for find in found))

    def remember_picture(self, name: str) -> None:
        """Every pixel of the page, for `expect picture`."""
        self._shoot(self._out / f"{name}.png")

    def expect_picture(self, name: str) -> None:
        now = self._out / f"{name}.now.png"
        self._shoot(now)
        if now.read_bytes() != (self._out / f"{name}.png").read_bytes():
            raise FlowError(f"the page looks different: {now}")
