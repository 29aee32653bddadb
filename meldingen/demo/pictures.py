"""Photos of the invented town, drawn: what a telephone would make of it, with all that a telephone writes along."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1200
GROUND = 760  # where the street begins
PLATE = "00-DEMO-0"  # no number plate looks like this
_ORIENTATION, _MAKER, _MODEL, _MOMENT, _GPS = 0x0112, 0x010F, 0x0110, 0x0132, 0x8825
_SIDEWAYS = 6  # held upright: the picture lies on its side until it is shown

Draw = ImageDraw.ImageDraw
Scene = Callable[[Draw, Random], None]


def photograph(slug: str, number: int, place: tuple[float, float], day: datetime) -> bytes:
    """A JPEG of what this category is about; `place` is longitude and latitude. The same number is the same picture."""
    rng = Random(f"{slug} {number}")  # noqa: S311  a drawing, no secret
    image = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    _street(draw, rng)
    SCENES[slug](draw, rng)
    image = Image.blend(image.filter(ImageFilter.GaussianBlur(1.6)), _grain(), 0.06)
    is_turned = number % 3 == 0
    sheet = image.transpose(Image.Transpose.ROTATE_90) if is_turned else image
    file = BytesIO()
    sheet.save(file, "JPEG", quality=84, exif=_notes(place, day, _SIDEWAYS if is_turned else 1))
    return file.getvalue()


@cache
def _grain() -> Image.Image:
    """Of one telephone."""
    return Image.effect_noise((WIDTH, HEIGHT), 40).convert("RGB")


def _notes(place: tuple[float, float], day: datetime, orientation: int) -> Image.Exif:
    notes = Image.Exif()
    notes[_MAKER], notes[_MODEL] = "Verzonnen", "Telefoon 1"
    notes[_MOMENT], notes[_ORIENTATION] = f"{day:%Y:%m:%d %H:%M:%S}", orientation
    gps = notes.get_ifd(_GPS)
    gps[1], gps[2], gps[3], gps[4] = "N", _degrees(place[1]), "E", _degrees(place[0])
    return notes


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = (value % 1) * 60
    return float(int(value)), float(int(minutes)), round((minutes % 1) * 60, 3)


def _street(draw: Draw, rng: Random) -> None:
    """Sky, a row of houses, a pavement and the road."""
    light = rng.randint(-18, 18)
    for y in range(GROUND):
        draw.line((0, y, WIDTH, y), fill=(150 + y // 12 + light, 180 + y // 16 + light, 205 + light))
    x = -rng.randint(0, 150)
    while x < WIDTH:
        width, top = rng.randint(230, 330), rng.randint(240, 330)
        brick = rng.choice([(150, 92, 76), (172, 118, 92), (196, 178, 152), (128, 104, 96)])
        draw.rectangle((x, top, x + width, GROUND), fill=brick)
        draw.polygon([(x - 8, top), (x + width / 2, top - 130), (x + width + 8, top)], fill=(92, 70, 66))
        for row in range(2):
            for column in range(2):
                left, up = x + 34 + column * (width // 2 - 10), top + 60 + row * 170
                draw.rectangle((left, up, left + 70, up + 96), fill=(70, 84, 96), outline=(236, 234, 228), width=7)
        x += width
    draw.rectangle((0, GROUND, WIDTH, 900), fill=(158, 154, 148))
    for x in range(-40, WIDTH, 80):
        draw.line((x, GROUND, x - 60, 900), fill=(134, 130, 126), width=3)
    draw.rectangle((0, 900, WIDTH, HEIGHT), fill=(92, 94, 98))


def _lamp(draw: Draw, rng: Random) -> None:
    x = rng.randint(500, 1000)
    draw.rectangle((x, 170, x + 22, 860), fill=(66, 78, 74))
    draw.rectangle((x - 150, 160, x + 22, 178), fill=(66, 78, 74))
    draw.ellipse((x - 210, 168, x - 90, 208), fill=(48, 52, 52))
    draw.rectangle((x - 10, 560, x + 32, 610), fill=(246, 226, 90))
    draw.text((x - 4, 566), f"{rng.randint(100, 1900):04d}", fill=(20, 20, 20), font_size=20)


def _bin(draw: Draw, rng: Random) -> None:
    x = rng.randint(550, 850)
    draw.polygon([(x, 620), (x + 200, 620), (x + 180, 880), (x + 20, 880)], fill=(44, 92, 70))
    draw.rectangle((x - 14, 596, x + 214, 626), fill=(32, 68, 52))
    _litter(draw, rng, (x - 60, 540, x + 260, 620), 22)
    _litter(draw, rng, (x - 160, 860, x + 360, 930), 18)


def _container(draw: Draw, rng: Random) -> None:
    x = rng.randint(450, 750)
    draw.rectangle((x, 470, x + 420, 870), fill=(86, 98, 108))
    draw.ellipse((x + 120, 540, x + 300, 640), fill=(30, 34, 38))
    draw.rectangle((x + 20, 700, x + 400, 760), fill=(230, 230, 224))
    draw.text((x + 130, 708), "GLAS", fill=(40, 40, 40), font_size=44)
    _litter(draw, rng, (x - 220, 820, x + 640, 930), 46)


def _dump(draw: Draw, rng: Random) -> None:
    x = rng.randint(400, 700)
    draw.polygon([(x, 640), (x + 420, 600), (x + 440, 690), (x + 20, 740)], fill=(206, 200, 184))
    draw.rectangle((x + 300, 640, x + 470, 900), fill=(222, 224, 222), outline=(160, 164, 164), width=5)
    draw.rectangle((x + 60, 720, x + 260, 880), fill=(134, 92, 58))
    _litter(draw, rng, (x - 80, 820, x + 560, 920), 30)


def _hole(draw: Draw, rng: Random) -> None:
    x, y = rng.randint(560, 900), rng.randint(990, 1050)
    edge = [(x + rng.randint(-40, 40) + dx, y + rng.randint(-18, 18) + dy) for dx, dy in _ROUND]
    draw.polygon(edge, fill=(58, 54, 52))
    draw.polygon([(a * 0.7 + x * 0.3, b * 0.7 + y * 0.3 + 12) for a, b in edge], fill=(36, 33, 32))
    for _crack in range(7):
        a = rng.randint(x - 330, x + 330)
        draw.line((x, y, a, y + rng.randint(-90, 90)), fill=(66, 66, 68), width=4)


def _bike(draw: Draw, rng: Random) -> None:
    x, y, color = rng.randint(450, 800), 800, rng.choice([(150, 44, 40), (36, 80, 128), (60, 60, 62)])
    for wheel in (x, x + 330):
        draw.ellipse((wheel, y - 130, wheel + 220, y + 90), outline=(34, 34, 36), width=14)
    frame = [(x + 110, y - 20), (x + 180, y - 160), (x + 360, y - 160), (x + 440, y - 20)]
    draw.line([*frame, (x + 270, y - 10), frame[1]], fill=color, width=16)
    draw.line([(x + 360, y - 160), (x + 345, y - 235), (x + 410, y - 240)], fill=(40, 40, 42), width=14)
    draw.rectangle((x + 140, y - 200, x + 220, y - 176), fill=(30, 30, 32))


def _tree(draw: Draw, rng: Random) -> None:
    x = rng.randint(600, 900)
    draw.polygon([(x, 880), (x + 30, 420), (x + 90, 420), (x + 130, 880)], fill=(84, 66, 50))
    for _leaf in range(46):
        a, b, size = rng.randint(x - 260, x + 340), rng.randint(120, 470), rng.randint(50, 110)
        draw.ellipse((a, b, a + size, b + size), fill=(rng.randint(52, 96), rng.randint(96, 138), 58))
    draw.line((x + 60, 520, x + 420, 860), fill=(84, 66, 50), width=34)


def _car(draw: Draw, rng: Random) -> None:
    x, color = 420, rng.choice([(150, 40, 44), (44, 74, 116)])
    draw.rounded_rectangle((x, 640, x + 760, 900), 60, fill=color)
    draw.polygon([(x + 120, 650), (x + 220, 470), (x + 540, 470), (x + 640, 650)], fill=color)
    draw.polygon([(x + 170, 640), (x + 246, 500), (x + 514, 500), (x + 590, 640)], fill=(62, 76, 86))
    for light in (x + 40, x + 620):
        draw.rounded_rectangle((light, 690, light + 100, 740), 16, fill=(214, 60, 50))
    draw.rounded_rectangle((x + 240, 770, x + 520, 836), 10, fill=(250, 204, 60), outline=(30, 30, 30), width=4)
    draw.text((x + 262, 776), PLATE, fill=(24, 24, 24), font_size=46)


def _litter(draw: Draw, rng: Random, box: tuple[int, int, int, int], pieces: int) -> None:
    colors = [(232, 230, 222), (186, 150, 104), (60, 62, 66), (196, 66, 58), (84, 120, 160)]
    for _piece in range(pieces):
        x, y, size = rng.randint(box[0], box[2]), rng.randint(box[1], box[3]), rng.randint(16, 62)
        corners = [(x + rng.randint(-size, size), y + rng.randint(-size // 2, size // 2)) for _corner in range(5)]
        draw.polygon(corners, fill=rng.choice(colors))


_ROUND = ((-190, 0), (-140, -52), (-20, -70), (110, -58), (190, -6), (130, 48), (0, 66), (-130, 44))
SCENES: Mapping[str, Scene] = {
    "lamp-brandt-niet": _lamp,
    "prullenbak-vol": _bin,
    "container-vol-of-kapot": _container,
    "afval-gedumpt": _dump,
    "gat-in-de-weg": _hole,
    "fietswrak": _bike,
    "boom-gevaarlijk": _tree,
    "fout-geparkeerd": _car,
}
# So many of each: forty, of which one shows a number plate.
NUMBERS: Mapping[str, int] = dict.fromkeys(SCENES, 6) | {"fietswrak": 4, "boom-gevaarlijk": 5, "fout-geparkeerd": 1}
