#!/usr/bin/env python3
"""Papers for the sample people, as a bureau would hand them over to `intake proofs load`.

    sample_proofs.py OUT.json

The same people and periods make the same bytes. Every page bears 样本 across it, drawn, so that no
font is needed; its text is Latin for the same reason.
"""
import base64
import json
import pathlib
import sys
import tomllib

PEOPLE = pathlib.Path(__file__).resolve().parent.parent / "drivers/emulation/people"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ISSUED_AT = "2026-11-22T08:00:00+08:00"
TITLE = "社会保险参保缴费证明（样本）"
PERIODS = {
    "months_12": ("2025年12月 – 2026年11月", "2025-12 to 2026-11"),
    "months_24": ("2024年12月 – 2026年11月", "2024-12 to 2026-11"),
    "all": ("2009年9月 – 2026年11月", "2009-09 to 2026-11"),
}
# Polylines on a field of 100 by 100, from below.
YANG = [(5, 70, 45, 70), (25, 95, 25, 5), (25, 68, 5, 35), (25, 68, 43, 45), (58, 95, 65, 82), (88, 95, 80, 82),
        (52, 76, 95, 76), (55, 55, 92, 55), (48, 34, 98, 34), (73, 76, 73, 2)]
BEN = [(5, 72, 95, 72), (50, 97, 50, 3), (50, 72, 8, 22), (50, 72, 92, 22), (32, 24, 68, 24)]


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36, as kiosk/domain/check_characters."""
    product = 36
    for letter in text:
        total = (product + ALPHABET.index(letter)) % 36 or 36
        product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]


def strokes(glyph: list, left: float, bottom: float, scale: float) -> str:
    return "\n".join(f"{left + x1 * scale:.1f} {bottom + y1 * scale:.1f} m {left + x2 * scale:.1f} "
                     f"{bottom + y2 * scale:.1f} l S" for x1, y1, x2, y2 in glyph)


def pdf(lines: list) -> bytes:
    """One page of A4, PDF 1.4."""
    text = "\n".join(f"({line}) Tj T*" for line in lines)
    content = (f"q 0.85 G 14 w 1 J\n{strokes(YANG, 110, 260, 1.8)}\n{strokes(BEN, 310, 260, 1.8)}\nQ\n"
               f"BT /F1 16 Tf 26 TL 72 740 Td\n{text}\nET\n").encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(content)).encode("ascii") + b" >>\nstream\n" + content + b"endstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode("ascii") + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode("ascii")
    for offset in offsets:
        out += f"{offset:010} 00000 n \n".encode("ascii")
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode("ascii")
    return bytes(out)


def proof(person: dict, index: int, choice: str) -> dict:
    shown, printed = PERIODS[choice]
    first = f"SBZM{index:04}{list(PERIODS).index(choice):04}"
    code = first + check_character(first)
    number = person["number"]
    paper = pdf(["PROOF OF SOCIAL INSURANCE", "SAMPLE - NOT VALID", f"ID number {number[:6]}********{number[-4:]}",
                 f"Period {printed}", "Pension, work injury, unemployment: paid",
                 f"Issued 2026-11-22   Code {code}"])
    return {
        "holder": {"id_number": number, "name": person["name"]},
        "type": "social_insurance",
        "answers": {"period": choice},
        "title": TITLE,
        "period": shown,
        "pages": 1,
        "code": code,
        "issued_at": ISSUED_AT,
        "valid_to": "",
        "pdf": base64.urlsafe_b64encode(paper).rstrip(b"=").decode("ascii"),
    }


def sample() -> dict:
    proofs = []
    for index, file in enumerate(sorted(PEOPLE.glob("*.toml"))):
        person = tomllib.loads(file.read_text(encoding="utf-8"))
        # zhang_san never paid: so that the page without a paper can be seen, too.
        if person.get("type") == "resident" and file.stem != "zhang_san":
            proofs += [proof(person, index, choice) for choice in PERIODS]
    return {"proofs": proofs, "not_now": []}


if __name__ == "__main__":
    pathlib.Path(sys.argv[1]).write_text(json.dumps(sample(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
