"""How good a model is: metrics, calibration, intervals."""
