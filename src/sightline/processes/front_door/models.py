"""Records of the front door, for Django's migrations; importing the declarations registers the processes."""

from .agency_enquiry import AgencyEnquiry, AgencyEnquiryRecord
from .contact import Contact
from .contact_record import ContactRecord

__all__ = ["AgencyEnquiry", "AgencyEnquiryRecord", "Contact", "ContactRecord"]
