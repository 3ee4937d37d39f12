"""The control socket of kiosk-training: one line out, data lines beginning with `| ` and one verdict
line (`ok` or `error TEXT`) back."""
import json
import pathlib
import socket
import time

import patience
from flow_script import FlowError

REPLY_LIMIT_S = 40  # longer than any bounded wait inside kiosk-training


class KioskControl:
    def __init__(self, path: pathlib.Path):
        self._path = path
        self._socket: socket.socket | None = None
        self._lines = None

    def connect(self, is_alive, limit_s: float) -> None:
        """Until the program listens, dies, or the time is over."""
        deadline = time.monotonic() + limit_s
        while True:
            attempt = socket.socket(socket.AF_UNIX)
            try:
                attempt.settimeout(patience.seconds(REPLY_LIMIT_S))
                attempt.connect(str(self._path))
                self._socket = attempt
                self._lines = attempt.makefile("r", encoding="utf-8")
                return
            except OSError:
                attempt.close()
            if not is_alive():
                raise FlowError("kiosk-training ended while it started")
            if time.monotonic() > deadline:
                raise FlowError(f"kiosk-training does not listen after {limit_s:.0f} s")
            time.sleep(0.005)

    def close(self) -> None:
        if self._socket:
            self._lines.close()
            self._socket.close()
        self._socket = None

    @property
    def connected(self) -> bool:
        return self._socket is not None

    def ask(self, line: str) -> list[str]:
        """The data lines of the reply; raises FlowError with the program's own words."""
        if not self._socket:
            raise FlowError("kiosk-training is not running (start kiosk)")
        data = []
        try:
            self._socket.sendall((line + "\n").encode())
            for reply in self._lines:
                reply = reply.rstrip("\n")
                if reply == "ok":
                    return data
                if reply == "error" or reply.startswith("error "):
                    raise FlowError(reply[6:] or "error")
                if not reply.startswith("|"):
                    raise FlowError(f"kiosk-training answered outside the protocol: {reply!r}")
                data.append(reply[2:])
        except TimeoutError as problem:
            raise FlowError(f"kiosk-training did not answer within {REPLY_LIMIT_S} s") from problem
        except OSError as problem:
            raise FlowError(f"the connection to kiosk-training broke: {problem}") from problem
        raise FlowError("kiosk-training closed the connection")

    def stats(self) -> dict:
        return json.loads("".join(self.ask("stats")))
