"""Telling the front door about a child: the public without an account, professionals with one, and what each hears."""
