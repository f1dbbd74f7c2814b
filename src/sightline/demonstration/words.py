"""Invented sentences for contacts and meetings. `{child}` and `{mother}` are given names; no real case is meant."""

from random import Random

CONCERNS_BY_SOURCE = {
    "police": ("domestic-abuse", "domestic-abuse", "missing", "exploitation", "substance", "physical", "other"),
    "school": ("neglect", "physical", "emotional", "self-harm", "neglect", "exploitation", "mental-health"),
    "health": ("neglect", "mental-health", "self-harm", "physical", "substance"),
    "council": ("housing", "neglect", "domestic-abuse", "mental-health"),
    "justice": ("substance", "exploitation", "domestic-abuse"),
    "help": ("domestic-abuse", "substance", "neglect", "emotional"),
    "public": ("neglect", "neglect", "physical", "emotional", "domestic-abuse", "other"),
}
NARRATIVES = {
    "neglect": (
        "{child} has come in the same unwashed clothes since Monday, and was hungry each morning.",
        "{child} was collected late three times this week and nobody answered the numbers we hold.",
        "There was no food in the kitchen and no heating on. {mother} said the money runs out by Thursday.",
    ),
    "physical": (
        "{child} had a mark on the upper arm that looked like fingers. {child} looked away when asked.",
        "{child} flinched when a chair was moved and has a graze that is said to be from a fall.",
    ),
    "emotional": (
        "{child} says that nobody at home talks to {child} for days when there has been an argument.",
        "{mother} was heard calling {child} worthless at the gate. {child} has stopped playing with friends.",
    ),
    "sexual": (
        "{child} used words and showed things in play that a child of that age should not know about.",
        "{child} told a friend that an older relative comes into the bedroom. The friend told us.",
    ),
    "domestic-abuse": (
        "Officers went to shouting at the address. {child} was on the stairs, awake, and had heard it all.",
        "{mother} says that her partner broke her telephone so that she could not call. {child} was in the room.",
        "A neighbour rang about banging. {mother} had a cut lip and said that she had walked into a door.",
    ),
    "exploitation": (
        "{child} has a new telephone and trainers, is out past midnight, and will not say who with.",
        "{child} was found two towns away in a flat with older people and a train ticket bought by somebody else.",
    ),
    "missing": (
        "{child} did not come home after school and was found at 4am near the bus station.",
        "Third time missing this month. {child} came back by taxi and went straight to bed.",
    ),
    "substance": (
        "{mother} was too drunk to stand when {child} was brought home.",
        "Cannabis was on the table within reach of {child}; the room was full of smoke.",
    ),
    "mental-health": (
        "{mother} says that she has not slept for a week and that voices tell her the house is watched.",
        "{mother} has missed three appointments and stopped her medicine. {child} is doing the cooking.",
    ),
    "self-harm": (
        "{child} has fresh cuts on the forearm and says that it helps when things are loud at home.",
        "{child} told a teacher about not wanting to be here any more.",
    ),
    "housing": (
        "The family has been in one room for eleven weeks and has notice to leave on Friday.",
        "The tenancy is ending for arrears. {child} sleeps on the sofa with two others.",
    ),
    "other": (
        "{child} seems to be looked after by a family friend, and nobody knows for how long.",
        "We are not sure that this is anything, but {child} has changed a great deal since the summer.",
    ),
}
CHILD_WORDS = (
    *("I don't want to go home today.", "Mum cries when he comes round.", "It's fine, I just fell."),
    *(
        "They shout and I put my head under the pillow.",
        "I get my own tea.",
        "He said it was our secret.",
        "",
        "",
        "",
        "",
    ),
)
VISITORS = ("A new partner stays most weekends.", "An uncle sleeps on the sofa.", "Older friends come and go at night.")
RAG_REASONS = {
    "red": "The child may not be safe tonight and the people who could keep them safe are not agreed.",
    "amber": "Serious if it is as told; no sign that the child is in danger tonight.",
    "green": "Needs looking into and a plan; family is talking to the school or health visitor.",
    "blue": "Advice or information is what is asked for.",
}
INFORMATION = {
    "pol": (
        "Two calls to the address in the last year, both arguments, no arrest.",
        "One adult has a caution for common assault, four years ago. Nothing since.",
        "Partner is known to us for supplying cannabis; intelligence, not conviction.",
    ),
    "icb": (
        "Registered with a GP. Immunisations up to date. One missed eye appointment.",
        "Mother under care for low mood, seen last month, medicine reviewed.",
        "Three attendances at the emergency department in a year, each with an explanation that fitted.",
    ),
    "edu": (
        "Attendance 87%. Often tired. Has one trusted adult in school.",
        "Attendance is good and friendships are steady. Nothing recorded in the last two terms.",
        "Four entries in our concern log this term, mostly about being collected late.",
    ),
    "other": (
        "Tenancy since 2022, one complaint of noise, rent up to date.",
        "Known to us until last year; work ended as agreed, goals mostly met.",
        "Open to us now. Last seen nine days ago; engaged, anxious about money.",
    ),
}
LIVED = (
    "{child} gets up alone, gets a younger one ready and waits by the window for the shouting to stop.",
    "{child} has a warm home and a mother who is worn out; the worry is about who else comes there.",
    "On good days {child} goes to club and has tea with Nan; on bad days nobody notices whether {child} ate.",
    "{child}'s days are full of other people's crises, and {child} has learned to stay quiet.",
)
HISTORY = {
    True: "Read with the contacts before it: the same worry is coming back, each time from somebody new.",
    False: "Nothing recorded here before this contact.",
}
VOICE = (
    "What {child} said is why this goes further than the incident alone would.",
    "{child} was spoken to alone at school and asked for help with the mornings, so that is what is offered.",
    "{child} is too young to say; how {child} was with each parent was watched and is described.",
)
WHY = {
    "strategy": "Reasonable cause to suspect significant harm, on what the child said and what was seen.",
    "assessment": "Needs are several and getting worse; no agency can meet them alone without an assessment.",
    "early-help": "The family agreed to help and the need is real, and below the threshold for social work.",
    "advice": "The agency that told us is best placed to help; we said what to do and what to look for.",
    "nfa": "Explained by what the agencies know; the child is seen daily by adults who will tell us.",
}
WOULD_CHANGE = "Another incident, a change in who lives there, or the child saying more."
NO_VIEW = "Too young to ask, and not seen by us; the health visitor's observations were used instead."
STEP_UP = "Refusal was weighed: what is known today does not reach the threshold, and the school will look out."
WITHOUT = (
    "Rang twice; told that nothing new is held.",
    "Enough is known without it; the reply will be read when it comes.",
)
QUESTIONS = (
    "What does the older child's school say?",
    "Who was in the house that night?",
    "Has the father been asked?",
)
REFUSAL_DETAIL = "An investigation is live and the family must not learn of it. Ring the inspector on duty."

RISK = (
    "Harm has happened and is likely to happen again unless the adult leaves or is kept away.",
    "Neglect is of long standing. Each agency has seen one part of it and none the whole.",
    "The injury does not fit what is said of it, and the explanation has changed twice.",
    "Adults outside the family are the danger; the parents are frightened and want help.",
)
SHARED = (
    "Police: two calls this year. Health: one attendance explained by a fall. School: quiet, tired, hungry.",
    "Social care: early help closed last spring. Police: partner on bail. Health visitor: weight has dropped.",
    "School: four concerns since September. Police: nothing recorded. Health: appointments missed.",
)
SAFE = (
    "Stays with Nan tonight; social worker visits at 6pm; police have marked the address until Monday.",
    "The partner has left and will not return before the visit on Thursday; school sees the child each day.",
    "Stays in hospital until the medical; nobody takes the child home before the team agrees.",
)
DISSENT = (
    "We think that an enquiry should start now. The pattern is plain from our own records.",
    "We would have waited for the medical before deciding.",
)
ACTIONS = (
    (
        "See the child alone and write down what they say",
        "csc",
        1,
        "The team manager sends another worker the same day",
    ),
    ("Visit the home and look at where each child sleeps", "csc", 2, "The police go with the social worker"),
    ("Check every adult who stays at the address", "pol", 2, "The sergeant on duty does it by hand"),
    ("Arrange the medical and send its report to everybody invited", "icb", 3, "The designated doctor is rung"),
    ("Ring the team on each day that the child is not in school by 9:30", "edu", 1, "The attendance officer visits"),
    ("Agree with the family who keeps the children safe and write it down", "csc", 3, "The case goes to legal advice"),
)
EVIDENCE = (
    "Seen alone on the day; note is on the record.",
    "Done and confirmed by telephone.",
    "Report received and read.",
)
DROPPED = "The family moved to another area, which has been told and has accepted."
ABSENT = ("Nobody free", "On annual leave and no deputy", "Did not get the invitation", "Called to an emergency")
WENT_AHEAD = "The child was due to go home that afternoon and could not wait for another day."
COULD_NOT = "Police were called away and the meeting could not decide without what they know."
CLOSING = "Actions are done; the work goes on in the assessment."


def narrative(concern: str, child: str, mother: str, pick: Random) -> str:
    return pick.choice(NARRATIVES[concern]).format(child=child, mother=mother)
