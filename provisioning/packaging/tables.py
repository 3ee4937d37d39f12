"""What is in which package: the one place where it is said. make_packages.py does what stands here."""

# package → (what it is, its programs, man pages, what else of ours it needs or wants)
PACKAGES = {
    "citizen-window-kiosk": {
        "about": "government self-service terminal: the app on the screen",
        "programs": ["kiosk"],
        "man": ["kiosk/kiosk.1"],
        "recommends": ["citizen-window-post", "citizen-window-technician"],
    },
    "citizen-window-post": {
        "about": "government self-service terminal: the post office",
        "programs": ["kiosk-post"],
        "man": ["offline/post/kiosk-post.1"],
        "needs": ["citizen-window-kiosk"],  # whose configuration it reads
    },
    "citizen-window-technician": {
        "about": "government self-service terminal: tools of the technician, and its updates",
        "programs": ["kiosk-technician", "kiosk-update"],
        "man": ["provisioning/technician/kiosk-technician.1", "provisioning/updates/kiosk-update.1"],
        "needs": ["citizen-window-kiosk"],
        "recommends": ["network-manager", "wpasupplicant"],  # a terminal with a cable needs neither
    },
    "citizen-window-training": {
        "about": "government self-service terminal: the app with emulated devices",
        "programs": ["kiosk-training", "kiosk-training-keys"],
        "helpers": ["kiosk-photo-decoder-training"],
        "man": [],
        "links": {"/usr/share/man/man1/kiosk-training.1.gz": "kiosk.1.gz"},
        "needs": ["citizen-window-kiosk"],
        "recommends": ["citizen-window-post", "citizen-window-intake"],
    },
    "citizen-window-intake": {
        "about": "government self-service terminal: the reference intake of the centre",
        "programs": ["intake"],
        "man": ["offline/intake/intake.1"],
    },
}

SHARE = "/usr/share/citizen-window"
STATE = "/var/lib/citizen-window"

# package → [(files, by pattern in the checkout; the folder they go to)]. A pattern without a file is an error.
FILES = {
    "citizen-window-kiosk": [
        ("provisioning/udev/*.rules", "/usr/lib/udev/rules.d"),
        ("provisioning/udev/*.conf", "/usr/lib/modprobe.d"),
        ("provisioning/cups/cupsd.conf", f"{SHARE}/cups"),
        ("provisioning/cups/citizen-window.conf", "/etc/systemd/system/cups.service.d"),
    ],
    "citizen-window-technician": [("provisioning/polkit/*.rules", "/usr/share/polkit-1/rules.d")],
    "citizen-window-training": [
        ("drivers/emulation/people/*.toml", f"{SHARE}/people"),
        ("kiosk/catalogue/packs/sample_county/pack.json", f"{SHARE}/packs/sample_county"),
    ],
}

# The same, of what provisioning/setup fetched into its cache.
FETCHED = {
    "citizen-window-kiosk": [
        ("models/*.onnx", f"{SHARE}/models"),
        ("icons/tabler-icons.ttf", f"{SHARE}/icons"),
    ],
    "citizen-window-training": [("faces/*", f"{SHARE}/faces")],
}

# Units that nobody but a person enables.
OFF = {"citizen-window-console.service", "citizen-window-console.socket"}

# provisioning/systemd, by name: the first pattern that fits says the package and the folder. What fits none is
# an error, so that no unit is forgotten.
SYSTEMD = [
    ("citizen-window-intake*", "citizen-window-intake", "/usr/lib/systemd/system"),
    ("citizen-window-console*", "citizen-window-intake", "/usr/lib/systemd/system"),
    # Of use only where there is a chip: whoever has one puts it in place.
    ("*-tpm.conf", "citizen-window-post", "/usr/share/citizen-window/systemd"),
    ("citizen-window-post*", "citizen-window-post", "/usr/lib/systemd/system"),
    # What installs packages, and by which test it judges them.
    ("citizen-window-update*", "citizen-window-technician", "/usr/lib/systemd/system"),
    ("citizen-window-readiness*", "citizen-window-technician", "/usr/lib/systemd/system"),
    ("citizen-window-record*", "citizen-window-technician", "/usr/lib/systemd/system"),
    ("citizen-window-enrol*", "citizen-window-post", "/usr/lib/systemd/system"),
    ("citizen-window-join*", "citizen-window-technician", "/usr/lib/systemd/system"),
    ("*.service", "citizen-window-kiosk", "/usr/lib/systemd/system"),
    ("*.socket", "citizen-window-kiosk", "/usr/lib/systemd/system"),
    ("*.timer", "citizen-window-kiosk", "/usr/lib/systemd/system"),
    ("*.mount", "citizen-window-kiosk", "/usr/lib/systemd/system"),
    ("*-sysctl.conf", "citizen-window-kiosk", "/usr/lib/sysctl.d"),
    ("*-journald.conf", "citizen-window-kiosk", "/usr/lib/systemd/journald.conf.d"),
    ("*-xorg.conf", "citizen-window-kiosk", "/etc/X11"),
    ("README.md", None, None),
]
# Where the name there is another one than here.
SYSTEMD_NAMES = {
    "60-citizen-window-sysctl.conf": "60-citizen-window.conf",
    "citizen-window-journald.conf": "citizen-window.conf",
}
UNIT_ENDINGS = (".service", ".socket", ".timer", ".mount", ".path")

# RUNTIME_PACKAGES of provisioning/setup are what kiosk needs besides libraries, except these:
ONLY_FOR_SETTING_UP = {"python3", "ca-certificates", "xz-utils"}
RECOMMENDED = {"cups-daemon", "nut-client"}  # a terminal without printer, without UPS
# Whoever starts the units needs these; provisioning/setup does not, it starts no units.
NEEDED = {
    "citizen-window-kiosk": [
        "systemd", "udev", "libpam-systemd", "x11-xserver-utils", "xauth", "xserver-xorg-core", "xserver-xorg-input-libinput"],
    "citizen-window-post": ["systemd"],
    "citizen-window-intake": ["systemd"],
    "citizen-window-technician": ["dpkg", "systemd"],
}
SUGGESTED = {"citizen-window-post": ["sqlite3"], "citizen-window-intake": ["postgresql"]}

# Conffiles made from provisioning/config/kiosk.example.toml: a key that stands in no table keeps the
# example's line, comment included.
OF_THE_TERMINAL = {
    "terminal.realm": "service",
    "terminal.state_folder": f"{STATE}/state",
    "terminal.root_key": f"{STATE}/keys/root.pub",
    "terminal.key_set": f"{STATE}/keys/key_set.json",
    "terminal.post_socket": "/run/citizen-window/post.sock",
    "terminal.feeds_folder": f"{STATE}/feeds",
    "terminal.set_up": "required",
    "kiosk.pack_folder": f"{STATE}/pack",
    "kiosk.models_folder": f"{SHARE}/models",
    "kiosk.icon_font": f"{SHARE}/icons/tabler-icons.ttf",
    "updates.folder": f"{STATE}/updates",
    "post.outbox_folder": f"{STATE}/post/outbox",
    "post.courier_folder": f"{STATE}/post/courier",
    "post.terminal_key": f"{STATE}/post/terminal.key",
    "post.terminal_certificate": f"{STATE}/post/terminal.cert",
    "post.intake_url": "https://intake.invalid:8470",
    "post.tls_ca": f"{STATE}/post/tls_ca.pem",
    "post.tls_certificate": f"{STATE}/post/tls.cert.pem",
    "post.tls_key": f"{STATE}/post/tls.key.pem",
}
OF_THE_CENTRE = OF_THE_TERMINAL | {
    "terminal.state_folder": f"{STATE}/intake",
    "terminal.set_up": "none",
    "terminal.root_key": f"{STATE}/intake/keys/root.pub",
    "terminal.key_set": f"{STATE}/intake/keys/key_set.json",
    "kiosk.pack_folder": f"{STATE}/intake/pack",
    "intake.folder": f"{STATE}/intake",
    "intake.pack_folder": f"{STATE}/intake/pack",
}
# package → (file, values, sections of the example that it leaves out)
CONFIGURATION = {
    "citizen-window-kiosk": ("/etc/citizen-window/kiosk.toml", OF_THE_TERMINAL, ["intake"]),
    "citizen-window-intake": ("/etc/citizen-window/intake.toml", OF_THE_CENTRE, []),
}
