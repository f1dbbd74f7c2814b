"""What has somebody to be told? An outbox written in the same transaction as the deed; in-app and email.

A notice holds a verb, a reference, a due time and a link; never a name or anything that was said.
"""
