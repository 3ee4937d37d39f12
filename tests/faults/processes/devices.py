"""Devices that are missing, and papers without end."""
import itertools
import pathlib
import re
import time

from terminal import FlowError, Terminal, fault

# name: (gone, back)
DEVICES = {
    "reader": ("usb unplug id_card", "usb plug id_card"),
    "camera": ("camera unplug", "camera plug"),
    "printer": ("printer unplug", "printer plug"),
    "slips": ("slip unplug", "slip plug"),
    "scanner": ("scanner unplug", "scanner plug"),
}
LIMIT_S = 20
PRINTS = 90
WARM_UP = 60  # the emulated printer remembers its last jobs, and the heap finds its size
HELD_LIMIT_MB = 4


def offered(missing: set[str]) -> dict[str, dict[str, bool]]:
    """By page: what stands there, and what does not, when these devices are missing. A service needs its reader; paper may come
    out of either printer; without a camera somebody has to look at the person later."""
    no_reader, no_camera = "reader" in missing, "camera" in missing
    no_paper = {"printer", "slips"} <= missing
    return {
        "home": {"现在不能办理申报": no_reader, "可以办，暂不能打印": no_paper and not no_reader,
                 "可以办，要再来窗口一次": no_camera and not no_paper and not no_reader, " services [": True,
                 " progress [": True, " guide [": True},
        "guide": {" start [": not no_reader, " guide_end [": no_reader, "读卡区有故障，本机现在不能申请": no_reader,
                  "打印机暂时不能用，申请可以照常办": no_paper and not no_reader,
                  "本机暂时不能比对人脸，申请可以照常办": no_camera and not no_paper and not no_reader},
        "progress_way": {" by_code [": True, " by_scan [": not no_camera, "对准扫码口": "scanner" not in missing},
    }


def expect_offer(t: Terminal, page: str, wanted: dict[str, bool], missing: set[str]) -> None:
    """What a device's end changes comes a moment later."""
    deadline = time.monotonic() + LIMIT_S
    while True:
        tree = "\n".join(t.runner._kiosk.ask("tree"))
        wrong = [text for text, there in wanted.items() if (text in tree) != there]
        if not wrong:
            return
        if time.monotonic() > deadline:
            raise FlowError(f"without {sorted(missing) or 'nothing'}, page {page}: {wrong} is not as it must be\n{tree}")
        time.sleep(0.02)


@fault
def every_set_of_missing_devices(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """L9. All 32 sets of five devices: what is offered is what can be done, and what is missing is said before it is begun."""
    t = Terminal(programs, out)
    try:
        t.play("start post", "start kiosk", "wait page home", "slip attach")
        for gone in itertools.product((False, True), repeat=len(DEVICES)):
            missing = {name for name, is_gone in zip(DEVICES, gone) if is_gone}
            t.play(*(away if name in missing else back for name, (away, back) in DEVICES.items()))
            wanted = offered(missing)
            expect_offer(t, "home", wanted["home"], missing)
            t.play("tap services", "wait page services", "tap topic:elderly", "wait page services_topic", "tap item:990511001000", "wait page guide")
            expect_offer(t, "guide", wanted["guide"], missing)
            t.play("tap end", "wait page home", "tap progress", "wait page progress_way")
            expect_offer(t, "progress_way", wanted["progress_way"], missing)
            t.play("tap end", "wait page home")
    finally:
        t.runner.end()


def held_mb(pid: int) -> float:
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise FlowError("the kernel does not say what a process holds")


@fault
def one_print_after_the_other(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """P13. The same slip printed again and again: each comes out once, and the app holds no more at the end."""
    t = Terminal(programs, out)
    try:
        t.play("start post", "start kiosk")
        t.to_signature()
        t.hand_in()
        t.play("wait text 打印好了")
        pid = t.service("kiosk").pid
        before = 0.0
        for number in range(1, PRINTS + 1):
            t.play("tap print_again", "wait no text 打印好了", "wait text 打印好了")
            if number == WARM_UP:
                before = held_mb(pid)
        fates = re.findall(r"^S \d+ 1 (\w)", (t.state / "printer/documents.ledger").read_text(encoding="utf-8"), re.MULTILINE)
        if fates != ["p"] * (PRINTS + 1):
            raise FlowError(f"of {PRINTS + 1} prints the ledger says {fates}")
        if (after := held_mb(pid)) > before + HELD_LIMIT_MB:
            raise FlowError(f"the app held {before:.1f} MB, and {after:.1f} MB after {PRINTS - WARM_UP} more prints")
        t.leave_receipt()
        t.everything_arrives()
    finally:
        t.runner.end()
