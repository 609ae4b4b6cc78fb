"""Changing files of seeds as people do by hand."""

import yaml

from kb.exchange.files import read_yaml


def change(folder, name, **changed):
    write(folder / name, read_yaml(folder / name) | changed)


def write(path, content):
    path.write_text(yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True))
