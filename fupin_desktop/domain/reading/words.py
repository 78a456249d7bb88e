"""Words of closed lists, and yes and no."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fupin_desktop.domain.reading.raw import BLANK, NOTHING, Issue, Raw, Read, plain
from fupin_desktop.domain.synonyms import FLAGS, labels_of, word_of
from fupin_desktop.domain.text import compact
from fupin_desktop.domain.vocabulary import Word

_NO_WORD = NOTHING | {"非监测对象", "不是监测对象", "非监测户", "未纳入监测"}
"""What stands where no word of a list holds."""
Initials = Callable[[str], str]
"""The pinyin initials of a text, each usual reading, parted by blanks."""


def read_flag(raw: Raw, what: str) -> Read:
    """Yes or no in any of their usual words and signs, or said by the word itself (匿名); 不详 is nothing."""
    text = compact(plain(raw)).lower()
    if not text or text in FLAGS:
        return Read(FLAGS.get(text))
    if text == compact(what).lower():
        return Read(True)
    return Read(None, Issue("not_a_flag", f"{what}应填“是”或“否”，这里是“{plain(raw)}”", "请改正"))


def read_word(raw: Raw, what: str, words: type[Word], initials: Initials | None = None) -> Read:
    """The code of a word of a closed list.

    Args:
        raw: Its label, its code, a synonym, or as much of the label or of its pinyin initials as is unambiguous.
        what: What is chosen, for the sentences, e.g. 户类别.
        words: The list.
        initials: Gives pinyin initials; None leaves them out.
    """
    text = compact(plain(raw))
    if text in _NO_WORD:
        return BLANK
    word = word_of(words, text)
    if word is not None:
        return Read(word.value)
    labels = [word.label for word in words]
    label = nearest(labels, text, initials)
    found = words.from_label(label) if label else None
    return Read(found.value) if found else unknown(plain(raw), what, labels)


def read_label(raw: Raw, what: str, labels: Sequence[str], initials: Initials | None = None) -> Read:
    """One of the labels that a list of choices is made of, read as :func:`read_word` reads the words of our lists."""
    text = compact(plain(raw))
    exact = next((label for label in labels if compact(label) == text), None)
    if exact is not None:
        return Read(exact)
    if text in NOTHING:
        return BLANK
    synonyms = labels_of(text) & set(labels)
    label = next(iter(synonyms)) if len(synonyms) == 1 else nearest(labels, text, initials)
    return Read(label) if label else unknown(plain(raw), what, labels)


def nearest(labels: Sequence[str], text: str, initials: Initials | None = None) -> str | None:
    """The one label that begins with the text or has it as its pinyin initials; None where there is none or several."""
    small = text.lower()
    near = [label for label in labels if label.startswith(text) or (initials and small in initials(label).split())]
    return near[0] if len(near) == 1 else None


def unknown(text: str, what: str, labels: Sequence[str]) -> Read:
    """Nothing, with the issue that the text is none of the labels."""
    return Read(None, Issue("not_a_choice", f"{what}“{text}”认不出来", f"可以填：{'、'.join(labels)}"))
