"""YAMNet: a tagger of 521 kinds of sound by Manoj Plakal and Dan Ellis (Google, 2019), rebuilt in Keras 3."""
