"""What the `piccolo` command reads; the house's own commands use the same names."""

from scrutiny.kit.sqlite_migrations import install
from scrutiny.piccolo_conf import APP_REGISTRY, DB

install()  # what SQLite lacks, for `piccolo migrations` too

__all__ = ["APP_REGISTRY", "DB"]
