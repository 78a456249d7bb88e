import subprocess
import sys

PROGRAM = """
import importlib, pkgutil, sys
BLOCKED = {"PySide6", "shiboken6", "sqlalchemy", "alembic", "reportlab", "uharfbuzz", "openpyxl", "python_calamine",
           "pypinyin", "chinese_calendar", "uuid_utils", "tomli_w"}
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ImportError(f"{name} is behind the wall")
sys.meta_path.insert(0, Wall())
import fupin_desktop.domain, fupin_desktop.policy
count = 0
for package in (fupin_desktop.domain, fupin_desktop.policy):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
        count += 1
print(count)
"""


def test_domain_and_policy_import_with_everything_else_blocked() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20
