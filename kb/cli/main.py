"""The command ``kb``. Every command takes ``--home``; the rest are settings."""

import os
from dataclasses import replace

import click

from kb.cli import database, demo, doctor, index, prepare, seed, serve, worker
from kb.cli.office import REFUSALS, Desk, told
from kb.settings import Settings


class Refusing(click.Group):
    """A group whose refusals are one sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command asked for."""
        try:
            return super().invoke(ctx)
        except REFUSALS as refused:
            raise click.ClickException(told(refused)) from refused


@click.group(cls=Refusing)
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


for command in (
    demo.demo,
    prepare.prepare,
    serve.serve,
    worker.worker,
    seed.seed,
    index.index,
    database.db,
    doctor.doctor,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
