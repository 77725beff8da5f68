"""The platform on which community scrutiny panels of policing work."""

import os

# Piccolo finds the engine and the tables through this name, whoever imports it first.
os.environ.setdefault("PICCOLO_CONF", "scrutiny.piccolo_conf")
