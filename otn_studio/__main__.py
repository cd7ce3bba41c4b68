from otn_studio.cli.main import run

if __name__ == "__main__":
    run()
