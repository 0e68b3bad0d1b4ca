"""Pictures of pages: what recognition saw becomes level glyphs and rules, with the confidence of each figure."""
