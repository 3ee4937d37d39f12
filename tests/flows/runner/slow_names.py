"""A resolver of its own for one program: it knows one name, and answers as late as it is told to, or never."""
import pathlib
import shlex
import socket
import struct
import subprocess
import threading
import time

from flow_script import FlowSkipped

ADDRESS = ("127.77.0.53", 53)
NAME = "centre.test"
NEVER = None
A, IN, TTL_S = 1, 1, 0  # nobody may remember an answer
HEADER_BYTES = 12


class SlowNames:
    def __init__(self, folder: pathlib.Path):
        self.answers_after_s: float | None = 0.0
        self.asked = 0
        self._folder = folder
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.bind(ADDRESS)
        except OSError as problem:
            raise FlowSkipped(f"no resolver can listen here: {problem}") from problem
        self._resolv = folder / "resolv.conf"
        self._resolv.write_text(f"nameserver {ADDRESS[0]}\noptions timeout:30 attempts:1\n", encoding="ascii")
        tried = subprocess.run(self._with_it("true"), capture_output=True, text=True)
        if tried.returncode != 0:
            raise FlowSkipped(f"no program can be given a resolver of its own here: {tried.stderr.strip()}")
        threading.Thread(target=self._serve, daemon=True).start()

    def _with_it(self, *command: str) -> list[str]:
        """A program that alone sees this resolver; its number stays the one it is started with."""
        return ["unshare", "--mount", "--propagation", "private", "sh", "-c",
                f'mount --bind {shlex.quote(str(self._resolv))} /etc/resolv.conf && exec "$@"', "sh", *command]

    def programs(self, programs: pathlib.Path, of: str) -> pathlib.Path:
        """A folder of the same programs, of which one asks here."""
        folder = self._folder / "bin"
        folder.mkdir()
        for program in programs.iterdir():
            if program.name != of:
                (folder / program.name).symlink_to(program)
        script = folder / of
        script.write_text(f'#!/bin/sh\nexec {shlex.join(self._with_it(str(programs / of)))} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
        return folder

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                question, asker = self._socket.recvfrom(512)
            except OSError:
                return  # closed
            self.asked += 1
            threading.Thread(target=self._answer, args=(question, asker), daemon=True).start()

    def _answer(self, question: bytes, asker: tuple[str, int]) -> None:
        if (after := self.answers_after_s) is NEVER:
            return
        time.sleep(after)  # that is the fault itself
        try:
            self._socket.sendto(reply_to(question), asker)
        except OSError:
            pass  # closed meanwhile


def reply_to(question: bytes) -> bytes:
    """RFC 1035: this machine for that name, no address of any other kind, no other name."""
    number, = struct.unpack(">H", question[:2])
    labels, at = [], HEADER_BYTES
    while size := question[at]:
        labels.append(question[at + 1:at + 1 + size].decode("ascii"))
        at += 1 + size
    kind, = struct.unpack(">H", question[at + 1:at + 3])
    known = ".".join(labels).lower() == NAME
    answers = [b"\xc0\x0c" + struct.pack(">HHIH", A, IN, TTL_S, 4) + socket.inet_aton("127.0.0.1")] if known and kind == A else []
    flags = 0x8180 if known else 0x8183  # no such name
    return struct.pack(">HHHHHH", number, flags, 1, len(answers), 0, 0) + question[HEADER_BYTES:at + 5] + b"".join(answers)
