"""A registration with its seats held, and an account at a bank."""

from datetime import datetime

import pytest
from flask import Flask

from tests.bank_files import an_account
from tests.money_cast import two_people_register
from tourreg.domain.banking.models import BankAccount
from tourreg.domain.registrations.models import Registration


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    return two_people_register(now, pays_by="invoice")


@pytest.fixture
def account(registration: Registration, now: datetime) -> BankAccount:
    return an_account(now)
