"""Writes the archives of this folder that are NumPy's own."""

import numpy as np

arrays = {"weight": np.asfortranarray(np.arange(6, dtype="<f4").reshape(2, 3)), "count": np.int64(7)}
np.savez("numpy.npz", **arrays)
np.savez_compressed("numpy_compressed.npz", **arrays)
