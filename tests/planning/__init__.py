"""Plans held against independent oracles: brute force, QuantLib, numpy-financial, figures worked by hand."""
