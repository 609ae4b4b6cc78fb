"""The security list, line by line (`lines.py`), and what only this list asks for."""
