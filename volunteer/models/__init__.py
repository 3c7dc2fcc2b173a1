"""Every table, so that the metadata is whole wherever one of them is imported."""

from volunteer.models.access_answer import AccessAnswer, AccessChange
from volunteer.models.access_plan import AccessPlan
from volunteer.models.account import Account, ApiToken, Membership
from volunteer.models.base import Base, Sealed
from volunteer.models.candidate import Candidate, Consent, Draft, NeedReading
from volunteer.models.card import Card, Device
from volunteer.models.card_group import BlankCard, CardGroup
from volunteer.models.deed import Deed
from volunteer.models.delivery import Delivery
from volunteer.models.district import District, TravelTime
from volunteer.models.erasure import ConsentProof, Erasure
from volunteer.models.figure import Figure, FigureAnchors, FigureRun
from volunteer.models.follow_up import FollowUp
from volunteer.models.former_contact import FormerContact
from volunteer.models.gathering import Gathering, GatheringHelpReading, GatheringParty
from volunteer.models.import_run import ImportRun
from volunteer.models.incident import Incident
from volunteer.models.information_note import InformationNote
from volunteer.models.introduction import Introduction
from volunteer.models.joining import JoinRequest, OrganisationEntry, SideRequest, TeamInvitation
from volunteer.models.law import LawEdition
from volunteer.models.market import Market, MarketHelper, MarketZone
from volunteer.models.market_visitor import MarketGroup, MarketHelpReading, MarketVisitor
from volunteer.models.merged_file import MergedFile, ToldApart
from volunteer.models.message import Message, MutedTopic
from volunteer.models.morning import Morning
from volunteer.models.note import Note
from volunteer.models.opportunity import Opportunity
from volunteer.models.opportunity_text import OpportunityText
from volunteer.models.organisation import Organisation, Venue
from volunteer.models.outbox import OutboxEvent
from volunteer.models.proposal import Proposal
from volunteer.models.question import Question, QuestionMail
from volunteer.models.referral import Referral, ReferralCount
from volunteer.models.referrer import ReferrerAgreement
from volunteer.models.remark import Remark
from volunteer.models.reply import Reply, TakenIn
from volunteer.models.signal import Signal
from volunteer.models.spent_form import SpentForm
from volunteer.models.stand import Stand
from volunteer.models.suggestion import Suggestion, SuggestionList
from volunteer.models.support_link import SentLink, SupportEntry, SupportLink
from volunteer.models.suspension import Suspension
from volunteer.models.task_suggestion import TaskSuggestion
from volunteer.models.timetable import Timetable, Visit
from volunteer.models.weights import WeightsVersion

__all__ = [
    "AccessAnswer",
    "AccessChange",
    "AccessPlan",
    "Account",
    "ApiToken",
    "Base",
    "BlankCard",
    "Candidate",
    "Card",
    "CardGroup",
    "Consent",
    "ConsentProof",
    "Deed",
    "Delivery",
    "Device",
    "District",
    "Draft",
    "Erasure",
    "Figure",
    "FigureAnchors",
    "FigureRun",
    "FollowUp",
    "FormerContact",
    "Gathering",
    "GatheringHelpReading",
    "GatheringParty",
    "ImportRun",
    "Incident",
    "InformationNote",
    "Introduction",
    "JoinRequest",
    "LawEdition",
    "Market",
    "MarketGroup",
    "MarketHelpReading",
    "MarketHelper",
    "MarketVisitor",
    "MarketZone",
    "Membership",
    "MergedFile",
    "Message",
    "Morning",
    "MutedTopic",
    "NeedReading",
    "Note",
    "Opportunity",
    "OpportunityText",
    "Organisation",
    "OrganisationEntry",
    "OutboxEvent",
    "Proposal",
    "Question",
    "QuestionMail",
    "Referral",
    "ReferralCount",
    "ReferrerAgreement",
    "Remark",
    "Reply",
    "Sealed",
    "SentLink",
    "SideRequest",
    "Signal",
    "SpentForm",
    "Stand",
    "Suggestion",
    "SuggestionList",
    "SupportEntry",
    "SupportLink",
    "Suspension",
    "TakenIn",
    "TaskSuggestion",
    "TeamInvitation",
    "Timetable",
    "ToldApart",
    "TravelTime",
    "Venue",
    "Visit",
    "WeightsVersion",
]
