"""One expression of RapidPro as a part of a text."""

from collections.abc import Callable

from otn_studio.exchange.rapidpro.excellent import Call, Number, Path, Text, Tree
from otn_studio.exchange.rapidpro.functions import (
    COUNTING,
    COUNTING_TOO,
    DATES,
    FILTERS,
    NUMBERS,
    ORDERS,
    UNCHANGED,
    UNITS,
    Untranslatable,
    pattern_of,
)

Finder = Callable[[tuple[str, ...]], "str | None"]
"""What a path is called here; a text in quotes is always the same. None: there is nothing like it."""


def literal(words: str) -> str:
    """Words as they are, whatever they look like to Liquid.

    >>> literal("{{EMAIL}}")
    '{{ "{{" }}EMAIL}}'
    """
    return words.replace("{{", '{{ "{{" }}').replace("{%", '{{ "{%" }}')


class Writer:
    """Writes one expression. What is counted with has to be known: else nothing is written, as
    RapidPro writes nothing where it can't count.
    """

    def __init__(self, find: Finder) -> None:
        self._find, self._names = find, 0
        self._before: list[str] = []
        self._needed: list[str] = []

    def text(self, tree: Tree) -> str:
        """A tree as a part of a text."""
        match tree:
            case Text(value):
                return literal(value)
            case Number(value):
                return value
            case Call("&" | "concatenate", of):
                return "".join(self.text(one) for one in of)
            case Call("if", (condition, yes, no)):
                return self._guarded(lambda: self._choice(condition, yes, no))
            case Call("if", (condition, yes)):
                return self._guarded(lambda: self._choice(condition, yes, Text("false")))
        return self._guarded(lambda: _shown(self._value(tree)))

    def _guarded(self, write: Callable[[], str]) -> str:
        """What is written, if all that it counts with is known."""
        outer = self._before, self._needed
        self._before, self._needed = [], []
        try:
            inside = write()
            text = "".join(self._before) + inside
            needed = " and ".join(dict.fromkeys(self._needed))
        finally:
            self._before, self._needed = outer
        return f"{{% if {needed} %}}{text}{{% endif %}}" if needed else text

    def _choice(self, condition: Tree, yes: Tree, no: Tree) -> str:
        asked = self._condition(condition)
        return f"{{% if {asked} %}}{self.text(yes)}{{% else %}}{self.text(no)}{{% endif %}}"

    def _condition(self, tree: Tree) -> str:
        match tree:
            case Call(sign, (left, right)) if sign in ORDERS:
                return f"{self._number(left)} {sign} {self._number(right)}"
            case Call("=" | "!=" as sign, (left, right)):
                sign = "==" if sign == "=" else sign
                if _counts(left) or _counts(right):
                    return f"{self._number(left)} {sign} {self._number(right)}"
                return f"{self._words(left)} {sign} {self._words(right)}"
            case Call("and" | "or" as name, of) if of and not any(_is_and_or(one) for one in of):
                return f" {name} ".join(self._condition(one) for one in of)
            case Call("is_error" | "not", (Path() as path,)):
                return f"{self._words(path)} == ''"
            case Path(("true",)) | Path(("false",)):
                return tree.steps[0]
            case Path():
                return self._path(tree)
        raise Untranslatable

    def _value(self, tree: Tree) -> str:
        """A tree as one value with its filters."""
        match tree:
            case Text(value):
                return _quoted(value)
            case Number(value):
                return value
            case Path():
                return self._path(tree)
            case Call("neg", (one,)):
                return f"{self._number(one)} | times: -1"
            case Call("/", (one, other)):
                divided = f"{self._number(one)} | times: 1.0 | divided_by: {self._number(other)}"
                return f'{divided} | append: "#" | replace: ".0#", "" | remove: "#"'
            case Call("legacy_add", (one, other)) if _is_date(one):
                return f"{self._value(one)} | plus_days: {self._number(other)}"
            case Call("legacy_add", (one, other)):
                return f"{self._number(one)} | plus: {self._number(other)}"
            case Call(name, (one, other)) if name in COUNTING or name in COUNTING_TOO:
                filter = COUNTING.get(name) or COUNTING_TOO[name]
                return f"{self._number(one)} | {filter}: {self._number(other)}"
            case Call(name, (one,)) if name in UNCHANGED:
                return self._value(one)
            case Call("now" | "today" as name, ()):
                return name
        return self._called(tree)

    def _called(self, tree: Tree) -> str:
        match tree:
            case Call("datetime_add" | "date_add", (one, amount, Text(unit))):
                unit = "minutes" if unit == "m" else unit.lower()
                if unit not in UNITS:
                    raise Untranslatable
                return f"{self._atom(one)} | plus_{UNITS[unit]}: {self._number(amount)}"
            case Call("format_date" | "format_datetime", (one, *rest)):
                pattern = rest[0].value if rest and isinstance(rest[0], Text) else "YYYY-MM-DD"
                return f"{self._atom(one)} | date: {_quoted(pattern_of(pattern))}"
            case Call("datetime_diff", (one, other, Text("D" | "d"))):
                return f"{self._atom(other)} | days_since: {self._atom(one)}"
            case Call("year" | "month" | "day" as name, (one,)):
                parts = {"year": "%Y", "month": "%-m", "day": "%-d"}
                return f"{self._atom(one)} | date: {_quoted(parts[name])}"
            case Call("word", (one, Number(which))):
                split = f'{self._atom(one)} | split: " "'
                return f"{split} | slice: {which}, 1 | join: ''"
            case Call("word_slice", (one, Number(first), *rest)):
                many = "1000"
                if rest and isinstance(rest[0], Number):
                    many = str(max(int(float(rest[0].value)) - int(float(first)), 0))
                return f'{self._atom(one)} | split: " " | slice: {first}, {many} | join: " "'
            case Call("remove_first_word", (one,)):
                return f'{self._atom(one)} | split: " " | slice: 1, 1000 | join: " "'
            case Call("first_name", (one,)):
                return f'{self._atom(one)} | split: " " | first'
            case Call(".", (Call("urn_parts", (one,)), Text("scheme"))):
                return self._scheme(one)
            case Call(name, (one, *rest)) if name in FILTERS:
                given = ", ".join(self._atom(other) for other in rest)
                return f"{self._atom(one)} | {FILTERS[name]}{': ' if given else ''}{given}"
        raise Untranslatable

    def _scheme(self, urn: Tree) -> str:
        if isinstance(urn, Path) and self._find(urn.steps):
            return _quoted(_unquoted(self._find(urn.steps) or "").partition(":")[0])
        raise Untranslatable

    def _atom(self, tree: Tree) -> str:
        """A tree as one value without filters: what a filter can be given."""
        value = self._value(tree)
        return self._named(value) if "|" in _without_quotes(value) else value

    def _number(self, tree: Tree) -> str:
        """A tree as a number."""
        match tree:
            case Number(value):
                return value
            case Text(value):
                return self._named(f"{_quoted(value)} | plus: 0")
            case Path():
                path = self._path(tree)
                self._needed.append(path)
                return self._named(f"{path} | plus: 0")
            case Call("if", _):
                return self._named(f"{self._captured(tree)} | plus: 0")
        return self._named(f"{self._value(tree)} | plus: 0")

    def _words(self, tree: Tree) -> str:
        """A tree as a text, to be compared with another."""
        match tree:
            case Text(value) | Number(value):
                return _quoted(value.lower())
            case Call("&" | "if" | "concatenate", _):
                return self._named(f"{self._captured(tree)} | downcase")
        return self._named(f"{self._value(tree)} | append: '' | downcase")

    def _named(self, value: str) -> str:
        name = self._new_name()
        self._before.append(f"{{% assign {name} = {value} %}}")
        return name

    def _captured(self, tree: Tree) -> str:
        text, name = self.text(tree), self._new_name()
        self._before.append(f"{{% capture {name} %}}{text}{{% endcapture %}}")
        return name

    def _new_name(self) -> str:
        self._names += 1
        return f"v{self._names}"

    def _path(self, path: Path) -> str:
        found = self._find(path.steps)
        if found is None:
            raise Untranslatable
        return found


def _shown(value: str) -> str:
    return f"{{{{ {value} }}}}" if _without_quotes(value) else literal(_unquoted(value))


def _counts(tree: Tree) -> bool:
    return isinstance(tree, Call) and tree.name in NUMBERS


def _is_date(tree: Tree) -> bool:
    return isinstance(tree, Call) and tree.name in DATES


def _is_and_or(tree: Tree) -> bool:
    return isinstance(tree, Call) and tree.name in ("and", "or")


def _quoted(text: str) -> str:
    """A text within Liquid, which knows no sign for a quote within quotes."""
    if '"' in text and "'" in text:
        raise Untranslatable
    return f"'{text}'" if '"' in text else f'"{text}"'


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in ("'", '"') else value


def _without_quotes(value: str) -> str:
    return "" if value[:1] in ("'", '"') and value[-1:] == value[:1] and "|" not in value else value
