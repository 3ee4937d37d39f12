#!/usr/bin/env python3
"""The systemd units: each may do at most so much as its table says (systemd-analyze security), what it starts is a program
of the project, and what a unit promises in words stands in it."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNITS = ROOT / "provisioning/systemd"
# Exposure as systemd 252 (Debian 12) counts it: 0 nothing, 10 everything.
AT_MOST = {"citizen-window-kiosk.service": 1.0, "citizen-window-post.service": 1.2,
           "citizen-window-intake.service": 1.0, "citizen-window-console.service": 1.0}
POST_WITH_CHIP_AT_MOST = 1.5
# Run now and then, not for long: the readiness test, and what installs packages. That one is root, and the only one.
NOW_AND_THEN_AT_MOST = {"citizen-window-readiness.service": 1.0, "citizen-window-record.service": 1.0,
                        "citizen-window-join.service": 0.5, "citizen-window-screen.service": 0.5,
                        "citizen-window-update.service": 1.8,
                        "citizen-window-update-resume.service": 1.8}
ROOTS = {"citizen-window-update.service", "citizen-window-update-resume.service"}
# Single lines that systemd runs with all its rights (+, !, !!) in a unit that has none of them: each does one fixed thing,
# takes nothing from anybody, and stands in provisioning/systemd/README.md.
LINES_AS_ROOT = {
    ("citizen-window-kiosk.service",
     """ExecStopPost=+/bin/sh -c 'test "$$EXIT_STATUS" != 11 || systemctl --no-block poweroff'"""),
    ("citizen-window-enrol.service",
     "ExecStartPost=+/bin/systemctl --no-block restart citizen-window-post.service"),
}
CUPS_AT_MOST = 3.0
# As Debian's cups-daemon brings it; on a machine without it the same lines stand in its place.
CUPS = """[Unit]
Description=CUPS Scheduler
[Service]
ExecStart=/usr/sbin/cupsd -l
Type=notify
Restart=on-failure
"""


def exposure(folder: pathlib.Path, unit: str) -> float:
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", unit], capture_output=True,
                          text=True, env={"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": "/usr/bin:/bin"}, check=False)
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
    if found is None:
        raise AssertionError(f"{unit}: {done.stdout[-300:]} {done.stderr[-300:]}")
    return float(found[1])


def as_root(text: str) -> list[str]:
    """The lines of a unit whose program gets rights that the unit does not have; folded ones are unfolded first."""
    unfolded = re.sub(r"\\\n\s*", " ", text)
    return re.findall(r"^[ \t]*(Exec\w+[ \t]*=[ \t]*[-@:|]*[+!].*?)[ \t]*$", unfolded, re.MULTILINE)


def lines(unit: str) -> list[str]:
    return (UNITS / unit).read_text(encoding="utf-8").splitlines()


@unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not installed")
class Units(unittest.TestCase):
    def test_no_unit_may_do_more_than_its_table_says(self):
        for unit, most in (AT_MOST | NOW_AND_THEN_AT_MOST).items():
            self.assertLessEqual(exposure(UNITS, unit), most, unit)

    def test_an_unhardened_unit_is_found_out(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "bare.service")
            path.write_text("[Service]\nExecStart=/bin/true\n", encoding="utf-8")
            self.assertGreater(exposure(path.parent, "bare.service"), 9)

    def test_cupsd_is_held_short_by_the_drop_in(self):
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder, "cups.service.d")
            place.mkdir()
            pathlib.Path(folder, "cups.service").write_text(CUPS, encoding="utf-8")
            shutil.copy(ROOT / "provisioning/cups/citizen-window.conf", place)
            self.assertLessEqual(exposure(pathlib.Path(folder), "cups.service"), CUPS_AT_MOST)

    def test_with_a_security_chip_the_post_may_do_little_more(self):
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder, "citizen-window-post.service.d")
            place.mkdir()
            shutil.copy(UNITS / "citizen-window-post.service", folder)
            shutil.copy(UNITS / "citizen-window-post-tpm.conf", place / "tpm.conf")
            self.assertLessEqual(exposure(pathlib.Path(folder), "citizen-window-post.service"), POST_WITH_CHIP_AT_MOST)


class Promises(unittest.TestCase):
    def test_the_app_and_the_intake_have_no_network_and_the_post_no_devices(self):
        for unit in ("citizen-window-kiosk.service", "citizen-window-intake.service", "citizen-window-console.service"):
            self.assertIn("PrivateNetwork=yes", lines(unit), unit)
        self.assertIn("PrivateDevices=yes", lines("citizen-window-post.service"))
        self.assertIn("DevicePolicy=closed", lines("citizen-window-kiosk.service"))

    def test_the_post_may_read_the_units_events_for_a_support_bundle_and_is_in_no_other_group(self):
        groups = [line for line in lines("citizen-window-post.service") if line.startswith("SupplementaryGroups=")]
        self.assertEqual(groups, ["SupplementaryGroups=systemd-journal"])
        said = (ROOT / "offline/post/post_main.cpp").read_text(encoding="utf-8")
        self.assertIn('"--no-devices"', said, "it has none, and calls none broken")

    def test_nothing_of_ours_runs_as_root_but_what_installs_packages(self):
        for unit in UNITS.glob("*.service"):
            if unit.name in ROOTS:
                continue
            users = [line for line in lines(unit.name) if line.startswith("User=")]
            self.assertEqual(len(users), 1, unit.name)
            self.assertNotIn("root", users[0], unit.name)

    def test_no_line_of_a_unit_runs_as_root_but_those_of_the_list(self):
        found = {(unit.name, line) for folder in (UNITS, ROOT / "provisioning/cups", ROOT / "provisioning/packaging/debian")
                 for unit in folder.rglob("*") if unit.is_file()
                 for line in as_root(unit.read_text(encoding="utf-8", errors="replace"))}
        self.assertEqual(found, LINES_AS_ROOT)
        said = (UNITS / "README.md").read_text(encoding="utf-8")
        for unit, line in LINES_AS_ROOT:
            self.assertIn(line.split("=")[0] + "=+", said, unit)

    def test_a_line_that_runs_as_root_is_found_however_it_is_written(self):
        for line in ("ExecStart=+/bin/x", "ExecStop=-+/bin/x", "ExecStartPre=!/bin/x", "ExecStartPre=!!/bin/x",
                     "ExecReload = @+/bin/x y", "  ExecStart=:-!/bin/x", "ExecStart=\\\n  +/bin/x"):
            self.assertEqual(len(as_root(f"[Service]\n{line}\n")), 1, line)
        for line in ("ExecStart=/bin/x +y !z", "ExecStartPre=-/bin/x", "# ExecStart=+/bin/x", "Environment=A=+1"):
            self.assertEqual(as_root(f"[Service]\n{line}\n"), [], line)

    def test_each_is_watched_started_again_and_not_for_ever(self):
        for unit in AT_MOST:
            for key in ("WatchdogSec=", "Restart=always", "StartLimitBurst=", "Type=notify", "LimitCORE=0"):
                self.assertTrue(any(line.startswith(key) for line in lines(unit)), f"{unit}: {key}")

    def test_what_installs_packages_has_no_network_and_nothing_to_do_without_a_release(self):
        for unit in ROOTS:
            for line in ("PrivateNetwork=yes", "IPAddressDeny=any", "RestrictAddressFamilies=AF_UNIX", "Type=oneshot",
                         "PrivateDevices=yes", "NoNewPrivileges=yes"):
                self.assertIn(line, lines(unit), unit)
        conditions = [line for line in lines("citizen-window-update.service") if line.startswith("Condition")]
        self.assertEqual(conditions, [f"ConditionPathExistsGlob=|/var/lib/citizen-window/feeds/{feed}-*.feed"
                                      for feed in ("release", "revocation")], "nor without a revocation to keep")
        self.assertFalse([line for line in lines("citizen-window-update.service") if "WantedBy" in line],
                         "only its timer starts it")

    def test_who_joins_a_wireless_network_is_an_account_of_its_own_that_has_no_network_and_leaves_no_passphrase(self):
        join = lines("citizen-window-join.service")
        for line in ("User=cw-net", "PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX", "Type=oneshot",
                     "ReadWritePaths=-/var/lib/citizen-window/state/set_up"):
            self.assertIn(line, join)
        asked = "/var/lib/citizen-window/state/set_up/network"
        self.assertIn(f"PathExists={asked}", lines("citizen-window-join.path"))
        self.assertIn(f"ExecStopPost=/bin/rm -f {asked}", join)

    def test_a_screen_that_was_plugged_in_again_is_lit_by_whoever_has_the_display(self):
        rule = (ROOT / "provisioning/udev/64-citizen-window-screen.rules").read_text(encoding="utf-8")
        self.assertIn('SUBSYSTEM=="drm", ENV{HOTPLUG}=="1"', rule)
        self.assertIn("restart citizen-window-screen.service", rule)
        screen, display = lines("citizen-window-screen.service"), lines("citizen-window-display.service")
        self.assertIn("User=cw-kiosk", screen)
        self.assertIn("User=cw-kiosk", display)
        self.assertIn("RuntimeDirectory=citizen-window-display", display)
        self.assertIn("Environment=DISPLAY=:0 XAUTHORITY=/run/citizen-window-display/authority", screen)

    def test_a_screen_on_a_loose_plug_is_lit_after_the_last_time_too(self):
        unit = (UNITS / "citizen-window-screen.service").read_text(encoding="utf-8").split("[Service]")[0]
        self.assertIn("StartLimitIntervalSec=0", unit.splitlines())

    def test_an_installation_that_was_cut_is_finished_before_anything_starts(self):
        resume = lines("citizen-window-update-resume.service")
        before = next(line for line in resume if line.startswith("Before="))
        for unit in ("citizen-window-post.service", "citizen-window-kiosk.service", "citizen-window-update.service"):
            self.assertIn(unit, before)
        self.assertIn("WantedBy=multi-user.target", resume)

    def test_an_update_that_is_killed_leaves_no_terminal_dark(self):
        update = lines("citizen-window-update.service")
        self.assertIn("ExecStopPost=/usr/bin/kiosk-update give-back --config /etc/citizen-window/kiosk.toml", update)
        self.assertIn("Restart=on-abnormal", update)

    def test_the_readiness_test_of_an_update_may_do_what_the_app_may(self):
        def sandbox(unit):
            text = "\n".join(lines(unit))
            return [line for line in text[text.index("User="):].split("[Install]")[0].splitlines() if line.strip()]
        left_out = {"BindReadOnlyPaths=-/tmp/.X11-unix"}
        self.assertEqual([line for line in sandbox("citizen-window-kiosk.service") if line not in left_out],
                         sandbox("citizen-window-readiness.service"))

    def test_a_screen_that_hangs_is_noticed_within_ten_seconds(self):
        self.assertIn("WatchdogSec=10", lines("citizen-window-kiosk.service"))

    def test_what_is_started_is_built_here(self):
        built = "\n".join(path.read_text(encoding="utf-8") for folder in ("kiosk", "offline", "provisioning")
                          for path in (ROOT / folder).rglob("CMakeLists.txt"))
        for unit in set(AT_MOST | NOW_AND_THEN_AT_MOST) - {"citizen-window-screen.service"}:  # X's own xrandr
            program = next(line for line in lines(unit) if line.startswith("ExecStart=")).split()[0].split("/")[-1]
            self.assertRegex(built, rf"add_executable\({program}\b", unit)

    def test_what_a_technician_ends_by_switching_off_is_not_started_again(self):
        kiosk = lines("citizen-window-kiosk.service")
        self.assertIn("RestartPreventExitStatus=11", kiosk)
        program = (ROOT / "kiosk/app/start.cpp").read_text(encoding="utf-8")
        self.assertIn("shut_down = 11", program)
        self.assertTrue(any(line.startswith("ExecStopPost=") and "poweroff" in line for line in kiosk))

    def test_a_kernel_that_panics_starts_the_machine_again(self):
        sysctl = lines("60-citizen-window-sysctl.conf")
        self.assertIn("kernel.panic = 10", sysctl)
        self.assertIn("kernel.panic_on_oops = 1", sysctl)

    def test_no_key_leaves_the_screen(self):
        xorg = "\n".join(lines("citizen-window-xorg.conf"))
        for option in ("DontVTSwitch", "DontZap"):
            self.assertRegex(xorg, rf'Option "{option}" "true"')
        self.assertIn('MatchIsKeyboard "on"', xorg)
        self.assertIn("kernel.sysrq = 0", lines("60-citizen-window-sysctl.conf"))


if __name__ == "__main__":
    unittest.main()
