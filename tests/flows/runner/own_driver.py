"""What programs share that drive a terminal by themselves instead of by a flow script: their options, a folder that
goes when all went well, and a runner that ends whatever happens."""
import argparse
import collections.abc
import contextlib
import pathlib
import shutil
import tempfile

from flow_runner import Runner


def options_of(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of the programs")
    parser.add_argument("--out", type=pathlib.Path, help="keeps state, logs and papers of the run here")
    return parser


@contextlib.contextmanager
def terminal(options: argparse.Namespace, name: str, **how) -> collections.abc.Iterator[tuple[Runner, pathlib.Path]]:
    """`how`: as the Runner takes it."""
    out = options.out or pathlib.Path(tempfile.mkdtemp(prefix=name))
    runner = Runner(options.bin.resolve(), out.resolve(), **how)
    try:
        yield runner, out
    finally:
        runner.end()
    if not options.out:
        shutil.rmtree(out)
