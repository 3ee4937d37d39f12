"""The five packages in a clean Debian: they install, their programs run, owners and modes are right, and a purge
leaves what citizens handed in and nothing else. Needs root, debootstrap and this machine's Debian mirror; minutes.

    clean_root_test.py PACKAGES_DIR [--suite bookworm|trixie] [--arch amd64|arm64]

Of another processor every program of the root, ours and Debian's, runs under qemu-user-static: much longer.
"""
import argparse
import json
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "provisioning/packaging"))
import clean_roots  # noqa: E402
from clean_roots import INSTALL  # noqa: E402

PROGRAMS = ["kiosk", "kiosk-post", "kiosk-technician", "kiosk-update", "kiosk-training", "kiosk-training-keys", "intake"]
# path → (owner, group, mode), after installing.
FOLDERS = {
    "/var/lib/citizen-window": ("root", "root", "755"),
    "/var/lib/citizen-window/kiosk": ("cw-kiosk", "cw-kiosk", "700"),
    "/var/lib/citizen-window/state": ("root", "cw", "3770"),
    "/var/lib/citizen-window/updates": ("root", "root", "755"),
    "/var/lib/citizen-window/state/set_up": ("root", "cw", "2770"),
    "/var/lib/citizen-window/pack": ("root", "root", "755"),
    "/var/lib/citizen-window/post": ("cw-post", "cw", "700"),
    "/var/lib/citizen-window/keys": ("cw-post", "cw", "2750"),
    "/var/lib/citizen-window/feeds": ("cw-post", "cw", "2750"),
    "/var/lib/citizen-window/intake": ("cw-intake", "cw-intake", "700"),
    "/run/citizen-window": ("cw-post", "cw", "750"),
    "/etc/citizen-window/kiosk.toml": ("root", "root", "644"),
    "/etc/citizen-window/intake.toml": ("root", "cw-intake", "640"),
}
ENABLED = ["citizen-window-display.service", "citizen-window-kiosk.service", "citizen-window-post.service",
           "citizen-window-enrol.path", "citizen-window-join.path", "citizen-window-record.path", "citizen-window-intake.service",
           "citizen-window-intake.socket", "citizen-window-update.timer", "citizen-window-update-resume.service",
           "var-spool-cups.mount"]


class CleanRoot(clean_roots.Root):
    """A copy of the bare root, with our packages in /packages. Every command has mounts and processes of its own."""

    def __init__(self, packages: pathlib.Path, suite: str, arch: str):
        bare = clean_roots.bare_root(suite, arch)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=".playing-", dir=clean_roots.ROOTS))
        super().__init__(self.folder / "root", suite, arch)
        self.root = self.path
        subprocess.run(["cp", "-a", bare, self.root], check=True)
        # No service is started, and nothing is asked.
        clean_roots.without_services(self.root)
        (self.root / "packages").mkdir()
        for file in packages.glob("*.deb"):
            shutil.copy(file, self.root / "packages")

    def __call__(self, command: str, code: int | None = 0) -> str:
        return self.ask(command, code, 900 if self.arch == clean_roots.own_architecture() else 5400)

    def remove(self) -> None:
        shutil.rmtree(self.folder)


def options_of_the_test() -> argparse.Namespace:
    """Of the command line. Ends with 77, skipped, where no clean root can be made."""
    parser = argparse.ArgumentParser()
    parser.add_argument("packages", type=pathlib.Path)
    parser.add_argument("--suite", choices=clean_roots.SUITES, default=clean_roots.own_suite())
    parser.add_argument("--arch", choices=sorted(clean_roots.PROCESSORS), default=clean_roots.own_architecture())
    parser.add_argument("-k", action="append", help="only the tests whose names match, as unittest has it")
    options = parser.parse_args()
    options.packages = options.packages.resolve()
    if missing := clean_roots.what_is_missing(options.arch):
        print(f"{pathlib.Path(sys.argv[0]).stem}: {missing}")
        sys.exit(77)
    return options


class InACleanRoot(unittest.TestCase):
    options: argparse.Namespace

    @classmethod
    def setUpClass(cls):
        cls.sh = staticmethod(CleanRoot(cls.options.packages, cls.options.suite, cls.options.arch))
        cls.addClassCleanup(cls.sh.remove)
        cls.sh("apt-get update -qq")
        cls.before = cls.files()
        cls.installed = cls.sh(f"{INSTALL} cups-daemon /packages/*.deb")

    @classmethod
    def files(cls) -> set[str]:
        found = cls.sh("find / -xdev \\( -path /proc -o -path /packages -o -path /tmp -o -path /var/cache \\) -prune "
                       "-o -print")
        return set(found.split("\n"))

    def test_1_every_program_runs_and_says_its_version(self):
        version, arch = self.sh("dpkg-query -W -f '${Version} ${Architecture}' citizen-window-kiosk").split()
        self.assertEqual(arch, self.options.arch)
        own, release = version.split("+")
        self.assertEqual(release, f"deb{self.sh('. /etc/os-release && echo $VERSION_ID').strip()}")
        for program in PROGRAMS:
            with self.subTest(program):
                self.assertIn(own, self.sh(f"{program} --version"))
                self.sh(f"{program} --help")

    def test_2_owners_and_modes(self):
        for path, (owner, group, mode) in FOLDERS.items():
            with self.subTest(path):
                self.assertEqual(self.sh(f"stat -c '%U %G %a' {path}").split(), [owner, group, mode])
        self.assertEqual(self.sh("find / -xdev -path '*citizen-window*' -perm -o+w ! -type l"), "")

    def test_3_units_begin_with_the_next_start_and_hold_together(self):
        for unit in ENABLED:
            with self.subTest(unit):
                self.assertEqual(self.sh(f"systemctl is-enabled {unit}").strip(), "enabled")

    def test_4_the_configuration_is_read_by_all_without_a_problem(self):
        self.sh("kiosk-technician devices --config /etc/citizen-window/kiosk.toml rules")
        # 2 is "the configuration has problems"; here the terminal is not enrolled (5), and the app has no keys.
        self.sh("runuser -u cw-post -g cw -- kiosk-post --config /etc/citizen-window/kiosk.toml", code=5)
        told = self.sh("runuser -u cw-intake -- intake count --config /etc/citizen-window/intake.toml", code=None)
        self.assertNotIn("应为", told)

    def test_5_cups_has_our_settings_over_an_upgrade_and_never_in_place_of_somebodys(self):
        same = "cmp /etc/cups/cupsd.conf /usr/share/citizen-window/cups/cupsd.conf"
        self.sh(same)
        again = "dpkg -i /packages/citizen-window-kiosk_*.deb"
        self.sh(again)
        self.sh(same)
        self.sh("echo '# by hand' >>/etc/cups/cupsd.conf")
        self.assertIn("/etc/cups/cupsd.conf was changed by hand and stays", self.sh(again))
        self.assertEqual(self.sh("tail -1 /etc/cups/cupsd.conf").strip(), "# by hand")
        self.sh("cp /usr/share/citizen-window/cups/cupsd.conf /etc/cups/cupsd.conf")

    def test_6_a_terminal_is_enrolled_and_set_up_with_a_record_and_each_account_reads_what_is_its(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        shutil.copy(pathlib.Path(__file__).with_name("enrolment.sh"), self.sh.root / "packages")
        told = self.sh(f"sh /packages/enrolment.sh {port}; code=$?; cat /tmp/enrolment/*.log; exit $code")
        self.assertIn("登记完成", told)
        self.assertIn("report said", told)
        self.assertIn("set up and recorded", told)
        self.sh("find /var/lib/citizen-window/* -mindepth 1 -delete; rm -r /tmp/enrolment")

    def test_6b_a_citizens_whole_journey_with_the_installed_programs_ends_as_a_case_at_the_centre(self):
        # Face, forms, signature, sealing, outbox, delivery, receipt and papers, with emulated devices, as kiosk/run --demo.
        slow = 1 if self.options.arch == clean_roots.own_architecture() else 20
        self.sh(f"{INSTALL} python3")
        self.sh.binds[ROOT] = "/checkout"
        try:
            self.sh(f"""set -e; mkdir -p /tmp/cache /tmp/bin; ln -s /usr/share/citizen-window /tmp/cache/citizen-window
                       ln -s /usr/bin/kiosk* /usr/bin/intake /usr/libexec/citizen-window/* /tmp/bin; cd /checkout
                       XDG_CACHE_HOME=/tmp/cache python3 -B tests/flows/run_flow.py kiosk/demo/journey.flow --bin /tmp/bin \
                           --slow {slow} --out /tmp/run --demo /tmp/demo || {{ tail -n 30 /tmp/run/logs/*; exit 1; }}""")
        finally:
            del self.sh.binds[ROOT]
        summary = json.loads((self.sh.root / "tmp/demo/summary.json").read_text(encoding="utf-8"))
        self.assertEqual((summary["cases"], summary["outbox_rows_after"]), (1, 0))
        self.sh("rm -r /tmp/cache /tmp/bin /tmp/run /tmp/demo; rmdir /checkout")

    def test_7_a_removal_keeps_the_configuration_and_an_installation_takes_it_up_again(self):
        self.sh("echo '# by hand' >>/etc/citizen-window/kiosk.toml")
        self.sh("apt-get remove -y citizen-window-technician")
        self.sh("apt-get remove -y 'citizen-window-*'")
        self.assertIn("# by hand", self.sh("cat /etc/citizen-window/kiosk.toml"))
        self.sh(f"{INSTALL} /packages/*.deb")
        self.assertIn("# by hand", self.sh("tail -1 /etc/citizen-window/kiosk.toml"))

    def test_8_a_purge_leaves_what_was_handed_in_and_says_how_much_waits(self):
        self.sh("""install -d -o cw-post -g cw -m 0700 /var/lib/citizen-window/post/outbox
                   cd /var/lib/citizen-window
                   echo key >post/terminal.key; echo root >keys/root.pub; echo cases >intake/intake.sqlite
                   echo x >state/pack_floor; echo x >kiosk/x; echo x >feeds/x; echo x >post/outbox/outbox.sqlite""")
        told = self.sh("apt-get purge -y 'citizen-window-*'")
        self.assertIn("could not be counted", told)
        self.assertIn("The intake's database and keys stay in /var/lib/citizen-window/intake", told)
        left = self.sh("find /var/lib/citizen-window /etc/citizen-window /usr/share/citizen-window -type f || true")
        self.assertEqual({line for line in left.split("\n") if line.startswith("/")},
                         {"/var/lib/citizen-window/post/terminal.key", "/var/lib/citizen-window/post/outbox/outbox.sqlite",
                          "/var/lib/citizen-window/keys/root.pub", "/var/lib/citizen-window/intake/intake.sqlite"})
        # Whoever comes back finds it again, as its account's.
        self.sh(f"{INSTALL} sqlite3 /packages/*.deb")
        self.assertEqual(self.sh("stat -c %U /var/lib/citizen-window/post/outbox").strip(), "cw-post")
        self.sh("""cd /var/lib/citizen-window/post/outbox; rm outbox.sqlite
                   runuser -u cw-post -- sqlite3 outbox.2.sqlite "CREATE TABLE submission(state TEXT);
                   INSERT INTO submission VALUES ('QUEUED'), ('QUARANTINED'), ('COMPLETE')" """)
        self.assertIn("submissions that wait in it: 2.", self.sh("apt-get purge -y 'citizen-window-*'"))

    def test_9_where_nothing_was_handed_in_nothing_is_left(self):
        self.sh("rm -rf /var/lib/citizen-window")
        self.sh(f"{INSTALL} /packages/*.deb")
        self.sh("apt-get purge -y 'citizen-window-*'")
        self.sh("cmp /etc/cups/cupsd.conf /usr/share/cups/cupsd.conf.default")
        ours = re.compile(r"citizen-window|/kiosk|cw-|var-spool-cups")
        self.assertEqual({path for path in self.files() - self.before if ours.search(path)}, set())
        self.assertIn("cw-post", self.sh("getent passwd cw-post"))  # accounts stay, as Debian does


if __name__ == "__main__":
    InACleanRoot.options = options_of_the_test()
    unittest.main(argv=[sys.argv[0], *(f"-k{one}" for one in InACleanRoot.options.k or [])])
