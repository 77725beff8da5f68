"""Templates, compiled once for each language with their fixed words already in it.

A page says some sixty words of its own; looked up one by one they were half the work of a page.
"""

from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from scrutiny.kit.settings import settings
from scrutiny.web.language import CATALOGUES, gettext, ngettext, pgettext

TEMPLATES = Path(__file__).parents[3] / "templates"


class Fixed(NodeTransformer):
    """Works out `_("...")` and `asset("...")` when nothing in them depends on the page.

    `_(words)` becomes `spoken(words)`: jinja2 would take whatever stands in it for markup and for
    a pattern with % in it, and what people typed may stand in it.
    """

    def __init__(self, known: Mapping[str, Callable[[str], str]]) -> None:
        self.known = known

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        node = self.generic_visit(node)
        work_out = self.known.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if work_out is None or len(node.args) != 1 or node.kwargs:
            return node
        if not isinstance(node.args[0], nodes.Const):
            if node.node.name != "asset":
                node.node.name = "spoken"
            return node
        return nodes.Const(work_out(node.args[0].value), lineno=node.lineno)


class Compiler(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        Fixed(self.environment.known).visit(node)
        super().visit_Template(node, frame)


class Templates(Environment):
    """The templates in one language."""

    code_generator_class = Compiler

    def __init__(self, locale: str, asset: Callable[[str], str]) -> None:
        super().__init__(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=settings().demo,
        )
        words = CATALOGUES[locale]

        def said(text: str) -> Markup:
            return Markup(words.ugettext(text)) % {}  # as jinja2's own i18n does it

        self.known = {"_": said, "gettext": said, "asset": asset}
        self.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)
        self.globals["spoken"] = lambda text: escape(gettext(text))

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dict for all templates: a chain for each would be gone through at every import."""
        return {**self.globals, **d} if d else self.globals
