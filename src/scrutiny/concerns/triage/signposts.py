"""Who else can help: the routes of domain.md 7.5, each with a plain sentence for the resident."""

from typing import NamedTuple

from scrutiny.kit.words import N_


class Signpost(NamedTuple):
    name: str
    says: str
    address: str = ""  # only where it is their own and certain


SIGNPOSTS: dict[str, Signpost] = {
    "force_complaint": Signpost(
        N_("The complaints department of the force"),
        N_("You can complain on the force's website, at a police station, or by calling 101."),
    ),
    "iopc_complaint": Signpost(
        N_("The Independent Office for Police Conduct"),
        N_("It takes complaints about police and passes them to the force, which must answer."),
        "https://www.policeconduct.gov.uk",
    ),
    "lpb_complaint_review": Signpost(
        N_("The office that oversees the force"),
        N_("It can review how a complaint was dealt with. The outcome letter says how to ask."),
    ),
    "report_crime_police": Signpost(
        N_("The police, to report a crime"),
        N_("Call 999 when somebody is in danger. Otherwise call 101 or report it online."),
        "https://www.police.uk",
    ),
    "report_crime_crimestoppers": Signpost(
        N_("Crimestoppers"),
        N_("You can tell them about a crime without giving your name, on 0800 555 111."),
        "https://crimestoppers-uk.org",
    ),
    "safeguarding_child": Signpost(
        N_("The children's services of the council"),
        N_("They act when a child may be at risk. Any council's website says how to reach them."),
    ),
    "safeguarding_adult": Signpost(
        N_("The adult social care team of the council"),
        N_("They act when an adult who needs care may be at risk."),
    ),
    "nspcc_childline": Signpost(
        N_("NSPCC and Childline"),
        N_("Adults can call 0808 800 5000. Children can call Childline, free, on 0800 1111."),
        "https://www.nspcc.org.uk",
    ),
    "legal_advice": Signpost(
        N_("A law centre or a solicitor"),
        N_("They can tell you what the law says about your case, and law centres are free."),
        "https://www.lawcentres.org.uk",
    ),
    "stopwatch": Signpost(
        N_("StopWatch"),
        N_("It works for fair stop and search and explains your rights."),
        "https://www.stop-watch.org",
    ),
    "y_stop": Signpost(
        N_("Y-Stop"),
        N_("It helps young people to know their rights when they are stopped."),
        "https://y-stop.org",
    ),
    "release": Signpost(
        N_("Release"),
        N_("It gives free legal advice about drugs, searches and arrests."),
        "https://www.release.org.uk",
    ),
    "inquest_charity": Signpost(
        N_("INQUEST"),
        N_("It helps families after a death in custody or after contact with police."),
        "https://www.inquest.org.uk",
    ),
    "liberty": Signpost(
        N_("Liberty"),
        N_("It gives advice about human rights, and about protests."),
        "https://www.libertyhumanrights.org.uk",
    ),
    "galop": Signpost(
        N_("Galop"),
        N_("It supports LGBT+ people who have met abuse or violence."),
        "https://galop.org.uk",
    ),
    "tell_mama": Signpost(
        N_("Tell MAMA"),
        N_("It supports people who have met hate against Muslims."),
        "https://tellmamauk.org",
    ),
    "cst": Signpost(
        N_("Community Security Trust"),
        N_("It supports people who have met hate against Jews."),
        "https://cst.org.uk",
    ),
    "stop_hate_uk": Signpost(
        N_("Stop Hate UK"),
        N_("It supports people who have met hate of any kind."),
        "https://www.stophateuk.org",
    ),
    "victim_support": Signpost(
        N_("Victim Support"),
        N_("It helps anybody who was hurt by a crime, whether or not it was reported."),
        "https://www.victimsupport.org.uk",
    ),
    "rape_crisis": Signpost(
        N_("Rape Crisis"),
        N_("It supports women and girls after sexual violence, also long after."),
        "https://rapecrisis.org.uk",
    ),
    "mind_samaritans": Signpost(
        N_("Samaritans and Mind"),
        N_("You can talk to Samaritans at any hour, free, on 116 123."),
        "https://www.samaritans.org",
    ),
    "citizens_advice": Signpost(
        N_("Citizens Advice"),
        N_("It gives free advice about rights, money, housing and work."),
        "https://www.citizensadvice.org.uk",
    ),
    "equality_advisory_service": Signpost(
        N_("Equality Advisory and Support Service"),
        N_("It advises people who were treated unfairly because of who they are."),
        "https://www.equalityadvisoryservice.com",
    ),
    "data_subject_access": Signpost(
        N_("A request for your own data"),
        N_("The force must give you what it holds about you, within a month. The ICO says how."),
        "https://ico.org.uk",
    ),
    "foi": Signpost(
        N_("A freedom of information request"),
        N_("Anybody may ask a force what it has recorded. It must answer in 20 working days."),
        "https://www.whatdotheyknow.com",
    ),
    "court_solicitor": Signpost(
        N_("The solicitor in your court case"),
        N_("Ask them first: what you write to others can be used in court."),
    ),
    "mp_councillor": Signpost(
        N_("Your MP or councillor"),
        N_("They can ask the force and the council for you."),
        "https://www.writetothem.com",
    ),
    "other_panel": Signpost(
        N_("Another scrutiny panel"),
        N_("It happened where another panel looks at policing. That panel can take it up."),
    ),
    "pcp": Signpost(
        N_("The police and crime panel"),
        N_("It deals with complaints about the office that oversees the force."),
    ),
}


def told(route: str) -> str:
    """What the resident reads of a route. Raises KeyError for one that is not in the list."""
    way = SIGNPOSTS[route]
    return "\n".join(filter(None, (f"{way.name}. {way.says}", way.address)))
