"""Genre Desktop: what genre is this music, how sure is the model, and why."""

import os
import sys

__version__ = "0.1.0"

# TensorFlow reads this once, while it is imported. By itself it takes oneDNN only where the processor has AVX-512 VNNI
# or better; with AVX2, or AVX alone, the default model is several times as quick with oneDNN, too (bench_processor.py).
# It stands here since nothing of ours runs earlier, in whatever process. What a person has set stays; processors other
# than x86-64 keep TensorFlow's choice.
if sys.platform == "win32" or os.uname().machine == "x86_64":
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

# The libraries that NumPy and SciPy calculate with read these when they are loaded. A product of matrices as small as
# ours takes longer on several processors than on one. And each decoding process would reserve 40 MB for each processor,
# which on a machine with sixty of them leaves no memory for decoding.
for variable in ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(variable, "1")
