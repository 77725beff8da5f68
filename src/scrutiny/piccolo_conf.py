"""Where Piccolo finds the one database and the one app."""

from importlib import import_module
from typing import Any

from scrutiny.kit.db import engine_for
from scrutiny.kit.settings import settings

DB = engine_for(settings().database_url)


def __getattr__(name: str) -> Any:
    """APP_REGISTRY is made when migrations ask for it: what it needs is large and slow to load."""
    if name != "APP_REGISTRY":
        raise AttributeError(name)
    return import_module("piccolo.conf.apps").AppRegistry(apps=["scrutiny.piccolo_app"])
