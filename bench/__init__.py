"""How fast and how heavy tourreg is, as one table of figures and ratios; nothing here fails for being slow."""
