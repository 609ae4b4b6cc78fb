"""The command ``kb``. Every command takes ``--home``; the rest are settings."""

import gc
import os
import sys
from dataclasses import replace
from importlib import import_module
from types import ModuleType

import click

from kb.cli.office import REFUSALS, Desk, told
from kb.settings import Settings

COMMANDS = {
    "communities": "communities",
    "db": "database",
    "demo": "demo",
    "doctor": "doctor",
    "export": "export",
    "gaps": "gaps",
    "index": "index",
    "mail": "mail",
    "people": "people",
    "prepare": "prepare",
    "regions": "regions",
    "seed": "seed",
    "serve": "serve",
    "sms": "sms",
    "thesaurus": "thesaurus",
    "translations": "translations",
    "worker": "worker",
}
"""Command → its module; only the one that is run is loaded."""


class Commands(click.Group):
    """The commands; what one refuses is a sentence and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module = loaded(f"kb.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command asked for."""
        try:
            return super().invoke(ctx)
        except REFUSALS as refused:
            raise click.ClickException(told(refused)) from refused


def loaded(name: str) -> ModuleType:
    """Give a module; from then on it is looked for garbage, but not in what stands."""
    if name not in sys.modules:
        import_module(name)
        gc.freeze()
    gc.enable()
    return sys.modules[name]


@click.group(cls=Commands)
@click.option(
    "--home", help="Folder that holds all this installation writes (KB_HOME)."
)
@click.version_option(package_name="humus-kb")
@click.pass_context
def main(context: click.Context, home: str | None) -> None:
    """Humus: what works for soil, where, and for whom."""
    try:
        settings = Settings.from_environment(os.environ)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    context.obj = Desk(replace(settings, home=home) if home else settings)
