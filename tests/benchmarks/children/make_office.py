"""An office with an imported register, kept for what is measured on it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.children.big_office import import_register, open_office


def main() -> None:
    """Make it in the folder of the second argument from the workbook of the first."""
    print("ready", flush=True)
    bench = open_office(Path(sys.argv[2]))
    import_register(bench, Path(sys.argv[1]))
    bench.close()
    print("{}")


if __name__ == "__main__":
    main()
