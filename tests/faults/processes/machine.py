"""What the machine below the programs runs out of, or no longer gives."""
import contextlib
import fcntl
import json
import os
import pathlib
import resource
import signal
import socket
import subprocess

from small_disk import SmallDisk
from terminal import DEMO, PARTS, FlowError, FlowSkipped, Terminal, fault

def blocks(folder: pathlib.Path) -> dict[str, int]:
    """What the files take up; within its last block a file may still grow."""
    return {file.name: file.stat().st_blocks for file in folder.glob("*.log")}


@fault
def the_place_of_the_logs_is_full(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """ST9. Not one more byte of a log can be written: citizens are served as ever, and the audit record, which has a place of
    its own, is kept."""
    t = Terminal(programs, out)
    disk = SmallDisk(t.logs, 1)
    try:
        t.play("start post", "start kiosk", "wait page home")
        disk.fill()
        before = blocks(t.logs)
        t.to_signature()
        t.hand_in()
        t.leave_receipt()
        t.play_files(PARTS / "technician_in.flow")
        t.play("card lift")
        if blocks(t.logs) != before:
            raise FlowError("the place of the logs was not full")
        record = t.state / "audit"
        if not any(file.stat().st_size for file in record.rglob("*") if file.is_file()):
            raise FlowError(f"nothing stands in the audit record {record}")
        t.play("tap maintain_leave", "wait page maintain_resume", "tap maintain_confirm", "wait page home")
        t.everything_arrives()
        disk.free()
        # Room again: the logs go on.
        t.service("kiosk").send(signal.SIGKILL)
        t.comes_back("kiosk", 2)
        t.play("wait page home", "log has PageShown page=home")
    finally:
        t.runner.end()
        disk.unmount()


@fault
def nobody_takes_the_logs(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """O12. Whoever took the logs has gone, so that each line fails: citizens are served as ever."""
    t = Terminal(programs, out)
    pipes = {name: t.logs / f"{name}.log" for name in ("post", "kiosk", "intake")}
    try:
        for name, pipe in pipes.items():
            os.mkfifo(pipe)
            # Takes the log until the program serves, and then is gone.
            took = subprocess.Popen(["cat", pipe], stdout=subprocess.DEVNULL)
            t.play(f"start {name}")
            t.children.wait_ready(name, 1)
            took.kill()
            took.wait()
        t.play("stop intake", "wait page home")
        t.to_signature()
        t.hand_in()
        t.leave_receipt()
        t.expect_endings({"post": [], "kiosk": []})
        for name in ("post", "kiosk"):
            t.service(name).stop()
            t.children.services.pop(name)
        for pipe in pipes.values():
            pipe.unlink()
        t.runner._kiosk.close()
        t.play("start intake", "start post", "start kiosk")
        t.everything_arrives()
    finally:
        t.runner.end()


SMALL_PIPE = 8192  # of one page the kernel says after the first line that it is full
FILLER = b"{}"  # a line that says nothing


def fill(path: pathlib.Path) -> None:
    pipe = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(pipe, FILLER + b"\n")
    os.close(pipe)


def lines_in(pipe: int) -> list[bytes]:
    """Whole ones, all that lie there."""
    held = b""
    with contextlib.suppress(BlockingIOError):
        while some := os.read(pipe, 1 << 16):
            held += some
    return held.split(b"\n")[:-1]


@fault
def the_log_is_taken_and_not_read_on(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """O12. Whoever takes the logs holds them open and has stopped reading, so that not one more line fits: nobody waits for it,
    citizens are served as ever, no line is torn, and once somebody reads again the logs go on."""
    t = Terminal(programs, out)
    pipes: dict[str, int] = {}
    try:
        for name in ("post", "kiosk"):
            path = t.logs / f"{name}.log"
            os.mkfifo(path)
            pipes[name] = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            fcntl.fcntl(pipes[name], fcntl.F_SETPIPE_SZ, SMALL_PIPE)
            t.play(f"start {name}")
        t.play("wait page home")
        for name in pipes:
            fill(t.logs / f"{name}.log")
        t.to_signature()
        t.hand_in()
        t.leave_receipt()
        t.expect_endings({"post": [], "kiosk": []})
        for name, pipe in pipes.items():
            lines = all_whole(pipe)
            if lines[-1] != FILLER:
                raise FlowError(f"the place of the log of {name} was not full: {lines[-1]!r}")
        t.play("tap progress", "wait page progress_way", "tap end", "wait page home")
        if not any(b'"PageShown"' in line for line in all_whole(pipes["kiosk"])):
            raise FlowError("somebody reads again, and the log does not go on")
        t.expect_endings({"post": [], "kiosk": []})
    finally:
        for pipe in pipes.values():
            os.close(pipe)
        t.runner.end()


def all_whole(pipe: int) -> list[bytes]:
    lines = lines_in(pipe)
    for line in lines:
        try:
            json.loads(line)
        except ValueError as problem:
            raise FlowError(f"a line was torn: {line!r}") from problem
    return lines


def open_files(pid: int) -> int:
    return len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir()))


@fault
def no_descriptors_are_left(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """O7. Others hold every descriptor that post and intake may have: neither ends nor hangs, and when they let go, what was
    being handed in is kept and delivered."""
    t = Terminal(programs, out)
    try:
        t.play("start intake", "start post", "start kiosk", "wait page home", "wait stats line is 1")
        address = str(t.state / "post.sock")
        port = t.runner._port
        limits: dict[str, int] = {}
        with contextlib.ExitStack() as held:
            for name, connect in (("post", lambda: unix_to(address)), ("intake", lambda: tcp_to(port))):
                pid = t.service(name).pid
                most = limits[name] = open_files(pid) + 6
                resource.prlimit(pid, resource.RLIMIT_NOFILE, (most, most))
                for _ in range(40):
                    held.enter_context(connect())
            feeds = {name: t.service(name).feeds for name in ("post", "intake")}
            # Twice round the watchdog's time and both still say that they live.
            for name, fed in feeds.items():
                if not t.service(name).wait(lambda one, fed=fed: one.feeds > fed + 6, 60):
                    raise FlowError(f"{name} fell silent: {t.service(name).endings}")
            if open_files(t.service("post").pid) < limits["post"]:
                raise FlowError("the post had descriptors left")
        t.to_signature()
        t.hand_in()
        t.leave_receipt()
        t.everything_arrives()
        t.expect_endings({"post": [], "intake": [], "kiosk": []})
    finally:
        t.runner.end()


def unix_to(address: str) -> socket.socket:
    one = socket.socket(socket.AF_UNIX)
    one.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        one.connect(address)
    return one


def tcp_to(port: int) -> socket.socket:
    one = socket.socket()
    one.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        one.connect(("127.0.0.1", port))
    return one


@fault
def the_posts_disk_is_read_only(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """ST6. What the kernel does to a file system with errors: the post starts on a place where it may not write. Nobody is told
    that something was kept; with the disk well again what had been kept is there and is delivered."""
    t = Terminal(programs, out)
    outbox = t.state / "outbox"
    disk = SmallDisk(outbox, 16)
    try:
        t.play("start post", "start kiosk")
        t.to_signature()
        t.hand_in()
        t.leave_receipt()
        t.play("stop post")
        remount(outbox, "ro")
        t.start_in_vain("post")
        t.cannot_hand_in()
        t.play("expect outbox 1")
        remount(outbox, "rw")
        t.can_after_all()
        t.play("expect outbox 2")
        t.everything_arrives()
    finally:
        t.runner.end()
        disk.unmount()


def remount(folder: pathlib.Path, how: str) -> None:
    done = subprocess.run(["mount", "-o", f"remount,{how}", folder], capture_output=True, text=True)
    if done.returncode != 0:
        raise FlowSkipped(f"no disk can be remounted here: {done.stderr.strip()}")


@fault
def the_terminals_key_is_gone(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """ST10. Without the key nothing is kept, and nothing in the clear instead: the terminal says that nothing can be handed in
    now, and with the key back the same letter is kept and delivered."""
    t = Terminal(programs, out)
    key = t.state / "post/terminal.key"
    try:
        key.rename(key.with_suffix(".away"))
        t.start_in_vain("post")
        t.play("start kiosk")
        t.cannot_hand_in()
        key.with_suffix(".away").rename(key)
        t.can_after_all()
        t.everything_arrives()
    finally:
        t.runner.end()
