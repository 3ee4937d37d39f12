#!/usr/bin/env python3
"""Plays one fault of processes, or of the machine below them, against the real programs under the small service manager.

    play.py FAULT --bin DIR [--out DIR] [--seed S]          play.py --list
"""
import argparse
import pathlib
import shutil
import signal
import sys
import tempfile

import terminal
from terminal import FAULTS, FlowError, FlowSkipped

import devices  # noqa: F401
import ends  # noqa: F401
import machine  # noqa: F401
import names  # noqa: F401
import screen  # noqa: F401
import time_and_line  # noqa: F401

SKIPPED = 77


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fault", nargs="?", choices=sorted(FAULTS))
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--bin", type=pathlib.Path, help="folder of the programs")
    parser.add_argument("--out", type=pathlib.Path, help="keeps state, logs and papers of the run here")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.list:
        print("\n".join(sorted(FAULTS)))
        return 0
    if not options.fault or not options.bin:
        parser.error("a fault and --bin DIR")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    out = options.out or pathlib.Path(tempfile.mkdtemp(prefix="fault-"))
    try:
        FAULTS[options.fault](options.bin.resolve(), out.resolve(), options.seed)
    except FlowSkipped as reason:
        print(f"skipped: {reason}")
        return SKIPPED
    except FlowError as problem:
        print(f"{options.fault}, seed {options.seed}: {problem}\n  logs: {out}/logs", file=sys.stderr)
        return 1
    if not options.out:
        shutil.rmtree(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
