"""The ways a request can be refused by the facts. The messages are shown to people."""


class Missing(Exception):
    """No such thing, as far as this person can see. Becomes a 404."""


class Moved(Missing):
    """It has another address now. Becomes a 303 for who reads, and a 404 for who sends."""

    def __init__(self, was: str, now: str) -> None:
        super().__init__("This has another address now. Nothing was saved. Please look again.")
        self.was, self.now = was, now


class NotNow(Exception):
    """A fair request at the wrong moment. Becomes a 409."""


class Stale(NotNow):
    """Somebody else saved first. Becomes a 409 that keeps what was typed."""


class Unreadable(Exception):
    """Something given to us cannot be read. Becomes a 422, or the reason a command stops."""


class AlreadyMade(Exception):
    """The same form came again. Nothing is written twice; the sender is shown what was made."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Busy(Exception):
    """Too much at once, or no room to keep it. Becomes a 503: nothing was received."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait  # seconds after which it may be sent again
