"""How much of something may be done in a while, counted in memory and by nobody's address.

One process counts for itself: two of them let twice as much through. Seconds are of the monotonic
clock, so a clock that is set right or wrong changes nothing.
"""

from dataclasses import dataclass, field


@dataclass
class Bucket:
    """A token bucket: `most` at once, and again `rate` each second."""

    rate: float
    most: float
    left: float = field(init=False)
    at: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.left = self.most

    def take(self, now: float) -> bool:
        """Take one, if there is one. `now` is in seconds of the monotonic clock."""
        self.left = min(self.most, self.left + self.rate * max(0.0, now - self.at))
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass
class Pressure:
    """A number that rises by one with each blow and halves with each `half` seconds of rest."""

    half: float
    level: float = 0.0
    at: float = 0.0

    def now(self, moment: float) -> float:
        return self.level * 0.5 ** (max(0.0, moment - self.at) / self.half)

    def rise(self, moment: float) -> None:
        self.level, self.at = self.now(moment) + 1, moment


@dataclass
class Alarm:
    """On from the first blow until it has been quiet for `quiet` seconds."""

    quiet: float
    until: float = float("-inf")

    def ring(self, moment: float) -> None:
        self.until = moment + self.quiet

    def is_on(self, moment: float) -> bool:
        return moment < self.until
