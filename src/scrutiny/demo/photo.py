"""A drawn picture that stands for a resident's photo, with hidden data for the cleaner to take out.

For the command that fills the demo alone: the web process loads no library for pictures.
"""

import io

from PIL import ExifTags, Image, ImageDraw

SIZE = (960, 640)
SKY, WALL, ROAD, KERB, DOOR, GLASS, POST, LAMP = (
    "#c9dbe6", "#b9785a", "#5b5f66", "#9a9d9f", "#4d5b4a", "#e8e2c8", "#33373b", "#f2d27a"
)  # fmt: skip


def photo() -> bytes:
    """A street corner at dusk, as JPEG, that says where and with what it was taken."""
    picture = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 150, 960, 460), fill=WALL)
    for left in range(60, 900, 160):
        draw.rectangle((left, 200, left + 90, 310), fill=GLASS)
    draw.rectangle((380, 330, 470, 460), fill=DOOR)
    draw.rectangle((0, 460, 960, 490), fill=KERB)
    draw.rectangle((0, 490, 960, 640), fill=ROAD)
    draw.rectangle((700, 120, 714, 480), fill=POST)
    draw.ellipse((680, 84, 734, 138), fill=LAMP)
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=85, exif=_hidden())
    return made.getvalue()


def _hidden() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "An invented telephone"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "N", "W"
    place[ExifTags.GPS.GPSLatitude] = (0.0, 0.0, 0.0)
    place[ExifTags.GPS.GPSLongitude] = (0.0, 0.0, 0.0)
    return exif
