"""What is asked besides, by the kind of thing that happened: short, optional, a tap each."""

from scrutiny.concerns.journey.pages import Ask
from scrutiny.kit.words import N_, NC_

UNSURE = {"unsure": N_("I do not know")}
DID = {"yes": NC_("did", "Yes"), "no": NC_("did", "No")} | UNSURE
WAS = {"yes": NC_("was", "Yes"), "no": NC_("was", "No")} | UNSURE
USED = {
    "hands": N_("Hands or body"),
    "handcuffs": N_("Handcuffs"),
    "taser": N_("A Taser"),
    "spit_guard": N_("A spit guard"),
    "dog": N_("A dog"),
    "other": N_("Something else"),
    "unsure": N_("I do not know"),
}
TAKEN_TO = {
    "hospital": N_("A hospital"),
    "station": N_("A police station"),
    "home": N_("Home"),
    "other": N_("Somewhere else"),
    "unsure": N_("I do not know"),
}
NEAR = {
    "inside": N_("Inside the school"),
    "outside": N_("Outside, on the way"),
    "elsewhere": N_("Somewhere else"),
    "unsure": N_("I do not know"),
}


def _ask(name: str, label: str, options: dict[str, str] = DID) -> Ask:
    return Ask(f"detail_{name}", label, options=options)


REASON = _ask("reason", N_("Was a reason given?"))
RECEIPT = _ask("receipt", N_("Was a record of the search offered?"))
CAMERA = _ask("camera", N_("Was a police camera on?"), WAS)
FOUND = _ask("found", N_("Did they find anything?"))
FORCE = _ask("force", N_("Was force used?"))
ADULT = _ask("adult", N_("If it was a child: was an adult there to help them?"), WAS)
NUMBERS = _ask("numbers", N_("Did officers show or give their numbers?"))
BIAS = _ask("bias", N_("Did it seem to be because of who somebody is?"), WAS)

FOLLOW_UPS: dict[str, tuple[Ask, ...]] = {
    "stop_and_search": (REASON, RECEIPT, CAMERA, FOUND),
    "strip_search": (
        REASON,
        _ask("private", N_("Was it out of the sight of others?"), WAS),
        _ask("same_sex", N_("Were the officers of the same sex as the person searched?"), WAS),
        ADULT,
    ),
    "use_of_force": (
        _ask("used", N_("What was used most?"), USED),
        _ask("hurt", N_("Was anybody hurt?")),
        _ask("warned", N_("Was there a warning first?")),
        CAMERA,
    ),
    "traffic_stop": (REASON, _ask("searched", N_("Was anybody searched?")), CAMERA, FOUND),
    "custody": (
        _ask("rights", N_("Were the rights explained?")),
        _ask("lawyer", N_("Was a free lawyer offered?")),
        _ask("nurse", N_("Was there a nurse or a doctor when needed?"), WAS),
        ADULT,
    ),
    "mental_health": (
        _ask("taken_to", N_("Where did the police take the person?"), TAKEN_TO),
        _ask("health_worker", N_("Was a health worker there?"), WAS),
        FORCE,
        CAMERA,
    ),
    "operation": (
        _ask("told", N_("Did officers say what the operation was?")),
        REASON,
        RECEIPT,
        CAMERA,
    ),
    "protest": (_ask("warned", N_("Was there a warning first?")), FORCE, NUMBERS, CAMERA),
    "school": (
        _ask("near", N_("Where was it?"), NEAR),
        _ask("parent", N_("Was a parent or carer told?")),
        _ask("searched", N_("Was anybody searched?")),
        ADULT,
    ),
    "not_responding": (
        _ask("reported", N_("Was it reported to the police?")),
        _ask("explained", N_("Did the police say why they did nothing?")),
        BIAS,
    ),
    "attitude": (_ask("listened", N_("Did they listen?")), NUMBERS, CAMERA, BIAS),
    "other": (REASON, CAMERA),
}
