"""Pure values that every other part may use; standard library only."""
