"""The display's server, which on a terminal is a program of its own."""
import ctypes
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
        self.name = f":{number}"
        self.terminal = Terminal(programs, out, environment=X_ENVIRONMENT, display=self.name)
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


class ForeignWindow:
    """Somebody else's window over the whole screen, which takes no key and asks no window manager."""

    def __init__(self, display: str):
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        for function in ("XDefaultRootWindow", "XCreateSimpleWindow"):
            getattr(self._x, function).restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        white = ctypes.c_ulong(0xFFFFFF)
        window = ctypes.c_ulong(self._x.XCreateSimpleWindow(self._display, root, 0, 0, *SCREEN, 0, white, white))
        self._x.XMapRaised(self._display, window)
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)


@fault
def a_foreign_window_over_the_screen(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """U6, the other way round: the server is well and the app draws, but something else is seen. Who looks after the app must
    not hear that all is well; once the screen is ours again, it serves."""
    with OnAScreen(programs, out) as screen:
        t = screen.terminal
        t.play("start post", "start kiosk", "wait page home")
        kiosk = t.service("kiosk")
        if not kiosk.wait(lambda one: one.feeds >= 2, 60):
            raise FlowError("the watchdog is not fed although all is well")
        window = ForeignWindow(screen.name)
        if not kiosk.wait(lambda one: len(one.endings) > 0, 60):
            raise FlowError(f"the watchdog was fed {kiosk.feeds} times and nobody noticed what lies over the screen")
        t.expect_endings({"kiosk": ["hung"]})
        if '"ScreenProved","outcome":"frozen"' not in "".join(log.read_text(errors="replace") for log in t.logs.glob("kiosk*.log")):
            raise FlowError("the log does not say why")
        window.close()
        t.comes_back("kiosk", kiosk.starts)
        fed = kiosk.feeds
        if not kiosk.wait(lambda one: one.feeds >= fed + 3, 60):
            raise FlowError("the screen is ours again, and still nobody hears that all is well")
        nobody_is_left(t)
