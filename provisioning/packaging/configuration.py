"""A configuration file made from the commented example: the keys of the table get their values, all
other lines stay as they are, so that the installed file explains itself as the example does."""
import json
import re

BEFORE_A_SECTION = re.compile(r"\n\n(?=(?:#.*\n)*\[[a-z_]+\]\n)")
HEADING = re.compile(r"^\[([a-z_]+)\]$", re.MULTILINE)
KEY = re.compile(r"^(?:# )?(?P<key>[a-z][a-z0-9_]*) = (?:\"[^\"]*\"|[^#\s]+)[ ]*(?P<comment>#.*)?$")


class NoSuchKey(Exception):
    """The table names a key that the example does not have."""


def made_from(example: str, values: dict[str, str], without: list[str]) -> str:
    """`values` by section.key; a key that the example has as a comment only is switched on."""
    left, parts = dict(values), []
    for part in BEFORE_A_SECTION.split(example.rstrip("\n")):
        heading = HEADING.search(part)
        section = heading[1] if heading else ""
        if section in without:
            continue
        lines = []
        for line in part.split("\n"):
            found = KEY.match(line)
            if found and (name := f"{section}.{found['key']}") in left:
                line = f"{found['key']} = {json.dumps(left.pop(name), ensure_ascii=False)}"
                line += f"  {found['comment']}" if found["comment"] else ""
            lines.append(line)
        parts.append("\n".join(lines))
    if left:
        raise NoSuchKey(f"kiosk.example.toml has no {', '.join(sorted(left))}")
    return "\n\n".join(parts) + "\n"
