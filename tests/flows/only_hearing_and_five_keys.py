#!/usr/bin/env python3
"""A citizen who sees nothing: hears what the terminal says, has five keys and a card, and applies for
the old-age allowance up to the kept receipt.

    only_hearing_and_five_keys.py --bin DIR [--out DIR] [--two-switches]

With --two-switches she has next and select alone, as on two switches (UX-186): the way goes round.
Nothing here looks at the page: no tree, no picture, no id of a control. What to press next is decided
from the words heard in the headphones alone.
"""
import pathlib
import re
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "runner"))

import own_driver  # noqa: E402
from flow_runner import Runner  # noqa: E402
from flow_script import FlowError  # noqa: E402

PATIENCE_S = 20
ACCOUNT = "6217000123456789001"
ROUND = 90  # no page has more stops than this


class Listener:
    def __init__(self, runner: Runner, keys: frozenset[str]):
        self._runner = runner
        self._keys = keys
        self.story: list[str] = []

    def does(self, line: str) -> None:
        self._runner.play(line)

    def presses(self, key: str) -> list[str]:
        """What is heard after the key."""
        if key not in self._keys:
            key = "next"  # there is no other way back than round
        self._runner.play(f"key {key}")
        return self.hears()

    def hears(self) -> list[str]:
        lines = []
        for line in self._runner._kiosk.ask("heard"):  # the socket's own answer, not the page
            channel, words = line.split(": ", 1)
            if channel != "headphones" and words != "(chime)":
                raise FlowError(f"said into the room: {words}")
            lines.append(words)
        self.story += lines
        return lines

    def waits_to_hear(self, words: str, heard: list[str] = ()) -> list[str]:
        """Until the words were said; everything heard meanwhile."""
        heard = list(heard)
        deadline = time.monotonic() + PATIENCE_S
        while not any(words in line for line in heard):
            if time.monotonic() > deadline:
                raise FlowError(f"never heard “{words}”, but: {heard or self.story[-12:]}")
            time.sleep(0.05)
            heard += self.hears()
        return heard

    def goes_to(self, words: str, key: str = "next") -> list[str]:
        """Walks until a stop begins with these words."""
        for _ in range(ROUND):
            heard = self.presses(key)
            if heard and heard[0].rstrip("。") == words:
                return heard
        raise FlowError(f"no stop says “{words}”; heard last: {self.story[-12:]}")

    def chooses(self, words: str, key: str = "next") -> list[str]:
        """Walks there, over further parts of the page as well, and selects it."""
        for _ in range(3 * ROUND):
            heard = self.presses(key)
            first = heard[0].rstrip("。") if heard else ""
            if first in (words, "下一页"):
                heard = self.presses("select")
                if first == words:
                    return heard
        raise FlowError(f"no stop says “{words}”; heard last: {self.story[-12:]}")

    def types(self, keys: list[str]) -> None:
        """Selects keys that are walked one by one."""
        now = ""
        for key in keys:
            if now != key:
                self.goes_to(key)
                now = key
            self.presses("select")


def reaches_the_questions(person: Listener) -> None:
    person.does("headphone plug")
    person.waits_to_hear("高龄津贴申领", person.waits_to_hear("五个键"))
    person.chooses("高龄津贴申领")
    heard = person.chooses("开始办理")
    person.waits_to_hear("怎样使用您的信息", heard)
    heard = person.chooses("知道了，去放身份证")
    person.waits_to_hear("请把身份证放在读卡区", heard)
    person.does("card place wang_xiulan")
    heard = person.waits_to_hear("请确认是不是您本人")
    person.does("card lift")
    person.waits_to_hear("兰", heard)  # her own name, masked, into her own ears
    heard = person.chooses("是本人，继续")
    person.waits_to_hear("要不要用人脸比对", heard)
    person.waits_to_hear("您是给谁办", person.chooses("不用，换其他方式"))


def answers_and_fills(person: Listener) -> None:
    person.waits_to_hear("您的户籍在哪里", person.chooses("给我自己办"))
    person.waits_to_hear("您有社会保障卡吗", person.chooses("在示例县，就住在户籍地"))
    person.waits_to_hear("请核对您的信息", person.chooses("有"))
    person.waits_to_hear("您现在住在哪里", person.chooses("下一题"))
    person.chooses("门牌或住址")
    person.types(list("sanzu"))
    person.waits_to_hear("候选：三组", person.story[-4:])
    person.types(["空格", "123", "8", "号"])
    person.waits_to_hear("怎么联系您", person.chooses("下一题", "previous"))
    person.waits_to_hear("其他地方领高龄津贴吗", person.chooses("下一题"))
    person.waits_to_hear("已选中", person.chooses("没有领"))
    person.waits_to_hear("津贴发到哪里", person.chooses("下一题"))
    # What is missing is told by its name.
    person.waits_to_hear("有 2 处", person.chooses("下一题"))
    person.chooses("社会保障卡")
    person.chooses("示例县农村商业银行")
    person.waits_to_hear("请填写账号", person.chooses("下一题"))
    person.chooses("账号")
    person.types(list(ACCOUNT))
    person.waits_to_hear(f"已输入 {len(ACCOUNT)} 个字", person.story[-4:])
    person.waits_to_hear("每年怎样确认您健在", person.chooses("下一题", "previous"))
    person.chooses("村（社区）工作人员上门看望")
    person.chooses("填好了，看材料")


def signs_by_ear(person: Listener) -> None:
    person.chooses("下一步，核对信息")
    person.chooses("没有错，去签承诺书")
    person.does("clock forward 2 s")  # a page of the letter stays for two seconds
    person.waits_to_hear("第 2 页，共 3 页", person.chooses("看完了，下一页"))
    person.does("clock forward 2 s")
    person.waits_to_hear("第 3 页，共 3 页", person.chooses("看完了，下一页"))
    heard = person.chooses("不会写字？")
    person.waits_to_hear("您想怎样签", heard)
    heard = person.chooses("听读确认")
    for clause in range(1, 5):
        heard = person.waits_to_hear("这一条读完了，可以确认", heard)
        if not any(f"第 {clause} 条" in line for line in heard):
            raise FlowError(f"clause {clause} is not named: {heard}")
        heard = person.chooses("听清了，我同意这一条")
    person.waits_to_hear("已逐条听读确认", heard)
    person.chooses("我愿意承诺")
    heard = person.chooses("签好了，封存提交")
    heard = person.waits_to_hear("已封存在本机", heard)
    heard = person.waits_to_hear("打印好了", heard)
    if not any(re.search(r"(\w{4} ){3}\w{4}", line) for line in heard):
        raise FlowError(f"the number of the receipt was not heard: {heard}")
    person.waits_to_hear("这次办理感觉怎么样", person.chooses("取好了"))


def applies(runner: Runner, person: Listener) -> None:
    runner.play("start post")
    runner.play("start kiosk")
    reaches_the_questions(person)
    answers_and_fills(person)
    signs_by_ear(person)
    # What she meant is what lies sealed and arrives.
    runner.play("expect outbox 1")
    runner.play("start intake")
    runner.play("wait cases 1")
    for field, value in {"submission/letter/way": "read_aloud",
                         "submission/letter/ticks": "[true, true, true, true]",
                         "submission/answers/p.live_detail/value": "三组8号",
                         "submission/answers/b.account/value": ACCOUNT}.items():
        runner.play(f"expect case {field} is {value}")
    runner.play("log must not contain person wang_xiulan")
    runner.finish()


def main() -> int:
    heard: list[str] = []
    parser = own_driver.options_of(__doc__)
    parser.add_argument("--two-switches", action="store_true")
    options = parser.parse_args()
    keys = {"next", "select"} if options.two_switches else {"next", "previous", "select", "repeat", "help"}
    try:
        with own_driver.terminal(options, "hearing-") as (runner, _):
            person = Listener(runner, frozenset(keys))
            heard = person.story
            applies(runner, person)
    except FlowError as problem:
        print(f"{problem}\nheard:\n  " + "\n  ".join(heard[-40:]), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
