"""Write every sample paper as PDF, in every language and on both sizes: python -m tests.paper_samples FOLDER."""

import sys
from itertools import product
from pathlib import Path
from typing import get_args

from tests.paper_samples import ALL
from tourreg.adapters.pdf import make_pdf
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, render_document

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name, language, size in product(ALL, get_args(PaperLanguage), get_args(PageSize)):
    template, sheet = ALL[name]
    html = render_document(template, sheet, language=language, page_size=size)
    (folder / f"{name}-{language}-{size}.pdf").write_bytes(make_pdf(html))
