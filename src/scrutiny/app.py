"""The only file that knows every slice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from wsgiref.headers import Headers

from litestar import Litestar
from litestar.di import Provide
from litestar.logging import LoggingConfig
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.template import TemplateConfig
from servestatic import ServeStaticASGI

from scrutiny.accounts.factors.routes import router as second_factors
from scrutiny.accounts.passkeys.routes import router as passkeys
from scrutiny.accounts.routes import router as accounts
from scrutiny.actions.routes import router as actions
from scrutiny.agendas.backlog.routes import router as backlog
from scrutiny.agendas.calling.routes import router as calling
from scrutiny.agendas.carrying.routes import router as carrying
from scrutiny.agendas.drafting.routes import router as drafting
from scrutiny.agendas.items.routes import router as agenda_items
from scrutiny.agendas.packs.routes import router as packs
from scrutiny.agendas.packs.worker import making_packs
from scrutiny.agendas.papers.routes import router as papers
from scrutiny.agendas.questions.answering.routes import router as answering
from scrutiny.agendas.questions.routes import router as questions
from scrutiny.agendas.routes import router as agendas
from scrutiny.archive.checking.routes import router as old_minutes
from scrutiny.archive.routes import router as archive
from scrutiny.cases.routes import router as cases
from scrutiny.composition.routes import router as composition
from scrutiny.concerns.equality.routes import router as equality
from scrutiny.concerns.evidence.routes import router as evidence
from scrutiny.concerns.journey.routes import router as journey
from scrutiny.concerns.retention.routes import router as retention
from scrutiny.concerns.routes import router as concerns
from scrutiny.concerns.thread.routes import router as thread
from scrutiny.concerns.triage.complaint.routes import router as hand_off
from scrutiny.concerns.triage.refusals.routes import router as refusals
from scrutiny.concerns.triage.routes import router as triage
from scrutiny.concerns.vault.keeping.routes import router as vault
from scrutiny.concerns.vault.routes import router as looks
from scrutiny.concerns.video.routes import router as video
from scrutiny.desk.routes import router as desk
from scrutiny.importing.routes import router as importing
from scrutiny.kit import pdf
from scrutiny.kit.db import close_database, open_database
from scrutiny.kit.errors import Moved
from scrutiny.kit.settings import settings
from scrutiny.letters.worker import working
from scrutiny.meetings.attendance.routes import router as attendance
from scrutiny.meetings.expenses.routes import router as expenses
from scrutiny.meetings.feeds.routes import router as feeds
from scrutiny.meetings.figures.routes import router as figures
from scrutiny.meetings.moved.routes import moved
from scrutiny.meetings.registration.routes import router as registration
from scrutiny.meetings.replies.inbox import taking_answers
from scrutiny.meetings.routes import router as meetings
from scrutiny.meetings.stopping.routes import router as stopping
from scrutiny.meetings.venue.routes import router as venue
from scrutiny.membership.clearances.agreements.routes import router as agreements
from scrutiny.membership.clearances.routes import router as clearances
from scrutiny.membership.elections.routes import router as elections
from scrutiny.membership.elections.running.routes import router as running
from scrutiny.membership.interests.routes import router as interests
from scrutiny.membership.invites.routes import router as invites
from scrutiny.membership.needs.routes import router as needs
from scrutiny.membership.proposals.routes import router as proposals
from scrutiny.membership.recruitment.applying.routes import router as applying
from scrutiny.membership.recruitment.choosing.routes import router as choosing
from scrutiny.membership.recruitment.routes import router as recruitment
from scrutiny.membership.recruitment.scoring.routes import router as scoring
from scrutiny.membership.routes import router as membership
from scrutiny.membership.standing.mine.routes import router as own_seat
from scrutiny.membership.standing.routes import router as standing
from scrutiny.membership.terms.drafting.routes import router as new_terms
from scrutiny.membership.terms.routes import router as terms
from scrutiny.minutes.clearing.routes import router as minutes_clearing
from scrutiny.minutes.corrections.routes import router as corrections
from scrutiny.minutes.editing.routes import router as minutes_editing
from scrutiny.minutes.files.routes import router as minutes_files
from scrutiny.minutes.review.routes import router as minutes_review
from scrutiny.minutes.routes import router as minutes
from scrutiny.minutes.suggestions.routes import router as suggestions
from scrutiny.public.routes import router as public
from scrutiny.recommendations.converting.routes import router as converting
from scrutiny.recommendations.register.routes import router as register
from scrutiny.recommendations.routes import router as recommendations
from scrutiny.redaction.routes import router as redaction
from scrutiny.reports.drafting.routes import router as reports_drafting
from scrutiny.reports.routes import router as reports
from scrutiny.room.closing.routes import router as closing_room
from scrutiny.room.deciding.routes import router as deciding
from scrutiny.room.declaring.routes import router as declaring
from scrutiny.room.discharging.routes import router as discharging
from scrutiny.room.notes.routes import router as notes
from scrutiny.room.routes import router as room
from scrutiny.rounds.worker import going_round
from scrutiny.stops.routes import router as stops
from scrutiny.trying.routes import router as trying
from scrutiny.verifying.heads.routes import router as heads
from scrutiny.verifying.publications.routes import router as publications
from scrutiny.verifying.routes import router as verifying
from scrutiny.web.csrf import SafeRequest, csrf
from scrutiny.web.floods import watch
from scrutiny.web.gate import check_acts, gate, provide_here, provide_seat
from scrutiny.web.headers import HEADERS, headers
from scrutiny.web.pages import STATIC, Pages, environment
from scrutiny.web.published import Published
from scrutiny.web.refusals import REFUSALS
from scrutiny.web.sessions import sessions

ROUTERS: list = [
    cases,
    composition,
    concerns,
    hand_off,
    refusals,
    triage,
    evidence,
    equality,
    retention,
    journey,
    thread,
    video,
    looks,
    vault,
    desk,
    importing,
    expenses,
    feeds,
    figures,
    meetings,
    attendance,
    registration,
    stopping,
    venue,
    calling,
    agendas,
    drafting,
    agenda_items,
    carrying,
    backlog,
    questions,
    answering,
    papers,
    packs,
    actions,
    discharging,
    room,
    closing_room,
    deciding,
    declaring,
    notes,
    public,
    accounts,
    elections,
    running,
    new_terms,
    terms,
    interests,
    invites,
    needs,
    membership,
    proposals,
    recruitment,
    applying,
    choosing,
    scoring,
    agreements,
    clearances,
    own_seat,
    standing,
    passkeys,
    second_factors,
    recommendations,
    redaction,
    converting,
    register,
    corrections,
    minutes,
    minutes_clearing,
    minutes_editing,
    minutes_files,
    minutes_review,
    suggestions,
    reports,
    reports_drafting,
    archive,
    old_minutes,
    stops,
    verifying,
    publications,
    heads,
]
LARGEST_FORM = 1_000_000


class Site(Litestar):
    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        """Without those for pydantic and attrs, a quarter of the start: no form here is theirs."""
        return [*plugins, MsgspecDIPlugin()]


BESIDE = (working, going_round, making_packs, taking_answers)
"""What a worker does, here beside the pages of one process."""


def create_app(*, worker: bool = False) -> Litestar:
    """The application; `worker=True` also sends letters and goes the rounds here."""
    app = Site(
        route_handlers=[*ROUTERS, trying] if settings().demo else ROUTERS,
        guards=[gate, watch],
        dependencies={"seat": Provide(provide_seat), "here": Provide(provide_here)},
        middleware=[sessions, csrf],
        before_send=[headers],
        exception_handlers={**REFUSALS, Moved: moved},
        request_class=SafeRequest,
        request_max_body_size=LARGEST_FORM,
        template_config=TemplateConfig(instance=Pages.from_environment(environment())),
        lifespan=[database, *BESIDE] if worker else [database],
        logging_config=LoggingConfig(log_exceptions="never"),
        openapi_config=None,
    )
    check_acts(app)
    return app


@asynccontextmanager
async def database(_: Litestar) -> AsyncIterator[None]:
    await open_database()
    try:
        yield
    finally:
        await pdf.close()
        await close_database()


def add_headers(found: Headers, _path: str, _url: str) -> None:
    for name, value in HEADERS.items():
        found[name] = value


def asgi() -> Published:
    """What `scrutiny serve` runs: the app, its files, and in front the pages already published."""
    files = ServeStaticASGI(
        create_app(worker=True),
        root=STATIC,
        prefix="static/",
        immutable_file_test=lambda path, url: True,
        add_headers_function=add_headers,
        allow_all_origins=False,
    )
    return Published(files)
