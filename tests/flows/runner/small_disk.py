"""A file system that is really full: a small tmpfs. Mounting it needs root; without, the flow is skipped."""
import errno
import pathlib
import subprocess

from flow_script import FlowSkipped

BLOCK = bytes(4096)


class SmallDisk:
    def __init__(self, folder: pathlib.Path, megabytes: int):
        folder.mkdir(parents=True, exist_ok=True)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "none", folder],
                                 capture_output=True, text=True)
        if mounted.returncode != 0:
            raise FlowSkipped(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
        self._folder = folder
        self._filling = folder / "filling"

    def fill(self) -> None:
        with self._filling.open("wb", buffering=0) as file:
            try:
                while file.write(BLOCK):
                    pass
            except OSError as problem:
                if problem.errno != errno.ENOSPC:
                    raise

    def free(self) -> None:
        self._filling.unlink()

    def unmount(self) -> None:
        subprocess.run(["umount", self._folder], check=True)
