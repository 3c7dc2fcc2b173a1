"""Every table, so that the metadata is whole wherever one of them is imported."""

from volunteer.models.access_answer import AccessAnswer
from volunteer.models.account import Account, ApiToken, Membership
from volunteer.models.base import Base, Sealed
from volunteer.models.candidate import Candidate, Consent, Draft, NeedReading
from volunteer.models.card import Card, Device
from volunteer.models.delivery import Delivery
from volunteer.models.district import District, TravelTime
from volunteer.models.figure import Figure, FigureAnchors, FigureRun
from volunteer.models.import_run import ImportRun
from volunteer.models.introduction import Introduction
from volunteer.models.law import LawEdition
from volunteer.models.message import Message
from volunteer.models.morning import Morning
from volunteer.models.opportunity import Opportunity
from volunteer.models.organisation import Organisation, Venue
from volunteer.models.outbox import OutboxEvent
from volunteer.models.question import Question
from volunteer.models.suggestion import Suggestion, SuggestionList
from volunteer.models.task_suggestion import TaskSuggestion
from volunteer.models.weights import WeightsVersion

__all__ = [
    "AccessAnswer",
    "Account",
    "ApiToken",
    "Base",
    "Candidate",
    "Card",
    "Consent",
    "Delivery",
    "Device",
    "District",
    "Draft",
    "Figure",
    "FigureAnchors",
    "FigureRun",
    "ImportRun",
    "Introduction",
    "LawEdition",
    "Membership",
    "Message",
    "Morning",
    "NeedReading",
    "Opportunity",
    "Organisation",
    "OutboxEvent",
    "Question",
    "Sealed",
    "Suggestion",
    "SuggestionList",
    "TaskSuggestion",
    "TravelTime",
    "Venue",
    "WeightsVersion",
]
