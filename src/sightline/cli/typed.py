"""Numbers as they are typed after a command, refused in the words of whoever typed them."""

import argparse
import re


def whole_number(text: str) -> int:
    """0 or more, below a thousand million million. Raises ArgumentTypeError."""
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number, 0 or more. Type digits only, for example 12")
    return int(text)
