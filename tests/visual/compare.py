"""How far two pictures of a page are apart, with a sense for what an eye would see."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageDraw, ImageFilter

BLUR = 1.0
"""In pixels, half a millimetre: the edges of letters go under in it."""
SLACK = 3
"""A stroke may stand anywhere in so many pixels about its place, half a millimetre to each side."""
FAINT = 8
"""What is less than so many steps of 255 is no difference."""
REACH = 4
"""The rest is averaged over 9 by 9 pixels, 4.6 mm square: the size of a tick, or a stretch of a line."""
TOLERANCE = 5.0
"""In steps of 255. A line that is lost makes 7, a tick 20, a page that moves by 1 mm 10 and more; one that moves by
0.2 mm 5 at most, letters a five-hundredth wider 2."""


def strange(one: Image.Image, other: Image.Image) -> Image.Image:
    """How far each pixel of a picture lies outside of what stands about its place in the other."""
    darkest, lightest = (other.filter(kind(SLACK)) for kind in (ImageFilter.MinFilter, ImageFilter.MaxFilter))
    return ImageChops.add(ImageChops.subtract(darkest, one), ImageChops.subtract(one, lightest))


def difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """Where two pictures of one size have something that the other lacks, averaged over what is near."""
    one, other = (picture.convert("L").filter(ImageFilter.GaussianBlur(BLUR)) for picture in (one, other))
    either = ImageChops.lighter(strange(one, other), strange(other, one))
    return either.point(lambda value: value if value > FAINT else 0).filter(ImageFilter.BoxBlur(REACH))


def distance(one: Image.Image, other: Image.Image) -> float:
    """How much two pictures differ where they differ most, in steps of 255; all there is for other sizes."""
    return 255.0 if one.size != other.size else float(difference(one, other).getextrema()[1])


def beside(reference: Image.Image, now: Image.Image) -> Image.Image:
    """The reference, the page as it is now, and the page with what differs in red."""
    shown = Image.merge("RGB", [now.convert("L")] * 3)
    if reference.size == now.size:
        where = difference(reference, now).point(lambda value: 160 if value > TOLERANCE else 0)
        shown.paste(Image.new("RGB", now.size, "red"), mask=where)
    pictures = (reference.convert("RGB"), now.convert("RGB"), shown)
    width, height = (max(size) for size in zip(*(one.size for one in pictures), strict=True))
    sheet = Image.new("RGB", (3 * width + 40, height + 20), "#8A8F94")
    for n, one in enumerate(pictures):
        sheet.paste(one, (10 + n * (width + 10), 10))
    ImageDraw.Draw(sheet).rectangle((0, 0, sheet.width - 1, sheet.height - 1), outline="black")
    return sheet
