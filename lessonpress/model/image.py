"""Pictures of the content folder, opened and measured when they are named."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image as Pillow
from pydantic import ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.base import Model, context
from lessonpress.model.text import Line

MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG")


class Image(Model):
    """A PNG or JPEG file under the unit's `images/`, with its alternative text and credit."""

    file: str
    alt: Line
    credit: Line | None = None

    @model_validator(mode="after")
    def _can_be_printed(self, info: ValidationInfo) -> Image:
        folder = context(info).images
        if folder is not None:
            load_image(folder, self.file)
        return self


def load_image(folder: Path, file: str) -> bytes:
    """The bytes of an image of the content.

    Raises PydanticCustomError where it lies outside the folder, is missing, too large, or no PNG or JPEG.
    """
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise PydanticCustomError("image_outside", 'the image "{file}" lies outside the folder images/', {"file": file})
    if not path.is_file():
        raise PydanticCustomError("image_missing", 'there is no image "{file}" in images/', {"file": file})
    if path.stat().st_size > MAX_BYTES:
        raise PydanticCustomError(
            "image_huge",
            'the image "{file}" holds more than {limit} MB',
            {"file": file, "limit": MAX_BYTES // 1_000_000},
        )
    data = path.read_bytes()
    try:
        with Pillow.open(io.BytesIO(data)) as picture:
            pixels, kind = picture.width * picture.height, picture.format
            if pixels <= MAX_PIXELS:
                picture.load()
    except (OSError, SyntaxError, ValueError, Pillow.DecompressionBombError) as error:
        raise PydanticCustomError("image_broken", 'the image "{file}" cannot be read', {"file": file}) from error
    if pixels > MAX_PIXELS:
        raise PydanticCustomError(
            "image_huge",
            'the image "{file}" has more than {limit} million pixels',
            {"file": file, "limit": MAX_PIXELS // 1_000_000},
        )
    if kind not in FORMATS:
        raise PydanticCustomError("image_kind", 'the image "{file}" is neither PNG nor JPEG', {"file": file})
    return data
