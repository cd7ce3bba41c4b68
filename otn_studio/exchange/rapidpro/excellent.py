"""RapidPro's expressions, as a tree: ``@contact.name``, ``@(fields.age + 1)``."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

ROOTS: Final = frozenset(
    (
        *("contact", "fields", "results", "run", "child", "parent", "input", "urns", "webhook"),
        *("globals", "trigger", "resume", "node", "legacy_extra", "ticket", "locals", "optin"),
    )
)
"""What a text may ask for without parentheses; any other @ is just that."""
DEEPEST: Final = 40
_PATH: Final = re.compile(r"[a-zA-Z_]\w*(?:\.\w+)*")
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>\"(?:[^\"\\]|\\.|\"\")*\")"
    r"|(?P<name>[a-zA-Z_]\w*)|(?P<sign><=|>=|!=|<>|=>|[-+*/^&=<>(),.\[\]]))"
)
_ORDER: Final = ({"&"}, {"=", "!=", "<>"}, {"<", "<=", ">", ">="}, {"+", "-"}, {"*", "/"}, {"^"})


class Broken(ValueError):
    """An expression that can't be read."""


@dataclass(frozen=True, slots=True)
class Number:
    value: str


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Path:
    """Something to know: ``contact.name``."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function of these; an operator is one, too, by its sign. ``.``: a part of its first."""

    name: str
    of: tuple["Tree", ...]


Tree = Number | Text | Path | Call


def pieces(template: str) -> Iterator[tuple[str, str]]:
    """A template as words and expressions in their order: ``("", words)`` or ``("@", expression)``.

    >>> list(pieces("Hi @contact.name, 5@@2 @me"))
    [('', 'Hi '), ('@', 'contact.name'), ('', ', 5@2 @me')]
    """
    words, at = "", 0
    while at < len(template):
        if template[at] != "@":
            end = template.find("@", at)
            end = len(template) if end < 0 else end
            words, at = words + template[at:end], end
            continue
        inner, after = _expression(template, at + 1)
        if inner is None:
            words += "@"
        else:
            if words:
                yield "", words
            yield "@", inner
            words = ""
        at = after
    if words:
        yield "", words


def _expression(template: str, at: int) -> tuple[str | None, int]:
    """What stands behind an @, and where it ends."""
    if template.startswith("@", at):
        return None, at + 1
    if template[at : at + 1] == "(":
        end = _closing(template, at)
        return (None, at) if end is None else (template[at + 1 : end], end + 1)
    found = _PATH.match(template, at)
    if found is None or found[0].split(".")[0].lower() not in ROOTS:
        return None, at
    return found[0], found.end()


def _closing(template: str, at: int) -> int | None:
    depth, in_text = 0, False
    for index in range(at, len(template)):
        sign = template[index]
        if sign == '"':
            in_text = not in_text
        elif not in_text and sign in "()":
            depth += 1 if sign == "(" else -1
            if depth == 0:
                return index
    return None


def parsed(expression: str) -> Tree:
    """An expression as a tree.

    >>> parsed("fields.age + 1")
    Call(name='+', of=(Path(steps=('fields', 'age')), Number(value='1')))

    Raises:
        Broken: it is none.
    """
    reader = _Reader(_tokens(expression))
    tree = reader.at_level(0)
    if reader.peek():
        raise Broken(expression)
    return tree


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at, text = [], 0, expression.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            raise Broken(expression)
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    def peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def at_level(self, level: int) -> Tree:
        if level == len(_ORDER):
            return self._negated()
        left = self.at_level(level + 1)
        while self.peek() in _ORDER[level] and self._kind() == "sign":
            sign = self._take()
            left = Call("!=" if sign == "<>" else sign, (left, self.at_level(level + 1)))
        return left

    def _negated(self) -> Tree:
        if self.peek() == "-" and self._kind() == "sign":
            self._take()
            return Call("neg", (self._inner(self._negated),))
        return self._with_parts(self._single())

    def _single(self) -> Tree:
        if self._at >= len(self._tokens):
            raise Broken("")
        kind, token = self._tokens[self._at]
        self._at += 1
        match kind:
            case "number":
                return Number(token)
            case "text":
                return Text(re.sub(r'\\(.)|""', _unquoted, token[1:-1]))
            case "name":
                return self._named(token)
        if token != "(":
            raise Broken(token)
        inside = self._inner(lambda: self.at_level(0))
        self._expect(")")
        return inside

    def _named(self, name: str) -> Tree:
        if self.peek() == "(":
            self._take()
            of: list[Tree] = []
            while self.peek() != ")":
                of.append(self._inner(lambda: self.at_level(0)))
                if self.peek() != ")":
                    self._expect(",")
            self._expect(")")
            return Call(name.lower(), tuple(of))
        steps = [name.lower()]
        while self.peek() == "." and self._kind(1) in ("name", "number"):
            self._take()
            steps.append(self._take().lower())
        return Path(tuple(steps))

    def _with_parts(self, tree: Tree) -> Tree:
        """What follows in ``urn_parts(contact.urn).scheme`` and ``split(text, " ")[0]``."""
        while self.peek() in (".", "[") and self._kind() == "sign":
            if self._take() == ".":
                tree = Call(".", (tree, Text(self._take().lower())))
            else:
                tree = Call("[", (tree, self._inner(lambda: self.at_level(0))))
                self._expect("]")
        return tree

    def _inner(self, read: Callable[[], Tree]) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Broken("")
        found = read()
        self._depth -= 1
        return found

    def _kind(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at][0] if at < len(self._tokens) else ""

    def _take(self) -> str:
        self._at += 1
        if self._at > len(self._tokens):
            raise Broken("")
        return self._tokens[self._at - 1][1]

    def _expect(self, sign: str) -> None:
        if self._take() != sign:
            raise Broken(sign)


def _unquoted(found: re.Match[str]) -> str:
    if found[0] == '""':
        return '"'
    return {"n": "\n", "t": "\t"}.get(found[1], found[1])
