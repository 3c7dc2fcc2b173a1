"""The desk's pages about messages: what went out, letters to post, and what each kind says."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.documents.letter import Letter, Told, letter_pdf, letters_pdf
from volunteer.documents.sheet import PaperSize
from volunteer.domain.errors import NotFound
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.messages import MessageKind
from volunteer.domain.text_messages import parts
from volunteer.messages.dressed import by_html
from volunteer.messages.samples import is_for_candidates, sample, sample_words
from volunteer.messages.spoken import is_to_tell
from volunteer.messages.words import Facts, Words, by_mail, by_text_message
from volunteer.queries.messages import letters_to_do, newest_messages
from volunteer.services import calls
from volunteer.translation import SAID_EVERYWHERE
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import paper_facts
from volunteer.web.auth import for_desk
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language, ngettext
from volunteer.web.message_log import logged
from volunteer.web.paper_reply import pdf_reply

blueprint = Blueprint("messages", __name__, url_prefix="/desk/messages")

_A_MAIL_MAY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""Mail programs drop style sheets, so a mail has its styles on each element. Nothing in it runs, and nothing
is fetched."""
_ADDRESS = "Kartuizersstraat 0\n1000 Brussel"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message in the list."""

    code: str
    subject: str
    for_candidates: bool


@blueprint.get("")
@for_desk
def log() -> ResponseReturnValue:
    """What went out or is to be told, without its words; and the letters that wait."""
    with current_core().units.read() as uow:
        waiting = _letters(uow)
        found = [logged(uow, message) for message in newest_messages(uow.session)]
    return render_template("desk/messages.html", letters=waiting, log=found)


@blueprint.get("/letters")
@for_desk
def letters() -> ResponseReturnValue:
    """Every letter that waits, in one PDF."""
    with current_core().units.read() as uow:
        found = [paper_facts.letter_of(uow, each) for each in _letters(uow)]
    if not found:
        raise NotFound("There are no letters to print.")
    return pdf_reply("letters", letters_pdf(found, PaperSize.A4))


@blueprint.post("/letters")
@for_desk
def letters_done() -> ResponseReturnValue:
    """Those that the page showed were printed and posted; what came since waits on."""
    printed = {UUID(each) for each in request.form.getlist("letter") if _is_id(each)}
    with current_core().units.write() as uow:
        count = calls.letters_done(uow, printed)
    flash(ngettext("%(num)d letter is done.", "%(num)d letters are done.", count), "success")
    return redirect(url_for(".log"), code=303)


@blueprint.get("/preview")
@for_desk
def preview() -> ResponseReturnValue:
    """Every kind there is."""
    kinds = [
        Kind(kind.value, sample_words(kind, _facts(kind, current_language())).subject, _is_theirs(kind))
        for kind in MessageKind
    ]
    return render_template("desk/message_kinds.html", kinds=kinds)


@blueprint.get("/preview/<kind>/<language>")
@for_desk
def preview_one(kind: str, language: str) -> ResponseReturnValue:
    """One kind in one language, for every channel."""
    known, facts, words = _sample(kind, language)
    is_theirs = _is_theirs(known)
    text = by_text_message(words, facts) if is_theirs else ""
    spoken = words.spoken or words.paragraphs
    return render_template(
        "desk/message_kind.html",
        kind=known.value,
        subject=words.subject,
        language=language,
        languages_here=[(code, LANGUAGES[code].own) for code in _languages(known)],
        for_candidates=is_theirs,
        mail=by_mail(words, facts),
        text=text,
        parts=parts(text),
        spoken=spoken,
    )


@blueprint.get("/preview/<kind>/<language>/mail")
@for_desk
def preview_mail(kind: str, language: str) -> ResponseReturnValue:
    """The mail as a mail program shows it."""
    _known, facts, words = _sample(kind, language)
    reply = Response(by_html(words, facts), mimetype="text/html")
    reply.headers["Content-Security-Policy"] = _A_MAIL_MAY
    return reply


@blueprint.get("/preview/<kind>/<language>/letter")
@for_desk
def preview_letter(kind: str, language: str) -> ResponseReturnValue:
    """The same on paper, for who chose the post."""
    known, facts, words = _sample(kind, language)
    tongues = paper_facts.tongues_of(language)
    ours = sample_words(known, _facts(known, tongues.ours))
    with current_core().units.read() as uow:
        letter = Letter(
            tongues=tongues,
            to_name=facts.to_name,
            address=_ADDRESS,
            theirs=Told(tongues.theirs, words.subject, words.paragraphs),
            ours=Told(tongues.ours, ours.subject, ours.paragraphs),
            link=facts.link,
            centre=facts.centre,
            made_at=uow.now,
        )
    return pdf_reply("letter", letter_pdf(letter, PaperSize.A4))


def _letters(uow: UnitOfWork) -> list[UUID]:
    """Those that can be printed: true, with an address."""
    found = [each for each in letters_to_do(uow.session) if is_to_tell(uow, each)]
    return [each.id for each in found if paper_facts.has_letter(uow, each)]


def _sample(kind: str, language: str) -> tuple[MessageKind, Facts, Words]:
    """Raises :class:`NotFound` for what nobody is told, or not in this language."""
    if kind not in set(MessageKind) or language not in _languages(MessageKind(kind)):
        raise NotFound("This is not there any more.")
    facts = _facts(MessageKind(kind), language)
    return MessageKind(kind), facts, sample_words(MessageKind(kind), facts)


def _facts(kind: MessageKind, language: str) -> Facts:
    core = current_core()
    with core.units.read() as uow:
        return sample(kind, language, centre=core.settings.centre, links=core.links, now=uow.now)


def _is_theirs(kind: MessageKind) -> bool:
    core = current_core()
    with core.units.read() as uow:
        return is_for_candidates(kind, centre=core.settings.centre, links=core.links, now=uow.now)


def _languages(kind: MessageKind) -> list[str]:
    offered = current_core().settings.centre.languages
    return [code for code in offered if code in SAID_EVERYWHERE or _is_theirs(kind)]


def _is_id(given: str) -> bool:
    try:
        return bool(UUID(given))
    except ValueError:
        return False
