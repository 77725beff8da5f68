"""The picture of a code is the one that segno draws, and holds the code and nothing else."""

import io
from base64 import b64decode

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scrutiny.concerns.journey.picture import drawn
from scrutiny.kit.tokens import receipt_code


def dots(address: str) -> tuple[tuple[int, int], bytes]:
    kind, _, content = address.partition(",")
    assert kind == "data:image/png;base64"
    with Image.open(io.BytesIO(b64decode(content))) as found:
        found.load()
        return found.size, found.convert("1").tobytes()


@given(st.binary(min_size=16, max_size=32).map(receipt_code))
def test_every_code_is_drawn_as_segno_draws_it(code):
    whole = segno.make(code, error="m", mask=3)
    assert dots(drawn(code)) == dots(whole.png_data_uri(border=3))


@pytest.mark.parametrize(
    "typed", ["", "ABCDEF", receipt_code(b"the same in each process") + "-ABCDEF", "é" * 27]
)
def test_what_is_no_code_is_not_drawn(typed):
    with pytest.raises(ValueError):
        drawn(typed)
