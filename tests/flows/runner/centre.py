"""What the people at the centre do with the intake's own commands."""
import hashlib
import pathlib
import subprocess
import time

import patience
import training_state
from flow_script import FlowError

ORDER_LIMIT_S = 15
TRAINING_TIME = "2026-11-22T09:41:00+08:00"


class Centre:
    def __init__(self, programs: pathlib.Path, state: pathlib.Path):
        self._programs, self._state = programs, state

    def verbs(self) -> list:
        return [(r"the centre revokes the terminal", self.revoke),
                (r"the centre loads the sample fees", self.load_fees),
                (r"the cashier says that (\S+) (is paid|came to nothing)", self.cashier),
                (r"the order for (\S+) is (\w+)", self.wait_order)]

    def load_fees(self) -> None:
        training_state.load_fees(self._state, self._programs)

    def cashier(self, fee: str, what: str) -> None:
        """Of the one order for this fee whose code may be paid."""
        orders = [line.split(" ", 2) for line in self._cashier("list").splitlines()]
        shown = [number for number, state, of in orders if state == "shown" and of == fee]
        if len(shown) != 1:
            raise FlowError(f"orders for {fee} that may be paid: {shown} of {orders}")
        self._cashier("pay" if what == "is paid" else "fail", shown[0])

    def wait_order(self, fee: str, state: str) -> None:
        deadline = time.monotonic() + patience.seconds(ORDER_LIMIT_S)
        while f" {state} {fee}" not in (orders := self._cashier("list")):
            if time.monotonic() > deadline:
                raise FlowError(f"no order for {fee} is {state}: {orders}")
            time.sleep(0.1)

    def _cashier(self, *words: str) -> str:
        done = subprocess.run(
            [self._programs / "intake", "cashier", *words, "--clock", TRAINING_TIME,
             "--config", self._state / "kiosk.toml"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise FlowError(f"intake cashier {words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

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
