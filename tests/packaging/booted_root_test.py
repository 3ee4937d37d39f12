"""The packages on a machine that was started: a clean Debian whose first process is systemd, with namespaces of its own for
processes, mounts, network and control groups. The units come up, are watched and started again, and the sandbox that they
name is really there: a program in it tries what is forbidden. What a virtual machine would have and this has not: a kernel
of its own, a graphics card (Xvfb stands for Xorg), devices. Needs root and debootstrap; minutes.

    booted_root_test.py PACKAGES_DIR [--suite bookworm|trixie]
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from clean_root_test import INSTALL, CleanRoot, options_of_the_test  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
PORT = 8470
PATIENCE_S = 60
SYSTEMD_LINES = re.compile(r"^(?:ExecStart|ExecStartPre|ExecStop|ExecStopPost|Type|NotifyAccess|WatchdogSec|Restart\w*|Timeout\w*|"
                           r"Documentation|Requires|Wants|After|Description|StartLimit\w*)=.*\n", re.MULTILINE)
# What a first process finds: its own processes, devices that hold nothing, control groups, no settings of the kernel's that
# would be this machine's, too.
BOOT = r"""
set -e
root=$1
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,ro,bind "$root/proc/sys"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for name in null zero full random urandom tty; do touch "$root/dev/$name"; mount --bind "/dev/$name" "$root/dev/$name"; done
mknod -m 666 "$root/dev/of_somebody" c 10 200
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
mount -t tmpfs tmpfs "$root/dev/shm"
cd "$root"
mkdir -p old
pivot_root . old
umount -l /old
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system </dev/null >/dev/null 2>&1
"""
XVFB = """[Service]
PAMName=
StandardInput=null
TTYPath=
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
UtmpIdentifier=
ExecStart=
ExecStart=/usr/bin/Xvfb :0 -screen 0 1080x1920x24 -nolisten tcp -noreset -auth ${RUNTIME_DIRECTORY}/authority
"""
# What a program in the sandbox may still do. All else must be refused.
MAY = {"kiosk": {"speak_locally"}, "post": {"speak_locally", "speak_ip", "speak_ip6"}, "intake": {"speak_locally"}}


class Booted:
    """A clean root that was started."""

    def __init__(self, root: pathlib.Path):
        self._unshare = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup", "--fork", "--kill-child", "sh", "-c", BOOT,
             "sh", root], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        children = pathlib.Path(f"/proc/{self._unshare.pid}/task/{self._unshare.pid}/children")
        self.first = until(lambda: children.read_text().split(), "no first process")[0]
        until(lambda: pathlib.Path(f"/proc/{self.first}/comm").read_text().strip() == "systemd", "systemd does not begin")
        until(lambda: self.ask("systemctl is-system-running") not in ("", "offline", "initializing", "starting"),
              "the machine does not come up")

    def ask(self, command: str, code: int | None = None) -> str:
        done = subprocess.run(["nsenter", "-t", self.first, "-a", "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                               "LC_ALL=C.UTF-8", "sh", "-c", command], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              timeout=300)
        if code is not None and done.returncode != code:
            raise AssertionError(f"{command}: {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout.strip()

    def show(self, unit: str, what: str) -> str:
        return self.ask(f"systemctl show --value -p {what} {unit}", 0)

    def end(self) -> None:
        self._unshare.kill()
        self._unshare.wait()


def until(holds, otherwise: str, limit_s: float = PATIENCE_S):
    deadline = time.monotonic() + limit_s
    while True:
        try:
            if found := holds():
                return found
        except OSError:
            pass  # it is not there yet
        if time.monotonic() > deadline:
            raise AssertionError(otherwise)
        time.sleep(0.1)


def probe_of(unit: str) -> str:
    """The unit with all that it forbids, and a program in it that tries that."""
    text = SYSTEMD_LINES.sub("", unit)
    return text.replace("[Service]\n", "[Service]\nType=oneshot\nExecStart=/usr/bin/python3 /packages/forbidden.py\n", 1)


class OnAMachineThatWasStarted(unittest.TestCase):
    options: argparse.Namespace

    @classmethod
    def setUpClass(cls):
        clean = CleanRoot(cls.options.packages, cls.options.suite, cls.options.arch)
        cls.addClassCleanup(clean.remove)
        clean("apt-get update -qq")
        clean(f"{INSTALL} systemd-sysv dbus xvfb python3 cups-daemon /packages/*.deb")
        cls.root = clean.root
        (clean.root / "usr/sbin/policy-rc.d").unlink()
        cls.drop_in("citizen-window-display", XVFB)
        # Watched as on a terminal, only sooner.
        cls.drop_in("citizen-window-post", "[Service]\nWatchdogSec=5\n")
        (clean.root / "home/somebody").mkdir()
        for file in ("forbidden.py", "enrolment.sh"):
            shutil.copy(HERE / file, clean.root / "packages")
        for name in MAY:
            unit = (clean.root / f"usr/lib/systemd/system/citizen-window-{name}.service").read_text(encoding="utf-8")
            (clean.root / f"etc/systemd/system/forbidden-{name}.service").write_text(probe_of(unit), encoding="utf-8")
        cls.machine = Booted(clean.root)
        cls.addClassCleanup(cls.machine.end)

    @classmethod
    def drop_in(cls, unit: str, text: str) -> None:
        folder = cls.root / f"etc/systemd/system/{unit}.service.d"
        folder.mkdir(exist_ok=True)
        (folder / "test.conf").write_text(text, encoding="utf-8")

    def log(self, unit: str) -> str:
        return self.machine.ask(f"journalctl -u citizen-window-{unit} --no-pager -o cat | tail -30")

    def serves(self, name: str, restarts: int = 0) -> None:
        unit = f"citizen-window-{name}"
        until(lambda: self.machine.show(unit, "ActiveState") == "active" and
              int(self.machine.show(unit, "NRestarts")) >= restarts, f"{unit} does not serve: {self.log(name)}")

    def test_1_the_app_comes_up_and_a_post_that_is_not_enrolled_waits_for_a_person(self):
        self.serves("kiosk")
        unit = "citizen-window-post"
        until(lambda: self.machine.show(unit, "ActiveState") == "failed", f"the post is {self.machine.show(unit, 'ActiveState')}")
        self.assertEqual((self.machine.show(unit, "ExecMainStatus"), self.machine.show(unit, "NRestarts")), ("5", "0"))

    def test_2_an_app_that_hangs_or_is_killed_is_started_again(self):
        for signal, restarts in (("STOP", 1), ("KILL", 2)):
            with self.subTest(signal):
                self.machine.ask(f"kill -{signal} {self.machine.show('citizen-window-kiosk', 'MainPID')}", 0)
                self.serves("kiosk", restarts)

    def test_3_nothing_of_ours_but_the_updates_runs_as_root(self):
        for name in ("kiosk", "display"):
            pid = self.machine.show(f"citizen-window-{name}", "MainPID")
            self.assertNotEqual(self.machine.ask(f"stat -c %U /proc/{pid}", 0), "root")

    def test_4_what_the_units_forbid_is_refused(self):
        for name, may in MAY.items():
            self.machine.ask(f"systemctl start forbidden-{name}", None)
            told = self.machine.ask(f"journalctl -u forbidden-{name} --no-pager -o cat")
            tries = dict(line.split()[:2] for line in told.splitlines() if re.fullmatch(r"\w+ (allowed|refused \S+)", line))
            with self.subTest(name):
                self.assertGreater(len(tries), 20, told)
                self.assertEqual({one for one, what in tries.items() if what == "allowed"}, may, told)

    def test_5_a_terminal_is_enrolled_and_its_post_is_watched_by_the_first_process(self):
        world = "/tmp/world"
        self.machine.ask(f"""set -e
            kiosk-training-keys --state {world} --terminal 000101001001999 --pack /usr/share/citizen-window/packs/sample_county/pack.json
            cp -r {world}/intake/. {world}/keys {world}/pack /var/lib/citizen-window/intake
            chown -R cw-intake:cw-intake /var/lib/citizen-window/intake
            sed -i -e 's/^realm = .*/realm = "training"/' -e 's|^intake_url = .*|intake_url = "http://127.0.0.1:{PORT}"|' \
                /etc/citizen-window/kiosk.toml /etc/citizen-window/intake.toml
            systemctl restart citizen-window-intake.socket
            systemctl start citizen-window-intake.service""", 0)
        told = self.machine.ask(
            f"runuser -u cw-intake -- intake terminals invite --config /etc/citizen-window/intake.toml --terminal 000101001001001 "
            f"--division 000101001001 --point hall --profile hall --centre http://127.0.0.1:{PORT}", 0)
        invitation = re.search(r"^邀请\t(.*)$", told, re.MULTILINE)[1]
        enrolled = self.machine.ask("runuser -u cw-post -g cw -- kiosk-post enrol --config /etc/citizen-window/kiosk.toml "
                                    f"--invitation '{invitation}'", 0)
        self.assertIn("登记完成", enrolled)
        self.machine.ask("systemctl reset-failed citizen-window-post; systemctl start citizen-window-post", 0)
        self.serves("post")
        self.serves("intake")
        for signal, restarts in (("STOP", 1), ("KILL", 2)):
            self.machine.ask(f"kill -{signal} {self.machine.show('citizen-window-post', 'MainPID')}", 0)
            self.serves("post", restarts)
        self.assertIn("状态", self.machine.ask("runuser -u cw-intake -- intake terminals list --config "
                                             "/etc/citizen-window/intake.toml; echo 状态"))

    def test_6_a_set_up_on_the_screen_is_recorded_when_the_app_starts_again(self):
        set_up = "/var/lib/citizen-window/state/set_up"
        self.machine.ask(f"""set -e
            cp -r /tmp/world/pack/. /var/lib/citizen-window/pack
            kiosk-technician set-up --example > /tmp/answers.toml
            sed -i -e 's/^how = .*/how = "enrolled"/' -e '/^invitation = /d' -e 's/^set_by = .*/set_by = "hand"/' \
                -e 's/^kind = .*/kind = "none"/' -e 's/^\\(documents\\|slips\\|aim\\) = .*/\\1 = "unsupported"/' /tmp/answers.toml
            kiosk-technician set-up --config /etc/citizen-window/kiosk.toml --answers /tmp/answers.toml --by T-0007 --no-record
            chgrp -R cw {set_up}
            runuser -u cw-kiosk -g cw -- touch {set_up}/record_wanted
            systemctl restart citizen-window-kiosk || true""", 0)  # the app itself serves no training realm
        until(lambda: "已写进验收记录" in self.machine.ask("kiosk-technician set-up --show --config /etc/citizen-window/kiosk.toml"),
              f"no record: {self.log('record')} {self.log('kiosk')}")
        self.assertEqual(self.machine.ask(f"stat -c %U {set_up}/record.json", 0), "cw-post")
        record = self.machine.ask(f"cat {set_up}/record.json", 0)
        self.assertIn("commissioning", record)
        self.assertNotIn("memory\\tfailed", record, "what the sandbox hides is no defect")
        self.assertEqual(self.machine.ask(f"ls {set_up} | grep -c 'record_' || true"), "0")


if __name__ == "__main__":
    OnAMachineThatWasStarted.options = options_of_the_test()
    unittest.main(argv=[sys.argv[0], *(f"-k{one}" for one in OnAMachineThatWasStarted.options.k or [])])
