"""What goes wrong in a soak, how it is mended, and what a citizen may read meanwhile. A page that shows such words, or a page that
is made for it, is a truthful message; a terminal that says nothing and does nothing for ten seconds has failed."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Trouble:
    name: str
    fire: tuple[str, ...]          # verbs of the devices, or "!WHAT PROGRAM" for what is done to a program or the line
    mend: tuple[str, ...] = ()     # none: it is over at once, or mends itself
    says: tuple[str, ...] = ()     # any of these on the page tells of it
    weight: int = 3
    keeps_app: bool = True         # the session that is under way goes on


PAPER = ("打印纸", "打印机", "打印", "抄写", "盖子", "卡住", "卡纸")
CARD = ("读卡", "身份证", "没有读清楚", "没有回应", "窗口")
FACE = ("比对人脸", "镜头", "核实", "摄像头")
POST = ("暂不能提交", "核实存上了没有", "正在", "本机存满了", "没有存上", "再试", "稍")

TROUBLES = (
    Trouble("card reader unplugged", ("usb unplug id_card",), ("usb plug id_card",), CARD),
    Trouble("card reads garbled", ("card fault garbled",), ("card fault none",), CARD),
    Trouble("card reader silent", ("card fault silent",), ("card fault none", "usb unplug id_card", "usb plug id_card"), CARD),
    Trouble("camera unplugged", ("camera unplug",), ("camera plug",), FACE),
    Trouble("camera frozen", ("camera freeze",), ("camera clear",), FACE),
    Trouble("camera covered", ("camera black",), ("camera clear",), FACE),
    Trouble("printer without paper", ("printer paper out",), ("printer paper in",), PAPER),
    Trouble("printer open", ("printer cover open",), ("printer cover close",), PAPER),
    Trouble("printer jammed", ("printer jam",), ("printer clear",), PAPER),
    Trouble("printer unplugged", ("printer unplug",), ("printer plug",), PAPER),
    Trouble("receipt printer without paper", ("slip paper out",), ("slip paper in",), PAPER),
    Trouble("receipt printer unplugged", ("slip unplug",), ("slip plug",), PAPER),
    Trouble("scanner unplugged", ("scanner unplug",), ("scanner plug",)),
    Trouble("scanner sends rubbish", ("scanner scan bytes 00ff1b0d7f80",)),
    Trouble("cabinet board unplugged", ("cabinet unplug",), ("cabinet plug",)),
    Trouble("door opened", ("door open",), ("door close",), ("机柜", "暂停服务"), 2, keeps_app=False),
    Trouble("mains gone", ("power cut",), ("power back",), ("停电",), 2),
    Trouble("battery low", ("power low",), ("power back",), ("停电", "备用电"), 1, keeps_app=False),
    Trouble("headphones in and out", ("headphone plug",), ("headphone unplug",)),
    Trouble("line cut", ("!cut line",), ("!join line",), ("没有网络", "离线"), 6),
    Trouble("centre killed", ("!kill intake",), (), ("没有网络", "离线"), 3),
    Trouble("centre hangs", ("!stop intake",), (), ("没有网络", "离线", "正在"), 2),
    Trouble("post killed", ("!kill post",), (), POST, 5),
    Trouble("post hangs", ("!stop post",), (), POST, 2),
    Trouble("app killed", ("!kill kiosk",), (), (), 1, keeps_app=False),
    Trouble("app hangs", ("!stop kiosk",), (), (), 1, keeps_app=False),
)

# Pages that are there to say that something does not work.
PAGES = frozenset({"card_refused", "face_not_matched", "hand_in_problem", "suspended", "card_left"})
