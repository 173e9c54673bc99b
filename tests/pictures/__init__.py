"""Pictures of everything that the sample season shows: each page and each paper, to be looked at."""
