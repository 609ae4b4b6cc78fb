"""The commands: ``kb`` and one file for each part of it."""
