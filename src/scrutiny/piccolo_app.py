"""One Piccolo app for the whole house: one line of migrations, no order to get wrong."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

from scrutiny.recommendations.tables import INDEXES

SLICES = [
    "people",
    "record",
    "ledger",
    "letters",
    "web",
    "voting",
    "accounts",
    "leaks",
    "membership",
    "membership.clearances",
    "membership.standing",
    "membership.interests",
    "membership.elections",
    "membership.terms",
    "membership.recruitment",
    "membership.needs",
    "stops",
    "concerns",
    "concerns.vault",
    "concerns.video",
    "concerns.triage",
    "concerns.evidence",
    "concerns.equality",
    "concerns.retention",
    "composition",
    "cases",
    "meetings",
    "meetings.registration",
    "meetings.expenses",
    "meetings.feeds",
    "meetings.replies",
    "agendas",
    "agendas.papers",
    "agendas.packs",
    "agendas.questions",
    "agendas.backlog",
    "actions",
    "room",
    "recommendations",
    "minutes",
    "archive",
    "redaction",
    "reports",
    "importing",
    "verifying.heads",
]

APP_CONFIG = AppConfig(
    app_name="scrutiny",
    migrations_folder_path=str(Path(__file__).parents[2] / "migrations"),
    table_classes=table_finder(
        [f"scrutiny.{slice}.tables" for slice in SLICES], exclude_imported=True
    ),
)

BY_HAND = INDEXES
"""What Piccolo cannot declare: made by a migration, and by tests that make the tables at once."""
