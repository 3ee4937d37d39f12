"""What the people at the centre do with the intake's own commands."""
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
                (r"the centre has papers of the sample people", self.load_proofs),
                (r"the centre knows the paper (\S+) of (\S+)", self.verify_proof)]

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
