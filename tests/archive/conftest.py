"""An empty shelf for each test."""

import shutil

import pytest

from scrutiny.archive import shelf


@pytest.fixture(autouse=True)
def empty_shelf():
    shutil.rmtree(shelf.folder(), ignore_errors=True)
    yield
    shutil.rmtree(shelf.folder(), ignore_errors=True)
