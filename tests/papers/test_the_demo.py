"""veraPDF passes every document of ours that the demo's people can open, drafts included."""

import re

import pytest
from conftest import Browser, run
from databases import on_postgres

from papers.vera import verdicts
from scrutiny.demo.filling import fill
from scrutiny.kit.db import write_tx
from scrutiny.meetings.tables import Meeting
from scrutiny.people.actions import begin_session
from scrutiny.people.tables import Person

pytestmark = pytest.mark.skipif(on_postgres(), reason="the same bytes, whatever database kept them")
SOMEBODY_ELSES = re.compile("/packs|/archive/")  # or put together of other people's files
PAGES = ("meetings", "reports", "video-requests", "recommendations")
LINKS = re.compile(r'href="(/lambeth/[^"]*(?:\.pdf(?:\?[^"]*)?|/papers/\d+))"')


@pytest.fixture(scope="module")
def documents(empty_tables, site) -> dict[str, bytes]:
    """Address -> what Grace of the secretariat is given there, as far as it is a PDF of ours: old
    minutes are somebody else's file, and claim nothing any more."""
    empty_tables()
    run(fill())
    grace = Browser(site, run(_signed_in("Grace Mensah")))
    days = [f"{row['date']}" for row in Meeting.select(Meeting.date).run_sync()]
    seen = [f"/lambeth/{page}" for page in PAGES]
    seen += [f"/lambeth/{kind}/{day}" for kind in ("minutes", "meetings") for day in days]
    listed = grace.get("/lambeth/reports").text
    seen += sorted(set(re.findall(r'href="(/lambeth/reports/[\w-]+)"', listed)))
    links = {link for path in seen for link in LINKS.findall(grace.get(path).text)}
    found = {link: grace.get(link) for link in sorted(links) if not SOMEBODY_ELSES.search(link)}
    return {
        link: reply.content
        for link, reply in found.items()
        if reply.headers.get("content-type", "").startswith("application/pdf")
    }


async def _signed_in(name: str) -> str:
    person = await Person.objects().get(Person.name == name)
    async with write_tx():
        return await begin_session(person, full=True)


def test_there_is_one_of_every_kind(documents):
    kinds = {re.sub(r"\d[\d-]*", "N", link.split("/")[2]) for link in documents}
    assert {"minutes", "meetings", "reports"} <= kinds
    assert any("/draft.pdf" in link for link in documents)
    assert len(documents) >= 8


def test_each_is_pdf_a_3a_and_pdf_ua_1(documents, tmp_path):
    named = {f"{at}.pdf": link for at, link in enumerate(documents)}
    told = verdicts({name: documents[link] for name, link in named.items()}, tmp_path)
    wrong = {(named[name], profile): one.broken for (name, profile), one in told.items()
             if one.broken}  # fmt: skip
    assert wrong == {}
    assert all(one.asked for one in told.values()) and len(told) == 2 * len(documents)
