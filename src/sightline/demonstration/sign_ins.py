"""Whom a visitor can sign in as: (role in words, user name, what they do); for `make demo` and the sign-in page."""

PASSWORD = "ardenvale-is-invented"  # noqa: S105 - printed beside the names on purpose

SIGN_INS: list[tuple[str, str, str]] = [
    ("School safeguarding lead", "school-lead", "Sends a concern, sees what was decided, opens minutes"),
    ("Second school's lead", "other-school", "Answers what the front door asks; sees nothing of other schools"),
    ("GP safeguarding lead", "gp-lead", "Sends concerns and answers for the surgery"),
    ("Police decision maker", "police", "Answers enquiries for the police, many of them late"),
    ("Health decision maker", "health", "Answers enquiries for the NHS, goes to strategy discussions"),
    ("Housing lead", "housing", "Answers enquiries about tenancies"),
    ("Contact officer", "contact-officer", "Logs new contacts, chases agencies, tells referrers"),
    ("Front-door social worker", "front-door-worker", "Sets priorities, asks agencies, proposes decisions"),
    ("Emergency duty social worker", "emergency-duty", "Does urgent work at night and at weekends"),
    ("Front-door manager", "front-door-manager", "Endorses decisions, sees what is late"),
    ("Duty manager", "duty-manager", "Owns new contacts until somebody takes them"),
    ("Service manager", "service-manager", "Decides disputed thresholds, overrides a gate"),
    ("Social care team manager", "team-manager", "Chairs strategy discussions, allocates"),
    ("Lead social worker", "lead-worker", "Holds children's work after the front door"),
    ("Business support", "business-support", "Takes notes, sends minutes, chases who has not opened them"),
    ("Data analyst", "analyst", "Loads returns and looks after figures"),
    ("Safeguarding partner (council)", "partner-council", "Reads figures and assurance"),
    ("Safeguarding partner (police)", "partner-police", "Reads figures and assurance, here and in Thornmere"),
    ("Safeguarding partner (NHS)", "partner-health", "Reads figures and assurance"),
    ("Independent scrutineer", "scrutineer", "Asks and is answered"),
]
