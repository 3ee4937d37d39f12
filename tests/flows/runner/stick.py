"""A courier's stick: a folder where the configuration says that the stick is mounted. In training a
folder will do (offline/courier/README.md)."""
import os
import pathlib
import subprocess
import time

import patience
from flow_script import FlowError

WAIT_LIMIT_S = 20


class Stick:
    def __init__(self, programs: pathlib.Path, state: pathlib.Path, logs: pathlib.Path, clock: str):
        self._programs, self._state, self._logs, self._clock = programs, state, logs, clock
        self._folder = state / "stick"

    def verbs(self) -> list:
        return [
            (r"stick (in|out)", self.put),
            (r"stick carried to the centre", self.carry),
            (r"stick full of rubbish", self.rubbish),
            (r"stick byte changed in (\S+)", self.change_byte),
            (r"expect stick has (\d+) (\S+)", self.expect),
        ]

    def put(self, where: str) -> None:
        """The same stick goes in and out: what is on it stays."""
        aside = self._state / "stick_in_a_pocket"
        if where == "out":
            self._folder.rename(aside)
        elif aside.exists():
            aside.rename(self._folder)
        else:
            self._folder.mkdir()

    def carry(self) -> None:
        """To the import station, and back with what it answered."""
        done = subprocess.run(
            [self._programs / "intake", "bundle", "import", self._folder, "--config", self._state / "kiosk.toml",
             "--clock", self._clock], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        (self._logs / "station.log").write_text(done.stdout + done.stderr, encoding="utf-8")
        if done.returncode != 0:
            raise FlowError(f"intake bundle import: {done.returncode}\n{done.stdout}{done.stderr}")

    def answer(self, challenge: str, label: str, rights: str) -> str:
        """What the centre says to a terminal's code, when it knows by other means who asks."""
        done = subprocess.run(
            [self._programs / "intake", "technicians", "answer", challenge, "--label", label, "--rights", rights,
             "--key", self._state / "root/feed.key", "--config", self._state / "kiosk.toml"],
            capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise FlowError(f"intake technicians answer: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def rubbish(self) -> None:
        """Everything a hostile stick may be: names that lead elsewhere, links, pipes, wrong papers."""
        folder = self._folder / ("cw-" + "ab" * 16 + ".back")
        (folder / "objects").mkdir(parents=True)
        (folder / "bundle.cwb").write_bytes(b"CWR1" + os.urandom(4000))
        (folder / "objects/0001").symlink_to("/etc/passwd")
        other = self._folder / ("cw-" + "cd" * 16 + ".back")
        other.mkdir()
        os.mkfifo(other / "bundle.cwb")
        (self._folder / "cw-stick-0000.json").write_bytes(os.urandom(500))
        (self._folder / "autorun.inf").write_text("[autorun]\nopen=x.exe\n", encoding="utf-8")

    def change_byte(self, pattern: str) -> None:
        files = sorted(path for path in self._folder.rglob(pattern) if path.is_file())
        if not files:
            raise FlowError(f"no file on the stick fits {pattern}")
        for path in files:
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)

    def expect(self, count: str, pattern: str) -> None:
        deadline = time.monotonic() + patience.seconds(WAIT_LIMIT_S)
        while (found := len(list(self._folder.rglob(pattern)))) != int(count):
            if time.monotonic() >= deadline:
                raise FlowError(f"{found} on the stick fit {pattern}")
            time.sleep(0.05)
