"""The office of the dialogs."""

from tests.ui.dialogs.conftest import desk as desk
from tests.ui.dialogs.conftest import module_shell as module_shell
