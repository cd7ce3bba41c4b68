"""Files in which something is not as it should be."""

from typing import Any

from hypothesis import strategies as st

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.text(max_size=4),
    st.just([]),
    st.just({}),
    st.just([None]),
)


def places(data: object, way: tuple = ()) -> list[tuple]:
    """The way to every value within a value."""
    pairs = data.items() if isinstance(data, dict) else ()
    inner = enumerate(data) if isinstance(data, list) else pairs
    return [way, *(place for key, value in inner for place in places(value, (*way, key)))]


def put(data: Any, way: tuple, value: object) -> None:
    """Let something else stand there."""
    for key in way[:-1]:
        data = data[key]
    data[way[-1]] = value
