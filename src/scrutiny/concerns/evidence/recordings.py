"""Sound and film: the same sound and pictures put into a new file that says nothing of itself.

Nothing is decoded and encoded again, so nothing is lost. Tracks that are neither sound nor picture
(where the telephone was, second by second) stay behind. Belongs to the cleaner (cleaner.py).
"""

from collections.abc import Iterator
from typing import BinaryIO

import av
from av.bitstream import BitStreamFilterContext
from av.packet import Packet

from scrutiny.concerns.evidence.kinds import Refused
from scrutiny.concerns.evidence.rules import LONG_MARKS, looks_like_police

ENDS = 1_000_000  # bytes at each end of a file in which cameras write who they are
FORMATS = {
    "mp3": ("mp3", "mp3", "audio/mpeg"),
    "wav": ("wav", "wav", "audio/wav"),
    "webm": ("matroska", "webm", "video/webm"),
}
CODECS = {
    *("h264", "hevc", "av1", "vp8", "vp9", "mpeg4", "h263"),
    *("aac", "mp3", "alac", "opus", "vorbis", "amr_nb", "amr_wb", "ac3", "eac3"),
    *("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_u8", "pcm_f32le", "pcm_alaw", "pcm_mulaw"),
}
"""Not mjpeg: each of its pictures is a photo, with all that a camera writes into one."""
SILENCE = {"h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39|40"}
"""Units in which cameras hide text between the pictures (SEI): taken out."""
BARE = {
    "mp3": {"id3v2_version": "0", "write_xing": "0", "write_id3v1": "0"},
    "wav": {"write_bext": "0"},
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
HIGH = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def clean(given: BinaryIO, made: BinaryIO, family: str) -> str:
    """Write the clean copy; returns its media type. Raises Refused."""
    _refuse_police_bytes(given)
    try:
        reads, writes, mime = FORMATS.get(family) or _iso(given)
        with av.open(given, format=reads, metadata_errors="ignore") as old:
            if looks_like_police(_said_of(old)):
                raise Refused("looks_police")
            if mime == "video/mp4" and not _pictures(old):
                writes, mime = "ipod", "audio/mp4"
            bare = {"fflags": "+bitexact", **BARE.get(writes, {})}
            with av.open(made, "w", format=writes, options=bare) as new:
                _copy(old, new)
    except (av.FFmpegError, ValueError, EOFError):
        raise Refused("damaged") from None
    return mime


def _iso(given: BinaryIO) -> tuple[str, str, str]:
    brand = given.read(12)[8:]
    given.seek(0)
    return ("mp4", "mov", "video/quicktime") if brand == b"qt  " else ("mp4", "mp4", "video/mp4")


def _refuse_police_bytes(given: BinaryIO) -> None:
    size = given.seek(0, 2)
    for start in {0, max(size - ENDS, 0)}:
        given.seek(start)
        if LONG_MARKS.search(given.read(ENDS)):
            raise Refused("looks_police")
    given.seek(0)


def _said_of(old: av.container.InputContainer) -> str:
    every = [old.metadata, *(stream.metadata for stream in old.streams)]
    return "\n".join(f"{name}: {value}" for said in every for name, value in said.items())


def _pictures(old: av.container.InputContainer) -> list:
    """The films in it; a cover drawn on a piece of music is none."""
    cover = av.stream.Disposition.attached_pic
    return [stream for stream in old.streams.video if not stream.disposition & cover]


def _copy(old: av.container.InputContainer, new: av.container.OutputContainer) -> None:
    goes_to, filters, count = {}, {}, 0
    for stream in _wanted(old, new.format.name):
        goes_to[stream.index] = new.add_stream_from_template(stream)
        goes_to[stream.index].metadata.clear()
        if how := SILENCE.get(stream.codec.canonical_name):
            filters[stream.index] = BitStreamFilterContext(how, stream)
    for packet in old.demux([old.streams[index] for index in goes_to]):
        for one in _silenced(packet, filters.get(packet.stream.index)):
            if _goes_over(one, new.format.name):
                one.stream = goes_to[packet.stream.index]
                new.mux_one(one)
                count += 1
    if not count:
        raise Refused("damaged")


def _wanted(old: av.container.InputContainer, writes: str) -> list:
    found = [*_pictures(old), *old.streams.audio]
    if not found or any(stream.codec_context is None for stream in found):
        raise Refused("damaged")
    if any(stream.codec.canonical_name not in CODECS for stream in found):
        raise Refused("kind")
    return found[-1:] if writes in ("mp3", "wav") else found


def _goes_over(packet: Packet, writes: str) -> bool:
    """In mp3, whatever lies between two frames would otherwise go along."""
    return packet.dts is not None and (writes != "mp3" or is_frame(bytes(packet)))


def _silenced(packet: Packet, chosen: BitStreamFilterContext | None) -> Iterator[Packet]:
    if chosen is None or packet.dts is None:
        yield packet
    else:
        yield from chosen.filter(packet)


def is_frame(content: bytes) -> bool:
    """Whether this is one whole frame of MPEG layer III, and nothing more or less."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE6 != 0xE2:
        return False
    version, bits, rate = content[1] >> 3 & 3, content[2] >> 4, content[2] >> 2 & 3
    if version == 1 or bits in (0, 15) or rate == 3:
        return False
    kilobits = (HIGH if version == 3 else LOW)[bits]
    samples = 144 if version == 3 else 72
    return len(content) == samples * kilobits * 1000 // RATES[version][rate] + (content[2] >> 1 & 1)
