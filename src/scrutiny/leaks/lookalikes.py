"""Characters that readers take for a Latin letter or a digit, whatever Unicode calls them."""

import re
import unicodedata
from functools import cache

PAIRS = """
аa вb еe кk мm нh оo рp сc тt уy хx ѕs іi јj ԁd ԛq ԝw һh ӏi пn гr ѵv зz бb ғf
АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ЅS ІI ЈJ ԚQ ԜW ӀI ҮY ѴV ҒF
αa βb γy εe ζz ηn ιi κk μu νv οo ρp σo τt υu χx ωw ϲc ϳj
ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ϺM
աw գq զq հh յj ոn սu ցg օo եt Լl ԼL ՏS ՍU ՕO Ոn
ᎪA ᏴB ᏟC ᎠD ᎬE ᎶG ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᏒR ᏚS ᎢT ᏙV ᎳW ᏃZ
ⲟo ⲤC ⲞO ⲢP ƖI ɩi ɑa ɡg ɪI əe ǝe ɛe ɐa ɹr ʇt ʌv ʍw ʎy ɯm ðd ÐD ҽe ӕa ӿx
"""
LETTERS = {pair[0]: pair[1] for pair in PAIRS.split()}
LETTERS |= {"þ": "th", "Þ": "Th", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
MARKS = dict.fromkeys("‘’‚‛ʼʻʹ′`´ʽ＇", "'") | dict.fromkeys("․。·•∙⋅", ".") | {"∶": ":", "∕": "/"}
BLANK = "\u115f\u1160\u3164\uffa0\u2800"
NAMED = re.compile(
    r"LATIN (?:\w+ )*?LETTER (?:(?:SMALL CAPITAL|DOTLESS|SCRIPT|OPEN|TURNED|REVERSED|LONG|INSULAR"
    r"|SIDEWAYS|BARRED|HOOKED|MIDDLE-WELSH) )*([A-Z])(?: WITH .*)?$"
    r"|(?:SYMBOL|TAG) LETTER ([A-Z])$"
)


@cache
def seen_as(one: str) -> str:
    """What a reader takes this one character for; nothing where there is nothing to see.

    It has been through NFKC and its accents have been parted from it (NFD).
    """
    kind = unicodedata.category(one)
    if one in BLANK or kind[0] == "M" or kind in ("Cf", "Cs", "Co", "Cn"):
        return ""
    if kind[0] == "Z":
        return " "
    if kind == "Pd" or one == "\u2212":
        return "-"
    if kind == "Nd":
        return str(unicodedata.digit(one))
    return LETTERS.get(one) or MARKS.get(one) or _by_name(one)


def _by_name(one: str) -> str:
    """Letters with a stroke, a hook or a circle, small capitals, flags: their names say which."""
    name = unicodedata.name(one, "")
    found = NAMED.search(name)
    if not found:
        return one
    letter = found[1] or found[2]
    return letter.lower() if "SMALL LETTER" in name else letter
