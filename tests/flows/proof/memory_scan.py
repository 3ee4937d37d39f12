"""Looks for texts in the memory of a running process, in every spelling in which the programs hold text:
every readable mapping (heap, stacks, shared and anonymous memory), and open files that have no name.
Linux only; the same user or root."""
import dataclasses
import os
import pathlib
import re

# Cards speak UTF-16, ImGui and the text layout UTF-32, papers of the centre GB 18030.
CODINGS = ("utf-8", "utf-16-le", "utf-32-le", "gb18030")
CHUNK = 16 << 20
SKIPPED = ("[vvar]", "[vsyscall]", "[vvar_vclock]")


@dataclasses.dataclass(frozen=True)
class Find:
    text: str
    coding: str
    mapping: str
    address: int
    around: bytes

    def __str__(self) -> str:
        return (f"{self.text} ({self.coding}) at {self.address:#x} in {self.mapping or 'anonymous memory'}: "
                f"{self.around!r}")


def spellings(texts: list[str]) -> dict[bytes, tuple[str, str]]:
    """Each distinct spelling; one that two codings share counts for the first."""
    out: dict[bytes, tuple[str, str]] = {}
    for text in texts:
        for coding in CODINGS:
            out.setdefault(text.encode(coding), (text, coding))
    return out


def finds(pid: int, texts: list[str], limit: int = 40) -> list[Find]:
    known = spellings(texts)
    # Longest first, so that a longer text is not told as its beginning.
    pattern = re.compile(b"|".join(re.escape(s) for s in sorted(known, key=len, reverse=True)))
    longest = max(map(len, known))
    out: list[Find] = []
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in pathlib.Path(f"/proc/{pid}/maps").read_text().splitlines():
            place, rights, _, _, inode, *name = line.split(maxsplit=5)
            mapping = name[0] if name else ""
            # What is mapped from a file and cannot be written is the file.
            if rights[0] != "r" or mapping in SKIPPED or (inode != "0" and rights[1] != "w"):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            at = start
            while at < end:
                memory.seek(at)
                try:
                    block = memory.read(min(CHUNK, end - at))
                except OSError:  # a device's memory, or gone meanwhile
                    break
                if not block:
                    break
                for match in pattern.finditer(block):
                    text, coding = known[match[0]]
                    around = block[max(0, match.start() - 32):match.end() + 32]
                    out.append(Find(text, coding, mapping, at + match.start(), around))
                    if len(out) >= limit:
                        return out
                if at + len(block) >= end:
                    break
                at += max(1, len(block) - longest)
    for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        target = os.readlink(entry)
        if not target.startswith("/memfd:") and not (target.startswith("/") and target.endswith("(deleted)")):
            continue
        content = entry.read_bytes()
        for match in pattern.finditer(content):
            text, coding = known[match[0]]
            out.append(Find(text, coding, target, match.start(), content[max(0, match.start() - 32):match.end() + 32]))
    return out
