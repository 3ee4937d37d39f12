"""What the people at the centre do with the intake's own commands."""
import hashlib
import pathlib
import shlex
import subprocess
import time

import patience
from evidence import WAIT_LIMIT_S
from flow_script import FlowError


class Centre:
    def __init__(self, programs: pathlib.Path, state: pathlib.Path):
        self._programs, self._state = programs, state

    def verbs(self) -> list:
        return [(r"the centre revokes the terminal", self.revoke),
                (r"the centre moves the case to (\w+)(?: with (.+))?", self.move),
                (r"the centre may not move the case to (\w+)", self.may_not_move)]

    def move(self, state: str, options: str | None) -> None:
        """The one case there is."""
        done = self._cases("move", self._only_case(), state, *shlex.split(options or ""))
        if done.returncode != 0:
            raise FlowError(f"intake cases move {state}: {done.returncode}\n{done.stderr}")

    def may_not_move(self, state: str) -> None:
        done = self._cases("move", self._only_case(), state)
        if done.returncode == 0 or "不能改为" not in done.stderr:
            raise FlowError(f"intake cases move {state} was not refused with a sentence: {done.stdout}{done.stderr}")

    def _only_case(self) -> str:
        """As soon as it is the office's: it is entered a moment after its receipt."""
        deadline = time.monotonic() + patience.seconds(WAIT_LIMIT_S)
        while True:
            lines = [line.split("\t") for line in self._cases("list").stdout.splitlines()]
            if len(lines) == 1 and lines[0][1] not in ("UPLOADED", "COMPLETE"):
                return lines[0][0]
            if time.monotonic() > deadline:
                raise FlowError(f"no one case of the office's: {lines}")

    def _cases(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self._programs / "intake", "cases", *arguments, "--config", self._state / "kiosk.toml"],
            capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def revoke(self) -> None:
        """What it has sent so far stays acceptable; the terminal hears of it with the next feed."""
        certificate = (self._state / "post/terminal.cert").read_bytes()
        ended = self._state / "ended.txt"
        ended.write_text(f"terminal {hashlib.sha256(certificate).hexdigest()[:16]} 1000\n", encoding="ascii")
        done = subprocess.run(
            [self._programs / "intake", "publish", "revocation", ended, "--key", self._state / "root/feed.key",
             "--config", self._state / "kiosk.toml"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise FlowError(f"intake publish revocation: {done.returncode}\n{done.stdout}{done.stderr}")
