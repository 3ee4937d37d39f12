"""A wireless network as the wizard's service joins it: the real kiosk-technician and the real nmcli, on a bus of their
own, against a NetworkManager that is played (network_manager.py).

    wifi_test.py BIN_DIR
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
NMCLI = pathlib.Path("/usr/bin/nmcli")
# Debian's own, for which python3-dbusmock is packaged.
PYTHON = "/usr/bin/python3"
LIMIT_S = 60
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


class Wifi(unittest.TestCase):
    programs: pathlib.Path

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wifi-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.request = self.folder / "network"
        self.said = self.folder / "network_said"
        self.journal = self.folder / "journal"
        address = self.folder / "bus"
        self.surroundings = dict(os.environ, DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={address}", LC_ALL="C.UTF-8")
        (self.folder / "bus.conf").write_text(BUS.format(address), encoding="utf-8")
        self.start("dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork")
        self.until(address.exists)
        # kiosk-technician hands no bus of its own on. What nmcli is started with is noted on the way.
        self.tool, self.words = self.folder / "nmcli", self.folder / "words"
        self.tool.write_text(f'#!/bin/sh\n{{ printf "%s\\n" "$@"; env; }} >>{self.words}\n'
                             f'DBUS_SYSTEM_BUS_ADDRESS=unix:path={address} exec {NMCLI} "$@"\n', encoding="utf-8")
        self.tool.chmod(0o755)

    def start(self, *command):
        log = (self.folder / f"{pathlib.Path(command[0]).name}.log").open("wb")
        self.addCleanup(log.close)
        process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "--", *command], env=self.surroundings, stdout=log,
                                   stderr=log, stdin=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

    def until(self, holds):
        end = time.monotonic() + LIMIT_S
        while not holds():
            self.assertLess(time.monotonic(), end, "it does not come up")
            time.sleep(0.05)

    def manager(self, **world):
        world = {"networks": {"大厅 hall": "correct horse"}, "journal": str(self.journal), **world}
        self.start(PYTHON, "-m", "dbusmock", "--system", "--template", str(HERE / "network_manager.py"), "--parameters",
                   json.dumps(world))
        self.until(lambda: self.nmcli("-t", "-f", "RUNNING", "general").stdout == "running\n")

    def nmcli(self, *words):
        return subprocess.run([NMCLI, *words], env=self.surroundings, capture_output=True, text=True, timeout=LIMIT_S,
                              check=False)

    def connections(self):
        return self.nmcli("-t", "-f", "NAME", "connection", "show").stdout.splitlines()

    def noted(self, what):
        lines = self.journal.read_text(encoding="utf-8").splitlines() if self.journal.exists() else []
        return [note for note in map(json.loads, lines) if note["what"] == what]

    def join(self, name, passphrase, tool=None):
        """What is said for the page and to who runs it; the request is gone whatever comes of it."""
        self.request.write_text(f"citizen-window wifi 1\n{name}\n{passphrase}\n", encoding="utf-8")
        done = subprocess.run([self.programs / "kiosk-technician", "join", "--request", self.request, "--said", self.said,
                               "--nmcli", tool or self.tool], env=self.surroundings, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        self.assertFalse(self.request.exists())
        outcome = self.said.read_text(encoding="utf-8").strip()
        self.assertEqual(done.returncode, 0 if outcome == "joined" else 1, done.stdout + done.stderr)
        return outcome, done.stdout + done.stderr

    def test_a_network_is_joined_and_kept_under_one_name(self):
        self.manager()
        self.assertEqual(self.join("大厅 hall", "correct horse"), ("joined", "已经连上无线网络“大厅 hall”\n"))
        self.assertEqual(self.connections(), ["citizen-window"])
        self.assertEqual([note["right"] for note in self.noted("secret")], [True])
        # Another time: the one of before goes.
        self.assertEqual(self.join("大厅 hall", "correct horse")[0], "joined")
        self.assertEqual(self.connections(), ["citizen-window"])

    def test_a_wrong_passphrase_is_said_and_what_was_joined_before_stays(self):
        self.manager()
        self.assertEqual(self.join("大厅 hall", "correct horse")[0], "joined")
        outcome, told = self.join("大厅 hall", "wrong horse")
        self.assertEqual(outcome, "wrong_passphrase")
        self.assertIn("密码不对", told)
        self.assertEqual([note["right"] for note in self.noted("secret")], [True, False])
        self.assertEqual(self.connections(), ["citizen-window"])

    def test_a_name_that_nobody_answers_to_is_said(self):
        self.manager()
        outcome, told = self.join("nowhere", "correct horse")
        self.assertEqual(outcome, "no_such_network")
        self.assertIn("找不到", told)
        self.assertEqual(self.connections(), [])

    def test_a_network_that_hides_its_name_is_joined_by_it(self):
        self.manager(hidden={"-behind: the\\door": "12345678"})
        self.assertEqual(self.join("-behind: the\\door", "12345678")[0], "joined")
        self.assertEqual([note["hidden"] for note in self.noted("activate")], [True])

    def test_a_passphrase_reaches_the_network_as_it_was_typed_whatever_stands_in_it(self):
        odd = [" blanks at ends ", "back\\slash\\", "\\t\\n\\x41\\040", "#a comment?", "a:b=c;d'e\"f", "~!@#$%^&*()_+{}|[]<>?"]
        self.manager(networks={f"n{i}": passphrase for i, passphrase in enumerate(odd)})
        for i, passphrase in enumerate(odd):
            self.assertEqual(self.join(f"n{i}", passphrase)[0], "joined", passphrase)

    def test_a_passphrase_is_in_no_file_no_log_and_no_command_line(self):
        secret = "correct horse"
        self.manager()
        outcome, told = self.join("大厅 hall", secret)
        self.assertEqual(outcome, "joined")
        self.assertIn("passwd-file", self.words.read_text(encoding="utf-8"))
        self.assertNotIn(secret, told)
        for path in self.folder.rglob("*"):
            # The manager keeps it, as it must; dbusmock writes down every call that it gets.
            if path.is_file() and path.name != "python3.log":
                self.assertNotIn(secret.encode(), path.read_bytes(), path)
        self.assertEqual([note["psk"] for note in self.noted("add")], [False])

    def test_without_adapter_without_manager_and_without_leave_it_says_so(self):
        self.assertEqual(self.join("大厅 hall", "correct horse")[0], "no_manager")
        self.assertEqual(self.join("大厅 hall", "correct horse", "/nonexistent/nmcli")[0], "no_manager")
        self.manager(allowed=False)
        outcome, told = self.join("大厅 hall", "correct horse")
        self.assertEqual(outcome, "not_allowed")
        self.assertIn("polkit", told)

    def test_without_an_adapter_nothing_is_tried(self):
        self.manager(adapter=False)
        self.assertEqual(self.join("大厅 hall", "correct horse")[0], "no_adapter")
        self.assertEqual(self.noted("add"), [])

    def test_a_request_that_is_not_of_the_wizard_is_taken_away_and_asks_nobody(self):
        self.manager()
        for name, passphrase in (("", "correct horse"), ("hall", "short"), ("x" * 33, "correct horse"),
                                 ("hall", "correct\nhorse"), ("hall", "x" * 5000)):
            self.assertEqual(self.join(name, passphrase)[0], "failed")
        self.assertEqual(self.noted("add"), [])


if __name__ == "__main__":
    if not NMCLI.exists():
        print("no nmcli here: provisioning/setup --tests")
        sys.exit(77)
    Wifi.programs = pathlib.Path(sys.argv.pop()).resolve()
    unittest.main()
