"""`scrutiny words`: the sentences of the pages, gathered for translation and compiled.

Writes src/scrutiny/locale/LANGUAGE/LC_MESSAGES/messages.po, which people edit, and the messages.mo
beside it, which the pages read. Sorted, without line numbers, days or names: small diffs.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from scrutiny.web.language import HERE, NAMES

ROOT = Path(__file__).parents[3]
KEYWORDS = {**DEFAULT_KEYWORDS, "Missing": None, "NotNow": None, "Stale": None, "Unreadable": None}
"""The messages of errors are shown to people: they are sentences of the pages too."""
KEYWORDS["NC_"] = KEYWORDS["pgettext"]
HEAD = "# The words of scrutiny in {}. Gathered by `scrutiny words`; edit what stands in msgstr."
KEPT = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Language", "Plural-Forms")


class Short(Catalog):
    """A catalogue whose head does not change from day to day, nor tells who made it where."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in super().mime_headers if name in KEPT]


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if something would change.")
def words(check: bool) -> None:
    """Gather the sentences of all pages, and compile their translations."""
    found = gathered()
    for locale in NAMES:
        if locale == "en":
            continue
        catalogue = updated(locale, found)
        for path, content in files(locale, catalogue).items():
            _write(path, content, check=check)
        left = sum(not said(message.string) for message in catalogue if message.id)
        click.echo(f"{NAMES[locale]}: {len(catalogue)} sentences, {left} still in English.")


def _write(path: Path, content: bytes, *, check: bool) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    if check:
        raise click.ClickException(f"{path.relative_to(ROOT)} is stale: run `scrutiny words`.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def files(locale: str, catalogue: Catalog) -> dict[Path, bytes]:
    """Both files of a language, as they should be."""
    place = HERE / locale / "LC_MESSAGES"
    return {place / "messages.po": po(catalogue), place / "messages.mo": mo(catalogue)}


def gathered() -> Catalog:
    """Every sentence of the code and the templates, with the files in which it stands."""
    found = Catalog()
    for name, message, context in _extracted():
        if not (name.endswith(".py") and _is_torn(message)):
            found.add(message, locations=[(name, 1)], context=context)
    return found


def _is_torn(message: str | tuple[str, ...]) -> bool:
    """Half a sentence: what Babel finds of one that goes on in an f-string."""
    return isinstance(message, str) and message != message.strip()


def _extracted() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    with (ROOT / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    places = [(ROOT / "src" / "scrutiny"), (ROOT / "templates")]

    def ours(folder: str) -> bool:
        here = Path(folder)
        return any(here in [place, *place.parents] or place in here.parents for place in places)

    for name, _, message, _, context in extract_from_dir(
        ROOT, methods, options, KEYWORDS, directory_filter=ours
    ):
        yield name, message, context


def updated(locale: str, found: Catalog) -> Catalog:
    """What is translated already, under the sentences of today: none is guessed from a like one."""
    path = HERE / locale / "LC_MESSAGES" / "messages.po"
    with BytesIO(path.read_bytes() if path.exists() else b"") as old:
        before = read_po(old, locale=locale)
    now = Short(locale=locale, fuzzy=False, header_comment=HEAD.format(NAMES[locale]))
    for message in found:
        if message.id:
            known = before.get(message.id, message.context)
            string = known.string if known and _fits(known.id, message.id) else None
            told = {"locations": message.locations, "flags": message.flags}
            now.add(message.id, string, context=message.context, **told)
    return now


def _fits(known: str | tuple, message: str | tuple) -> bool:
    return isinstance(known, str) == isinstance(message, str)


def said(string: str | tuple[str, ...]) -> bool:
    """Whether there is a translation, in every plural form."""
    return all(string) if isinstance(string, tuple) else bool(string)


def po(catalogue: Catalog) -> bytes:
    made = BytesIO()
    write_po(made, catalogue, width=96, sort_output=True, include_lineno=False)
    return made.getvalue().rstrip(b"\n") + b"\n"


def mo(catalogue: Catalog) -> bytes:
    """Only what is translated: the rest is said as it stands in the code."""
    whole, made = Short(locale=catalogue.locale), BytesIO()
    for message in catalogue:
        if message.id and said(message.string):
            whole.add(message.id, message.string, context=message.context)
    write_mo(made, whole)
    return made.getvalue()
