"""What the people at the centre do with the intake's own commands."""
import hashlib
import json
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
                (r"(wait|expect) work orders (\d+)", self.expect_work_orders),
                (r"the centre answers the work order: (.+)", self.answer),
                (r"(wait|expect) work order (kind|state) is (\w+)", self.expect_work_order),
                (r"the work order says (\S+)", self.work_order_says),
                (r"the work order must not say (\S+)", self.work_order_must_not_say),
                (r"the centre moves the case to (\w+)(?: with (.+))?", self.move),
                (r"the centre may not move the case to (\w+)", self.may_not_move)]

    # --- what citizens asked, complained of and rated ---

    def _voices(self, *arguments: str) -> str:
        done = subprocess.run([self._programs / "intake", "voices", *arguments, "--config", self._state / "kiosk.toml"],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise FlowError(f"intake voices {arguments[0]}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def _orders(self) -> list[list[str]]:
        lines = [line.split("\t") for line in self._voices("list").splitlines()]
        return [line for line in lines if line[0] != "ratings"]

    def _only_order(self) -> list[str]:
        orders = self._orders()
        if len(orders) != 1:
            raise FlowError(f"the centre has {len(orders)} work orders, not one")
        return orders[0]

    @staticmethod
    def _until(how: str, wanted, found, what: str) -> None:
        deadline = time.monotonic() + (patience.seconds(WAIT_LIMIT_S) if how == "wait" else 0)
        while (now := found()) != wanted:
            if time.monotonic() >= deadline:
                raise FlowError(f"{what}: {now}, wanted {wanted}")
            time.sleep(0.05)

    def expect_work_orders(self, how: str, wanted: str) -> None:
        self._until(how, int(wanted), lambda: len(self._orders()), "work orders")

    def expect_work_order(self, how: str, what: str, wanted: str) -> None:
        self._until(how, wanted, lambda: self._only_order()[1 if what == "kind" else 2], f"the work order's {what}")

    def answer(self, text: str) -> None:
        self._voices("reply", self._only_order()[0], "--text", text)

    def _said(self) -> str:
        """Everything that came with it, as the operator reads it."""
        return json.dumps(json.loads(self._voices("show", self._only_order()[0])), ensure_ascii=False)

    def work_order_says(self, text: str) -> None:
        if text not in self._said():
            raise FlowError(f"the work order does not say {text}")

    def work_order_must_not_say(self, text: str) -> None:
        if text in self._said():
            raise FlowError(f"the work order says {text}")

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
