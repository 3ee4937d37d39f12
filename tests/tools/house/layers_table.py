"""Which room may know which, and which folders may use which outside library. ARCHITECTURE.md draws
the same; change both together and say why there."""
import re

# A file that makes a program out of parts; it may include whatever its parts may.
MAIN = re.compile(r"(^|[/_])main\.cpp$")

# Headers of plain values that stand beside the code that consumes them, but that lower folders speak, too.
OWN_PLACE = {"ui/screens/screen.hpp", "ui/screens/blocks/button.hpp", "ui/screens/blocks/picking.hpp",
             "ui/screens/blocks/reading.hpp"}

# Folder → room; the longest folder that fits decides.
ROOMS = {
    "kiosk/base": "base",
    "kiosk/domain": "domain",
    "kiosk/catalogue": "catalogue",
    "kiosk/documents": "documents",
    "kiosk/session": "session",
    "kiosk/flows": "session",  # one target
    "kiosk/app": "app",
    "kiosk": "app",  # main.cpp
    "ui": "ui",
    "drivers": "drivers",
    "offline": "offline",
    "provisioning": "provisioning",
    "tests": "tests",
}

# Room → the rooms it may include, besides itself.
MAY_KNOW = {
    "base": set(),
    "domain": {"base"},
    "catalogue": {"base", "domain"},
    "documents": {"base", "domain"},
    "session": {"base", "domain", "catalogue"},
    "ui": {"base", "domain", "catalogue", "documents"},
    "drivers": {"base", "domain"},
    "offline": {"base", "domain", "catalogue", "documents"},
    "provisioning": {"base", "domain", "catalogue", "documents", "ui", "drivers", "offline"},
    "app": {"base", "domain", "catalogue", "documents", "session", "ui", "drivers", "offline", "provisioning"},
    "tests": set(ROOMS.values()),
}

# From folder, to folder, why not: finer arrows that are missing although the rooms may know each other.
MISSING_ARROWS = [
    ("kiosk/app", "offline/outbox", "the app trusts the post with delivery and never opens its store"),
    ("kiosk/app", "offline/sync", "the app has no network"),
    ("kiosk/app", "offline/intake", "the app has no private key"),
    ("drivers/supervision", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/usb", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/id_card", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/camera", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/document", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/face", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/printer", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/qr", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/pictures", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/headphones", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("drivers/cabinet", "drivers/emulation", "a terminal in service holds no emulated device"),
    ("offline/post", "offline/intake", "the terminal never holds what opens a submission"),
    ("offline/enrolment", "offline/intake", "the terminal never holds what certifies it"),
    ("kiosk/app", "offline/enrolment", "the app has no network and no private key"),
    ("offline/sync", "offline/intake", "the terminal never holds what opens a submission"),
    ("offline/courier/terminal", "offline/intake", "the terminal never holds what opens a submission"),
    ("offline/courier/centre", "offline/outbox", "the centre opens no outbox"),
    ("offline/feeds", "offline/intake", "the terminal never holds what opens a submission"),
    ("offline/releases", "offline/intake", "the terminal never holds what opens a submission"),
    ("provisioning/updates", "offline/sync", "what installs packages has no network"),
    ("provisioning/updates", "offline/store", "what installs packages opens no store"),
    ("provisioning/updates", "offline/outbox", "what installs packages opens no store"),
    ("offline/outbox", "offline/intake", "the terminal never holds what opens a submission"),
]

PROGRAMS = "programs"  # stands for every file that MAIN fits

# Beginning of an outside header → folders that may include it. Tests may use whatever they test with.
LIBRARIES = {
    "SDL": ["ui/shell", "ui/paint", "ui/speech"],
    "X11/": ["ui/shell"],
    "imgui": ["ui"],
    "misc/freetype": ["ui"],
    "backends/imgui": ["ui/shell", "ui/paint"],
    "ft2build.h": ["ui"],
    "freetype": ["ui"],
    "rime_api": ["ui/ime"],
    "zinnia": ["ui/ime"],
    "archive": ["provisioning/diagnostics"],
    "libusb": ["drivers/usb"],
    "libudev.h": ["drivers/supervision"],
    "opencv2/": ["drivers/camera", "drivers/document", "drivers/face", "drivers/qr"],
    "linux/videodev2.h": ["drivers/camera"],
    "linux/input.h": ["drivers/headphones", "drivers/qr"],
    "linux/hidraw.h": ["drivers/qr"],
    "gpiod.h": ["drivers/cabinet"],
    "turbojpeg.h": ["drivers/camera", "drivers/emulation"],
    "webp/": ["drivers/id_card", "drivers/emulation", "drivers/pictures"],
    "png.h": ["ui/shell", "ui/paint", "drivers/pictures"],
    "ZXing/": ["drivers/qr"],
    "cups/": ["drivers/printer/cups", "drivers/printer/emulated"],
    "sqlite3.h": ["offline/store", "offline/outbox", "offline/intake"],
    "libpq-fe.h": ["offline/intake/store/postgres"],
    "sodium.h": ["kiosk/base", "offline/sealing"],
    # In sync only to measure certificates by the time floor, in intake only for TLS 1.3 and nothing below.
    "openssl/": ["offline/sealing", "offline/sync", "offline/intake"],
    "curl/": ["offline/sync"],
    "tss2/": ["offline/enrolment"],
    "httplib.h": ["offline/intake"],
    "nlohmann/": ["kiosk/catalogue", "kiosk/app", "offline", "drivers/emulation", "ui/widgets"],
    "toml++/": ["provisioning/config", "provisioning/set_up", "drivers/emulation"],
    # The intake's command line is told in two files.
    "CLI/": [PROGRAMS, "offline/intake"],
    "cairo": ["kiosk/documents"],
    "pango/": ["kiosk/documents"],
    "qrencode.h": ["kiosk/documents", "ui", "offline/intake"],
    "spdlog/": ["kiosk/base"],
    "seccomp.h": ["drivers/id_card"],
    "malloc.h": ["kiosk/base"],  # the heap that forgets
    "benchmark/": [],
    "gtest/": [],
    "gmock/": [],
    # The floor's own vocabulary: these two may stand in any header.
    "fmt/": [""],
    "tl/expected.hpp": [""],
}
VOCABULARY = ("fmt/", "tl/expected.hpp")
