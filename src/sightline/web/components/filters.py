"""Filters, order and page of a list, kept in its address so that Back and a pasted link work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

ROWS_A_PAGE = 25


@dataclass(frozen=True)
class Filter:
    """One thing to narrow a list by. `choices` are (code, words); codes go into the address, so never a name."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]
    several: bool = False


class Filters:
    """What an address asks for. Codes that no filter offers are left out."""

    def __init__(self, query: QueryDict, filters: Sequence[Filter], *, default_sort: str = "") -> None:
        self.filters = filters
        self._chosen = {one.key: self._read(query, one) for one in filters}
        self.sort = query.get("sort") or default_sort
        self._default_sort = default_sort

    @staticmethod
    def _read(query: QueryDict, one: Filter) -> list[str]:
        offered = {code for code, _ in one.choices}
        given = [code for code in query.getlist(one.key) if code in offered]
        return given if one.several else given[:1]

    def chosen(self, key: str) -> list[str]:
        """The codes chosen for a filter."""
        return self._chosen[key]

    def one(self, key: str) -> str:
        """The single code chosen for a filter, or an empty string."""
        return next(iter(self._chosen[key]), "")

    def address(self, *, without: tuple[str, str] | None = None, **changed: Any) -> str:
        """The query of this list with one choice taken away, or `sort` or `page` changed. Starts with "?"."""
        query = QueryDict(mutable=True)
        for key, codes in self._chosen.items():
            query.setlist(key, [code for code in codes if (key, code) != without])
        sort = changed.get("sort", self.sort)
        if sort and sort != self._default_sort:
            query["sort"] = sort
        if changed.get("page", 1) != 1:
            query["page"] = str(changed["page"])
        return f"?{query.urlencode()}"

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is chosen, each with the address of the list without it."""
        return [
            {"text": f"{one.label}: {words}", "href": self.address(without=(one.key, code))}
            for one in self.filters
            for code, words in one.choices
            if code in self._chosen[one.key]
        ]

    def column(self, text: str, sort: str = "", *, number: bool = False) -> dict[str, Any]:
        """A header cell whose link sorts by it; a second press turns the order round."""
        if not sort:
            return {"text": text, "number": number}
        down = self.sort == sort
        state = {sort: "ascending", f"-{sort}": "descending"}.get(self.sort, "")
        return {
            "text": text,
            "number": number,
            "sorted": state,
            "href": self.address(sort=f"-{sort}" if down else sort),
        }


def page_of(rows: Any, number: Any, rows_a_page: int = ROWS_A_PAGE) -> Page[Any]:
    """The page asked for; the first or last one when there is no such page."""
    return Paginator(rows, rows_a_page).get_page(number)


def page_words(page: Page[Any]) -> str:
    """For a list's title: " (page 2 of 4)"; empty when there is one page."""
    total = page.paginator.num_pages
    return f" (page {page.number} of {total})" if total > 1 else ""


def pager(page: Page[Any], filters: Filters) -> dict[str, Any] | None:
    """Parameters for GOV.UK pagination; None when one page holds all."""
    if page.paginator.num_pages < 2:
        return None
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [
        {"ellipsis": True}
        if number == Paginator.ELLIPSIS
        else {"number": number, "href": filters.address(page=number), "current": number == page.number}
        for number in numbers
    ]
    shown: dict[str, Any] = {"items": items}
    if page.has_previous():
        shown["previous"] = {"href": filters.address(page=page.previous_page_number())}
    if page.has_next():
        shown["next"] = {"href": filters.address(page=page.next_page_number())}
    return shown
