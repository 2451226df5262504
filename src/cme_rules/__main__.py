"""`python -m cme_rules` is the command line too, for where no scripts are on the path."""

from cme_rules.cli import main

if __name__ == "__main__":
    main()
