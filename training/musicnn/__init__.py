"""MSD_musicnn: a music tagger by Jordi Pons and Xavier Serra (2019), rebuilt in Keras 3.

``python -m training.shipping.ship_musicnn`` makes the shipped bundle ``gtzan-musicnn`` of it.
"""
