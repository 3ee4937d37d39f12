"""Stands in for the real programs in run_flow_test.py: called as `fake_programs.py PROGRAM ARGUMENTS…`,
it speaks their sockets and command lines and keeps its counts in small files of the state folder."""
import json
import pathlib
import signal
import socket
import sqlite3
import sys
import tomllib

PAGES = ["home", "place_card", "receipt"]


def argument(name: str) -> str:
    return sys.argv[sys.argv.index(name) + 1]


def config() -> dict:
    return tomllib.loads(pathlib.Path(argument("--config")).read_text(encoding="utf-8"))


def serve_forever(listener: socket.socket) -> None:
    listener.listen()
    while True:
        listener.accept()[0].close()


def keys() -> None:
    pathlib.Path(argument("--state"), "intake").mkdir(parents=True, exist_ok=True)


def intake(settings: dict) -> None:
    cases = pathlib.Path(settings["intake"]["folder"], "intake.sqlite")  # here only a number
    if sys.argv[2] == "count":
        print(cases.read_text())
    elif sys.argv[2] == "case":
        case = {"sub_id": "ab", "local_number": "L1", "case_number": "C1",
                "answers": {"account": "6222", "rows": [{"name": "王秀兰"}]},
                "submission": {"id": "random", "count": 1, "rows": [{"name": "王秀兰"}]}}
        print(json.dumps([case] * int(cases.read_text())))
    else:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", settings["intake"]["listen_port"]))
        serve_forever(listener)


def post(settings: dict) -> None:
    path = pathlib.Path(settings["terminal"]["post_socket"])
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    serve_forever(listener)


def keep(folder: pathlib.Path, rows: int) -> None:
    folder.mkdir(exist_ok=True)
    global outbox  # stays open and locked, as the post's does
    outbox = sqlite3.connect(folder / "outbox.sqlite", isolation_level=None)
    outbox.execute("PRAGMA locking_mode = EXCLUSIVE")
    outbox.execute("PRAGMA journal_mode = WAL")
    outbox.execute("CREATE TABLE submission(seq INTEGER PRIMARY KEY)")
    outbox.executemany("INSERT INTO submission VALUES (?)", [(row,) for row in range(rows)])


def kiosk(settings: dict) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(argument("--control"))
    listener.listen()
    printed = pathlib.Path(argument("--printer-output"))
    state = pathlib.Path(settings["terminal"]["state_folder"])
    connection, _ = listener.accept()
    page, known = 0, []
    for line in connection.makefile("r", encoding="utf-8"):
        verb, _, rest = line.strip().partition(" ")
        data, verdict = [], "ok"
        if verb == "tap":
            page += 1
        elif verb == "hand_in":
            (state / "intake/intake.sqlite").write_text(rest)
        elif verb == "keep":
            keep(pathlib.Path(settings["post"]["outbox_folder"]), int(rest))
        elif verb == "shot":
            pathlib.Path(rest).write_bytes(b"png" + PAGES[page].encode())
        elif verb == "print":
            (printed / f"1-{rest}.pdf").write_bytes(b"%PDF")
        elif verb == "stats":
            data = [json.dumps({"page": PAGES[page], "live_secrets": 0})]
        elif verb == "tree":
            data = ["screen fake", "text number [0 0 10 10] WLJ4 3K7M", "primary_button next [0 0 10 10] disabled 下一步"]
        elif verb == "know":
            known.append(rest.encode("utf-16-le"))
        elif verb == "say":
            print(rest, flush=True)
        elif verb == "crash":
            sys.exit(3)
        elif verb == "expect" and rest != f"page {PAGES[page]}":
            verdict = f"error page is {PAGES[page]}"
        reply = "".join(f"| {part}\n" for part in data) + verdict + "\n"
        connection.sendall(reply.encode())
    signal.pause()


match sys.argv[1]:
    case "kiosk-training-keys":
        keys()
    case "intake":
        intake(config())
    case "kiosk-post":
        post(config())
    case "kiosk-training":
        kiosk(config())
