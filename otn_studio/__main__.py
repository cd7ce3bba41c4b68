import sys

from otn_studio.cli.loading import quickly
from otn_studio.cli.second import is_handed_over


def main() -> None:
    """The program."""
    if is_handed_over(sys.argv[1:]):
        return
    with quickly():
        from otn_studio.cli.main import run
    run()


if __name__ == "__main__":
    main()
