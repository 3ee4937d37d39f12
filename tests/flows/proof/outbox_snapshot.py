"""Counts what lies in the outbox on disk without asking the post, which keeps its database locked: the
database and its log are copied as they stand, and the copy is opened."""
import pathlib
import shutil
import sqlite3
import tempfile
import time

TRIES = 20


def _databases(folder: pathlib.Path) -> list[pathlib.Path]:
    """outbox.sqlite and those that were made from it (outbox.2.sqlite …), the oldest first."""
    def generation(file: pathlib.Path) -> int:
        middle = file.name.removeprefix("outbox").removesuffix("sqlite").strip(".")
        return int(middle) if middle else 1
    return sorted(folder.glob("outbox*.sqlite"), key=generation)


def _copy(database: pathlib.Path, copy: pathlib.Path) -> bool:
    """False when the post wrote meanwhile."""
    log = database.with_name(database.name + "-wal")

    def marks() -> list[tuple[int, int]]:
        return [(file.stat().st_mtime_ns, file.stat().st_size) for file in (log, database) if file.exists()]

    before = marks()
    for file in (log, database):
        if file.exists():
            shutil.copyfile(file, copy / file.name)
    return marks() == before


def waiting_rows(folder: pathlib.Path) -> int:
    """Submissions that are still kept; 0 before the first one."""
    if not (databases := _databases(folder)):
        return 0
    for _ in range(TRIES):
        with tempfile.TemporaryDirectory(prefix="outbox-") as temporary:
            copy = pathlib.Path(temporary)
            if _copy(databases[-1], copy):
                connection = sqlite3.connect(copy / databases[-1].name)
                try:
                    return connection.execute("SELECT count(*) FROM submission").fetchone()[0]
                except sqlite3.Error:
                    pass  # copied between two of its writes
                finally:
                    connection.close()
        time.sleep(0.02)
    raise OSError(f"the outbox in {folder} never stood still")
