import pytest

from otn_studio.emulator.identity import PageIdentity


def test_the_secrets_do_not_show(page):
    assert "right-token" not in repr(page)
    assert "app-secret" not in repr(page)
    assert "Bakery" in repr(page)


@pytest.mark.parametrize(("page_id", "app_id"), [("bakery", "1"), ("1", "my-app"), ("", "1")])
def test_ids_are_digits(page_id, app_id):
    with pytest.raises(ValueError, match="made of digits"):
        PageIdentity(page_id, "Bakery", "token", "secret", app_id)
