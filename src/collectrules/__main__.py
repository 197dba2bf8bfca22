"""`python -m collectrules` is the command `collectrules`."""

from collectrules.cli import main

if __name__ == "__main__":
    main()
