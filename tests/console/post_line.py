"""The app's end of the local socket to kiosk-post, as far as a report of health needs it: a length and a CBOR map."""
import pathlib
import re
import socket
import struct

PROTOCOL = pathlib.Path(__file__).resolve().parents[2] / "offline/post/protocol.hpp"
VERSION = int(re.search(r"protocol_version = (\d+)", PROTOCOL.read_text())[1])


def _head(major: int, value: int) -> bytes:
    if value < 24:
        return bytes([major << 5 | value])
    for code, size, form in ((24, 1, ">B"), (25, 2, ">H"), (26, 4, ">I"), (27, 8, ">Q")):
        if value < 1 << 8 * size:
            return bytes([major << 5 | code]) + struct.pack(form, value)
    raise ValueError(value)


def encoded(value) -> bytes:
    if isinstance(value, bool):
        raise TypeError("no flags here")
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(encoded, value))
    return _head(5, len(value)) + b"".join(encoded(key) + encoded(value[key]) for key in sorted(value))


class PostLine:
    """An app that reports and does nothing else."""

    def __init__(self, path: str):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(10)
        self._socket.connect(path)
        self.say("hello", realm="training")

    def say(self, kind: str, **fields) -> None:
        body = encoded({"v": VERSION, "t": kind, **fields})
        self._socket.sendall(struct.pack(">I", len(body)) + body)

    def report(self, parts: list[str], **changed) -> None:
        self.say("app_reported", **{
            "parts": parts, "version": "1.0", "pack": "county", "pack_version": 3, "key_set": 1, "pack_outdated": 0,
            "page": "home", "proof": "drawn", "pause": "", "started_at": 1795311660000, "sessions": 12, "kept": 5,
            "memory_kib": 182000, "disk_free": 61, "paper_hours": -1, **changed})
        self.say("nudge")

    def close(self) -> None:
        self._socket.close()
