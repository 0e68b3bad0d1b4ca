"""Examples of the plans: hand-worked figures, the articles' cases, independent oracles."""
