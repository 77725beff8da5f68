"""What applicants type."""

from dataclasses import dataclass, fields

from scrutiny.kit.mail import ADDRESS
from scrutiny.kit.words import N_, many_lines, one_line
from scrutiny.membership.recruitment.forms import LONGEST, asked, told, too_long
from scrutiny.membership.recruitment.rules import POLICE, Sent
from scrutiny.people.constitution import Eligibility

UNANSWERED = {
    "age": N_("Say whether you are old enough."),
    "connection": N_("Say whether you have a tie to the area, as the rules ask."),
    "police": N_("Say whether you work, or have worked, for the police."),
    "other_panels": N_("Say whether you sit on another panel about policing."),
}


@dataclass
class ApplicationForm:
    """`step` is what was pressed: look it over, change it, or send it."""

    name: str = ""
    email: str = ""
    phone: str = ""
    age: str = ""
    connection: str = ""
    police: str = ""
    other_panels: str = ""
    answer_0: str = ""
    answer_1: str = ""
    answer_2: str = ""
    answer_3: str = ""
    answer_4: str = ""
    answer_5: str = ""
    availability: str = ""
    conflicts: str = ""
    step: str = ""
    form_key: str = ""
    worked: str = ""

    def answers(self, questions: int) -> list[str]:
        return [many_lines(getattr(self, f"answer_{at}")).strip() for at in range(questions)]

    def problems(self, questions: int, rule: Eligibility) -> dict[str, str]:
        found = self._contact() | self._eligibility(rule)
        for at, answer in enumerate(self.answers(questions)):
            ask = N_("Answer this in your own words. A few lines are enough.")
            found[f"answer_{at}"] = too_long(answer, LONGEST["answer"]) or asked(answer, ask)
        for name in ("availability", "conflicts"):
            found[name] = too_long(getattr(self, name), LONGEST[name])
        return told(found)

    def _contact(self) -> dict[str, str]:
        email = self.email.strip()
        wrong = email and (not ADDRESS.match(email) or len(email) > 254)
        name = too_long(self.name, LONGEST["name"])
        return {
            "name": name or asked(one_line(self.name), N_("Tell us your name.")),
            "email": N_("That is no e-mail address. You can leave it empty.") if wrong else "",
            "phone": too_long(self.phone, LONGEST["phone"]),
        }

    def _eligibility(self, rule: Eligibility) -> dict[str, str]:
        needed = ["age", "connection", *([] if rule.other_panels else ["other_panels"])]
        found = {
            name: "" if getattr(self, name) in ("yes", "no") else UNANSWERED[name]
            for name in needed
        }
        return found | {"police": "" if self.police in POLICE else UNANSWERED["police"]}

    def sent(self, questions: int) -> Sent:
        return Sent(
            name=one_line(self.name),
            email=self.email.strip(),
            phone=one_line(self.phone),
            age=self.age,
            connection=self.connection,
            police=self.police,
            other_panels=self.other_panels,
            answers=self.answers(questions),
            availability=many_lines(self.availability).strip(),
            conflicts=many_lines(self.conflicts).strip(),
        )

    def kept(self) -> dict[str, str]:
        """Everything that was typed, to go along while it is looked over."""
        names = {one.name for one in fields(self)} - {"step", "form_key", "worked"}
        return {name: getattr(self, name) for name in sorted(names)}


@dataclass
class ReturnForm:
    """`deed`: accept, decline, withdraw, or nothing to look only."""

    code: str = ""
    deed: str = ""
    email: str = ""
    sure_decline: str = ""
    sure_withdraw: str = ""

    def is_sure(self) -> bool:
        """Whether what cannot be undone was ticked."""
        return getattr(self, f"sure_{self.deed}", "yes") == "yes"
