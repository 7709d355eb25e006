"""The public scoreboard: what is counted, how it is added up, and how that is told to people."""
