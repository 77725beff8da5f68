"""Markdown that people typed, made into safe HTML or plain text."""

import re
from collections.abc import Iterable, Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token
from markupsafe import Markup

from scrutiny.kit.words import many_lines

SAFE_LINK = re.compile(r"(?:https://|mailto:)[^\s/]", re.IGNORECASE)
DEEPEST = 6
MOST_CELLS = 5000  # of all tables together: short rows are filled up, so few letters cost much

TAGS = {"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre"}
TAGS |= {"blockquote", "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"}


def _bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's own table rule; past the bound a table stays as it was typed."""
    cells = state.env.get("cells", 0)
    if cells > MOST_CELLS or not table(state, start, end, True):
        return False
    if silent:
        return True
    heading = state.src[state.bMarks[start] : state.eMarks[start]]
    columns = heading.strip(" |").count("|") + 1
    rows = next((line for line in range(start, end) if state.isEmpty(line)), end) - start
    state.env["cells"] = cells + columns * rows
    return state.env["cells"] <= MOST_CELLS and table(state, start, end, False)


MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
MARKDOWN.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}, "th": {"scope"}},
    url_schemes={"https", "mailto"},
    url_relative="deny",
    link_rel="nofollow noopener noreferrer",
)

AFTER = {
    "hr": "* * *\n\n",
    "paragraph_close": "\n\n",
    "heading_close": "\n\n",
    "bullet_list_close": "\n",
    "ordered_list_close": "\n",
    "th_close": " | ",
    "td_close": " | ",
    "tr_close": "\n",
    "table_close": "\n",
}


def html(text: str, top: int = 3) -> Markup:
    """Safe HTML: no raw HTML, no pictures, links to https and mailto only.

    Headings begin at level `top` (never past 6) and never skip a level, because a skipped
    level fails PDF/UA; which of two headings is the greater is kept.
    """
    tokens = MARKDOWN.parse(many_lines(text))
    _settle_headings(tokens, top)
    for token in tokens:
        if token.type == "inline":
            token.children = list(_settle_links(_without_pictures(token.children)))
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
    rendered = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    # Entities such as &#x202e; come to life while rendering, so the words are tidied again.
    return Markup(many_lines(CLEANER.clean(rendered)))


def plain(text: str) -> str:
    """The words without the markup: for letters in plain text, excerpts and search."""
    words = "".join(_words_of(token) for token in MARKDOWN.parse(many_lines(text)))
    tidy = re.sub(r"[ |]+\n", "\n", many_lines(words))
    return re.sub(r"\n{3,}", "\n\n", tidy).strip()


def _settle_headings(tokens: list[Token], top: int) -> None:
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        if token.type in ("heading_open", "heading_close"):
            depth = len(above) - 1
            token.tag = f"h{min(top + depth, DEEPEST)}"


def _without_pictures(tokens: Iterable[Token] | None) -> Iterator[Token]:
    """A picture becomes the words that describe it."""
    for token in tokens or []:
        if token.type == "image":
            yield Token("text", "", 0, content=token.content)
        else:
            yield token


def _settle_links(tokens: Iterable[Token]) -> Iterator[Token]:
    """A link not to https or mailto becomes its words; one without words shows its address."""
    link: list[Token] = []  # the link we are in, if any; links do not nest
    for token in tokens:
        if token.type == "link_open":
            link = [token]
        elif token.type == "link_close":
            yield from _settled_link([*link, token])
            link = []
        elif link:
            link.append(token)
        else:
            yield token


def _settled_link(link: list[Token]) -> list[Token]:
    opening, *inside, closing = link
    href = str(opening.attrs.get("href", ""))
    if not SAFE_LINK.match(href):
        return inside
    if not any(token.content.strip() for token in inside):
        inside = [Token("text", "", 0, content=href)]
    return [opening, *inside, closing]


def _words_of(token: Token) -> str:
    if token.type == "inline":
        return "".join(_inline_words(token.children or []))
    if token.type == "list_item_open":
        return f"{token.info}. " if token.info else "- "
    if token.type == "paragraph_close" and token.hidden:
        return "\n"
    if token.type in ("fence", "code_block"):
        return token.content + "\n"
    return AFTER.get(token.type, "")


def _inline_words(tokens: list[Token]) -> Iterator[str]:
    address, shown = "", ""
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            address = href.removeprefix("mailto:") if SAFE_LINK.match(href) else ""
            shown = ""
        elif token.type == "link_close":
            yield f" ({address})" if address and address != shown else ""
        else:
            words = "\n" if token.type in ("softbreak", "hardbreak") else token.content
            shown += words
            yield words
