"""Whoever sends it, to whatever page: of a request that is larger than the page takes, nothing is read."""

from io import BytesIO
from typing import Any

import pytest
from contacts import signed_in, told
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from sightline.platform.settings.public_form import public_form_limits
from sightline.platform.settings.rules import file_limits

pytestmark = pytest.mark.django_db
MOST = file_limits()["request_mb"].figure * 1_000_000


class Body(BytesIO):
    """What is sent, and how much of it was read."""

    taken = 0

    def read(self, *size: Any) -> bytes:
        got = super().read(*size)
        self.taken += len(got)
        return got


def sent(
    client: Client, address: str, length: int = 50_000_000_000, content_type: str = MULTIPART_CONTENT, **meta: Any
):
    """The answer to a form that says that it holds so much; and what was read of it."""
    given = {"csrfmiddlewaretoken": csrf_of(client), "file": SimpleUploadedFile("a.txt", b"words")}
    body = Body(encode_multipart(BOUNDARY, given))
    said = {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": content_type, "wsgi.input": body, **meta}
    answer = client.post(address, **said)
    return answer, body.taken


def csrf_of(client: Client) -> str:
    client.get("/sign-in")
    return client.cookies["sightline-form"].value if "sightline-form" in client.cookies else "none"


@pytest.mark.parametrize("who", ["", "worker"])
@pytest.mark.parametrize(
    "address", ["/sign-in", "/report/status", "/search/", "/nowhere/at/all", "/your-account/password", "/healthz"]
)
def test_a_form_of_fifty_gigabytes_is_refused_before_anything_of_it_is_read(world: Any, who: str, address: str) -> None:
    client = signed_in(world, who) if who else Client(enforce_csrf_checks=True)
    answer, read = sent(client, address)
    assert (answer.status_code, read) == (413, 0)
    assert "What was sent is too large" in answer.text
    assert "takes at most 3 MB at once" in answer.text
    assert answer["X-Frame-Options"] == "DENY"


def test_as_much_as_a_page_takes_is_read_and_a_byte_more_is_not(world: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sent(client, "/sign-in", MOST)[1] > 0
    assert sent(client, "/sign-in", MOST + 1)[1] == 0


@pytest.mark.parametrize("unsaid", [{"HTTP_TRANSFER_ENCODING": "chunked"}, {"CONTENT_LENGTH": "many"}])
def test_a_request_that_does_not_say_how_large_it_is_is_refused(world: Any, unsaid: dict[str, str]) -> None:
    answer, read = sent(Client(), "/sign-in", **unsaid)
    assert (answer.status_code, read) == (413, 0)


@pytest.mark.parametrize("address", ["/returns/send/", "/cases/{}/files/add"])
@pytest.mark.parametrize("length", [10_000_000, 50_000_000_000])
def test_a_page_for_files_reads_nothing_large_from_whoever_is_not_signed_in(
    world: Any, address: str, length: int
) -> None:
    answer, read = sent(Client(), address.format(told(world).pk), length)
    assert (answer.status_code, read) == (302, 0)
    assert answer["Location"].startswith("/sign-in")


def test_a_page_for_files_says_itself_what_is_too_large(world: Any) -> None:
    answer, read = sent(signed_in(world, "analyst"), "/returns/send/")
    assert (answer.status_code, read) == (413, 0)
    assert "The largest that can be loaded is 500 MB" in answer.text
    case = told(world)
    answer, read = sent(signed_in(world, "worker"), f"/cases/{case.pk}/files/add")
    assert (answer.status_code, read) == (413, 0)
    assert "The largest that can be attached is 25 MB" in answer.text


def test_the_public_form_keeps_its_own_limit_and_its_own_words(world: Any) -> None:
    answer, read = sent(Client(), "/report/question/what", public_form_limits().body_bytes + 1)
    assert (answer.status_code, read) == (413, 0)
    assert "What you entered is too long to send at once" in answer.text
