"""Records of assurance; importing the declarations registers the processes."""

from .section_11_cycle import Section11Cycle, Section11CycleRecord
from .section_11_return import Section11Return
from .section_11_return_record import Section11ReturnRecord

__all__ = ["Section11Cycle", "Section11CycleRecord", "Section11Return", "Section11ReturnRecord"]
