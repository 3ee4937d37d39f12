"""Bare Debians by debootstrap, of another release or another processor than this machine's, and commands in them. Used by
clean_build.py to build and by tests/packaging to try what was built. Needs root, debootstrap and this machine's Debian mirror;
for another processor qemu-user-static, too.

Roots, and what apt fetched for them, are kept in ${XDG_CACHE_HOME:-~/.cache}/citizen-window/roots; deleting that folder is safe.
"""
import functools
import os
import pathlib
import platform
import shutil
import subprocess

SUITES = ("bookworm", "trixie")
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "citizen-window"
ROOTS = CACHE / "roots"
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "HOME": "/root", "LC_ALL": "C.UTF-8"}
INSTALL = ("apt-get install -y --no-install-recommends -o APT::Keep-Downloaded-Packages=true -o APT::Sandbox::User=root "
           "-o Dpkg::Options::=--force-unsafe-io")
# Debian architecture → the name that qemu and the kernel have for that processor.
PROCESSORS = {"amd64": "x86_64", "arm64": "aarch64"}
# The kernel is told to run programs of the other processor by qemu-user-static, as that package's own file says; where systemd
# runs, this was done when the package was installed. The registration ends with the mount, which ends with the command.
REGISTER = r"""
formats=/proc/sys/fs/binfmt_misc
if [ ! -e $formats/qemu-{processor} ]; then
    [ -e $formats/register ] || mount -t binfmt_misc binfmt_misc $formats
    [ -e $formats/qemu-{processor} ] || cat /usr/lib/binfmt.d/qemu-{processor}.conf >$formats/register
fi
"""


class CannotMakeRoot(Exception):
    """Said to whoever runs this, without a trace: what this machine lacks."""


@functools.cache
def own_architecture() -> str:
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


@functools.cache
def own_suite() -> str:
    return platform.freedesktop_os_release().get("VERSION_CODENAME", "")


def what_is_missing(arch: str) -> str | None:
    """Why no root can be made here, or nothing."""
    if os.geteuid() != 0:
        return "needs root (debootstrap)"
    if not shutil.which("debootstrap"):
        return "needs debootstrap (provisioning/setup --packages)"
    if arch != own_architecture() and not pathlib.Path(f"/usr/lib/binfmt.d/qemu-{PROCESSORS[arch]}.conf").exists():
        return "needs qemu-user-static (provisioning/setup --packages)"
    return None


@functools.cache
def mirror() -> str:
    """Of this machine's own sources, so that no host is named here; a mirror has all releases."""
    lines = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Origin: Debian", f"Release: {own_suite()}"],
                           capture_output=True, text=True, check=True).stdout.split()
    if not lines:
        raise CannotMakeRoot("this machine's apt has no Debian source")
    return lines[0]


def name_of(suite: str, arch: str) -> str:
    return suite if arch == own_architecture() else f"{suite}-{arch}"


def archives_of(suite: str) -> pathlib.Path:
    folder = ROOTS / f"{suite}.archives"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Root:
    """A root in a folder. Every command has mounts and processes of its own, which end with it."""

    def __init__(self, path: pathlib.Path, suite: str, arch: str, binds: dict[pathlib.Path, str] | None = None,
                 variables: dict[str, str] | None = None):
        self.path, self.suite, self.arch, self.variables = path, suite, arch, variables or {}
        self.binds = {archives_of(suite): "/var/cache/apt/archives"} | (binds or {})

    def start(self, command: str, **options) -> subprocess.Popen:
        steps = ["set -e"]
        if "apt-get" in command:  # two roots share what apt fetched, and apt does not wait for another one
            steps.append(f"exec 9>'{ROOTS}/{self.suite}.lock'; flock 9")
        if self.arch != own_architecture():
            steps.append(REGISTER.format(processor=PROCESSORS[self.arch]))
        for source, target in self.binds.items():
            (self.path / target.lstrip("/")).mkdir(parents=True, exist_ok=True)
            steps.append(f"mount --bind '{source}' '{self.path}{target}'")
        steps.append(f"mount -t proc proc '{self.path}/proc'")
        steps.append(f"exec chroot '{self.path}' /bin/sh -c \"$1\"")
        return subprocess.Popen(["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", "\n".join(steps), "sh",
                                 command], stdin=subprocess.DEVNULL, env=ENVIRONMENT | self.variables, **options)

    def ask(self, command: str, code: int | None = 0, limit_s: float = 900) -> str:
        """What the command says on both streams. Another exit code than the wanted one is an AssertionError."""
        running = self.start(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            out, err = running.communicate(timeout=limit_s)
        finally:
            running.kill()
            running.wait()
        if code is not None and running.returncode != code:
            raise AssertionError(f"{command}: {running.returncode}\n{out[-3000:]}{err[-3000:]}")
        return out + err


def bare_root(suite: str, arch: str) -> pathlib.Path:
    """Made when it is not there. Nobody writes into it: it is copied."""
    root = ROOTS / name_of(suite, arch)
    if root.exists():
        return root
    making = root.with_suffix(".making")
    shutil.rmtree(making, ignore_errors=True)
    archives_of(suite)
    print(f"making a bare {suite} for {arch} in {root} …", flush=True)
    foreign = ["--foreign"] if arch != own_architecture() else []
    with open(root.with_suffix(".log"), "w", encoding="utf-8") as log:
        try:
            subprocess.run(["debootstrap", "--variant=minbase", f"--arch={arch}", *foreign, suite, making, mirror()], check=True,
                           stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        except subprocess.CalledProcessError:
            raise CannotMakeRoot(f"debootstrap failed, see {log.name} and {making}/debootstrap/debootstrap.log") from None
    if foreign:
        # Its own programs finish it, one by one under qemu, from the archives that lie in it.
        half = Root(making, suite, arch)
        half.binds.clear()
        half.ask("/debootstrap/debootstrap --second-stage", limit_s=3600)
        (making / "etc/apt/sources.list").write_text(f"deb {mirror()} {suite} main\n", encoding="utf-8")
    making.rename(root)
    return root


def without_services(root: pathlib.Path) -> None:
    """Installing starts nothing there."""
    file = root / "usr/sbin/policy-rc.d"
    file.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    file.chmod(0o755)
