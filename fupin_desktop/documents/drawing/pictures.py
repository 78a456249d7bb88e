"""Photos and scanned papers made ready for a book: upright, no larger than a page shows, as JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from fupin_desktop.documents.book import Picture
from fupin_desktop.errors import UnreadableFile

PAGES_AT_MOST = 60
"""Pages of an attached PDF that are taken; the index says where there are more."""
PICTURES = ("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "webp")
"""Endings of the photographs that are taken."""
_PIXELS, _PIXELS_SHOWN = 1600, 3000
_QUALITY = 80
_SCALE, _SCALE_SHOWN = 1.6, 2.5
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
        if ending in PICTURES:
            with Image.open(io.BytesIO(content)) as image:
                return [_picture(image, name)]
    except UnreadableFile:
        raise
    except Exception as error:  # the libraries raise whatever a broken file makes them
        raise UnreadableFile(f"“{name}”不是能读的图片或 PDF。", todo=_TODO) from error
    return []


class Pages:
    """A photo or PDF to be looked at page by page: each is drawn when it is wanted.

    Attributes:
        count: Pages; 0 for another kind of file.

    Raises:
        UnreadableFile: It says to be a picture or a PDF and cannot be read.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self._content, self._name, self._document, self.count = content, name, None, 0
        ending = name.rpartition(".")[2].lower()
        if ending in PICTURES:
            self.count = 1
        elif ending == "pdf":
            import pypdfium2

            try:
                self._document = pypdfium2.PdfDocument(content)
            except pypdfium2.PdfiumError as error:
                raise UnreadableFile(f"“{name}”不是能读的 PDF。", todo=_TODO) from error
            self.count = len(self._document)

    def page(self, place: int) -> Picture:
        """A page, from 0.

        Raises:
            UnreadableFile: It cannot be drawn.
        """
        try:
            if self._document is not None:
                image = self._document[place].render(scale=_SCALE_SHOWN).to_pil()
                return _picture(image, self._name, _PIXELS_SHOWN)
            with Image.open(io.BytesIO(self._content)) as found:
                return _picture(found, self._name, _PIXELS_SHOWN)
        except Exception as error:  # the libraries raise whatever a broken file makes them
            raise UnreadableFile(f"“{self._name}”不是能读的图片或 PDF。", todo=_TODO) from error

    def close(self) -> None:
        """Let go of the file."""
        if self._document is not None:
            self._document.close()


def _of_pdf(content: bytes, name: str) -> Iterator[Picture]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for place in range(min(len(document), PAGES_AT_MOST)):
            yield _picture(document[place].render(scale=_SCALE).to_pil(), f"{name} 第 {place + 1} 页")
    finally:
        document.close()


def _picture(image: Image.Image, caption: str, most: int = _PIXELS) -> Picture:
    """Upright by what the camera wrote, without what else it wrote (place, time, device)."""
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((most, most))
    target = io.BytesIO()
    upright.save(target, "JPEG", quality=_QUALITY)
    return Picture(caption, target.getvalue(), upright.width, upright.height)
