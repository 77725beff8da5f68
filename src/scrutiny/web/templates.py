"""Templates, compiled once for each language with their fixed words already in it.

A page says some sixty words of its own; looked up one by one they were half the work of a page.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from scrutiny.kit.settings import settings
from scrutiny.web.language import CATALOGUES, gettext, ngettext

TEMPLATES = Path(__file__).parents[3] / "templates"
SAYS = {"_", "gettext"}


class FixedWords(NodeTransformer):
    """Puts the translation in the place of `_("...")` wherever nothing is filled in."""

    def __init__(self, locale: str) -> None:
        self.catalogue = CATALOGUES[locale]

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        node = self.generic_visit(node)
        said = isinstance(node.node, nodes.Name) and node.node.name in SAYS
        if not said or len(node.args) != 1 or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        if not isinstance(node.args[0], nodes.Const):
            return node
        words = self.catalogue.ugettext(node.args[0].value)
        return nodes.Const(Markup(words) % {}, lineno=node.lineno)  # as jinja2's i18n does it


class Compiled(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame=None) -> None:
        FixedWords(self.environment.locale).visit(node)
        super().visit_Template(node, frame)


def compiling(locale: str) -> Environment:
    """The templates in one language."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings().demo,
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    env.extend(locale=locale)
    env.code_generator_class = Compiled
    return env
