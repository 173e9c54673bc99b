"""A program that dies in CPython 3.11 unless `tourreg.db` has made room in SQLAlchemy's states; see tests/test_db.py.

Records in a cycle are dropped, and the collector is made to run in the middle of closing their session.
"""

import gc
import sys

from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload
from sqlalchemy.pool import StaticPool

if "with-tourreg" in sys.argv:
    import tourreg.db  # noqa: F401


class Base(DeclarativeBase):
    pass


class Case(Base):
    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(primary_key=True)
    books: Mapped[list["Book"]] = relationship(back_populates="case")


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    case: Mapped[Case] = relationship(back_populates="books")


engine = create_engine("sqlite://", poolclass=StaticPool)
Base.metadata.create_all(engine)
with engine.begin() as connection:
    for number in range(1, 41):
        connection.exec_driver_sql("INSERT INTO cases (id) VALUES (?)", (number,))
        connection.exec_driver_sql("INSERT INTO books (case_id) VALUES (?), (?), (?), (?)", (number,) * 4)

for allocations in range(1, 240, 4):
    gc.disable()
    session = Session(engine)
    cases = session.scalars(select(Case).options(selectinload(Case.books))).all()
    assert all(book.case is case for case in cases for book in case.books)
    session.expire(cases[0])
    del cases
    gc.set_threshold(gc.get_count()[0] + allocations, 1, 1)
    gc.enable()
    session.close()

print("alive")
