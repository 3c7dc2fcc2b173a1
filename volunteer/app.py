"""The application: extensions, blueprints, error pages; no logic."""

from __future__ import annotations

from flask import Flask

from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.web import errors, extensions, kiosk, language, logging, once, presence, security
from volunteer.web.api import errors as api_errors
from volunteer.web.api import registration
from volunteer.web.views import (
    access_changes,
    access_check,
    access_guide,
    admin,
    auth,
    blank_cards,
    card_groups,
    cards,
    confirming,
    desk,
    desk_cards,
    desk_organisations,
    desk_replies,
    desk_reports,
    development,
    devices,
    follow_ups,
    gatherings,
    health,
    incidents,
    invitation,
    joining,
    law,
    markets,
    me,
    messages,
    organisation,
    own_messages,
    papers,
    passed_answers,
    pending,
    people,
    person_work,
    questions,
    refusals,
    roles,
    signals,
    signup,
    start,
    suggestions,
    support,
    support_links,
    support_people,
    text_replies,
    unsubscribe,
)
from volunteer.web.views import kiosk as kiosk_pages

PAGES = (
    start.blueprint,
    health.blueprint,
    kiosk_pages.blueprint,
    signup.blueprint,
    me.blueprint,
    suggestions.blueprint,
    refusals.blueprint,
    signals.blueprint,
    cards.blueprint,
    blank_cards.blueprint,
    devices.blueprint,
    confirming.blueprint,
    passed_answers.blueprint,
    follow_ups.blueprint,
    auth.blueprint,
    invitation.blueprint,
    joining.blueprint,
    organisation.blueprint,
    roles.blueprint,
    access_check.blueprint,
    access_changes.blueprint,
    access_guide.blueprint,
    questions.blueprint,
    own_messages.blueprint,
    desk.blueprint,
    desk_cards.blueprint,
    desk_replies.blueprint,
    desk_reports.blueprint,
    desk_organisations.blueprint,
    person_work.blueprint,
    incidents.blueprint,
    people.blueprint,
    papers.blueprint,
    support.blueprint,
    support_links.blueprint,
    support_people.blueprint,
    pending.blueprint,
    card_groups.blueprint,
    unsubscribe.blueprint,
    text_replies.blueprint,
    messages.blueprint,
    admin.blueprint,
    law.blueprint,
    *gatherings.BLUEPRINTS,
    *markets.BLUEPRINTS,
)


def create_app(settings: Settings, core: Core | None = None) -> Flask:
    """Make the web application of one installation. Raises ``KeysMissing`` when there is no key ring."""
    chosen = core or make_core(settings)
    logging.configure(settings.log_level)
    app = Flask("volunteer")
    security.make_room_for_pictures(app)
    # Before the tokens of forms are looked at: a form of a visit that is over is not an error.
    kiosk.watch(app)
    extensions.bind(app, chosen)
    security.protect(app, chosen)
    language.speak(app)
    errors.handle_errors(app, answer_program=api_errors.answer)
    logging.log_requests(app)
    presence.note_visits(app)
    once.number_forms(app)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    if settings.development:
        app.register_blueprint(development.blueprint)
    registration.register_api(app, chosen)
    return app
