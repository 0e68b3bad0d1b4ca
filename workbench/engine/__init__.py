"""Pure functions: lines, terms and dated tables in; expected amounts and findings out."""
