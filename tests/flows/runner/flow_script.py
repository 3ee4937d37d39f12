"""Reads flow scripts: one verb per line, `# comments`, and `include FILE` beside the script."""
import dataclasses
import pathlib


class FlowError(Exception):
    """A line of a flow that did not hold; the text says what was wanted and what was found."""


class FlowSkipped(Exception):
    """This machine lacks what the flow needs; the text says what."""


@dataclasses.dataclass(frozen=True)
class Line:
    file: pathlib.Path
    number: int
    text: str

    def place(self) -> str:
        return f"{self.file}:{self.number}"


def read(path: pathlib.Path, including: tuple[pathlib.Path, ...] = ()) -> list[Line]:
    path = path.resolve()
    if path in including:
        raise FlowError(f"{path} includes itself")
    lines = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = raw.strip()
        if not text or text.startswith("#"):
            continue
        verb, _, rest = text.partition(" ")
        if verb == "include":
            included = path.parent / rest.strip()
            if not included.is_file():
                raise FlowError(f"{path}:{number}: there is no {included}")
            lines += read(included, (*including, path))
        else:
            lines.append(Line(path, number, text))
    return lines
