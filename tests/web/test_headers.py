"""Security headers are on every answer, whatever its status (security.md R61)."""

import pytest

from scrutiny.web.headers import HEADERS

ASKED = {
    200: ("GET", "/"),
    303: ("GET", "/desk"),
    404: ("GET", "/nowhere"),
    403: ("POST", "/sign-in"),
}


@pytest.mark.parametrize("status", ASKED)
def test_every_status_has_every_header(browse, status):
    method, path = ASKED[status]
    reply = browse()._ask(method, path, headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == status
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS
    assert reply.headers["strict-transport-security"].startswith("max-age=")


def test_the_policy_of_content_allows_nothing_inline():
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


def test_pages_of_the_signed_in_are_never_stored(browse):
    assert browse("amara").get("/desk").headers["cache-control"] == "no-store"


def test_a_method_that_a_page_has_not_is_not_found(browse):
    assert browse()._ask("DELETE", "/").status_code == 404
    assert browse()._ask("TRACE", "/").status_code == 404


def test_no_schema_and_no_debug_page_are_served(browse):
    assert {browse().get(path).status_code for path in ("/schema", "/.git/config")} == {404}
