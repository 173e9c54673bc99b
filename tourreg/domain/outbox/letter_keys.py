"""How the keys of letters begin that carry a paper to one of many, so that it can be told later how it came."""

BATCH_LETTER = "batch-paper-"
NOTICE_LETTER = "change-notice:"
