"""What may be sent as a file, and how each refusal and each state is said to a resident."""

import re

from scrutiny.kit.words import N_, sentence

MOST_BYTES = 50_000_000
MOST_FILES = 10
ROOM_FOR_FORM = 150_000_000
"""Of what is too large we read this much more and throw it away, so that the answer is a page."""

MIMES = {
    "image/jpeg": ("image", "jpg"),
    "image/png": ("image", "png"),
    "image/webp": ("image", "webp"),
    "application/pdf": ("document", "pdf"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("document", "txt"),
    "application/vnd.oasis.opendocument.text": ("document", "txt"),
    "text/plain": ("document", "txt"),
    "audio/mpeg": ("audio", "mp3"),
    "audio/mp4": ("audio", "m4a"),
    "audio/wav": ("audio", "wav"),
    "video/mp4": ("video", "mp4"),
    "video/quicktime": ("video", "mov"),
    "video/webm": ("video", "webm"),
}
"""What a file may be by its content -> its kind, and the ending of its clean copy."""
KINDS = {
    "image": N_("Picture"),
    "document": N_("Document"),
    "audio": N_("Sound"),
    "video": N_("Video"),
}
POLICE = {"no": N_("No"), "yes": N_("Yes")}

REFUSED = {
    "none": N_("Choose a file to send."),
    "asked": N_("Say if the police made this recording."),
    "police": N_("We may not take recordings made by the police. They hold them under the law, "
                 "and we must ask for them. We can ask them to keep the recording instead."),
    "looks_police": N_("This looks like a recording made by the police, so we may not take it. "
                       "We have kept nothing. We can ask them to keep the recording instead."),
    "one": N_("Send one file at a time."),
    "empty": N_("This file is empty. Choose another one."),
    "size": N_("This file is larger than 50 MB. Send a shorter or smaller one."),
    "many": sentence(N_("You have sent {most} files, which is the most we take."), most=MOST_FILES),
    "kind": N_("We cannot take this kind of file. Send a photo, a PDF, a Word or text document, "
               "a sound or a video."),
    "heic": N_("We cannot take this kind of photo. On your phone, save it as JPEG. "
               "A picture of your screen works too."),
    "named": N_("The name of this file promises something else: there is only text in it. "
                "Choose the right file."),
    "locked": N_("This file has a password on it. Take the password off, then send it again."),
    "large_inside": N_("This file unpacks to more than we can look at. Send a smaller one."),
    "damaged": N_("We could not open this file, so it was not kept. Try to save it again."),
    "room": N_("We could not store this just now. Nothing was kept. Please send it again."),
    "slow": N_("This file took too long to open, so it was not kept. Send a shorter one."),
}  # fmt: skip
"""Why nothing was kept, by the word that the code uses for it."""
STATUS = {"size": 413, "room": 503}
"""What a refusal answers; all others are 422."""
HELD_BACK = {
    "unscanned": N_("It is being checked. We do not show it to anybody yet."),
    "harmful": N_("A check found something harmful in it, so we show it to nobody."),
}
RECEIVED = N_("We have it.")

MARKS = re.compile(
    r"(?<![a-z])bwv(?![a-z])|body[-_ ]?worn|axon[-_ ]?(?:body|flex|fleet|signal|evidence)"
    r"|axon enterprise|evidence\.com|taser|reveal[-_ ]?media|dems[-_ ]?360|videobadge|edesix"
    r"|motorola solutions|watchguard|pronto ?vision|digital barriers",
    re.IGNORECASE,
)
"""What body-worn cameras of British forces, and their shelves, write into files and names."""
LONG_MARKS = re.compile(
    rb"axon body|axon enterprise|evidence\.com|reveal media|motorola solutions|body[-_ ]worn"
    rb"|videobadge",
    re.IGNORECASE,
)
"""Of those the ones that no film has in its bytes by chance."""


def looks_like_police(text: str) -> bool:
    """Whether a name, or what a file says about itself, is that of a police camera."""
    return MARKS.search(text.replace("\0", "")) is not None


PROMISES = re.compile(
    r"\.(?:jpe?g|png|webp|gif|heic|pdf|docx?|odt|mp3|m4a|wav|ogg|mp4|m4v|mov|webm|avi|mkv)\Z",
    re.IGNORECASE,
)
"""Endings of what is never plain text."""


def promises_more(name: str) -> bool:
    """Whether a file of this name is more than plain text, if its name is right."""
    return PROMISES.search(name.strip()) is not None


def told(state: str, why: str) -> str:
    return HELD_BACK.get(why, HELD_BACK["unscanned"]) if state == "quarantined" else RECEIVED


def megabytes(size: int) -> str:
    """A size as people say it: 0.1 MB at the least."""
    return f"{max(size / 1_000_000, 0.1):.1f} MB"
