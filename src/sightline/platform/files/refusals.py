"""Why a file is not taken, in words for whoever attached it."""


class FileRefused(ValueError):
    """`code` names the rule for the audit; the message says what is wrong, where, and what to do."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words
