"""Calling the Graph API, and reading what came of it."""

import requests

from otn_studio.emulator.client import PersonClient

TOKEN = {"access_token": "right-token"}


def received(person: PersonClient) -> list[str]:
    """The words that the Page has written to a person."""
    return [entry["text"] for entry in person.phone() if entry["from"] == "page"]


def error_of(response: requests.Response) -> dict:
    """The error of an answer, without what every error has."""
    error = response.json()["error"]
    assert error.pop("fbtrace_id")
    assert error.pop("type") == "OAuthException"
    return error
