"""`thuchi explain`: the text, its figures in place, and which words gave each its fields."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from thuchi.cli import main

Run = Callable[..., tuple[int, str, str]]

TEXT = (
    "Huyện Ba Bể: thu ngân sách 9 tháng vượt xa cùng kỳ\n\n"
    "Sáng 30/9, UBND huyện Ba Bể (tỉnh Bắc Kạn) họp phiên thường kỳ, nghe các xã báo cáo việc thu hoạch lúa mùa.\n\n"
    "Tổng thu ngân sách nhà nước trên địa bàn huyện 9 tháng năm 2022 ước đạt 41,5 tỷ đồng, bằng 83% dự toán tỉnh giao."
    " Các khoản thu đều được nộp đúng hạn. Chi ngân sách huyện đạt hơn 298 tỷ đồng.\n\n"
    "Phiên họp kết thúc trong buổi sáng.\n"
)
ESCAPE = "\x1b"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `thuchi explain …` on a screen of 100 columns: exit code, stdout, stderr."""
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)

    def thuchi(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["thuchi", "explain", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return thuchi


def line(**fields: object) -> str:
    record = {"id": "bai-1", "published": "2022-09-30", "title": TEXT.splitlines()[0], "text": TEXT}
    return json.dumps(record | fields) + "\n"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Three articles and, second, a line that is broken."""
    path = tmp_path / "bai.jsonl"
    path.write_text(line() + "{broken\n" + line(id="bai-3", published=None) + line(id="bai-4", text="Trời nắng.\n"))
    return path


def block(out: str, number: int) -> list[str]:
    """The lines of a figure's block, each without the room that aligns it."""
    lines = out.splitlines()
    first = next(row for row, each in enumerate(lines) if each.startswith(f"  [{number}]"))
    last = lines.index("", first)
    return [" ".join(each.split()) for each in lines[first:last]]


def test_each_figure_says_which_words_gave_it_what(run: Run, three: Path) -> None:
    code, out, err = run(f"{three}#1")
    assert (code, err) == (0, "3 figures\n")
    assert out.splitlines()[0] == "bai-1 · published 2022-09-30"
    assert block(out, 1) == [
        "[1] 41,500,000,000 VND",
        "indicator revenue “Tổng thu ngân sách nhà nước trên địa bàn”",
        "phase estimated “ước đạt”",
        "period 2022-01-01 – 2022-09-30 “9 tháng năm 2022”",
        "area huyện Ba Bể, Bắc Kạn (district, 061) title: “Huyện Ba Bể”",
    ]
    assert block(out, 2)[0] == "[2] 83 % of the plan"
    assert block(out, 2)[-1] == "basis province “tỉnh giao”"
    assert block(out, 3)[0] == "[3] at least 298,000,000,000 VND"
    assert any(row.startswith("period 2022-01-01 – 2022-09-30 earlier: “9 tháng") for row in block(out, 3))


def test_the_text_is_there_whole_and_in_its_order_each_block_under_its_sentence(run: Run, three: Path) -> None:
    out = run(f"{three}#1")[1]
    words = " ".join(row.strip() for row in out.splitlines()[1:] if row and not row.startswith("  "))
    for number in ("1", "2", "3"):
        words = words.replace(f" [{number}]", "")
    assert words.split() == TEXT.split()
    places = [out.index(each) for each in ("  [1] 41,5", "  [2] 83", "Các khoản thu", "  [3] at", "Phiên họp kết")]
    assert places == sorted(places)
    assert "41,5 tỷ đồng [1], bằng" in " ".join(out.split())


def test_piped_it_is_plain_in_colour_the_words_themselves_are_marked(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = run(f"{three}#1")[1]
    assert ESCAPE not in plain
    assert all(row == row.rstrip() for row in plain.splitlines())
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = run(f"{three}#1")[1]
    assert f"{ESCAPE}[1;32m41,5{ESCAPE}[0m{ESCAPE}[32m tỷ đồng{ESCAPE}[0m" in coloured


@pytest.mark.parametrize("columns", [40, 72, 200])
def test_no_line_is_wider_than_the_screen(run: Run, three: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(len, run(f"{three}#1")[1].splitlines())) <= columns


def test_what_is_inherited_or_doubted_is_said_so(run: Run) -> None:
    text = "Họp về tài chính\n\nTổng thu ngân sách nhà nước quý I đạt 700 tỷ đồng.\n"
    out = run("-", stdin=text.encode())[1]
    assert "undated" in out.splitlines()[0]
    rows = block(out, 1)
    assert "period not known “quý I”" in rows
    assert "doubts no_year" in rows
    assert any("implied by “ngân sách nhà nước”: no place is named" in row for row in rows)
    rows = block(run("-", stdin=text.replace("quý I", "trên địa bàn huyện quý I").encode())[1], 1)
    assert "area not known no words name it" in rows
    assert "doubts no_year, area_unnamed" in rows


def test_an_article_cannot_drive_the_terminal(run: Run) -> None:
    text = TEXT.replace("Sáng", f"{ESCAPE}[2J\x07[red]Sáng")
    code, out, _ = run("-", stdin=line(text=text).encode())
    assert (code, ESCAPE in out, "\x07" in out) == (0, False, False)
    assert "[red]Sáng 30/9" in out  # nor does Rich's own markup mean anything
    assert block(out, 1)[0] == "[1] 41,500,000,000 VND"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["bai.txt", "bai.html", "bai.jsonl", "stdin.txt", "stdin.html", "stdin.jsonl"])
def test_a_file_of_each_kind_or_stdin(run: Run, tmp_path: Path, name: str, form: str) -> None:
    text = TEXT.replace("\n\n", "\n30/09/2022 21:04\n\n", 1)
    paragraphs = [f"<p>{each}</p>" for each in text.splitlines()[1:] if each]
    content = {
        "txt": text,
        "html": f"<html><head><title>{TEXT.splitlines()[0]}</title></head><body><article>"
        f"<h1>{TEXT.splitlines()[0]}</h1>{''.join(paragraphs)}</article></body></html>",
        "jsonl": line(),
    }[name.rpartition(".")[2]]
    given = unicodedata.normalize(form, content).encode() if "jsonl" not in name else content.encode()
    if name.startswith("stdin"):
        code, out, err = run("-", stdin=given)
    else:
        (tmp_path / name).write_bytes(given)
        code, out, err = run(tmp_path / name)
    assert (code, err.splitlines()[-1]) == (0, "3 figures")
    assert "published 2022-09-30" in out.splitlines()[0]
    assert block(out, 1)[0] == "[1] 41,500,000,000 VND"


def test_one_of_several_by_its_id(run: Run, three: Path) -> None:
    assert run(three, "--id", "bai-3")[1].startswith("bai-3 · undated")
    code, out, err = run(three, "--id", "bai-4")
    assert (code, err) == (0, "0 figures\n")
    assert "Trời nắng." in out


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "says"),
    [
        (("{three}",), "", 2, "bai.jsonl holds several articles; name one: by its line, as"),
        (("{three}#2",), "", 1, "bai.jsonl:2: is not JSON"),
        (("{three}#9",), "", 2, "bai.jsonl: has no article in line 9"),
        (("{three}#1", "--id", "bai-1"), "", 2, "is one line already; leave out --id"),
        (("{three}", "--id", "bai-9"), "", 2, "no article has the id bai-9; it may be a line that cannot be read"),
        (("/no/such.jsonl",), "", 2, "/no/such.jsonl: there is no such file"),
        (("/no/such.txt",), "", 2, "/no/such.txt: there is no such file"),
        (("{other}",), "", 2, "is none of .txt, .html, .jsonl; rename it, or give it on stdin as -"),
        (("{binary}",), "", 1, "hong.txt is no text"),
        (("-",), "  \n", 1, "stdin is empty; give an article"),
        (("-",), "<html><body></body></html>", 1, "stdin holds no text"),
        (("-", "--id", "x"), "Trời nắng.", 2, "--id is for files of JSON lines"),
        ((), "", 2, "Missing argument 'article'"),
    ],
)
def test_what_cannot_be_explained_is_one_sentence_on_stderr(
    run: Run, three: Path, tmp_path: Path, arguments: tuple[str, ...], stdin: str, code: int, says: str
) -> None:
    named = {"three": three, "other": tmp_path / "bai.pdf", "binary": tmp_path / "hong.txt"}
    named["other"].write_bytes(b"%PDF")
    named["binary"].write_bytes(b"\x00\x01")
    ended, out, err = run(*(each.format(**named) for each in arguments), stdin=stdin.encode())
    assert (ended, out) == (code, "")
    assert says.replace(" ", "") in "".join(err.replace("│", " ").split())
