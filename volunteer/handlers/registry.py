"""What happens when: every reaction to every event, on one page."""

from __future__ import annotations

from volunteer.domain.events.candidates import CandidateChanged, CandidateEnrolled
from volunteer.domain.events.introductions import (
    IntroductionAccepted,
    IntroductionDeclined,
    IntroductionFellThrough,
    IntroductionSent,
)
from volunteer.domain.events.messages import MessageQueued
from volunteer.domain.events.questions import QuestionAnswered
from volunteer.domain.events.suggestions import SuggestionsReady
from volunteer.handlers import notifying, reconsidering, sending, suggesting
from volunteer.handlers.reaction import Effect, Handler, Sending

HANDLERS = (
    Handler("suggest_on_enrolment", CandidateEnrolled, Effect(suggesting.for_candidate)),
    Handler("suggest_on_change", CandidateChanged, Effect(suggesting.for_candidate)),
    Handler("tell_of_first_suggestions", SuggestionsReady, Effect(notifying.of_first_suggestions)),
    Handler("reconsider_waiting", QuestionAnswered, Effect(reconsidering.waiting_introductions)),
    Handler("tell_of_introduction", IntroductionSent, Effect(notifying.of_introduction)),
    Handler("tell_of_yes", IntroductionAccepted, Effect(notifying.of_yes)),
    Handler("tell_of_not_now", IntroductionDeclined, Effect(notifying.of_not_now)),
    Handler("tell_of_no", IntroductionFellThrough, Effect(notifying.of_no)),
    Handler("suggest_after_no", IntroductionFellThrough, Effect(suggesting.after_no)),
    Handler("send_message", MessageQueued, Sending(sending.prepare, sending.settle)),
)
