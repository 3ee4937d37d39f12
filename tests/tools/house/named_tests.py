"""Every test of the project by its exact name, as CTest knows it, read from the sources: what a table of faults may name."""
import pathlib
import re

GOOGLE_TEST = re.compile(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", re.MULTILINE)
# A name in a table: `suite.test`, or `fuzz_card_frames_replay` and the like, which have no suite.
NAMED = re.compile(r"`(\w+\.[\w]+|fuzz_\w+_replay|lockdown)`")
SENTENCE = re.compile(r"[A-Z][^`|]{20,}\.")


def has_sentence(cell: str) -> bool:
    """A word is none; what stands in backticks may stand in it."""
    return SENTENCE.search(re.sub(r"`[^`]*`", "this", cell)) is not None


def of_google_test(root: pathlib.Path) -> set[str]:
    """suite.test, also when clang-format broke the line."""
    return {f"{suite}.{name}" for path in (root / "tests").rglob("*_test.cpp")
            for suite, name in GOOGLE_TEST.findall(path.read_text(encoding="utf-8"))}


def of_ctest(text: str) -> set[str]:
    """What one CMakeLists.txt adds by itself: flows, programs in Python, what its own functions and loops name."""
    text = re.sub(r"#.*", "", text)
    names: set[str] = set()
    # FUNCTION(name …) whose function adds the test PREFIX${name}SUFFIX.
    for function, body in re.findall(r"^function\((\w+) name.*?\)\n(.*?)^endfunction", text, re.MULTILINE | re.DOTALL):
        for before, after in re.findall(r"add_test\(NAME ([\w.]*)\$\{name\}(\w*)", body):
            names |= {f"{before}{name}{after}" for name in re.findall(rf"^\s*{function}\(([\w.]+)", text, re.MULTILINE)}
    text = re.sub(r"^function\(.*?^endfunction\([^)]*\)", "", text, flags=re.MULTILINE | re.DOTALL)
    for variable, values, body in re.findall(r"foreach\(\s*(\w+)\s+([^)]*)\)(.*?)endforeach", text, re.DOTALL):
        for before, after in re.findall(rf"(?:add_test\(NAME|cw_flow\()\s*([\w.]*)\$\{{{variable}\}}([\w.]*)", body):
            names |= {f"{before}{value}{after}" for value in values.split()}
    names |= set(re.findall(r"(?:add_test\(NAME|cw_flow\()\s*([\w.]+)(?=[\s)])", text))
    return names


def tests_of(root: pathlib.Path) -> set[str]:
    names = of_google_test(root)
    for path in (root / "tests").rglob("CMakeLists.txt"):
        names |= of_ctest(path.read_text(encoding="utf-8"))
    return names


def cells_of(line: str) -> list[str]:
    """The cells of a line of a table, none for other lines."""
    return [cell.strip() for cell in line.split("|")[1:-1]]


def missing(line: str, number: int, tests: set[str]) -> list[str]:
    """What is named there and does not exist."""
    return [f"line {number}: there is no test {name}"
            for name in NAMED.findall(line) if not name.endswith(".py") and name not in tests]
