#!/usr/bin/env python3
"""Plays one flow script against the real programs and says at which line it first failed.

    run_flow.py FLOW --bin DIR [--out DIR] [--demo DIR] [--slow TIMES]

The programs get a fresh state folder (keys, signed pack, configuration with a free port). Verbs that
this runner knows are in Runner below and in tests/README.md; every other line goes to kiosk-training.
"""
import argparse
import pathlib
import shutil
import signal
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "runner"))

import flow_script  # noqa: E402
import patience  # noqa: E402
from flow_runner import Runner  # noqa: E402
from flow_script import FlowError, FlowSkipped  # noqa: E402


SKIPPED = 77  # as CTest's SKIP_RETURN_CODE for flows


def play(runner: Runner, script: pathlib.Path) -> str | None:
    """The first failure, told with its place, or None."""
    try:
        lines = flow_script.read(script)
    except (OSError, FlowError) as problem:
        return str(problem)
    for line in lines:
        try:
            runner.play(line.text)
        except FlowError as problem:
            return f"{line.place()}: {line.text}\n  {problem}\n{runner.describe_screen()}"
    try:
        runner.finish()
    except FlowError as problem:
        return f"{script}: after the last line\n  {problem}"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("flow", type=pathlib.Path)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of the programs")
    parser.add_argument("--out", type=pathlib.Path, help="keeps state, logs and papers of the run here")
    parser.add_argument("--demo", type=pathlib.Path, help="as `set demo DIR` before the first line")
    parser.add_argument("--slow", type=float, default=1, help="waits so many times as long, for an emulated processor")
    options = parser.parse_args()
    patience.wait_longer(options.slow)
    # An interrupted run ends its children like a finished one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    out = options.out or pathlib.Path(tempfile.mkdtemp(prefix="flow-"))
    if options.out:
        for old in ("state", "logs", "printed"):
            shutil.rmtree(out / old, ignore_errors=True)
    runner = Runner(options.bin.resolve(), out.resolve())
    failure = None
    try:
        if options.demo:
            runner.play(f"set demo {options.demo.resolve()}")
        failure = play(runner, options.flow)
    except FlowSkipped as reason:
        print(f"skipped: {reason}")
        return SKIPPED
    finally:
        runner.end()
    if failure:
        print(f"{failure}\n  logs: {out}/logs", file=sys.stderr)
        return 1
    if not options.out:
        shutil.rmtree(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
