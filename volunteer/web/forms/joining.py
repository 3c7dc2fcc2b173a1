"""What an organisation writes about itself, its venues and its team."""

from __future__ import annotations

from uuid import UUID

from werkzeug.datastructures import MultiDict

from volunteer.domain.candidates import clean_name as clean_person
from volunteer.domain.errors import InvalidValue
from volunteer.domain.interests import parse_sectors
from volunteer.domain.opportunities import Place
from volunteer.domain.organisations import LegalForm, Profile, clean_activity, clean_name
from volunteer.domain.places import MUNICIPALITIES, municipality_of
from volunteer.domain.referrers import Aim, parse_aim, parse_publics
from volunteer.services.contacts import clean_email
from volunteer.services.enterprise_numbers import clean_enterprise_number
from volunteer.services.joining import Joining
from volunteer.services.profiles import Reach
from volunteer.services.venues import clean_street
from volunteer.web.errors import Complaints
from volunteer.web.forms.answers import Answers, several, text, ticked, typed
from volunteer.web.language import offered_languages

_PLACE = ("street", "postal_code", "municipality", "getting_there")
_PROFILE = (
    "name",
    "legal_form",
    "enterprise_number",
    "activity",
    "aim",
    "responsible_person",
    "is_volunteer_liable",
    "insurance",
    "expenses",
    "discretion",
    "needs_agreement",
    "language",
    "contact_name",
    "email",
    "phone",
)
_POSTAL_CODE_LENGTH = 4


def joining(form: MultiDict[str, str]) -> Answers:
    """Everything that is asked of an organisation that joins."""
    texts = (
        "joins_for",
        "name",
        "legal_form",
        "enterprise_number",
        "activity",
        "person",
        "email",
        "choice",
        *_PLACE,
    )
    return typed(form, texts=texts, lists=("sectors", "publics"))


def joining_of(answers: Answers, language: str, complaints: Complaints) -> Joining:
    """What was written, with everything that is wrong in ``complaints``; whole only when that is empty."""
    aim = Aim.VOLUNTEERS
    with complaints.collect():
        aim = parse_aim(text(answers, "joins_for") or Aim.VOLUNTEERS)
    publics: frozenset[str] = frozenset()
    with complaints.collect():
        publics = parse_publics(several(answers, "publics")) if aim.refers else publics
    with complaints.collect():
        clean_name(text(answers, "name"))
    form = LegalForm.LEGAL_PERSON
    with complaints.collect():
        form = _needed_form(answers)
    with complaints.collect():
        clean_enterprise_number(text(answers, "enterprise_number"))
    sectors: frozenset[str] = frozenset()
    with complaints.collect():
        sectors = parse_sectors(several(answers, "sectors"))
    with complaints.collect():
        clean_activity(text(answers, "activity"))
    where = Place()
    with complaints.collect():
        where = place(answers)
    with complaints.collect():
        clean_person(text(answers, "person"), field="person")
    with complaints.collect():
        clean_email(text(answers, "email"))
    return Joining(
        name=text(answers, "name"),
        legal_form=form,
        enterprise_number=text(answers, "enterprise_number"),
        sectors=sectors,
        activity=text(answers, "activity"),
        place=where,
        person=text(answers, "person"),
        email=text(answers, "email"),
        language=language,
        aim=aim,
        publics=publics,
    )


def chosen_organisation(answers: Answers) -> UUID | None:
    """The team somebody would like to join; None for one that is new. Raises :class:`InvalidValue`."""
    chosen = text(answers, "choice")
    if chosen == "new":
        return None
    try:
        return UUID(chosen)
    except ValueError:
        raise InvalidValue("Choose which organisation is yours.", field="choice") from None


def place(answers: Answers) -> Place:
    """An address. Raises :class:`InvalidValue` where street, postal code or municipality cannot be."""
    street = clean_street(text(answers, "street"))
    code = text(answers, "postal_code")
    if code and not (code.isascii() and code.isdigit() and len(code) == _POSTAL_CODE_LENGTH):
        raise InvalidValue("A postal code has four figures, such as 1000.", field="postal_code")
    town = text(answers, "municipality")
    if town and town not in MUNICIPALITIES:
        raise InvalidValue("Choose a municipality from the list.", field="municipality")
    found = municipality_of(code) if code else None
    if town and found and found.code != town:
        raise InvalidValue("This postal code is in another municipality.", field="postal_code")
    town = town or (found.code if found else "")
    if not town:
        raise InvalidValue("Choose the municipality, or write the postal code.", field="municipality")
    return Place(street=street, postal_code=code or None, municipality=town)


def venue(form: MultiDict[str, str]) -> Answers:
    """An address and how to get there."""
    return typed(form, texts=_PLACE)


def profile(form: MultiDict[str, str]) -> Answers:
    """All that an organisation tells about itself."""
    return typed(form, texts=_PROFILE, lists=("sectors",))


def referrer(form: MultiDict[str, str]) -> Answers:
    """What a referrer tells about itself."""
    return typed(form, texts=("language", "contact_name", "email", "phone"), lists=("publics",))


def reach_of(answers: Answers) -> Reach:
    """How we reach an organisation, to be checked by its service."""
    language = text(answers, "language")
    return Reach(
        contact_name=text(answers, "contact_name"),
        email=text(answers, "email"),
        phone=text(answers, "phone"),
        language=language if language in offered_languages() else None,
    )


def profile_of(answers: Answers) -> Profile:
    """What was written, to be checked by its service. Raises :class:`InvalidValue`."""
    return Profile(
        name=text(answers, "name"),
        legal_form=_needed_form(answers),
        enterprise_number=text(answers, "enterprise_number"),
        activity=text(answers, "activity"),
        aim=text(answers, "aim"),
        responsible_person=text(answers, "responsible_person"),
        is_volunteer_liable=ticked(answers, "is_volunteer_liable"),
        insurance=text(answers, "insurance"),
        expenses=text(answers, "expenses"),
        discretion=text(answers, "discretion"),
        needs_agreement=ticked(answers, "needs_agreement"),
    )


def invitation(form: MultiDict[str, str]) -> Answers:
    """Whom to invite, and for what."""
    return typed(form, texts=("person", "email", "role", "language"))


def turn(form: MultiDict[str, str]) -> Answers:
    """What one side says to the other, and which button was pressed."""
    return typed(form, texts=("words", "do"))


def _needed_form(answers: Answers) -> LegalForm:
    try:
        return LegalForm(text(answers, "legal_form"))
    except ValueError:
        raise InvalidValue("Choose what your organisation is.", field="legal_form") from None
