"""What invented agencies say in their Section 11 returns: how they know that it makes a difference, and their proof."""

SAID: dict[str, tuple[str, str]] = {
    "1": ("Staff in the spring survey could say who they answer to for a child's safety.", "Board minutes, item 7"),
    "2": (
        "The lead asked for a review after two near misses, and the rota changed.",
        "Leader's log of what went wrong",
    ),
    "3": (
        "Young people asked for texts in place of letters, and missed visits halved.",
        "What the youth panel told us",
    ),
    "4": ("Three concerns about colleagues came in this year; none the year before.", "Staff survey, speaking up"),
    "5": ("Two disagreements ended at the first stage, within two days.", "Log of disagreements with other agencies"),
    "6": ("The time to reply to the front door fell from three days to one.", "Dip sample of decisions to share"),
    "7": (
        "The named practitioner was asked for advice about twice as many children.",
        "Diary of the named practitioner",
    ),
    "8": ("No one began work this year before the last check came back.", "File check of new starters"),
    "9": (
        "Records show that supervision asks about the child, not only about the case.",
        "Sample of supervision notes",
    ),
    "10": ("Families who speak little English now come to as many reviews as others.", "Attendance by language spoken"),
    "11": ("The designated officer says that our referrals come in time and say enough.", "Return on allegations"),
    "12": ("One provider changed how it greets children after our visit.", "Notes of visits to providers"),
    "N": (
        "The neglect tool was used for forty families, and eleven plans changed.",
        "Count of neglect tools completed",
    ),
}
"""By standard: how it is known to make a difference, and the evidence."""

PLANNED = "This is planned for next year; we do not know yet what difference it will make."
LOWERED = (
    "The evidence shows that it was done, not that anything changed.",
    "One team only; nothing from the other three.",
    "Staff we spoke to could not say where the procedure is.",
)
ACTIONS = (
    ("Ask children in every review what changed for them", "A sample of ten reviews is read in six months"),
    ("Put the escalation steps on the night rota's front page", "Night staff are asked in the next survey"),
)
OWN_RETURN = "Part of the council's own return"
THROUGH_THE_BOARD = "One return for general practice comes through the integrated care board"
NOT_THIS_TIME = "Invited to the voluntary sector's own self-check this year"
THEMES = (
    "Children's voice is asked for everywhere and acted on in about half. Escalation is known by day and not by night."
)
PARAGRAPH = (
    "Eight agencies answered. Moderation lowered one score in six, most often because evidence showed activity and not "
    "difference. Two actions an agency follow, and the executive group sees them every six months."
)
