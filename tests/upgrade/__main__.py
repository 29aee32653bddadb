"""Record this version: its migrations, and rows as it stores them. docs/development.md says when."""

import os
import subprocess
import sys

from tests.upgrade.stage import VERSION_FILE, environment, new_database

if __name__ == "__main__":
    with new_database("upgrade_record") as name:
        command = [sys.executable, "-m", "tests.upgrade.stage", "record", str(VERSION_FILE)]
        subprocess.run(command, env=os.environ | environment(name), check=True)
