"""The weights of the views, fitted by bench/fit_grouping.py; they move as a set."""

BIAS = -7.717
WEIGHTS = (4.715, 6.313, 6.639, -0.190, 0.000, 0.000, -0.512, -1.702, 0.000, 0.000, -3.328, -0.626, 0.0, 0.0)
THRESHOLD = 0.5
