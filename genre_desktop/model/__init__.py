"""What a trained model is: bundle, prediction, calibration. No Qt."""
