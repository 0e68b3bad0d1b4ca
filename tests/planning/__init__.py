"""Plans and reviews held against independent oracles and figures worked by hand."""
