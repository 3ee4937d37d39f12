"""Runs inside a unit's sandbox: tries what a program that was taken over would try, and prints each try with what came of it:
`name allowed` or `name refused ERRNO`. Harmless where it is allowed: the machine is the test's own."""
import ctypes
import errno
import mmap
import os
import socket
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000
PTRACE_ATTACH = 16


def checked(result: int) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def open_to_write(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def make_writable_code() -> None:
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    checked(LIBC.mprotect(ctypes.c_void_p(address), 4096, mmap.PROT_READ | mmap.PROT_EXEC))


def make_setuid_file() -> None:
    path = f"/tmp/setuid-{os.getpid()}"
    open_to_write(path)
    os.chmod(path, 0o4755)


def see_the_first_process() -> None:
    os.stat("/proc/1/status")


TRIES = {
    "speak_ip": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("127.0.0.1", 9)),
    "speak_ip6": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close(),
    "speak_raw": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close(),
    "speak_locally": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close(),
    "write_programs": lambda: open_to_write("/usr/bin/kiosk-of-somebody"),
    "write_configuration": lambda: open_to_write("/etc/citizen-window/kiosk.toml"),
    "read_homes": lambda: os.listdir("/home/somebody"),
    "read_roots_home": lambda: os.listdir("/root"),
    "open_a_foreign_device": lambda: os.close(os.open("/dev/of_somebody", os.O_RDWR)),
    "make_a_device": lambda: os.mknod("/tmp/device", 0o600 | 0o020000, os.makedev(1, 1)),
    "mount": lambda: checked(LIBC.mount(b"none", b"/tmp", b"tmpfs", 0, None)),
    "make_a_user_namespace": lambda: checked(LIBC.unshare(CLONE_NEWUSER)),
    "make_a_network": lambda: checked(LIBC.unshare(CLONE_NEWNET)),
    "become_root": lambda: os.setuid(0),
    "make_a_setuid_file": make_setuid_file,
    "make_writable_code": make_writable_code,
    "name_the_machine": lambda: socket.sethostname("of-somebody"),
    "set_the_clock": lambda: checked(LIBC.stime(ctypes.byref(ctypes.c_long(0)))) if hasattr(LIBC, "stime")
    else checked(LIBC.settimeofday(ctypes.byref((ctypes.c_long * 2)(0, 0)), None)),
    "take_real_time": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    "watch_another_program": lambda: checked(LIBC.ptrace(PTRACE_ATTACH, os.getppid(), None, None)),
    "see_the_first_process": see_the_first_process,
    "change_the_kernel": lambda: open_to_write("/proc/sys/kernel/hostname"),
    "read_the_kernels_log": lambda: checked(0 if LIBC.klogctl(3, ctypes.create_string_buffer(16), 16) >= 0 else -1),
}

for name, attempt in TRIES.items():
    try:
        attempt()
        print(name, "allowed")
    except OSError as refused:
        print(name, "refused", errno.errorcode.get(refused.errno, refused.errno))
sys.stdout.flush()
