"""The five Debian packages hold what their table says, as root's, and nothing that anybody may write.

    packages_test.py BIN_DIR        (made from the programs there; hardly compressed, seconds)
"""
import pathlib
import platform
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "provisioning/packaging"
sys.path.insert(0, str(PACKAGING))
import configuration  # noqa: E402
import tables  # noqa: E402

# Folders that a package may put files into, besides the names its table and its provisioning/systemd give.
ALLOWED = re.compile(
    r"^(usr/bin/|usr/libexec/citizen-window/|usr/share/(citizen-window|man/man1|doc/citizen-window-[a-z]+)/"
    r"|usr/share/polkit-1/rules\.d/60-citizen-window-"
    r"|usr/lib/(udev/rules|modprobe|sysctl|sysusers|tmpfiles|systemd/journald\.conf)\.d/|usr/lib/systemd/system/"
    r"|etc/citizen-window/|etc/X11/citizen-window|etc/systemd/system/cups\.service\.d/)")
MEGABYTES = {"citizen-window-kiosk": (5, 80), "citizen-window-post": (0.2, 20), "citizen-window-technician": (0.2, 20),
             "citizen-window-training": (1, 40), "citizen-window-intake": (0.2, 20)}


def output_of(*command) -> bytes:
    return subprocess.run([str(word) for word in command], capture_output=True, check=True,
                          stdin=subprocess.DEVNULL).stdout


class Packages(unittest.TestCase):
    bin: pathlib.Path

    @classmethod
    def setUpClass(cls):
        cls.work = pathlib.Path(tempfile.mkdtemp(prefix="cw-packages-"))
        cls.addClassCleanup(shutil.rmtree, cls.work)
        done = subprocess.run([sys.executable, "-B", PACKAGING / "make_packages.py", "--fast", "--bin", cls.bin,
                               "--out", cls.work / "out"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)
        cls.files, cls.members, cls.control = {}, {}, {}
        for file in (cls.work / "out").iterdir():
            name = file.name.split("_")[0]
            cls.files[name], cls.control[name] = file, cls.work / name
            output_of("dpkg-deb", "-e", file, cls.control[name])
            (cls.work / "tar").write_bytes(output_of("dpkg-deb", "--fsys-tarfile", file))
            with tarfile.open(cls.work / "tar") as tar:
                cls.members[name] = {member.name.removeprefix("./"): member for member in tar.getmembers()}

    def field(self, package: str, name: str) -> str:
        return output_of("dpkg-deb", "-f", self.files[package], name).decode().strip()

    def text_of(self, package: str, path: str) -> str:
        tar = output_of("dpkg-deb", "--fsys-tarfile", self.files[package])
        return subprocess.run(["tar", "-xO", f"./{path}"], input=tar, capture_output=True, check=True).stdout.decode()

    def test_there_are_five_and_they_carry_the_version_of_the_project_and_of_the_debian_they_are_for(self):
        version = re.search(r"VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text().split("project(")[1])[1]
        release = platform.freedesktop_os_release().get("VERSION_ID")
        self.assertEqual(set(self.files), set(MEGABYTES))
        for name in self.files:
            self.assertEqual(self.field(name, "Version"), f"{version}+deb{release}" if release else version)
            self.assertEqual(self.field(name, "Package"), name)

    def test_everything_is_roots_and_nobody_else_may_write_it(self):
        for package, members in self.members.items():
            for path, member in members.items():
                with self.subTest(package=package, path=path):
                    self.assertEqual((member.uid, member.gid), (0, 0))
                    if not member.issym():
                        self.assertEqual(member.mode & (stat.S_IWGRP | stat.S_IWOTH | stat.S_ISUID | stat.S_ISGID), 0)
                    if member.isfile():
                        runs = path.startswith(("usr/bin/", "usr/libexec/"))
                        self.assertEqual(member.mode, 0o755 if runs else 0o644)

    def test_no_file_lies_where_the_table_does_not_put_one(self):
        for package, members in self.members.items():
            about = tables.PACKAGES[package]
            for path in (path for path, member in members.items() if not member.isdir()):
                with self.subTest(package=package, path=path):
                    self.assertRegex(path, ALLOWED)
                    if path.startswith("usr/bin/"):
                        self.assertIn(path.removeprefix("usr/bin/"), about["programs"])

    def test_no_file_is_in_two_packages(self):
        owner = {}
        for package, members in self.members.items():
            for path in (path for path, member in members.items() if not member.isdir()):
                self.assertNotIn(path, owner, f"{package} and {owner.get(path)}")
                owner[path] = package

    def test_every_file_of_provisioning_systemd_and_every_manual_is_in_one_of_them(self):
        there = {pathlib.PurePath(path).name for members in self.members.values() for path in members}
        for file in (ROOT / "provisioning/systemd").glob("*"):
            if file.name != "README.md":
                self.assertIn(tables.SYSTEMD_NAMES.get(file.name, file.name), there)
        for folder in ("kiosk", "offline", "provisioning", "drivers"):
            for page in (ROOT / folder).rglob("*.1"):
                self.assertIn(f"{page.name}.gz", there)

    def test_what_lies_in_etc_is_a_conffile(self):
        for package, members in self.members.items():
            in_etc = {f"/{path}" for path, member in members.items() if path.startswith("etc/") and member.isfile()}
            listed = self.control[package] / "conffiles"
            self.assertEqual(set(listed.read_text().split()) if listed.exists() else set(), in_etc)

    def test_the_maintainer_scripts_are_shell_and_every_unit_stands_in_them(self):
        for package, folder in self.control.items():
            units = [pathlib.PurePath(path).name for path in self.members[package]
                     if path.startswith("usr/lib/systemd/system/") and path.endswith(tables.UNIT_ENDINGS)]
            for script in (folder / name for name in ("preinst", "postinst", "prerm", "postrm")):
                if script.exists():
                    with self.subTest(package=package, script=script.name):
                        subprocess.run(["sh", "-n", script], check=True)
                        self.assertNotIn("@", re.sub(r"\$@", "", script.read_text()))
                        for unit in set(units) - tables.OFF:
                            if "[Install]" in (ROOT / "provisioning/systemd" / unit).read_text():
                                self.assertIn(unit, script.read_text())

    def test_each_program_brings_the_libraries_it_is_linked_with(self):
        for package in self.files:
            self.assertRegex(self.field(package, "Depends"), r"\blibc6 \(>=")
        self.assertIn("libsqlite3-0", self.field("citizen-window-post", "Depends"))
        self.assertNotIn("libsqlite3-0", self.field("citizen-window-kiosk", "Depends"))
        self.assertIn("fonts-noto-cjk", self.field("citizen-window-kiosk", "Depends"))

    def test_their_sizes_are_those_of_programs_and_models(self):
        for package, file in self.files.items():
            least, most = MEGABYTES[package]
            self.assertTrue(least <= file.stat().st_size / 1e6 <= most, f"{package}: {file.stat().st_size} bytes")

    def test_the_programs_read_their_configuration_without_a_problem(self):
        # Exit 2 of kiosk-post is "the configuration has problems"; here it gets as far as the keys.
        config = self.work / "kiosk.toml"
        config.write_text(self.text_of("citizen-window-kiosk", "etc/citizen-window/kiosk.toml"), encoding="utf-8")
        done = subprocess.run([self.bin / "kiosk-technician", "devices", "--config", config, "rules"],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        config.write_text(config.read_text(encoding="utf-8") + "\nno_such_key = 1\n", encoding="utf-8")
        done = subprocess.run([self.bin / "kiosk-technician", "devices", "--config", config, "rules"],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.assertNotEqual(done.returncode, 0)


class Configuration(unittest.TestCase):
    EXAMPLE = "# The file.\n\n[a]\nx = 1   # why\n# y = \"off\"  # may be left out\nz = \"as it was\"\n\n# About b.\n[b]\nx = 2\n"

    def test_values_change_and_comments_stay(self):
        self.assertEqual(configuration.made_from(self.EXAMPLE, {"a.x": "new", "a.y": "on"}, ["b"]),
                         "# The file.\n\n[a]\nx = \"new\"  # why\ny = \"on\"  # may be left out\nz = \"as it was\"\n")

    def test_a_key_that_the_example_lost_is_an_error(self):
        with self.assertRaises(configuration.NoSuchKey):
            configuration.made_from(self.EXAMPLE, {"b.y": "new"}, [])


if __name__ == "__main__":
    if not shutil.which("dpkg-deb") or not shutil.which("dpkg-shlibdeps"):
        print("no dpkg-deb or dpkg-shlibdeps here")
        sys.exit(77)
    Packages.bin = pathlib.Path(sys.argv.pop()).resolve()
    unittest.main()
