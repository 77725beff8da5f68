"""Empty shelves for each test."""

import shutil

import pytest

from scrutiny.agendas.papers import shelf as papers
from scrutiny.archive import shelf as archive
from scrutiny.redaction import shelf


@pytest.fixture(autouse=True)
def empty_shelves():
    for one in (papers, archive, shelf):
        shutil.rmtree(one.folder(), ignore_errors=True)
    yield
    for one in (papers, archive, shelf):
        shutil.rmtree(one.folder(), ignore_errors=True)
