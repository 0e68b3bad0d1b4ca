"""Rows of a statement become proven postings, step by step: heading, sections, postings, signs, fees, kinds, proofs."""
