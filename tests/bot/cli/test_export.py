"""export, as an operator types it: four formats, each with the proof, read back."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import SettingsError
from bot.models import withdrawal_of
from bot.render.pdf import NO_PACKAGE, pdf
from bot.store import Store
from tests.fakes.node_parts import unavailable
from tests.support.builders import NOW, a_briefing, a_bullet, a_citation, a_section, an_article

QUOTE = "Power <returned> to 40,000 homes — déjà vu, officials said."
URL = "https://news.example/power?a=1&b=2"
ARTICLE = an_article("Power is back", f"{QUOTE} More follows.", url=URL)
KEPT = a_bullet("Power returned to 40,000 homes.", citations=[a_citation(ARTICLE, QUOTE)])
GONE = a_bullet("A port closed.", story_id="story-2")
BRIEFING = a_briefing(a_section("energy", KEPT, GONE), id="0123456789abcdef")


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> CliRunner:
    """The command line in an empty folder, on a database with one briefing."""

    async def stock() -> None:
        store = Store.open(sqlite_url)
        await store.briefings.add(BRIEFING)
        assert await store.withdrawals.add(withdrawal_of(GONE, "It did not.", NOW))
        await store.close()

    asyncio.run(stock())
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return CliRunner()


@pytest.fixture
def pango() -> None:
    """The libraries that a PDF needs; skips without them, or fails where nothing may skip."""
    try:
        pdf("<p>x</p>")
    except SettingsError as error:
        unavailable(str(error))


@pytest.mark.usefixtures("pango")
def test_each_format_has_the_bullets_that_stand_with_their_proof(shell: CliRunner) -> None:
    for name in ("a.md", "a.html", "a.json", "a.pdf"):
        done = shell.invoke(app, ["export", "last", name])
        assert done.exit_code == 0, done.output
        assert f"{name}: 1 bullet" in done.output
        assert "1 withdrawn bullet left out" in done.output
    markdown, page = Path("a.md").read_text("utf-8"), Path("a.html").read_text("utf-8")
    assert "> Power \\<returned\\> to 40,000 homes — déjà vu, officials said." in markdown
    assert f"(<{URL}>)" in markdown
    assert "Power &lt;returned&gt;" in page
    assert "<details>" in page
    found = json.loads(Path("a.json").read_text("utf-8"))
    (bullet,) = found["sections"][0]["bullets"]
    assert bullet["citations"][0]["quote"] == QUOTE
    reader = PdfReader("a.pdf")
    text = " ".join(" ".join(each.extract_text() for each in reader.pages).split())
    assert KEPT.text in text
    assert QUOTE in text
    assert shell.invoke(app, ["export", "--format", "pdf"]).stdout_bytes.startswith(b"%PDF-")
    assert GONE.text not in text
    links = reader.pages[0].annotations or ()
    assert URL in [each.get_object()["/A"]["/URI"] for each in links]


def test_without_a_file_it_is_printed(shell: CliRunner) -> None:
    done = shell.invoke(app, ["export"])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("# Energy\n")
    by_id = shell.invoke(app, ["export", BRIEFING.id, "--format", "json"])
    assert json.loads(by_id.stdout)["id"] == BRIEFING.id


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("export last a.doc", 2, "ends in none of .md, .html, .json and .pdf"),
        ("export last there.md", 2, "there.md is there already"),
        ("export nonsense", 1, "no briefing has the id 'nonsense'"),
        ("export 7", 1, "no digest with the number 7 has been made"),
        ("export last missing/a.md", 1, "No such file or directory"),
    ],
)
def test_what_is_wrong_is_said(
    shell: CliRunner, line: str, status: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("there.md").touch()
    done = shell.invoke(app, line.split())
    assert (done.exit_code, told in f"{done.output}{done.exception}") == (status, True)
    assert Path("there.md").read_bytes() == b""


def test_without_weasyprint_one_line_says_what_to_install(
    shell: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    done = shell.invoke(app, ["export", "last", "a.pdf"])
    assert (done.exit_code, done.output) == (1, f"briefbot: {NO_PACKAGE}\n")
    assert not Path("a.pdf").exists()
