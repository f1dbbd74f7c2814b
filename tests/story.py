"""Matters of the small invented partnership, brought by several people to several stages, for tests of what is seen."""

from datetime import date

from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform

MAYA = {"kind": "child", "given_names": "Maya", "family_name": "Dunne", "date_of_birth": date(2018, 2, 8)}
KIM = {"kind": "adult", "given_names": "Kim", "family_name": "Dunne", "relation": "mother"}
REN = {"kind": "child", "given_names": "Ren", "family_name": "Osei", "date_of_birth": date(2011, 6, 1)}


class Story:
    """`take` performs one step as one of the world's people; `told` opens a contact."""

    def __init__(self, world, acting):
        self.world, self.acting = world, acting

    def told(self, who="school", people=(MAYA, KIM), **more):
        answers = {"narrative": "A bruise on the cheek", "people": list(people), "in_danger": "no", **more}
        return self.opened("contact", who, answers)

    def opened(self, process, who, answers):
        actor = getattr(self.world, who)
        with self.acting(actor):
            return open_case(process, by=actor, partnership=self.world.partnership, answers=answers).case

    def take(self, case, who, step, **answers):
        actor = getattr(self.world, who)
        with self.acting(actor):
            return perform(case, step, by=actor, answers=answers)

    def logged(self, case, known=None):
        """Everybody told of is a new person, but for those named in `known` (given names to a person's id)."""
        with self.acting(self.world.officer):
            subjects = list(case.subjects.all())
        found = [{"subject": s.pk, "is_person": (known or {}).get(s.given_names, "new")} for s in subjects]
        self.take(case, "officer", "log", source="2A", concerns=["physical"], identified=found)
        return case

    def checked(self, case, rag="amber", ask=()):
        self.take(case, "worker", "set_priority", rag=rag, rag_reason="Injury, explained")
        if ask:
            asked = [{"agency": self.world.agency(key).pk} for key in ask]
            self.take(case, "worker", "ask_agencies", agencies=asked)
        return case

    def strategy(self, case):
        """The strategy discussion that is opened from a contact."""
        self.take(case, "worker", "hold_strategy_now")
        with self.acting(self.world.manager):
            return Case.visible_to(self.world.manager).get(process="strategy-discussion", links_in__source=case)

    def several(self):
        """One contact by each school; one asks the police, the other leads to a strategy discussion."""
        first = self.checked(self.logged(self.told()), ask=["ardenvale-police"])
        second = self.logged(self.told("other_school", people=[REN]))
        return first, second, self.strategy(second)
