"""The partnership's groups and their life: proposed, at work, paused, ended with a reason and a home for its open work.

A group that ended without a word of where its work went is how actions are lost; so ending asks for both.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models

from sightline.people.models import Group, Partnership
from sightline.platform.columns import choice, prose
from sightline.vocabulary import roles
from sightline.vocabulary.register import Messages, Register

from .changes import change_process
from .entries import Change, Entry, true_once
from .terms import TermsOfReference, terms_of

__all__ = ["GroupLife", "GroupLifeChange", "Groups", "TermsOfReference", "groups_at_work", "life_of", "terms_of"]


class Kind(models.TextChoices):
    EXECUTIVE = "executive", "Executive"
    SUB_GROUP = "sub-group", "Sub-group"
    STEERING = "steering", "Steering group"
    TASK = "task", "Task and finish group"
    PANEL = "panel", "Panel"
    FORUM = "forum", "Forum"


class State(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    ACTIVE = "active", "At work"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


class GroupColumns(models.Model):
    """What is held of a group beside its terms of reference."""

    name = models.CharField("What is the group called?", max_length=200, blank=True)
    sort = choice("What kind of group is it?", Kind)
    purpose = prose("What is it for?", "A sentence that somebody new would understand.")
    parent = models.ForeignKey(
        Group,
        verbose_name="Which group does it report to?",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    state = choice("Where is it in its life?", State)
    why = prose("If it is paused or ended: why?")
    work_goes_to = models.ForeignKey(
        Group,
        verbose_name="If it ended: which group takes over its open work?",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    no_open_work = prose("Or, if nobody takes it over, why not?", "For example: every action is closed.")
    decision = models.CharField(
        "Where is the decision recorded?", help_text="Meeting, date and minute", max_length=300, blank=True
    )

    messages = {
        "name": "Enter what the group is called",
        "sort": "Select what kind of group it is",
        "purpose": "Say what the group is for",
        "state": "Select where the group is in its life",
        "decision": "Enter where the decision is recorded",
    }

    class Meta:
        abstract = True


class GroupLife(Entry, GroupColumns):
    """A stretch of a group's life. `group` is what meetings, seats and terms of reference hang on."""

    key = models.SlugField(max_length=80)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="life")

    class Meta(Entry.Meta):
        verbose_name = "group"
        constraints = true_once("group_life", "partnership", "key")

    def __str__(self) -> str:
        return self.name


class GroupLifeChange(Change, GroupColumns):
    messages = {**Change.messages, **GroupColumns.messages}

    class Meta:
        verbose_name = "change to groups"


def _fits_the_state(values: Mapping[str, Any], before: Any) -> Messages:
    state, wrong = values["state"], {}
    if state in (State.PAUSED, State.ENDED) and not values["why"].strip():
        wrong["why"] = f"Say why the group is {State(state).label.lower()}"
    if state == State.ENDED and not values["work_goes_to"] and not values["no_open_work"].strip():
        wrong["work_goes_to"] = "Select the group that takes over its open work, or say why none does"
    return wrong


def _key_of_group(partnership: Partnership, values: Mapping[str, Any]) -> str:
    """A group that was there before the register keeps the key that its seats and meetings know it by."""
    there = Group.objects.filter(partnership=partnership, name=values["name"]).first()
    return there.key if there else ""


def _keep_group(deed: Any, row: GroupLife) -> None:
    """The group itself: made with its first stretch of life, and ended with its last."""
    group = Group.objects.filter(partnership=row.partnership, key=row.key).first()
    if group is None:
        group = Group(partnership=row.partnership, key=row.key, valid_from=row.valid_from)
        deed.add(group)
    else:
        deed.change(group)
    group.name, group.purpose = row.name, row.purpose
    group.valid_to = row.valid_from if row.state == State.ENDED and row.valid_from > group.valid_from else None
    row.group = group


class Groups(Register):
    """Groups of the partnership, each from its first day to its last."""

    label = "Groups"
    one = "group"
    says = "The partnership's groups, what each is for, whether it is at work, and where its work went when it ended."
    entry, change = GroupLife, GroupLifeChange
    columns = {
        "name": "Name",
        "sort": "Kind",
        "purpose": "Purpose",
        "parent": "Reports to",
        "state": "State",
        "why": "Why paused or ended",
        "work_goes_to": "Its open work goes to",
        "no_open_work": "Why nobody takes its work over",
        "decision": "Decision",
    }
    needs = ("name", "sort", "purpose", "state", "decision")
    listed = ("sort", "state", "parent")
    identity, named_from = ("key",), "name"
    changed_by = (roles.SUPPORT_HUB,)
    approved_by = (roles.SAFEGUARDING_PARTNER, roles.LEAD_PARTNER)
    state = "state"
    moves = {
        "": (State.PROPOSED, State.ACTIVE),
        State.PROPOSED: (State.ACTIVE, State.ENDED),
        State.ACTIVE: (State.PAUSED, State.ENDED),
        State.PAUSED: (State.ACTIVE, State.ENDED),
    }
    over = (State.ENDED,)
    version = "2026-11"
    sources = ("Working Together to Safeguard Children 2023, chapter 2: published arrangements", "local custom")
    known_as = staticmethod(_key_of_group)
    checks = staticmethod(_fits_the_state)
    then = staticmethod(_keep_group)


ChangeToGroups = change_process(Groups)


def life_of(group: Group, on: date) -> GroupLife | None:
    """Where the group is in its life on a day; None where the register does not say."""
    lives = GroupLife.objects.filter(group=group).select_related("group", "parent", "work_goes_to")
    return next((row for row in lives if row.in_force(on)), None)


def groups_at_work(partnership: Partnership, on: date) -> list[Group]:
    """Groups in force on a day, by name, without those that the register holds as proposed, paused or ended."""
    resting = {
        row.group_id
        for row in GroupLife.objects.filter(partnership=partnership).exclude(state=State.ACTIVE)
        if row.in_force(on)
    }
    return [group for group in Group.objects.on(on).filter(partnership=partnership) if group.pk not in resting]


def groups_of(partnership: Partnership) -> list[Group]:
    """Every group that the partnership has had, by name."""
    return list(Group.objects.filter(partnership=partnership))
