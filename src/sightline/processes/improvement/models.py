"""Records of improvement, for Django's migrations; importing the declarations registers the processes."""

from .addressees import Addressee, ExpectedCount
from .recommendation import Recommendation
from .recommendation_record import RecommendationRecord
from .source_document import SourceDocument, SourceDocumentRecord

__all__ = [
    "Addressee",
    "ExpectedCount",
    "Recommendation",
    "RecommendationRecord",
    "SourceDocument",
    "SourceDocumentRecord",
]
