"""``/api/v1/vocabulary``: every code there is, with its names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Protocol

from flask import current_app, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from volunteer.domain.access import FEATURES
from volunteer.domain.candidates import Channel
from volunteer.domain.commitment import Commitment
from volunteer.domain.consent import Purpose
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.places import MUNICIPALITIES
from volunteer.web.schemas import vocabulary as schemas

KEPT_SECONDS = 60 * 60
_LABEL_LANGUAGES = ("nl", "fr", "en")

blueprint = Blueprint("vocabulary", __name__, description="The codes that everything else is written in.")


class _Labelled(Protocol):
    @property
    def code(self) -> str: ...

    def label(self, language: str) -> str: ...


@blueprint.route("/vocabulary")
@blueprint.response(200, schemas.Vocabulary)
@blueprint.alt_response(304, description="What you have is still right.")
def show() -> ResponseReturnValue:
    """Tasks, sectors, access features, languages and municipalities, with their names.

    They change with a release only: keep them, and ask again with If-None-Match.
    """
    body, etag = _written()
    response = current_app.response_class(body, mimetype="application/json")
    response.set_etag(etag)
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_SECONDS
    return response.make_conditional(request)


@lru_cache(maxsize=1)
def _written() -> tuple[bytes, str]:
    lists = {
        "tasks": _named(TASKS.values()),
        "sectors": _named(SECTORS.values()),
        "access_features": [
            {
                **_name(feature),
                "dimension": feature.dimension,
                "gap": feature.gap,
                "default_strength": feature.default_strength,
                "asked_of_people": feature.asked_of_people,
                "asked_of_organisations": not feature.derived,
            }
            for feature in FEATURES.values()
        ],
        "languages": [
            {
                **_name(language),
                "own_name": language.own,
                "is_sign_language": language.sign,
                "is_right_to_left": language.right_to_left,
            }
            for language in LANGUAGES.values()
        ],
        "municipalities": [
            {**_name(each), "postal_codes": each.postal_codes} for each in MUNICIPALITIES.values()
        ],
        "channels": [*Channel],
        "commitments": [*Commitment],
        "consents": [*Purpose],
    }
    body = json.dumps(schemas.Vocabulary().dump(lists), ensure_ascii=False).encode()
    return body, hashlib.sha256(body).hexdigest()[:32]


def _named(entries: Iterable[_Labelled]) -> list[Mapping[str, Any]]:
    return [_name(entry) for entry in entries]


def _name(entry: _Labelled) -> Mapping[str, Any]:
    return {
        "code": entry.code,
        "labels": {language: entry.label(language) for language in _LABEL_LANGUAGES},
    }
