#!/usr/bin/env python3
"""Builds the programs and packages of another Debian release or another processor in a clean root (provisioning/package calls it).

    clean_build.py --suite SUITE --arch ARCH --out DIR

The root holds what provisioning/setup names for building, and the compiler's own cache, so that a second run is short. For another
processor this machine's compiler of that release builds across; nothing is run under emulation. Needs root.
"""
import argparse
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

import clean_roots
import make_packages
from clean_roots import CACHE, INSTALL, ROOTS, CannotMakeRoot, Root, own_architecture

CHECKOUT = make_packages.ROOT
# What provisioning/setup fetched; the rest of the cache is none of the build's business.
FETCHED = ("faces", "icons", "imgui", "models")
# Those of BUILD_PACKAGES that run while building, whatever they build for.
TOOLS = {"build-essential", "cmake", "ninja-build", "ccache", "pkg-config"}


def build_packages() -> list[str]:
    return make_packages.packages_of("BUILD_PACKAGES")


def prepared_root(suite: str, arch: str) -> Root:
    """A copy of the bare root with all that a build needs; made anew when that changed."""
    path = ROOTS / f"build-{clean_roots.name_of(suite, arch)}"
    wanted = build_packages() + ["python3"]
    stamp = hashlib.sha256(" ".join(wanted).encode()).hexdigest()
    said = path / "prepared"
    if not said.exists() or said.read_text(encoding="utf-8") != stamp:
        bare = clean_roots.bare_root(suite, own_architecture())
        shutil.rmtree(path, ignore_errors=True)
        subprocess.run(["cp", "-a", bare, path], check=True)
        clean_roots.without_services(path)
        root = Root(path, suite, own_architecture())
        print(f"installing what a build of {suite} for {arch} needs …", flush=True)
        if arch == own_architecture():
            root.ask("apt-get update -qq")
            root.ask(f"{INSTALL} {' '.join(wanted)}")
        else:
            root.ask(f"dpkg --add-architecture {arch} && apt-get update -qq")
            root.ask(f"{INSTALL} crossbuild-essential-{arch} {' '.join(across(root, wanted, arch))}")
        said.write_text(stamp, encoding="utf-8")
    build = CHECKOUT / "build" / clean_roots.name_of(suite, arch)
    ccache = CACHE / "ccache" / clean_roots.name_of(suite, arch)
    for folder in (build, ccache):
        folder.mkdir(parents=True, exist_ok=True)
    # The same paths for every checkout: what the compiler's cache holds serves them all.
    return Root(path, suite, own_architecture(),
                {CHECKOUT: "/checkout", build: "/checkout/build", ccache: "/ccache"} |
                {CACHE / name: f"/cache/citizen-window/{name}" for name in FETCHED},
                {"XDG_CACHE_HOME": "/cache", "CCACHE_DIR": "/ccache", "SOURCE_DATE_EPOCH": str(make_packages.changed_at())})


def across(root: Root, packages: list[str], arch: str) -> list[str]:
    """Libraries of the other processor, tools of this one; what is the same for all has no processor in its name."""
    said = root.ask(f"apt-cache show --no-all-versions {' '.join(packages)}")
    same_for_all = set(re.findall(r"^Package: (\S+)\n(?:(?!\n).+\n)*?Architecture: all$", said, re.MULTILINE))
    return [name if name in TOOLS | same_for_all | {"python3"} else f"{name}:{arch}" for name in packages]


def run(root: Root, command: str) -> None:
    if (code := root.start(f"cd /checkout && {command}").wait()) != 0:
        raise CannotMakeRoot(f"{command} failed ({code}) in {root.path}")


def build(suite: str, arch: str, out: pathlib.Path) -> None:
    if missing := clean_roots.what_is_missing(own_architecture()):
        raise CannotMakeRoot(missing)
    root = prepared_root(suite, arch)
    out.mkdir(parents=True, exist_ok=True)
    root.binds[out] = "/out"
    programs = make_packages.programs()
    toolchain = "" if arch == own_architecture() else f"CW_TOOLCHAIN=/checkout/provisioning/packaging/{arch}.cmake "
    run(root, f"{toolchain}provisioning/build release {' '.join(programs)}")
    for old in out.glob("citizen-window-*.deb"):
        old.unlink()
    run(root, f"python3 -B provisioning/packaging/make_packages.py --arch {arch} --bin build/release/bin --out /out")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--suite", choices=clean_roots.SUITES, default=clean_roots.own_suite())
    parser.add_argument("--arch", choices=sorted(clean_roots.PROCESSORS), default=own_architecture())
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    os.umask(0o022)
    try:
        build(options.suite, options.arch, options.out.resolve())
    except (CannotMakeRoot, AssertionError, OSError) as problem:
        sys.exit(f"package: {problem}")


if __name__ == "__main__":
    main()
