"""What the people at the centre do with the intake's own commands."""
import datetime
import hashlib
import json
import pathlib
import shlex
import subprocess
import time

import patience
from evidence import WAIT_LIMIT_S
import training_state
from flow_script import FlowError

ORDER_LIMIT_S = 15
TRAINING_TIME = "2026-11-22T09:41:00+08:00"


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
                (r"the centre may not move the case to (\w+)", self.may_not_move),
                (r"the centre loads the sample fees", self.load_fees),
                (r"the cashier says that (\S+) (is paid|came to nothing)", self.cashier),
                (r"the order for (\S+) is (\w+)", self.wait_order),
                (r"the centre has papers of the sample people", self.load_proofs),
                (r"the centre knows the paper (\S+) of (\S+)", self.verify_proof),
                (r"the centre offers appointments from (\d{4}-\d{2}-\d{2})", self.offer_appointments),
                (r"expect bookings (\d+)", self.expect_bookings)]

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

    # --- paying ---

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

    # --- papers that the centre makes out ---

    def load_proofs(self) -> None:
        try:
            training_state.load_proofs(self._state, self._programs)
        except SystemExit as problem:
            raise FlowError(str(problem)) from problem

    def verify_proof(self, code: str, masked_holder: str) -> None:
        """As whoever is given the paper asks: its holder masked, and nothing else of them."""
        done = subprocess.run(
            [self._programs / "intake", "proofs", "verify", code, "--config", self._state / "kiosk.toml"],
            capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0 or masked_holder not in done.stdout:
            raise FlowError(f"intake proofs verify: {done.returncode}\n{done.stdout}{done.stderr}")

    # --- appointments ---

    def offer_appointments(self, first_day: str) -> None:
        training_state.offer_appointments(self._state, self._programs, datetime.date.fromisoformat(first_day))

    def expect_bookings(self, count: str) -> None:
        done = subprocess.run(
            [self._programs / "intake", "bookings", "list", "--config", self._state / "kiosk.toml"],
            capture_output=True, text=True, stdin=subprocess.DEVNULL)
        lines = done.stdout.splitlines()
        if done.returncode != 0 or len(lines) != int(count):
            raise FlowError(f"intake bookings list: {done.returncode}, {len(lines)} bookings\n{done.stderr}")

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
