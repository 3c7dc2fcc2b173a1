"""A mail with its form: one plain page in the look of the house, which asks for nothing from anywhere.

Styles stand on the elements, because mail programs drop style sheets; there are no pictures, so that opening
a mail tells nobody that it was opened; language and direction stand on what mail programs keep.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from volunteer.messages.words import Facts, Words, doing_without, greeting, signature
from volunteer.translation import is_right_to_left

_TEMPLATE = "mail/message.html"


def by_html(words: Words, facts: Facts) -> str:
    """The same words as the plain text has."""
    from_right = is_right_to_left(facts.language)
    return (
        _pages()
        .get_template(_TEMPLATE)
        .render(
            language=facts.language,
            direction="rtl" if from_right else "ltr",
            side="right" if from_right else "left",
            fonts=_ARABIC if from_right else _LATIN,
            leading="1.75" if from_right else "1.5",
            centre=facts.centre.name,
            subject=words.subject,
            greeting=greeting(facts),
            paragraphs=(*words.paragraphs, *words.by_reply),
            items=words.items,
            button=words.button,
            link=facts.link,
            signature=signature(facts).splitlines(),
            unsubscribe=facts.unsubscribe,
            doing_without=doing_without(facts),
        )
    )


_LATIN = "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Verdana, Arial, sans-serif"
_ARABIC = "'Noto Sans Arabic', 'Segoe UI', Tahoma, Arial, sans-serif"


@lru_cache(maxsize=1)
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("volunteer"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
