"""What the people at the centre do with the intake's own commands."""
import datetime
import hashlib
import pathlib
import subprocess

import training_state
from flow_script import FlowError


class Centre:
    def __init__(self, programs: pathlib.Path, state: pathlib.Path):
        self._programs, self._state = programs, state

    def verbs(self) -> list:
        return [(r"the centre revokes the terminal", self.revoke),
                (r"the centre offers appointments from (\d{4}-\d{2}-\d{2})", self.offer_appointments),
                (r"expect bookings (\d+)", self.expect_bookings)]

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
