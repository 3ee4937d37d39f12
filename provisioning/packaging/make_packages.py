#!/usr/bin/env python3
"""Makes the Debian packages of tables.py from programs that are built already (provisioning/package builds them).

    make_packages.py --bin DIR --out DIR [--arch ARCH] [--fast] [--systemd DIR]
    make_packages.py --list-programs
"""
import argparse
import fnmatch
import functools
import gzip
import hashlib
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

import configuration
import tables

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEBIAN = pathlib.Path(__file__).resolve().parent / "debian"
MAINTAINER = "Citizen Window <packages@citizen-window.invalid>"
SCRIPTS = ("preinst", "postinst", "prerm", "postrm")


class CannotPackage(Exception):
    """Said to whoever runs this, without a trace."""


def output_of(*command, **options) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, **options)
    if done.returncode != 0:
        raise CannotPackage(f"{' '.join(map(str, command))} failed ({done.returncode}):\n{done.stdout}{done.stderr}")
    return done.stdout


@functools.cache
def version() -> str:
    """The project's, and the Debian release whose libraries the programs are linked with: 0.1.0+deb12 < 0.1.0+deb13."""
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    release = platform.freedesktop_os_release()
    suffix = f"+deb{release['VERSION_ID']}" if release["ID"] == "debian" and "VERSION_ID" in release else ""
    return re.search(r"project\(citizen_window VERSION ([0-9.]+)", text)[1] + suffix


@functools.cache
def architecture() -> str:
    return output_of("dpkg", "--print-architecture").strip()


@functools.cache
def changed_at() -> int:
    """Seconds since 1970 of the newest commit: the same checkout makes the same packages. In a clean root it is told."""
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    try:
        return int(output_of("git", "-C", ROOT, "log", "-1", "--format=%ct"))
    except (CannotPackage, OSError):
        return int((ROOT / "CMakeLists.txt").stat().st_mtime)


def cache_folder() -> pathlib.Path:
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "citizen-window"


def tool(name: str, arch: str) -> str:
    """One of binutils, for programs of that processor."""
    if arch == architecture():
        return name
    return f"{output_of('dpkg-architecture', f'-a{arch}', '-qDEB_HOST_GNU_TYPE').strip()}-{name}"


def packages_of(group: str) -> list[str]:
    """A list of provisioning/setup, which knows why each is there."""
    text = (ROOT / "provisioning/setup").read_text(encoding="utf-8")
    block = re.search(rf"^{group}=\(\n(.*?)^\)", text, re.MULTILINE | re.DOTALL)[1]
    return re.sub(r"#.*", "", block).split()


@functools.cache
def runtime_packages() -> list[str]:
    return [word for word in packages_of("RUNTIME_PACKAGES") if word not in tables.ONLY_FOR_SETTING_UP]


def programs() -> list[str]:
    """What has to be built."""
    return [name for about in tables.PACKAGES.values() for name in about["programs"] + about.get("helpers", [])]


class Package:
    """One package on its way: a folder with what will lie under /, and what is said about it."""

    def __init__(self, name: str, work: pathlib.Path, options):
        self.name, self.options = name, options
        self.about = tables.PACKAGES[name]
        self.root = work / name
        self.control = self.root / "DEBIAN"
        self.units: list[str] = []
        self.units_off: list[str] = []
        self.elves: list[pathlib.Path] = []
        self.control.mkdir(parents=True)

    def path(self, where: str) -> pathlib.Path:
        path = self.root / where.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def put(self, source: pathlib.Path, where: str, mode: int = 0o644) -> pathlib.Path:
        target = self.path(where)
        shutil.copyfile(source, target)
        target.chmod(mode)
        return target

    def write(self, where: str, text: str, mode: int = 0o644, zipped: bool = False) -> None:
        target = self.path(where)
        data = text.encode("utf-8")
        target.write_bytes(gzip.compress(data, 9, mtime=0) if zipped else data)
        target.chmod(mode)

    def put_all(self, base: pathlib.Path, entries) -> None:
        for pattern, folder in entries:
            found = sorted(base.glob(pattern))
            if not found:
                raise CannotPackage(f"{base}/{pattern} is not there (provisioning/setup fetches what is in the cache)")
            for file in found:
                self.put(file, f"{folder}/{file.name}")

    def add_programs(self) -> None:
        for kind, folder in (("programs", "/usr/bin"), ("helpers", "/usr/libexec/citizen-window")):
            for name in self.about.get(kind, []):
                source = self.options.bin / name
                if not source.is_file():
                    raise CannotPackage(f"{source} is not built; provisioning/package builds it")
                target = self.put(source, f"{folder}/{name}", 0o755)
                output_of(tool("strip", self.options.arch), "--strip-unneeded", "--remove-section=.comment", target)
                self.elves.append(target)

    def add_documents(self) -> None:
        for page in self.about["man"]:
            file = ROOT / page
            self.write(f"/usr/share/man/man1/{file.name}.gz", file.read_text(encoding="utf-8"), zipped=True)
        for where, target in self.about.get("links", {}).items():
            self.path(where).symlink_to(target)
        folder = f"/usr/share/doc/{self.name}"
        self.put(DEBIAN / "copyright", f"{folder}/copyright")
        date = output_of("date", "--rfc-email", "--utc", f"--date=@{changed_at()}", env={**os.environ, "LC_ALL": "C"})
        self.write(f"{folder}/changelog.gz", f"citizen-window ({version()}) stable; urgency=medium\n\n"
                   f"  * What changed stands in the history of the sources.\n\n -- {MAINTAINER}  {date}", zipped=True)

    def add_accounts_and_folders(self) -> None:
        for kind in ("sysusers", "tmpfiles"):
            if (source := DEBIAN / f"{self.name}.{kind}").exists():
                self.put(source, f"/usr/lib/{kind}.d/{self.name}.conf")

    def add_units(self) -> None:
        for file in sorted(self.options.systemd.glob("*")):
            entry = next((entry for entry in tables.SYSTEMD if fnmatch.fnmatch(file.name, entry[0])), None)
            if entry is None:
                raise CannotPackage(f"{file.name}: no pattern of tables.SYSTEMD says where it goes")
            _, package, folder = entry
            if package != self.name:
                continue
            self.put(file, f"{folder}/{tables.SYSTEMD_NAMES.get(file.name, file.name)}")
            if file.suffix in tables.UNIT_ENDINGS and "[Install]" in file.read_text(encoding="utf-8"):
                (self.units_off if file.name in tables.OFF else self.units).append(file.name)

    def add_configuration(self) -> None:
        if self.name in tables.CONFIGURATION:
            where, values, without = tables.CONFIGURATION[self.name]
            example = (ROOT / "provisioning/config/kiosk.example.toml").read_text(encoding="utf-8")
            self.write(where, configuration.made_from(example, values, without))

    def libraries(self) -> list[str]:
        """What dpkg-shlibdeps finds the programs to be linked with; it wants to stand beside a debian/control."""
        if not self.elves:
            return []
        with tempfile.TemporaryDirectory() as beside:
            (pathlib.Path(beside) / "debian").mkdir()
            (pathlib.Path(beside) / "debian/control").write_text("Source: citizen-window\n\nPackage: citizen-window\n"
                                                                  "Architecture: any\n", encoding="utf-8")
            line = output_of("dpkg-shlibdeps", "-O", "--warnings=0", *[f"-e{file}" for file in self.elves], cwd=beside,
                             env={**os.environ, "DEB_HOST_ARCH": self.options.arch})
        return line.strip().removeprefix("shlibs:Depends=").split(", ")

    def relations(self) -> dict[str, list[str]]:
        depends = self.libraries() + tables.NEEDED.get(self.name, [])
        depends += [f"{other} (= {version()})" for other in self.about.get("needs", [])]
        recommends = list(self.about.get("recommends", []))
        if self.name == "citizen-window-kiosk":
            depends += [word for word in runtime_packages() if word not in tables.RECOMMENDED]
            recommends += [word for word in runtime_packages() if word in tables.RECOMMENDED]
        return {"Depends": depends, "Recommends": recommends, "Suggests": tables.SUGGESTED.get(self.name, [])}

    def add_control(self) -> None:
        files = sorted(file for file in self.root.rglob("*")
                       if file.is_file() and not file.is_symlink() and self.control not in file.parents)
        size = sum(file.stat().st_size for file in files)
        lines = [f"Package: {self.name}", f"Version: {version()}", f"Architecture: {self.options.arch}",
                 f"Maintainer: {MAINTAINER}", "Section: misc", "Priority: optional",
                 f"Installed-Size: {(size + 1023) // 1024}"]
        lines += [f"{key}: {', '.join(names)}" for key, names in self.relations().items() if names]
        lines += [f"Description: {self.about['about']}",
                  " Citizen Window is a self-service terminal: a citizen identifies with the ID card,",
                  " reads a guide, applies, signs and takes a slip home, with or without a network."]
        (self.control / "control").write_text("\n".join(lines) + "\n", encoding="utf-8")

        conffiles = ["/" + str(file.relative_to(self.root)) for file in files if file.is_relative_to(self.root / "etc")]
        if conffiles:
            (self.control / "conffiles").write_text("\n".join(conffiles) + "\n", encoding="utf-8")
        (self.control / "md5sums").write_text("".join(
            f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(self.root)}\n" for file in files
            if not file.is_relative_to(self.root / "etc")), encoding="utf-8")
        for name in SCRIPTS:
            if (source := DEBIAN / f"{self.name}.{name}").exists():
                text = source.read_text(encoding="utf-8")
                text = text.replace("@UNITS@", " ".join(self.units)).replace("@UNITS_OFF@", " ".join(self.units_off))
                (self.control / name).write_text(text, encoding="utf-8")
                (self.control / name).chmod(0o755)

    def build(self) -> pathlib.Path:
        self.add_programs()
        self.add_documents()
        self.add_accounts_and_folders()
        self.add_units()
        self.add_configuration()
        self.put_all(ROOT, tables.FILES.get(self.name, []))
        self.put_all(cache_folder(), tables.FETCHED.get(self.name, []))
        self.add_control()
        for folder in [self.root, *(path for path in self.root.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
        file = self.options.out / f"{self.name}_{version()}_{self.options.arch}.deb"
        output_of("dpkg-deb", "--root-owner-group", *(["-Zgzip", "-z1"] if self.options.fast else ["-Zxz"]),
                  "--build", self.root, file, env={**os.environ, "SOURCE_DATE_EPOCH": str(changed_at())})
        shutil.rmtree(self.root)
        return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=pathlib.Path, help="where the programs were built")
    parser.add_argument("--out", type=pathlib.Path, help="where the packages go")
    parser.add_argument("--arch", default=architecture(), help="the processor they were built for")
    parser.add_argument("--fast", action="store_true", help="hardly compressed, for tests")
    parser.add_argument("--systemd", type=pathlib.Path, default=ROOT / "provisioning/systemd")
    parser.add_argument("--list-programs", action="store_true", help="what has to be built, and nothing else")
    options = parser.parse_args()
    if options.list_programs:
        print("\n".join(programs()))
        return
    if not options.bin or not options.out:
        parser.error("--bin and --out are needed")
    options.out = options.out.resolve()  # dpkg-shlibdeps stands elsewhere
    options.out.mkdir(parents=True, exist_ok=True)
    os.umask(0o022)
    try:
        with tempfile.TemporaryDirectory(prefix=".packing-", dir=options.out) as work:
            for name in tables.PACKAGES:
                file = Package(name, pathlib.Path(work), options).build()
                print(f"{file} ({file.stat().st_size / 1e6:.1f} MB)")
    except (CannotPackage, configuration.NoSuchKey, OSError) as problem:
        sys.exit(f"package: {problem}")


if __name__ == "__main__":
    main()
