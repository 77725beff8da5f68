"""What the `piccolo` command reads; the house's own commands use the same names."""

from scrutiny.piccolo_conf import APP_REGISTRY, DB

__all__ = ["APP_REGISTRY", "DB"]
