"""A statement's file read, whatever it is."""

from datetime import date

from tourreg.domain.banking.camt import read_camt
from tourreg.domain.banking.csv_reading import read_csv
from tourreg.domain.banking.decoding import is_xml, refuse_other_kinds
from tourreg.domain.banking.mappings import Mapping
from tourreg.domain.banking.values import ReadFile


def read_statement(content: bytes, mapping: Mapping, *, currency: str, account_number: str, today: date) -> ReadFile:
    """Return what the file says; the mapping counts only where it is a CSV.

    today   in the seller's zone
    raises  FileRefused
    """
    refuse_other_kinds(content)
    if is_xml(content):
        return read_camt(content, currency, today, account_number)
    return read_csv(content, mapping, currency, today)
