"""What the site serves: only its own files, nothing like GOV.UK, colours all can read."""

import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "static"
MANIFEST = json.loads((STATIC / "manifest.json").read_text())
TEXTS = [path for path in STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg"}]
THEME = (ROOT / "assets/scss/_theme.scss").read_text()
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", THEME)) | {"white": "#ffffff"}

# What is written on what, and the least contrast it may have (WCAG 1.4.3 and 1.4.11).
PAIRS = [
    *((words, "white", 4.5) for words in ("ink", "plum", "magenta", "quiet", "leaf", "brick")),
    *((words, "lilac", 4.5) for words in ("ink", "plum", "magenta", "quiet", "brick")),
    *(("white", ground, 4.5) for ground in ("plum", "plum-deep", "magenta", "brick")),
    ("ink", "lilac-2", 4.5),
    ("plum-deep", "lilac-2", 4.5),
    ("ink", "saffron", 4.5),
    ("ink", "saffron-soft", 4.5),
    ("slate", "white", 4.5),
    ("slate", "slate-soft", 4.5),
    ("magenta", "slate-soft", 4.5),
    ("leaf", "lilac", 3),
]


def test_the_manifest_names_files_that_are_there():
    assert {"site.css", "site.js", "early.js", "mark.svg", "table.svg"} <= set(MANIFEST)
    assert [name for name in MANIFEST.values() if not (STATIC / name).is_file()] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_nothing_served_passes_for_gov_uk(path):
    text = path.read_text()
    assert "GDS Transport" not in text
    assert "crown" not in text.lower()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_nothing_served_asks_another_site(path):
    named = set(re.findall(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+", path.read_text()))
    assert named <= {"http://www.w3.org"}, "only the SVG namespace, which nothing fetches"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_each_text_file_is_squeezed_beforehand(path):
    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == path.read_bytes()


def test_the_style_sheet_asks_only_for_fonts_that_are_there():
    css = (STATIC / MANIFEST["site.css"]).read_text()
    asked = set(re.findall(r"url\(\"?([^)\"]+\.woff2)", css))
    assert len(asked) == 4
    assert [font for font in asked if not (STATIC / font).is_file()] == []


def test_the_fonts_of_documents_are_there():
    assert {font.name for font in (STATIC / "pdf-fonts").iterdir()} == {
        "SourceSans3-Regular.ttf",
        "SourceSans3-Bold.ttf",
        "SourceSans3-Italic.ttf",
    }


def test_a_first_visit_is_light():
    squeezed = [f"{STATIC / MANIFEST[name]}.gz" for name in ("site.css", "site.js", "early.js")]
    squeezed.append(f"{STATIC / MANIFEST['govuk-frontend.js']}.gz")
    fonts = [
        STATIC / MANIFEST[name] for name in MANIFEST if name.endswith("latin-wght-normal.woff2")
    ]
    assert sum(Path(path).stat().st_size for path in [*squeezed, *fonts]) < 120_000


def test_the_lock_file_pins_content_and_names_no_index():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    pinned = {name: package for name, package in packages.items() if name}
    assert pinned
    assert all(package["integrity"].startswith("sha512-") for package in pinned.values())
    assert "resolved" not in {key for package in pinned.values() for key in package}


@pytest.mark.parametrize(("words", "ground", "least"), PAIRS)
def test_every_pair_of_colours_can_be_read(words, ground, least):
    assert contrast(COLOURS[words], COLOURS[ground]) >= least


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
