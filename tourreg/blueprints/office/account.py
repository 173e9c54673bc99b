"""A member's own account: how they sign in, and in which language the office speaks to them."""

from flask import Blueprint, render_template

from tourreg.blueprints.guards import own_account

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
@own_account
def account() -> str:
    return render_template("office/account.html")
