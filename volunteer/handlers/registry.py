"""What happens when: every reaction to every event, on one page."""

from __future__ import annotations

from volunteer.domain.events.access import AccessPlanDue
from volunteer.domain.events.candidates import CandidateChanged, CandidateEnrolled
from volunteer.domain.events.follow_ups import FollowUpAsked
from volunteer.domain.events.gatherings import (
    GatheringCancelled,
    GatheringMoved,
    GatheringNear,
    GatheringOver,
    PartySignedUp,
    SeatConfirmed,
    SeatLapsed,
    SeatOffered,
)
from volunteer.domain.events.incidents import IncidentClosed
from volunteer.domain.events.introductions import (
    AppointmentNear,
    IntroductionAccepted,
    IntroductionAsked,
    IntroductionDeclined,
    IntroductionFellThrough,
    IntroductionMissed,
    IntroductionMoved,
    IntroductionSent,
    IntroductionStopped,
    IntroductionUnanswered,
    IntroductionWithdrawn,
    RemarkPassedOn,
    TimeChosen,
    TimesExpired,
    TimesProposed,
    TimesTurnedDown,
    TimesUnanswered,
)
from volunteer.domain.events.market_visitors import GroupRegistered, VisitorRegistered
from volunteer.domain.events.markets import MarketCancelled, MarketMoved, MarketNear, MarketOver
from volunteer.domain.events.messages import MessageQueued, TextMessageQueued
from volunteer.domain.events.offer import OfferCheckFailed
from volunteer.domain.events.opportunities import (
    AccessAnswered,
    OpportunitiesImported,
    OpportunityChanged,
    OpportunityGrewStale,
    OpportunityLapsed,
)
from volunteer.domain.events.organisations import (
    OrganisationApproved,
    OrganisationAsked,
    OrganisationHeldBack,
    OrganisationLetOn,
    OrganisationRefused,
    OrganisationReinstated,
    OrganisationSuspended,
)
from volunteer.domain.events.questions import QuestionsMailed
from volunteer.domain.events.stands import StandConfirmed, StandRefused, StandWithdrew
from volunteer.domain.events.suggestions import (
    NewListAskedFor,
    NewRolesFound,
    OthersAskedFor,
    SuggestionsReady,
)
from volunteer.domain.events.timetables import InterestMutual, TimetableAsked, TimetablePublished
from volunteer.handlers import (
    answering,
    approving,
    following_up,
    gatherings,
    market_interests,
    market_people,
    markets,
    notifying,
    planning,
    reconsidering,
    roles,
    sending,
    stands,
    suggesting,
    suspending,
)
from volunteer.handlers.reaction import Effect, Handler, Sending, Working

_SENDING = Sending(sending.prepare, sending.settle, sending.bounce)

_PLANNING = Working(planning.begin, planning.work, planning.note, planning.keep, planning.fail)

HANDLERS = (
    Handler("suggest_on_enrolment", CandidateEnrolled, Effect(suggesting.for_candidate)),
    Handler("suggest_on_change", CandidateChanged, Effect(suggesting.for_candidate)),
    Handler("suggest_others", OthersAskedFor, Effect(suggesting.others)),
    Handler("suggest_on_wish", NewListAskedFor, Effect(suggesting.for_candidate)),
    Handler("tell_of_first_suggestions", SuggestionsReady, Effect(notifying.of_first_suggestions)),
    Handler("tell_of_new_roles", NewRolesFound, Effect(notifying.of_new_roles)),
    Handler("ask_or_send", IntroductionAsked, Effect(reconsidering.who_asked)),
    Handler("reconsider_on_answer", AccessAnswered, Effect(reconsidering.who_waits_for_organisation)),
    Handler("reconsider_on_role", OpportunityChanged, Effect(reconsidering.who_waits_for_role)),
    Handler("reconsider_on_import", OpportunitiesImported, Effect(reconsidering.everyone)),
    Handler("reconsider_on_change", CandidateChanged, Effect(reconsidering.candidate)),
    Handler("tell_of_introduction", IntroductionSent, Effect(notifying.of_introduction)),
    Handler("remind_of_introduction", IntroductionUnanswered, Effect(notifying.of_silence)),
    Handler("ask_how_it_goes", FollowUpAsked, Effect(following_up.of_question)),
    Handler("tell_that_it_went_out", IntroductionSent, Effect(notifying.of_going_out)),
    Handler("tell_of_yes", IntroductionAccepted, Effect(notifying.of_yes)),
    Handler("tell_of_not_now", IntroductionDeclined, Effect(notifying.of_not_now)),
    Handler("tell_of_no", IntroductionFellThrough, Effect(notifying.of_no)),
    Handler("suggest_after_no", IntroductionFellThrough, Effect(suggesting.after_no)),
    Handler("tell_of_missing", IntroductionMissed, Effect(notifying.of_missing)),
    Handler("tell_of_stop", IntroductionStopped, Effect(notifying.of_stop)),
    Handler("suggest_after_stop", IntroductionStopped, Effect(suggesting.after_no)),
    Handler("tell_of_withdrawal", IntroductionWithdrawn, Effect(notifying.of_withdrawal)),
    Handler("tell_of_failed_check", OfferCheckFailed, Effect(notifying.of_failed_check)),
    Handler("tell_of_suspension", OrganisationSuspended, Effect(suspending.of_suspension)),
    Handler("tell_of_lifting", OrganisationReinstated, Effect(suspending.of_lifting)),
    Handler("reconsider_on_lifting", OrganisationReinstated, Effect(suspending.who_waited)),
    Handler("tell_people_of_refusal", OrganisationHeldBack, Effect(suspending.of_refusal)),
    Handler("tell_people_of_new_yes", OrganisationLetOn, Effect(suspending.of_new_yes)),
    Handler("tell_of_approval", OrganisationApproved, Effect(approving.of_yes)),
    Handler("open_on_approval", OrganisationApproved, Effect(approving.open_roles)),
    Handler("tell_of_question_to_team", OrganisationAsked, Effect(approving.of_question)),
    Handler("tell_of_refusal", OrganisationRefused, Effect(approving.of_no)),
    Handler("tell_of_stale_role", OpportunityGrewStale, Effect(roles.of_staleness)),
    Handler("tell_of_lapsed_role", OpportunityLapsed, Effect(roles.of_lapse)),
    Handler("ask_team", QuestionsMailed, Effect(answering.of_questions)),
    Handler("remind_of_plan", AccessPlanDue, Effect(answering.of_plan)),
    Handler("tell_of_closed_incident", IncidentClosed, Effect(answering.of_closed_incident)),
    Handler("tell_of_times", TimesProposed, Effect(notifying.of_times)),
    Handler("remind_of_times", TimesUnanswered, Effect(notifying.of_times)),
    Handler("tell_of_chosen_time", TimeChosen, Effect(notifying.of_choice)),
    Handler("tell_of_no_time", TimesTurnedDown, Effect(notifying.of_no_time)),
    Handler("tell_of_past_times", TimesExpired, Effect(notifying.of_no_time)),
    Handler("tell_of_remark", RemarkPassedOn, Effect(notifying.of_remark)),
    Handler("tell_of_move", IntroductionMoved, Effect(notifying.of_move)),
    Handler("remind_of_appointment", AppointmentNear, Effect(notifying.of_tomorrow)),
    Handler("tell_of_seat", PartySignedUp, Effect(gatherings.of_sign_up)),
    Handler("tell_of_offered_seat", SeatOffered, Effect(gatherings.of_offer)),
    Handler("tell_of_confirmed_seat", SeatConfirmed, Effect(gatherings.of_yes)),
    Handler("tell_of_lapsed_seat", SeatLapsed, Effect(gatherings.of_lapse)),
    Handler("tell_of_moved_gathering", GatheringMoved, Effect(gatherings.of_move)),
    Handler("tell_of_cancelled_gathering", GatheringCancelled, Effect(gatherings.of_cancelling)),
    Handler("remind_of_gathering", GatheringNear, Effect(gatherings.of_tomorrow)),
    Handler("tell_of_confirmed_stand", StandConfirmed, Effect(stands.of_yes)),
    Handler("tell_of_refused_stand", StandRefused, Effect(stands.of_no)),
    Handler("tell_of_withdrawn_stand", StandWithdrew, Effect(stands.of_withdrawal)),
    Handler("tell_of_card", VisitorRegistered, Effect(market_people.of_registration)),
    Handler("tell_of_group", GroupRegistered, Effect(market_people.of_group)),
    Handler("give_route", VisitorRegistered, Effect(market_people.route_of_one)),
    Handler("give_routes_to_group", GroupRegistered, Effect(market_people.routes_of_group)),
    Handler("bring_together", InterestMutual, Effect(market_interests.of_both)),
    Handler("tell_of_moved_market", MarketMoved, Effect(markets.of_move)),
    Handler("tell_of_cancelled_market", MarketCancelled, Effect(markets.of_cancelling)),
    Handler("remind_of_market", MarketNear, Effect(markets.of_tomorrow)),
    Handler("tell_of_routes", TimetablePublished, Effect(markets.of_timetable)),
    Handler("tell_after_market", MarketOver, Effect(market_interests.of_end)),
    Handler("tell_after_gathering", GatheringOver, Effect(gatherings.of_end)),
    Handler("make_timetable", TimetableAsked, _PLANNING),
    Handler("send_message", MessageQueued, _SENDING),
    Handler("send_text", TextMessageQueued, _SENDING),
)
