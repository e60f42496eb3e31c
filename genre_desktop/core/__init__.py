"""What every other part stands on: errors, languages, places, settings, log, child processes. No sound, model or Qt."""
