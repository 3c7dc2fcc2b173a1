"""``volunteer translations``: bring the catalogues in line with the source, and say what is missing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from volunteer.domain import errors

EVERYWHERE = ("volunteer/",)
_WHAT_CANDIDATES_ARE_TOLD = (
    "volunteer/matching/",
    "volunteer/messages/accepted.py",
    "volunteer/messages/incident_closed.py",
    "volunteer/messages/paused.py",
    "volunteer/messages/resumed.py",
    "volunteer/messages/confirm_device.py",
    "volunteer/messages/confirm_file.py",
    "volunteer/messages/passed_answer.py",
    "volunteer/messages/contact_changed.py",
    "volunteer/messages/declined.py",
    "volunteer/messages/fell_through.py",
    "volunteer/messages/keep_file.py",
    "volunteer/messages/missed.py",
    "volunteer/messages/stopped.py",
    "volunteer/messages/how_is_it.py",
    "volunteer/messages/new_suggestions.py",
    "volunteer/messages/suggestions_ready.py",
    "volunteer/messages/in_calendar.py",
    "volunteer/messages/moved.py",
    "volunteer/messages/samples.py",
    "volunteer/messages/reminder.py",
    "volunteer/messages/went_out.py",
    "volunteer/messages/words.py",
)
_WHAT_CANDIDATES_READ_AND_FILL_IN = (
    "volunteer/documents/card.py",
    "volunteer/documents/letter.py",
    "volunteer/documents/pieces.py",
    "volunteer/documents/roles.py",
    "volunteer/documents/slip.py",
    "volunteer/documents/suggestions.py",
    "volunteer/domain/access.py",
    "volunteer/domain/availability.py",
    "volunteer/domain/candidates.py",
    "volunteer/domain/commitment.py",
    "volunteer/domain/interests.py",
    "volunteer/domain/introductions.py",
    "volunteer/domain/languages.py",
    "volunteer/domain/places.py",
    "volunteer/links.py",
    "volunteer/services/contacts.py",
    "volunteer/services/introductions.py",
    "volunteer/services/law.py",
    "volunteer/services/refusals.py",
    "volunteer/services/signals.py",
    "volunteer/services/suggestions.py",
    "volunteer/templates/base.html",
    "volunteer/templates/unsubscribe.html",
    "volunteer/templates/errors/",
    "volunteer/templates/kiosk/_idle.html",
    "volunteer/templates/kiosk/_wipe.html",
    "volunteer/templates/kiosk/leave.html",
    "volunteer/templates/kiosk/paper.html",
    "volunteer/templates/kiosk/start.html",
    "volunteer/templates/law/",
    "volunteer/templates/macros/aloud.html",
    "volunteer/templates/macros/buttons.html",
    "volunteer/templates/macros/cards.html",
    "volunteer/templates/macros/forms.html",
    "volunteer/templates/macros/law.html",
    "volunteer/templates/macros/page.html",
    "volunteer/templates/incidents/",
    "volunteer/templates/confirming/",
    "volunteer/templates/me/",
    "volunteer/templates/follow_ups/",
    "volunteer/web/forms/follow_ups.py",
    "volunteer/templates/signup/",
    "volunteer/templates/start.html",
    "volunteer/times_in_words.py",
    "volunteer/web/choices.py",
    "volunteer/web/referral_paper.py",
    "volunteer/web/incident_words.py",
    "volunteer/domain/incidents.py",
    "volunteer/web/dates.py",
    "volunteer/web/errors.py",
    "volunteer/web/forms/signup.py",
    "volunteer/web/agreement_rows.py",
    "volunteer/web/file_summary.py",
    "volunteer/web/held_page.py",
    "volunteer/web/journal.py",
    "volunteer/services/agreements.py",
    "volunteer/web/paper_facts.py",
    "volunteer/web/refusal_words.py",
    "volunteer/web/signup_summary.py",
    "volunteer/web/own_introductions.py",
    "volunteer/web/suggestion_cards.py",
    "volunteer/web/suggestion_detail.py",
    "volunteer/web/suggestion_page.py",
    "volunteer/services/devices.py",
    "volunteer/services/support_links.py",
    "volunteer/web/card_panel.py",
    "volunteer/web/support_words.py",
    "volunteer/web/confirming.py",
    "volunteer/web/views/confirming.py",
    "volunteer/web/views/cards.py",
    "volunteer/web/views/devices.py",
    "volunteer/web/views/kiosk.py",
    "volunteer/web/views/me/",
    "volunteer/web/views/papers.py",
    "volunteer/web/views/refusals.py",
    "volunteer/web/views/signals.py",
    "volunteer/domain/market_visitors.py",
    "volunteer/messages/market_registered.py",
    "volunteer/messages/market_route.py",
    "volunteer/messages/market_tomorrow.py",
    "volunteer/documents/route_card.py",
    "volunteer/documents/route_words.py",
    "volunteer/web/market_papers.py",
    "volunteer/services/market_cards.py",
    "volunteer/services/market_visitors.py",
    "volunteer/services/market_wishes.py",
    "volunteer/templates/macros/routes.html",
    "volunteer/templates/markets/_board.html",
    "volunteer/templates/markets/_wishes.html",
    "volunteer/templates/markets/board.html",
    "volunteer/templates/markets/card.html",
    "volunteer/templates/markets/join.html",
    "volunteer/templates/markets/show.html",
    "volunteer/web/board_words.py",
    "volunteer/web/market_words.py",
    "volunteer/web/views/markets/own_card.py",
    "volunteer/web/views/markets/visiting.py",
    "volunteer/web/views/suggestions.py",
)
"""Every page of a candidate; which pages these are is decided in web/language.py."""
SCOPES: Mapping[str, tuple[str, ...]] = {
    "nl": EVERYWHERE,
    "fr": EVERYWHERE,
    "ar": _WHAT_CANDIDATES_ARE_TOLD + _WHAT_CANDIDATES_READ_AND_FILL_IN,
}
"""Per language the beginnings of the source files whose every sentence it says.

A sentence from elsewhere may stay empty; it is then said in English. Pages for staff are only offered in
a language that goes everywhere. English is the source and needs no catalogue.
"""
LANGUAGES = tuple(SCOPES)
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
PYTHON_KEYWORDS = {
    name: None
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.DomainError)
}
"""The first argument of every domain error is a sentence that people see."""
KEYWORDS = {**DEFAULT_KEYWORDS, **PYTHON_KEYWORDS}
_WIDTH = 110
_HEADER = """\
# The sentences of Schakel. TO BE CHECKED BY A PERSON who speaks this language from childhood and knows
# the people we write for: nobody did yet. `volunteer translations update` keeps this file in step with
# the source; write in it between the quotes alone."""


def extracted() -> Catalog:
    """Every sentence in the source, with where it stands."""
    catalogue = Catalog(project="Schakel", charset="utf-8", fuzzy=False)
    root = Path(str(files("volunteer")))
    found = extract_from_dir(
        root, METHODS, {"**.html": {"newstyle_gettext": "true"}}, keywords=KEYWORDS, strip_comment_tags=True
    )
    for name, _, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        if _is_a_sentence(message):
            catalogue.add(
                message, locations=[(f"volunteer/{name}", 0)], auto_comments=comments, context=context
            )
    return catalogue


def catalogue_path(language: str) -> Path:
    """Where the catalogue of ``language`` is kept."""
    return Path(str(files("volunteer"))) / "translations" / language / "LC_MESSAGES" / "messages.po"


def stored(language: str) -> Catalog:
    """The catalogue of ``language`` as it is; an empty one when there is none yet."""
    path = catalogue_path(language)
    source = io.BytesIO(path.read_bytes() if path.exists() else b"")
    return read_po(source, locale=language)


def brought_up_to_date(language: str) -> Catalog:
    """The catalogue with every sentence of the source and no other; nothing is guessed."""
    catalogue = stored(language)
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = _HEADER
    catalogue.project, catalogue.version, catalogue.msgid_bugs_address = "Schakel", "1", ""
    catalogue.last_translator, catalogue.language_team = "to be checked by a person", language
    catalogue.revision_date = catalogue.creation_date
    catalogue.fuzzy = False
    return catalogue


def untranslated(catalogue: Catalog, scope: tuple[str, ...] = EVERYWHERE) -> list[str]:
    """Sentences in the source files that ``scope`` names, that nobody translated yet."""
    missing = []
    for message in catalogue:
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and not all(forms) and _is_within(message, scope):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def _is_within(message: Message, scope: tuple[str, ...]) -> bool:
    return any(file.startswith(scope) for file, _ in message.locations)


def _is_a_sentence(message: object) -> bool:
    return bool(message if isinstance(message, str) else any(message or ()))  # type: ignore[arg-type]


@click.group()
def translations() -> None:
    """The catalogues of the languages we speak."""


@translations.command()
def update() -> None:
    """Take over new sentences from the source, drop those that are gone, and count what is missing."""
    for language in LANGUAGES:
        catalogue = brought_up_to_date(language)
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=_WIDTH, sort_output=True)
        missing = untranslated(catalogue, SCOPES[language])
        click.echo(f"{language}: {len(catalogue)} sentences, {len(missing)} to translate")


@translations.command()
def check() -> None:
    """List every sentence that a language should say and does not; ends with an error when there is one."""
    found = {
        language: untranslated(brought_up_to_date(language), scope) for language, scope in SCOPES.items()
    }
    for language, missing in found.items():
        for sentence in missing:
            click.echo(f"{language}: {sentence}")
    if any(found.values()):
        raise click.ClickException("Some sentences have no translation yet.")
