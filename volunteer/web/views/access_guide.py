"""What each access feature means and what it takes: open to all, to read or to print."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from volunteer.domain.access import FEATURES
from volunteer.domain.access_tips import tip_of
from volunteer.domain.errors import NotFound
from volunteer.web import access_page
from volunteer.web.language import current_language

blueprint = Blueprint("access_guide", __name__, url_prefix="/access")


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Everything that can help, in three groups, as a list to print and fill in."""
    language = current_language()
    parts = [
        (
            access_page.group_title(group),
            access_page.group_hint(group),
            [
                (code, each.label(language), tip_of(code, language))
                for code, each in FEATURES.items()
                if each.dimension is group
            ],
        )
        for group in access_page.GROUPS
    ]
    return render_template("access/guide.html", parts=parts)


@blueprint.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    """One of them. Raises :class:`NotFound` for a code that is not there."""
    if code not in FEATURES:
        raise NotFound("This page is not there.")
    feature, language = FEATURES[code], current_language()
    beside = [
        (each.code, each.label(language))
        for each in FEATURES.values()
        if each.dimension is feature.dimension and each.code != code
    ]
    return render_template(
        "access/code.html",
        code=code,
        label=feature.label(language),
        tip=tip_of(code, language),
        group=access_page.group_title(feature.dimension),
        is_derived=feature.derived,
        beside=beside,
    )
