"""What blocks that call other programs, or colleagues, know to be wrong with themselves."""

from otn_studio.blocks.actions.hand_over import HandOver
from otn_studio.blocks.actions.http_request import HttpRequest, KeptValue
from otn_studio.blocks.actions.notify import Notify
from otn_studio.blocks.asking import Header
from otn_studio.flow.document import Flow
from tests.builders import started
from tests.checks.cases import error, found, warning

URL = "https://shop.example/orders"


def asks(url: str = URL, **more: object) -> Flow:
    return started(HttpRequest(url=url, **more))


def header(name: str, value: str = "x") -> Flow:
    return asks(headers=[Header(name=name, value=value)])


def keeps(path: str) -> Flow:
    return asks(answer=[KeptValue(path=path, field="size")])


def notifies(to: str) -> Flow:
    return started(Notify(to=to, text="Help"))


OWN_HOST = "https://{{ contact.first_name }}.example/"
ENCODED = URL + "/{{ contact.first_name | url_encode }}"
PLAIN = URL + "/{{ contact.first_name }}"

CASES = [
    error("not_one_address", asks(OWN_HOST), asks(ENCODED), "it", "url"),
    error("not_one_address", asks("shop"), asks("{{ secret.shop_key }}"), "it", "url"),
    error("not_one_address", asks("https://me:pass@shop.example/"), asks(), "it", "url"),
    warning("not_encoded", asks(PLAIN), asks(ENCODED), "it", "url"),
    error("patience_out_of_range", asks(time_limit=21), asks(time_limit=20), "it", "time_limit"),
    error("patience_out_of_range", asks(time_limit=0), asks(time_limit=1), "it", "time_limit"),
    error("bad_header", header("My header"), header("My-Header"), "it", "headers.0.name"),
    error("bad_header", header("Host"), header("Hosts"), "it", "headers.0.name"),
    error("broken_path", keeps("$.a["), keeps("$.a[0]"), "it", "answer.0.path"),
    error("broken_path", keeps("$..a"), keeps("$.a[*].b"), "it", "answer.0.path"),
    error("broken_path", keeps("$[?@.a > 1]"), keeps("$['a']"), "it", "answer.0.path"),
    error("broken_path", keeps("$[*,*]"), keeps("$[1:3]"), "it", "answer.0.path"),
    error(
        *("bad_secret", header("Key", "{{ secret.Key }}"), header("Key", "{{ secret.shop_key }}")),
        *("it", "headers.0.value"),
    ),
    warning(
        "missing_secret",
        *(header("Key", "{{ secret.other }}"), header("Key", "{{ secret.shop_key }}")),
        *("it", "headers.0.value"),
    ),
    error(
        "hand_over_out_of_range",
        *(started(HandOver(longest="8 days")), started(HandOver(longest="7 days"))),
        *("it", "longest"),
    ),
    error("nobody_to_notify", notifies("Ann"), notifies("ann@shop.example"), "it", "to"),
    error("nobody_to_notify", notifies("a@b.c, d@e.f"), notifies(URL), "it", "to"),
]


def test_secrets_may_only_be_asked_for_where_they_are_filled_in():
    assert not found(header("Key", "{{ secret.shop_key }}"), "unknown_name")
    told = started(Notify(to="ann@shop.example", text="{{ secret.shop_key }}"))
    assert found(told, "unknown_name")
