"""WHAT people may be asked about themselves, to be counted and never kept with anything else."""

from collections.abc import Mapping
from dataclasses import dataclass

from scrutiny.kit.words import N_, NC_

UNSAID = "unsaid"
PREFER_NOT = N_("Prefer not to say")


@dataclass(frozen=True)
class Question:
    label: str
    why: str
    groups: Mapping[str, Mapping[str, str]]
    """Heading -> answer -> its words; the heading is empty where answers need none."""

    @property
    def answers(self) -> dict[str, str]:
        """What may be counted, in order, without what stands apart."""
        return {answer: said for group in self.groups.values() for answer, said in group.items()}

    @property
    def options(self) -> dict[str, str]:
        """All that may be ticked; none of it beforehand, and none of it has to be."""
        return {**self.answers, UNSAID: PREFER_NOT}


YES_NO = {"": {"yes": N_("Yes"), "no": N_("No")}}
DID = {"": {"yes": NC_("did", "Yes"), "no": NC_("did", "No")}}
ETHNICITY = {
    N_("Asian or Asian British"): {
        "A1": N_("Indian"),
        "A2": N_("Pakistani"),
        "A3": N_("Bangladeshi"),
        "A4": N_("Chinese"),
        "A9": N_("Any other Asian background"),
    },
    N_("Black, African, Caribbean or Black British"): {
        "B1": N_("Caribbean"),
        "B2": N_("African"),
        "B9": N_("Any other Black background"),
    },
    N_("Mixed or multiple ethnic groups"): {
        "M1": N_("White and Black Caribbean"),
        "M2": N_("White and Black African"),
        "M3": N_("White and Asian"),
        "M9": N_("Any other Mixed background"),
    },
    N_("White"): {
        "W1": N_("English, Welsh, Scottish, Northern Irish or British"),
        "W2": N_("Irish"),
        "W3": N_("Gypsy or Irish Traveller"),
        "W4": N_("Roma"),
        "W9": N_("Any other White background"),
    },
    N_("Another ethnic group"): {
        "O2": N_("Arab"),
        "O9": N_("Any other ethnic group"),
    },
}
"""The 18+1 of self-defined ethnicity by their codes, and Roma, whom the 2021 census added
(domain.md 9.2). W4 is our own code. "Not stated" is PREFER_NOT and stays apart."""
QUESTIONS: Mapping[str, Question] = {
    "age": Question(
        N_("How old are you?"),
        N_("So that we can see whether young people are treated fairly."),
        {
            "": {
                "under_18": N_("Under 18"),
                "18_24": N_("18 to 24"),
                "25_34": N_("25 to 34"),
                "35_54": N_("35 to 54"),
                "55_up": N_("55 or over"),
            }
        },
    ),
    "ethnicity": Question(
        N_("What is your ethnic group?"),
        N_("Police stop some groups more than others. We look at who tells us about it."),
        ETHNICITY,
    ),
    "sex": Question(
        N_("What is your sex or gender?"),
        N_("So that we can see whether women and men are treated alike."),
        {
            "": {
                "woman": N_("Woman or girl"),
                "man": N_("Man or boy"),
                "nonbinary": N_("Non-binary"),
                "other": N_("Another way"),
            }
        },
    ),
    "disability": Question(
        N_("Are you disabled, or do you have a long-term illness?"),
        N_("Police must treat disabled people fairly, and we check that they do."),
        YES_NO,
    ),
    "faith": Question(
        N_("What is your faith or belief?"),
        N_("So that we can see whether people of all faiths are treated alike."),
        {
            "": {
                "none": N_("No religion"),
                "buddhist": N_("Buddhist"),
                "christian": N_("Christian"),
                "hindu": N_("Hindu"),
                "jewish": N_("Jewish"),
                "muslim": N_("Muslim"),
                "sikh": N_("Sikh"),
                "other": N_("Another faith or belief"),
            }
        },
    ),
    "orientation": Question(
        N_("What is your sexual orientation?"),
        N_("So that we can see whether gay, lesbian and bi people are heard."),
        {
            "": {
                "straight": N_("Straight"),
                "gay": N_("Gay or lesbian"),
                "bi": N_("Bi"),
                "other": N_("Another way"),
            }
        },
    ),
    "care": Question(
        N_("Have you ever been in care as a child?"),
        N_("Young people in care meet the police more often than others."),
        DID,
    ),
}


def countable(questions: Mapping[str, Question], answers: Mapping[str, str]) -> dict[str, str]:
    """Only what was asked, answered with what was offered."""
    return {
        name: answer
        for name, answer in answers.items()
        if name in questions and answer in questions[name].options
    }
