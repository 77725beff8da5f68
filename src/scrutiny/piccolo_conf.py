"""Where Piccolo finds the one database and the one app."""

from piccolo.conf.apps import AppRegistry

from scrutiny.kit.db import engine_for
from scrutiny.kit.settings import settings

DB = engine_for(settings().database_url)
APP_REGISTRY = AppRegistry(apps=["scrutiny.piccolo_app"])
