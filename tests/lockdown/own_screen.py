"""A display of its own (Xvfb, or Xorg with a screen that can be pulled; as bare as a terminal's: no window manager), and a hand
that presses what a person could press there (XTest), over libX11 and libXtst. One thread."""
import contextlib
import ctypes
import os
import pathlib
import subprocess

SIZE = (1080, 1920)
CLIENT_MESSAGE = 33
VIEWABLE = 2
SELECTION_REQUEST, SELECTION_NOTIFY = 30, 31
SEPARATE_BYTES = 8  # of XChangeProperty: no swapping


class Attributes(ctypes.Structure):  # XWindowAttributes
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int), ("height", ctypes.c_int),
                ("border", ctypes.c_int), ("depth", ctypes.c_int), ("visual", ctypes.c_void_p), ("root", ctypes.c_ulong),
                ("kind", ctypes.c_int), ("bit_gravity", ctypes.c_int), ("win_gravity", ctypes.c_int),
                ("backing_store", ctypes.c_int), ("planes", ctypes.c_ulong), ("pixel", ctypes.c_ulong),
                ("save_under", ctypes.c_int), ("colormap", ctypes.c_ulong), ("installed", ctypes.c_int),
                ("map_state", ctypes.c_int), ("all_masks", ctypes.c_long), ("your_mask", ctypes.c_long),
                ("no_propagate", ctypes.c_long), ("override", ctypes.c_int), ("screen", ctypes.c_void_p)]


class ClientMessage(ctypes.Structure):  # XClientMessageEvent, as long as an XEvent
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("message", ctypes.c_ulong),
                ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("rest", ctypes.c_long * 24)]


class Picture(ctypes.Structure):  # XImage, as far as it is read
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("offset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.POINTER(ctypes.c_char)), ("byte_order", ctypes.c_int), ("unit", ctypes.c_int),
                ("bit_order", ctypes.c_int), ("pad", ctypes.c_int), ("depth", ctypes.c_int), ("line", ctypes.c_int)]


class SelectionRequest(ctypes.Structure):  # XSelectionRequestEvent, as long as an XEvent
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("owner", ctypes.c_ulong), ("requestor", ctypes.c_ulong),
                ("selection", ctypes.c_ulong), ("target", ctypes.c_ulong), ("property", ctypes.c_ulong),
                ("time", ctypes.c_ulong), ("rest", ctypes.c_long * 24)]


class SelectionNotify(ctypes.Structure):  # XSelectionEvent, as long as an XEvent
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("requestor", ctypes.c_ulong), ("selection", ctypes.c_ulong),
                ("target", ctypes.c_ulong), ("property", ctypes.c_ulong), ("time", ctypes.c_ulong),
                ("rest", ctypes.c_long * 24)]


XVFB = ["Xvfb", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"]


class OwnScreen:
    def __init__(self, logs: pathlib.Path, server: list = XVFB):
        read, write = os.pipe()
        with (logs / "display.log").open("wb") as log:
            self._server = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *map(str, server), "-displayfd", str(write), "-nolisten", "tcp",
                 "-noreset"],
                pass_fds=[write], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        os.close(write)
        with os.fdopen(read) as numbers:
            self.name = f":{numbers.readline().strip()}"
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        for function in ("XOpenDisplay",):
            getattr(self._x, function).restype = ctypes.c_void_p
        self._x.XGetImage.restype = ctypes.POINTER(Picture)
        for function in ("XDefaultRootWindow", "XStringToKeysym", "XInternAtom", "XCreateSimpleWindow",
                         "XGetSelectionOwner"):
            getattr(self._x, function).restype = ctypes.c_ulong
        self._x.XGetAtomName.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(self.name.encode()))
        if not self._display:
            raise RuntimeError(f"no display {self.name}")
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def end(self) -> None:
        self._server.terminate()
        self._server.wait()

    # --- looking ---

    def windows(self) -> list[tuple[int, int, int, int, int]]:
        """Every window that is shown, the uppermost last: number, x, y, width, height."""
        root, parent, children, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self._x.XQueryTree(self._display, self._root, ctypes.byref(root), ctypes.byref(parent), ctypes.byref(children),
                           ctypes.byref(count))
        shown = []
        for number in [children[at] for at in range(count.value)]:
            about = Attributes()
            self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(number), ctypes.byref(about))
            if about.map_state == VIEWABLE:
                shown.append((number, about.x, about.y, about.width, about.height))
        if count.value:
            self._x.XFree(children)
        return shown

    def size(self) -> tuple[int, int]:
        about = Attributes()
        self._x.XGetWindowAttributes(self._display, self._root, ctypes.byref(about))
        return about.width, about.height

    def pixels(self) -> bytes:
        """What is on the whole screen, as it lies in memory."""
        width, height = self.size()
        picture = self._x.XGetImage(self._display, self._root, 0, 0, width, height, ctypes.c_ulong(-1), 2)  # ZPixmap
        if not picture:
            raise RuntimeError("the display gave no picture")
        seen = ctypes.string_at(picture.contents.data, picture.contents.line * height)
        self._x.XDestroyImage(picture)
        return seen

    def focus(self) -> int:
        window, revert = ctypes.c_ulong(), ctypes.c_int()
        self._x.XGetInputFocus(self._display, ctypes.byref(window), ctypes.byref(revert))
        return window.value

    # --- pressing ---

    def _code(self, key: str) -> int:
        symbol = self._x.XStringToKeysym(key.encode())
        code = self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(symbol)) & 0xFF
        if not code:
            raise ValueError(f"this keyboard has no key {key}")
        return code

    def has_key(self, key: str) -> bool:
        with contextlib.suppress(ValueError):
            return self._code(key) != 0
        return False

    def press(self, keys: list[str]) -> None:
        """All of them down in this order, and up in the other."""
        codes = list(dict.fromkeys(self._code(key) for key in keys))
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, 1, 0)
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, 0, 0)
        self._x.XSync(self._display, 0)

    def move(self, x: int, y: int) -> None:
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._x.XSync(self._display, 0)

    def button(self, which: int, down: bool) -> None:
        self._test.XTestFakeButtonEvent(self._display, which, int(down), 0)
        self._x.XSync(self._display, 0)

    def click(self, which: int) -> None:
        self.button(which, True)
        self.button(which, False)

    # --- what another program on the display could send ---

    def foreign_window(self) -> int:
        """Never shown; the owner of a selection, the source of a drag."""
        return self._x.XCreateSimpleWindow(self._display, self._root, 0, 0, 1, 1, 0, ctypes.c_ulong(0), ctypes.c_ulong(0))

    def atom(self, name: str) -> int:
        return self._x.XInternAtom(self._display, name.encode(), 0)

    def own_selection(self, name: str, window: int) -> None:
        self._x.XSetSelectionOwner(self._display, ctypes.c_ulong(self.atom(name)), ctypes.c_ulong(window), ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def selection_owner(self, name: str) -> int:
        return self._x.XGetSelectionOwner(self._display, ctypes.c_ulong(self.atom(name)))

    def ask_for_selection(self, name: str, window: int) -> None:
        """What a paste does."""
        self._x.XConvertSelection(self._display, ctypes.c_ulong(self.atom(name)), ctypes.c_ulong(self.atom("UTF8_STRING")),
                                  ctypes.c_ulong(self.atom("PASTED")), ctypes.c_ulong(window), ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def hand_out(self, text: bytes) -> list[str]:
        """Gives this text to everybody who asked for a selection that is owned here; the names of what was asked for."""
        asked, event = [], SelectionRequest()
        while self._x.XCheckTypedEvent(self._display, SELECTION_REQUEST, ctypes.byref(event)):
            asked.append(self._name(event.selection))
            self._x.XChangeProperty(self._display, ctypes.c_ulong(event.requestor), ctypes.c_ulong(event.property),
                                    ctypes.c_ulong(event.target), SEPARATE_BYTES, 0, text, len(text))
            answer = SelectionNotify(type=SELECTION_NOTIFY, requestor=event.requestor, selection=event.selection,
                                     target=event.target, property=event.property, time=event.time)
            self._x.XSendEvent(self._display, ctypes.c_ulong(event.requestor), 0, ctypes.c_long(0), ctypes.byref(answer))
        self._x.XSync(self._display, 0)
        return asked

    def _name(self, atom: int) -> str:
        name = self._x.XGetAtomName(self._display, ctypes.c_ulong(atom))
        return ctypes.string_at(name).decode()

    def send(self, window: int, message: str, *data: int) -> None:
        event = ClientMessage(type=CLIENT_MESSAGE, window=window, message=self.atom(message), format=32)
        for at, number in enumerate(data):
            event.data[at] = number
        self._x.XSendEvent(self._display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
        self._x.XSync(self._display, 0)
