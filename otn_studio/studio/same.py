"""What was made of a large value that never changes, kept for as long as that is the value."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """Stands for a value as a key: equal only to one of the very same object.

    >>> topics = {"shoes": "Shoes"}
    >>> Same(topics) == Same(topics), Same(topics) == Same(dict(topics))
    (True, False)
    """

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)
