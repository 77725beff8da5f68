"""What goes to the database, for tests of lists that may not grow heavy."""

import pytest

from scrutiny.kit.db import database


@pytest.fixture
def asked(monkeypatch):
    """Every statement that goes to the database, by Piccolo or as SQL of our own."""
    heard, engine = [], database()
    ask, rows = engine.run_querystring, engine.rows

    async def listen(querystring, in_pool=False):
        heard.append(str(querystring))
        return await ask(querystring, in_pool)

    async def listen_to_sql(sql, *args, **how):
        heard.append(sql)
        return await rows(sql, *args, **how)

    monkeypatch.setattr(engine, "run_querystring", listen)
    monkeypatch.setattr(engine, "rows", listen_to_sql)
    return heard
