#!/usr/bin/env python3
"""Makes the state folder of a training terminal: keys, signed pack and configuration.

Used by kiosk/run, by the flow tests and by the benchmarks, so that all of them start the programs
the same way. Keys that are there already stay; the configuration is written anew.

    training_state.py --state DIR --bin DIR [--port N] [--suite I|N]
"""
import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import sample_proofs  # noqa: E402

TERMINAL = "000101001001001"
ROOT = pathlib.Path(__file__).resolve().parent.parent
PACK = ROOT / "kiosk/catalogue/packs/sample_county/pack.json"
FEES = ROOT / "provisioning/sample_fees.json"


def cache_folder() -> pathlib.Path:
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / "citizen-window"


def make_keys(state: pathlib.Path, programs: pathlib.Path, pack: pathlib.Path = PACK, suite: str = "I") -> None:
    """The keys and the signed pack; what is there stays, and the pack is signed again when it changed."""
    done = subprocess.run(
        [programs / "kiosk-training-keys", "--state", state, "--terminal", TERMINAL, "--pack", pack,
         "--suite", suite],
        capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"kiosk-training-keys failed ({done.returncode}):\n{done.stdout}{done.stderr}")


def configuration(state: pathlib.Path, programs: pathlib.Path, port: int) -> dict:
    """The configuration of the training profile, section by section."""
    cache = cache_folder()
    return {
        "terminal": {
            "realm": "training",
            "id": TERMINAL,
            "state_folder": str(state),
            "root_key": str(state / "keys/root.pub"),
            "key_set": str(state / "keys/key_set.json"),
            "post_socket": str(state / "post.sock"),
        },
        "care": {"restart_after_days": 0},  # a moved clock is no reason to begin anew
        "kiosk": {
            "width": 1080,
            "height": 1920,
            "full_screen": True,
            "pack_folder": str(state / "pack"),
            "models_folder": str(cache / "models"),
            "icon_font": str(cache / "icons/tabler-icons.ttf"),
            "rime_folder": "/usr/share/rime-data",
            "photo_decoder": str(programs / "kiosk-photo-decoder-training"),
            "code_scanner": "hid",
            "technician_roster": str(state / "keys/technicians.json"),
            "face_check_wanted": True,
        },
        "face": {},  # as the program has it
        "printers": {"receipt_printer": "", "receipt_dots": 576},
        "post": {
            "outbox_folder": str(state / "outbox"),
            "stick_folder": str(state / "stick"),
            "terminal_key": str(state / "post/terminal.key"),
            "terminal_certificate": str(state / "post/terminal.cert"),
            "intake_url": f"http://127.0.0.1:{port}",
            "backoff_base_ms": 200,
            "backoff_cap_ms": 2000,
            "first_contact_jitter_ms": 0,
        },
        "intake": {
            "folder": str(state / "intake"),
            "listen_port": port,
            "pack_folder": str(state / "pack"),
        },
    }


def load_fees(state: pathlib.Path, programs: pathlib.Path) -> None:
    """What the sample person is to pay, as an operator of the centre loads it; what is there is replaced."""
    done = subprocess.run([programs / "intake", "load", FEES, "--config", state / "kiosk.toml"],
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"intake load failed ({done.returncode}):\n{done.stdout}{done.stderr}")


def change(config: dict, assignment: str) -> None:
    """One change as written in flows: kiosk.width=1920."""
    name, _, value = assignment.partition("=")
    section, _, key = name.strip().partition(".")
    if section not in config or not key or not value.strip():
        raise ValueError(f"not a change of the configuration: {assignment}")
    try:
        config[section][key] = json.loads(value)
    except json.JSONDecodeError:
        config[section][key] = value.strip()


def write_configuration(path: pathlib.Path, config: dict) -> None:
    lines = []
    for section, values in config.items():
        lines.append(f"[{section}]")
        # Strings, numbers and flags are written alike in JSON and TOML.
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def load_proofs(state: pathlib.Path, programs: pathlib.Path) -> None:
    """The centre has papers of the sample people, ready to print. The configuration is there by then."""
    file = state / "sample_proofs.json"
    file.write_text(json.dumps(sample_proofs.sample(), ensure_ascii=False), encoding="utf-8")
    done = subprocess.run([programs / "intake", "proofs", "load", file, "--config", state / "kiosk.toml"],
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"intake proofs load failed ({done.returncode}):\n{done.stdout}{done.stderr}")
    file.unlink()  # it names people, if invented ones; the centre's book does not


def appointments(first_day: datetime.date) -> dict:
    """Two invented offices and their times for three weeks: weekdays, late hours on Wednesdays, Saturday mornings."""
    points = [
        {"id": "hall", "name": "示例县政务服务中心", "address": "示例镇人民路 1 号", "hours": "周一至周五 9:00–17:00",
         "telephone": "0000-0012345"},
        {"id": "east", "name": "东街便民服务中心", "address": "示例镇东街 8 号", "hours": "周一至周五 9:00–17:00",
         "telephone": "0000-0012346"},
    ]
    slots = []

    def offer(point: str, day: datetime.date, hour: int, kind: str, capacity: int) -> None:
        slots.append({"point": point, "item": "", "date": day.isoformat(), "from": f"{hour:02}:00",
                      "to": f"{hour + 1:02}:00", "kind": kind, "capacity": capacity})

    for day in (first_day + datetime.timedelta(days=n) for n in range(21)):
        if day.weekday() < 5:
            for point in ("hall", "east"):
                for hour in (9, 14):
                    offer(point, day, hour, "normal", 3)
        if day.weekday() == 2:
            offer("hall", day, 17, "extended", 2)
        if day.weekday() == 5:
            offer("hall", day, 9, "weekend", 1)
    return {"points": points, "slots": slots}


def offer_appointments(state: pathlib.Path, programs: pathlib.Path, first_day: datetime.date) -> None:
    """Loads them into the intake's book; what is booked there stays."""
    offered = state / "appointments.json"
    offered.write_text(json.dumps(appointments(first_day), ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [programs / "intake", "bookings", "load", offered, "--config", state / "kiosk.toml"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"intake bookings load failed ({done.returncode}):\n{done.stdout}{done.stderr}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--state", type=pathlib.Path, required=True)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--port", type=int, default=8470)
    parser.add_argument("--suite", choices=("I", "N"), default="I", help="of every key: international or national")
    options = parser.parse_args()
    state, programs = options.state.resolve(), options.bin.resolve()
    make_keys(state, programs, suite=options.suite)
    config = configuration(state, programs, options.port)
    config["terminal"]["suite"] = options.suite
    write_configuration(state / "kiosk.toml", config)
    if (programs / "intake").exists():  # the benchmarks of the kiosk alone build none
        load_fees(state, programs)
        load_proofs(state, programs)
        offer_appointments(state, programs, datetime.date.today())


if __name__ == "__main__":
    main()
