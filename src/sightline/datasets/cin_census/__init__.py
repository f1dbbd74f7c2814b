"""The children in need census: one XML file a year from each council, read as a stream and loaded by revision.

`codes.py`, `layout.py`, `checking.py` and what they call need neither Django nor a database.
"""
