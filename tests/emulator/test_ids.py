from otn_studio.emulator.ids import Ids


def _some(ids: Ids) -> list[str]:
    return [make() for make in (ids.person, ids.message, ids.token, ids.trace) for _ in range(20)]


def test_a_seed_gives_the_same_ids_again():
    assert _some(Ids(5)) == _some(Ids(5))
    assert _some(Ids(5)) != _some(Ids(6))


def test_without_a_seed_a_new_emulator_never_gives_old_ids():
    assert not set(_some(Ids())) & set(_some(Ids()))


def test_ids_differ_and_people_are_numbers():
    ids = Ids(5)
    assert len(set(_some(ids))) == 80
    assert ids.person().isdigit()
    assert len(ids.person()) == 16
