"""Planning by example: the market, the rhythm of trading, the parts of a loss, rules for next time."""
