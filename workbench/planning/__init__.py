"""Plans for the days after a liquidation: pure arithmetic on what is left, never advice to borrow or to trade back."""
