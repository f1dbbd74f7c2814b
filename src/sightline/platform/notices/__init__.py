"""What has somebody to be told? An outbox written in the same transaction as the deed; in-app and email.

A notice holds a verb, a reference, a due time and a link; never a name or anything that was said. Whom it reaches is
looked up when it is sent, by a function that the layer of people gives (`reaches`); and of those, who may know of the
matter now, by one that the layer of access gives (`read_by`).
"""

from sightline.platform.notices.recipients import Recipient, reaches, read_by, recipients_of, sends_if
from sightline.platform.notices.sending import address_of, send_waiting

__all__ = ["Recipient", "address_of", "reaches", "read_by", "recipients_of", "send_waiting", "sends_if"]
