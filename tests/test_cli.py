"""The command line: data on stdout, messages on stderr; 0 done, 1 failed, 2 wrong usage."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from thuchi.cli import main
from thuchi.cli.console import in_a_line
from thuchi.local.postgres import ensure_database

Run = Callable[..., tuple[int, str, str]]

TEXT = (
    "Huyện Ba Bể: thu ngân sách 9 tháng\n\nSáng 30/9, UBND huyện Ba Bể (tỉnh Bắc Kạn) họp phiên thường kỳ.\n\n"
    "Tổng thu ngân sách nhà nước trên địa bàn huyện 9 tháng năm 2022 đạt 41,5 tỷ đồng, bằng 83% dự toán tỉnh giao.\n"
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `thuchi …` in an installation of this test's own: exit code, stdout, stderr."""
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("THUCHI_SOURCES", str(tmp_path / "sources"))

    def thuchi(*arguments: object, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["thuchi", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return thuchi


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A source `bao` with an article of September 2022 and one without a date."""
    for folder in ("bao", "sources"):
        (tmp_path / folder).mkdir()
    (tmp_path / "bao" / "ba-be.txt").write_text(TEXT.replace("9 tháng\n", "9 tháng\n30/09/2022 21:04\n", 1))
    (tmp_path / "bao" / "khong-ngay.txt").write_text(TEXT.replace("Ba Bể", "Chợ Đồn"))
    yaml = f"id: bao\nname: Báo\nkind: folder\npath: {tmp_path / 'bao'}\n"
    (tmp_path / "sources" / "bao.yaml").write_text(yaml)
    return tmp_path / "bao"


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def article(**fields: object) -> str:
    return json.dumps({"id": "bai-1", "published": "2022-09-30", "title": None, "text": TEXT, **fields}) + "\n"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_extract_gives_figures_with_offsets_into_the_text_as_given(run: Run, tmp_path: Path, form: Any) -> None:
    given = unicodedata.normalize(form, TEXT)
    (tmp_path / "bai.jsonl").write_text(article(text=given))
    code, out, err = run("extract", tmp_path / "bai.jsonl")
    figures = lines(out)
    assert (code, err) == (0, "1 articles, 2 figures\n")
    assert [(each["measure"], each["value"]) for each in figures] == [("amount", 41_500_000_000), ("pct_of_plan", 83)]
    for figure in figures:
        assert figure["article_id"] == "bai-1"
        assert given[figure["start"] : figure["end"]] == figure["quote"]
    assert unicodedata.normalize("NFC", figures[0]["quote"]).endswith("41,5 tỷ đồng")


def test_extract_writes_a_file_or_reads_stdin(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("extract", "-", "-o", tmp_path / "f.jsonl", stdin=article())
    assert (code, out) == (0, "")
    assert len(lines((tmp_path / "f.jsonl").read_text())) == 2


def test_extract_takes_the_area_of_a_source_that_is_known(run: Run, source: Path, tmp_path: Path) -> None:
    (tmp_path / "sources" / "bao.yaml").write_text(
        f'id: bao\nname: Báo\nref_area: "06"\nkind: folder\npath: {source}\n'
    )
    text = "Thu ngân sách 9 tháng năm 2022\n\nTổng thu ngân sách nhà nước trên địa bàn tỉnh đạt 700 tỷ đồng.\n"
    of_known, of_unknown = (
        lines(run("extract", "-", stdin=article(text=text, source=name))[1]) for name in ("bao", "khac")
    )
    assert [figure["area"] for figure in of_known] == ["tỉnh Bắc Kạn"]
    assert [figure["area"] for figure in of_unknown] == [None]


def test_extract_names_a_broken_line_and_reads_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bai.jsonl").write_text(article() + "{broken\n" + article(id=5) + article(id="bai-4"))
    code, out, err = run("extract", tmp_path / "bai.jsonl")
    assert code == 1
    assert {figure["article_id"] for figure in lines(out)} == {"bai-1", "bai-4"}
    assert f"{tmp_path}/bai.jsonl:2: is not JSON" in err
    assert f"{tmp_path}/bai.jsonl:3: has a field id that is no string but 5; put it in quotes" in err
    assert "2 articles, 4 figures, 2 lines that could not be read" in err


@pytest.mark.parametrize(
    ("phrase", "answer"),
    [
        ("quý I/2023", {"kind": "period", "value": ["2023-01-01", "2023-03-31"], "start": 0, "end": 10}),
        ("thu 223 tỷ 550 triệu đồng", {"kind": "money", "value": 223_550_000_000, "start": 4, "end": 25}),
        ("không có gì", {"kind": None, "value": None, "start": None, "end": None}),
    ],
)
def test_phrase(run: Run, phrase: str, answer: dict[str, object]) -> None:
    code, out, _ = run("phrase", phrase)
    assert (code, lines(out)) == (0, [{"input": phrase, **answer}])


def test_phrase_counts_in_the_phrase_as_given(run: Run) -> None:
    given = unicodedata.normalize("NFD", "thu được 9 tỷ đồng")
    [answer] = lines(run("phrase", given)[1])
    assert unicodedata.normalize("NFC", given[answer["start"] : answer["end"]]) == "9 tỷ đồng"


def test_phrase_answers_lines_in_order(run: Run) -> None:
    asked = [{"input": "năm nay", "reference_date": "2023-04-05"}, {"input": "năm nay"}, {"input": "12%"}]
    code, out, _ = run(
        "phrase", "--jsonl", "--reference-date", "2020-01-01", stdin="".join(json.dumps(each) + "\n" for each in asked)
    )
    assert code == 0
    assert [answer["value"] for answer in lines(out)] == [
        ["2023-01-01", "2023-12-31"],
        ["2020-01-01", "2020-12-31"],
        12,
    ]


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "says"),
    [
        ((), "", 2, "Commands"),
        (("phrase",), "", 2, "give phrases, or --jsonl"),
        (("phrase", "--jsonl"), '{"input": "1"}\nno\n', 1, "thuchi: stdin:2: not JSON"),
        (("phrase", "--jsonl"), '{"phrase": "1"}\n', 1, 'thuchi: stdin:1: has no string "input"; write {"input": '),
        (("phrase", "nay", "--reference-date", "5/4"), "", 1, "thuchi: '5/4' is no date; write it as 2023-04-05"),
        (("extract", "/no/such.jsonl"), "", 2, "/no/such.jsonl: there is no such file"),
        (("collect", "bao", "--from", "9/2022"), "", 2, "period '9/2022' is neither a month"),
        (("collect", "bao", "--from", "2022-09", "--to", "2022-08"), "", 2, "give two months or two days"),
        (("collect", "bao", "--from", "2022-09", "--to", "2022-09-30"), "", 2, "give two months or two days"),
        (("collect", "bao", "--from", "undated", "--to", "2022-09"), "", 2, "undated is a period by itself"),
        (("collect", "khac", "--from", "2022-09"), "", 1, "khac.yaml: there is no such source; there are: bao"),
    ],
)
@pytest.mark.usefixtures("source")
def test_wrong_use_and_failure_are_told_apart_and_said_on_stderr(
    run: Run, arguments: tuple[str, ...], stdin: str, code: int, says: str
) -> None:
    ended, out, err = run(*arguments, stdin=stdin)
    assert ended == code
    said = " ".join((out + err if not arguments else err).replace("│", " ").split())
    assert says in said


def test_read_gives_articles_as_extract_takes_them(run: Run, source: Path) -> None:
    code, out, _ = run("read", source / "ba-be.txt")
    [read] = lines(out)
    assert (code, read["published"], read["title"]) == (
        0,
        "2022-09-30T21:04:00+07:00",
        "Huyện Ba Bể: thu ngân sách 9 tháng",
    )
    assert len(lines(run("extract", "-", stdin=out)[1])) == 2


def test_read_names_what_cannot_be_read(run: Run, source: Path) -> None:
    (source / "hong.txt").write_bytes(b"\x00\x01")
    (source / "trong.html").write_text("<html><head><title>A</title></head><body></body></html>")
    code, out, err = run("read", source / "hong.txt", source / "trong.html", source / "ba-be.txt")
    assert (code, len(lines(out))) == (1, 1)
    assert f"{source}/hong.txt is no text" in err
    assert f"{source}/trong.html holds no text" in err


@pytest.mark.usefixtures("source")
def test_collect_over_months_and_days(run: Run) -> None:
    code, out, err = run("collect", "bao", "--from", "2022-08", "--to", "2022-10")
    assert code == 0
    assert [line.split("\t")[2:] for line in out.splitlines()] == [
        [f"raw/bao/2022-{month}.warc.gz", f"documents 2, collected {count}, undated 1, failed 0"]
        for month, count in (("08", 0), ("09", 1), ("10", 0))
    ]
    assert "khong-ngay.txt is undated and waits" in err
    _, out, _ = run("collect", "bao", "--from", "2022-09-29", "--to", "2022-10-01")
    assert [line.split("\t")[0] for line in out.splitlines()] == ["2022-09-29", "2022-09-30", "2022-10-01"]
    _, out, _ = run("collect", "bao", "--from", "undated")
    assert "collected 1, undated 0" in out


def test_sources_check_names_all_that_waits_or_is_broken(run: Run, source: Path, tmp_path: Path) -> None:
    code, out, err = run("sources", "check")
    assert (code, out) == (0, "bao\t2 documents, 1 undated, 0 failed\n")
    (source / "hong.jsonl").write_text("{}\n")
    (tmp_path / "sources" / "xau.yaml").write_text("id: xau\n")
    (tmp_path / "sources" / "xa.yaml").write_text(
        f'id: xa\nname: Xã\nref_area: "99999"\nkind: folder\npath: {source / "ba-be.txt"}\n'
    )
    code, out, err = run("sources", "check")
    assert code == 1
    assert "bao: hong.jsonl#1 has no text" in err
    assert "xa: ref_area 99999 is no code of seeds/areas.csv; correct it" in err
    assert "xau.yaml:1: kind is missing" in err
    assert [line.split("\t")[0] for line in out.splitlines()] == ["bao", "xa"]


def test_from_an_empty_database_to_figures(
    run: Run, source: Path, postgres: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THUCHI_WAREHOUSE_URL", ensure_database(postgres, "of_the_cli"))
    (source / "na-ri.txt").write_text(
        "Huyện Na Rì: vốn đầu tư công 2022\n29/09/2022 08:00\n\nUBND huyện Na Rì (tỉnh Bắc Kạn) cho biết kế hoạch vốn"
        " đầu tư công năm 2022 của huyện là 412 tỷ đồng.\n\nĐến ngày 20/9/2022, toàn huyện đã giải ngân 61,8 tỷ đồng,"
        " đạt 51% kế hoạch.\n"
    )
    assert run("db", "upgrade")[0] == 0
    code, _, err = run("load", "--from", "2022-09")
    assert code == 1
    assert "load the reference data first" in err
    assert run("db", "reference")[0] == 0
    code, out, _ = run("validate", "--from", "2022-09")
    assert code == 0
    assert any(line.startswith("2022-09\theld\t") and "51%" in line for line in out.splitlines())
    code, out, _ = run("load", "--from", "2022-09")
    assert code == 0
    assert "loaded " in out.splitlines()[-1]
    code, out, _ = run("status")
    counts = dict(line.split("\t") for line in out.splitlines())
    assert (code, counts["article"], counts["sources"]) == (0, "2", "bao")
    assert int(counts["fiscal_figure.current"]) >= 2
    code, out, _ = run("quarantine", "list")
    assert code == 0
    assert len(out.splitlines()) == int(counts["quarantined_figure.held"]) > 0
    figure = next(line.split("\t")[0] for line in out.splitlines() if "51%" in line)
    code, out, _ = run("quarantine", "show", figure)
    assert code == 0
    assert "đã giải ngân 61,8 tỷ đồng" in out
    assert "implied_plan: 61,8 tỷ đồng / 51% implies a plan of" in out
    code, out, err = run("quarantine", "correct", figure, "năm mươi tỷ đồng", "--reason", "asked the office")
    assert (code, out) == (1, "")
    assert "is no percentage: write it as" in err
    code, _, err = run("quarantine", "release", figure, "--reason", "asked the office", "--by", "")
    assert (code, "needs its author" in err) == (1, True)
    code, out, err = run("quarantine", "correct", figure, "15%", "--reason", "asked the office", "--by", "lan")
    assert (code, out) == (0, f"{figure}\tcorrected\tlan\tasked the office\n")
    code, _, err = run("quarantine", "reject", figure, "--reason", "looks wrong", "--by", "minh")
    assert code == 1
    assert "was corrected by lan on" in err
    code, out, _ = run("load", "--from", "2022-09")
    assert (code, "loaded 0" in out) == (0, True)
    assert "decision\tcorrected to 15% of plan by lan" in run("quarantine", "show", figure)[1]
    assert run("quarantine", "show", "nix")[0] == 1
    code, _, err = run("quarantine", "correct", "nix", "-4%", "--reason", "it fell")
    assert (code, "nix is no figure that was ever held" in err) == (1, True), "a fall is a value, not an option"
    code, out, _ = run("report", "2022-09")
    assert (code, out.startswith("# Validation · 2022-09")) == (0, True)
    code, _, err = run("report", "2022-09", "-o", source / "nowhere" / "r.html")
    assert (code, "cannot be written (No such file or directory): name another file" in err) == (1, True)
    assert run("report", "2022-09", "-o", source / "r.html", "--language", "vi")[0] == 0
    assert "Quyết định" in (source / "r.html").read_text()
    code, _, err = run("report", "2021-01")
    assert (code, "No run '2021-01' was validated" in err) == (1, True)
    assert run("db", "downgrade", "base")[0] == 0
    code, _, err = run("status")
    assert (code, err.split(":")[:2]) == (1, ["thuchi", " The warehouse does not have the tables of this version"])


def test_a_database_that_does_not_answer_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCHI_WAREHOUSE_URL", "postgresql://nobody:secret@localhost:1/none")
    code, out, err = run("quarantine", "list")
    assert (code, out) == (1, "")
    assert err.startswith("thuchi: The warehouse 'none' on localhost does not answer")
    assert "secret" not in err
    assert "Traceback" not in err


def test_a_terminal_obeys_no_words_of_an_article() -> None:
    assert in_a_line("thu\x1b[2J ngân\tsách\n5 tỷ") == "thu [2J ngân sách 5 tỷ"


def test_a_reader_that_has_seen_enough_is_no_failure_of_ours() -> None:
    thuchi = Path(sys.executable).with_name("thuchi")
    piped = subprocess.run(
        f'yes \'{{"input": "12%"}}\' | head -20000 | "{thuchi}" phrase --jsonl | head -1',
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (lines(piped.stdout)[0]["value"], piped.stderr) == (12, "")


def test_a_phrase_waits_for_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['thuchi', 'phrase', '12%']\nfrom thuchi.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = ('pandas', 'pyarrow', 'sqlalchemy', 'trafilatura', 'underthesea')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
