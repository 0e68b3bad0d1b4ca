"""The workbook's sheets, one file each; recomputed cells are formulas with their value beside them."""
