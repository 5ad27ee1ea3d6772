"""Parts that more than one screen uses, drawn line by line: see :mod:`paperpath.tui.widgets.lines`."""
