"""`python -m analyst`: the command `analyst`."""

from analyst.cli import main

if __name__ == "__main__":
    main()
