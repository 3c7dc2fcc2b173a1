"""What a page asks somebody to do next: its buttons in the full colour."""

from __future__ import annotations

import re

_QUIETER = {"button-second", "button-quiet", "button-edge", "button-white"}


def next_steps(page: str) -> list[str]:
    """The words of the primary buttons of this HTML, of those that are not folded away."""
    main = page[page.index("<main") : page.index("</main>")]
    shown = re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL)
    found = re.findall(
        r'<(?:a|button) [^>]*class="(button[^"]*)"[^>]*>(.*?)</(?:a|button)>', shown, re.DOTALL
    )
    primary = [words for classes, words in found if not _QUIETER & set(classes.split())]
    return [" ".join(re.sub(r"<[^>]+>", " ", words).split()) for words in primary]
