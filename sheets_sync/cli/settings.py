"""`settings` prints a commented example of the settings file."""

from importlib.resources import files

import click


@click.command()
def settings() -> None:
    """Print an example of the settings file, every setting with its default."""
    click.echo(files("templates").joinpath("settings.toml").read_text(encoding="utf-8"), nl=False)
