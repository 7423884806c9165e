"""The front door: `python generate.py build` does what the installed command `lessonpress` does."""

import sys

try:
    from lessonpress.cli import main
except ModuleNotFoundError as error:  # a fresh clone, before `make`
    sys.exit(
        f"lessonpress needs a package that is not installed: {error.name}.\nRun `make` in this folder; it installs everything."
    )

if __name__ == "__main__":
    main()
