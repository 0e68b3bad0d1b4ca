"""What to do next, in figures: pure functions of facts, prices and the person's own choices; arithmetic, not advice."""
