"""The command line: one small module per command, imported when it is called.

stdout is data, stderr is talk. Errors are shown here and nowhere else: message, hint, exit code.
"""

from __future__ import annotations

import importlib

import click

from articleaudio.errors import ArticleAudioError

COMMANDS = {
    "init": "Write a house file: what articleaudio must know of a publication.",
    "convert": "Turn articles into published audio: the main job.",
    "read": "Show what an article says, and what of the page is left out.",
    "script": "Show what will be said, segment by segment.",
    "names": "Rank the names, acronyms and foreign words that no lexicon settles.",
    "lexicon": "Prove, import and export lexicons: how names are said.",
    "say": "Speak one line of text into a file.",
    "hear": "Hear what was spoken, and list words that were not heard.",
    "check": "Prove finished episodes, and name each second that is wrong.",
    "voices": "List, show, try and install voices.",
    "feed": "Rebuild feed, index and pages of an output folder.",
    "embed": "Print what a site pastes to publish an episode.",
    "retract": "Withdraw episodes: nothing of them can be heard any more.",
    "prune": "Remove what was replaced long ago, and what dead runs left.",
    "serve": "Serve an output folder for preview.",
    "worker": "Lend this machine to a cluster, or start one.",
    "cache": "Show what the cache holds, or remove what is old.",
    "doctor": "Tell what this machine has and lacks.",
}
"""Every command with its line of help; its module is imported only when it runs."""


class LazyGroup(click.Group):
    """Lists commands without importing them, and turns our errors into message, hint and exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Give the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"articleaudio.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; show an error once, with what to do next."""
        try:
            return super().invoke(ctx)
        except ArticleAudioError as error:
            show_error(error.message, error.hint)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("\ninterrupted; what was finished is kept, run the same command again to go on", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            ctx.exit(0)
        except OSError as error:  # what failed that nobody expects to fail: our own files, the disk under them
            show_error(f"the system says: {error}", "check the disk; what was finished is kept, run the command again")
            ctx.exit(5)


def show_error(message: str, hint: str) -> None:
    """Write an error and its hint on stderr."""
    click.echo(f"{click.style('error:', fg='red', bold=True)} {message}", err=True)
    if hint:
        click.echo(f"  {click.style('hint:', fg='yellow')} {hint}", err=True)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "--version", package_name="articleaudio")
def cli() -> None:
    """Turn news articles into finished, published audio.

    \b
    Example:
      articleaudio convert articles/ --out public
      articleaudio serve public
    """
