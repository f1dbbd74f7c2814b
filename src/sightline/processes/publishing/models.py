"""Records of publishing, for Django's migrations; importing the declaration registers the process."""

from .records import Edition, Signature, StatementRecord
from .statement import Statement

__all__ = ["Edition", "Signature", "Statement", "StatementRecord"]
