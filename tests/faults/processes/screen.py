"""The display's server, which on a terminal is a program of its own."""
import os
import pathlib
import shutil
import signal

from terminal import PARTS, SCREEN, SCREEN_TIMES, FlowError, FlowSkipped, Service, Terminal, fault

SOCKETS = pathlib.Path("/tmp/.X11-unix")
X_ENVIRONMENT = {"kiosk.SDL_VIDEODRIVER": "x11", "kiosk.SDL_AUDIODRIVER": "dummy"}


def free_display() -> int:
    """Fixed, since a server that is started again must be found where it was."""
    for number in range(100 + os.getpid() % 400, 1000):
        if not (SOCKETS / f"X{number}").exists() and not pathlib.Path(f"/tmp/.X{number}-lock").exists():
            return number
    raise FlowError("every display is taken")


class OnAScreen:
    """A terminal whose app draws on an X server without a window manager; both are looked after."""

    def __init__(self, programs: pathlib.Path, out: pathlib.Path):
        if shutil.which("Xvfb") is None:
            raise FlowSkipped("Xvfb is not installed")
        number = free_display()
        self.terminal = Terminal(programs, out, environment=X_ENVIRONMENT, display=f":{number}")
        size = "x".join(map(str, (*SCREEN, 24)))
        self.server = Service("display", ["Xvfb", f":{number}", "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
                              out / "logs/display.log", SCREEN_TIMES, notifies=False)
        self.terminal.children.wait_for("display", lambda: (SOCKETS / f"X{number}").exists())

    def __enter__(self) -> "OnAScreen":
        return self

    def __exit__(self, *_) -> None:
        self.server.send(signal.SIGCONT)
        self.terminal.runner.end()
        self.server.stop()


def nobody_is_left(t: Terminal) -> None:
    t.play("wait page home", "wait stats live_secrets is 0", "expect no text 王秀兰", "expect outbox 0")


@fault
def the_screens_server_crashes(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """U4. Server and app are started again; who was there is forgotten, and the next one is served."""
    with OnAScreen(programs, out) as screen:
        t = screen.terminal
        t.play("start post", "start kiosk")
        t.play_files(PARTS / "place_card_only.flow")
        t.play("card place wang_xiulan", "wait page confirm_identity")
        start = t.service("kiosk").starts
        screen.server.send(signal.SIGKILL)
        # Those starts that come before the server fail; the first one after it serves.
        t.comes_back("kiosk", start + 1)
        nobody_is_left(t)
        if screen.server.starts != 2 or t.service("post").starts != 1:
            raise FlowError(f"the server was started {screen.server.starts} times, the post {t.service('post').starts} times")
        t.to_signature()
        t.hand_in()
        t.leave_receipt()
        t.everything_arrives()


@fault
def the_screens_server_freezes(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """U6. The app lives, but what it draws is taken by nobody: it must not say that all is well, and is ended. When the server
    goes on, so does the service."""
    with OnAScreen(programs, out) as screen:
        t = screen.terminal
        t.play("start post", "start kiosk")
        t.play_files(PARTS / "place_card_only.flow")
        t.play("card place wang_xiulan", "wait page confirm_identity")
        kiosk = t.service("kiosk")
        screen.server.send(signal.SIGSTOP)
        if not kiosk.wait(lambda one: len(one.endings) > 0, 60):
            raise FlowError(f"the watchdog was fed {kiosk.feeds} times and nobody noticed the frozen screen")
        t.expect_endings({"kiosk": ["hung"]})
        screen.server.send(signal.SIGCONT)
        t.comes_back("kiosk", 2)
        nobody_is_left(t)
