from otn_studio.cli.loading import quickly


def main() -> None:
    """The program."""
    with quickly():
        from otn_studio.cli.main import run
    run()


if __name__ == "__main__":
    main()
