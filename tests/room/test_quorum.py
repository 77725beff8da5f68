"""Whatever order people come, go, declare and lose clearances in, the quorum is what it should be.

The plain re-computation keeps its own small ledger and knows nothing of the tables.
"""

from datetime import timedelta

from conftest import run
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.meetings.tables import Attendance
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.membership.interests.recusing import lift, recuse
from scrutiny.membership.interests.tables import Recusal
from scrutiny.people.tables import Seat
from scrutiny.room import actions
from scrutiny.room.queries import quorum_for

from .steps import declare, items, rules_of, sitting, vice_chair

ASKS = '{"clearances": {"closed_part": ["confidentiality", "vetting"]}, "before_active": []}'
MEMBERS = ("amara", "bilal", "chidi", "vera")
EVERYBODY = (*MEMBERS, "grace", "claire")
KINDS = ("confidentiality", "vetting")


def test_the_quorum_over_random_evenings(cast):
    run(vice_chair(cast))
    run(rules_of(cast, ASKS))
    row = run(sitting(cast))
    opened, closed = run(items(row))[:2]

    async def shut() -> None:
        async with write_tx():
            await Item.update({Item.part: "B"}).where(Item.id == closed.id)

    run(shut())
    closed.part = "B"
    Evening.cast, Evening.row, Evening.items = cast, row, {"opened": opened, "closed": closed}
    quick = {"max_examples": 8, "stateful_step_count": 14, "phases": [Phase.generate]}
    Evening.TestCase.settings = settings(**quick, suppress_health_check=list(HealthCheck))
    Evening.TestCase().runTest()


class Evening(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.grace = self.cast.seats["grace"]
        self.here: set[str] = set()
        self.out: set[tuple[str, str]] = set()
        self.held: dict[tuple[str, str], bool] = {}
        self.away: set[str] = set()
        run(wipe(self.cast))

    @rule(name=st.sampled_from(EVERYBODY), mode=st.sampled_from(["in_person", "online"]))
    def comes(self, name: str, mode: str) -> None:
        if name not in self.away:
            run(actions.arrive(self.row, self.cast.seats[name].id, mode=mode, by=self.grace))
            self.here.add(name)

    @rule(name=st.sampled_from(EVERYBODY))
    def goes(self, name: str) -> None:
        if name not in self.away:
            run(actions.leave(self.row, self.cast.seats[name].id, by=self.grace))
            self.here.discard(name)

    @rule(name=st.sampled_from(MEMBERS), on=st.sampled_from(["opened", "closed"]))
    def declares(self, name: str, on: str) -> None:
        if (name, on) not in self.out and name not in self.away:
            run(declare(self.row, self.cast, self.items[on], name))
            self.out.add((name, on))

    @precondition(lambda self: self.out)
    @rule(data=st.data())
    def is_let_back(self, data) -> None:
        name, on = data.draw(st.sampled_from(sorted(self.out)))
        run(let_back(self.cast, name, self.items[on].id))
        self.out.discard((name, on))

    @rule(
        name=st.sampled_from(MEMBERS), kind=st.sampled_from(KINDS), days=st.integers(-2, 2),
        outcome=st.sampled_from(["cleared", "refused", "not_required"]),
    )  # fmt: skip
    def is_cleared(self, name: str, kind: str, days: int, outcome: str) -> None:
        run(clear(self.cast, name, kind, days, outcome))
        counts = outcome == "not_required" or (outcome == "cleared" and days >= 0)
        self.held[name, kind] = counts

    @rule(name=st.sampled_from(MEMBERS), stage=st.sampled_from(["active", "on_leave"]))
    def goes_on_leave(self, name: str, stage: str) -> None:
        run(stand(self.cast, name, stage))
        (self.away.add if stage == "on_leave" else self.away.discard)(name)

    @invariant()
    def the_quorum_is_right(self) -> None:
        there = [one for one in MEMBERS if one in self.here and one not in self.away]
        for on, item in {"": None, **self.items}.items():
            able = [one for one in there if (one, on) not in self.out]
            if on == "closed":
                able = [one for one in able if all(self.held.get((one, kind)) for kind in KINDS)]
            found = run(quorum_for(self.row, item))
            assert {one.person for one in found.able} == {self.cast.people[n].id for n in able}
            assert found.quorate is (len(able) >= 2)


async def wipe(cast) -> None:
    async with write_tx():
        for table in (Attendance, Recusal, Clearance):
            await table.delete(force=True)
        for name in MEMBERS:
            await Seat.update({Seat.stage: "active"}).where(Seat.id == cast.seats[name].id)


async def let_back(cast, name: str, about) -> None:
    async with write_tx():
        await lift(cast.people[name].id, [about])


async def clear(cast, name: str, kind: str, days: int, outcome: str) -> None:
    mine = (Clearance.person == cast.people[name].id) & (Clearance.kind == kind)
    row = {"panel": cast.lambeth.id, "person": cast.people[name].id, "kind": kind}
    row |= {"outcome": outcome, "expires": today() + timedelta(days), "changed": now()}
    async with write_tx():
        await Clearance.delete().where(mine)
        await Clearance.insert(Clearance(**row))


async def stand(cast, name: str, stage: str) -> None:
    async with write_tx():
        await Seat.update({Seat.stage: stage}).where(Seat.id == cast.seats[name].id)


def test_a_recusal_from_what_it_stands_under_counts_too(cast):
    row = run(sitting(cast, "amara", "bilal"))
    above, below, follows = run(items(row))[:3]

    async def hang() -> None:
        async with write_tx():
            await Item.update({Item.parent: above.id}).where(Item.id == below.id)
            await Item.update({Item.carried_from: below.id}).where(Item.id == follows.id)
            what = {"meeting": row.id, "how": "left_room", "says": "."}
            await recuse(cast.people["bilal"], cast.lambeth, {above.id: "item"}, **what)

    run(hang())
    for item in run(items(row)):
        out = item.id in (above.id, below.id, follows.id)
        assert run(quorum_for(row, item)).quorate is not out
