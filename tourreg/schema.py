"""The database's schema: the numbered migrations, run forwards and back."""

from pathlib import Path

import flask_migrate
from flask import Flask

from tourreg.db import db

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def upgrade(app: Flask, revision: str = "head") -> None:
    """Bring the application's database to the newest schema, or forward to this one."""
    _prepare(app)
    with app.app_context():
        flask_migrate.upgrade(revision=revision)


def downgrade(app: Flask, revision: str) -> None:
    """Take back every migration after this one."""
    _prepare(app)
    with app.app_context():
        flask_migrate.downgrade(revision=revision)


def _prepare(app: Flask) -> None:
    """Let Flask-Migrate know the application; `create_app` does not, since web processes need none of it."""
    flask_migrate.Migrate(app, db, directory=str(MIGRATIONS))
