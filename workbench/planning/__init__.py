"""Plans and reviews by pure functions over the audit: liquidity, negotiation, hedging, market, rhythm, review."""
