"""The command line: what whoever runs tourreg types. A command loads what it needs, and not what the others need."""

from importlib import import_module

import click

# Each command, and where it stands.
COMMANDS = {
    "create-admin": "staff:create_admin",
    "db": "database:db",
    "demo": "demo:demo",
    "demo-codes": "demo:demo_codes",
    "doctor": "examining:doctor",
    "reconcile": "reconciling:reconcile",
    "reset-staff": "staff:reset_staff",
    "serve": "serving:serve",
    "stripe-stand-in": "stand_in:stripe_stand_in",
    "worker": "working:worker",
}


class Commands(click.Group):
    """The commands, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return command


@click.group(cls=Commands)
def main() -> None:
    """Registration for summits, study tours, training forums and their host cities."""
