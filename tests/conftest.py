"""Every test runs in the environment that the assistant's programs run in."""

from __future__ import annotations

import os

from bot.launch.project import ROOT, shared_environment

# Before the first import of Rasa, which reads it.
os.environ.update(shared_environment(ROOT))
