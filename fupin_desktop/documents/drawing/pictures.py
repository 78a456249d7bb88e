"""Photos and scanned papers made ready for a book: upright, no larger than a page shows, as JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from fupin_desktop.documents.book import Picture
from fupin_desktop.errors import UnreadableFile

PAGES_AT_MOST = 60
"""Pages of an attached PDF that are taken; the index says where there are more."""
_PIXELS = 1600
_QUALITY = 80
_SCALE = 1.6
_TODO = "请用看图软件打开核对，换成 jpg、png 或 pdf 重新添加。"


def pictures(content: bytes, name: str) -> list[Picture]:
    """A photo, or the pages of a PDF, as pictures; of another kind of file none.

    Args:
        content: The file.
        name: Its name, told below.

    Raises:
        UnreadableFile: It says to be a picture or a PDF and cannot be read.
    """
    ending = name.rpartition(".")[2].lower()
    try:
        if ending == "pdf":
            return list(_of_pdf(content, name))
        if ending in ("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "webp"):
            with Image.open(io.BytesIO(content)) as image:
                return [_picture(image, name)]
    except UnreadableFile:
        raise
    except Exception as error:  # the libraries raise whatever a broken file makes them
        raise UnreadableFile(f"“{name}”不是能读的图片或 PDF。", todo=_TODO) from error
    return []


def _of_pdf(content: bytes, name: str) -> Iterator[Picture]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for place in range(min(len(document), PAGES_AT_MOST)):
            yield _picture(document[place].render(scale=_SCALE).to_pil(), f"{name} 第 {place + 1} 页")
    finally:
        document.close()


def _picture(image: Image.Image, caption: str) -> Picture:
    """Upright by what the camera wrote, without what else it wrote (place, time, device)."""
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((_PIXELS, _PIXELS))
    target = io.BytesIO()
    upright.save(target, "JPEG", quality=_QUALITY)
    return Picture(caption, target.getvalue(), upright.width, upright.height)
