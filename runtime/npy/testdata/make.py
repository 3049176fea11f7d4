"""Writes the files of this folder with NumPy."""

import numpy as np
from numpy.lib import format

grid = np.arange(6).reshape(2, 3)
for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    np.save(f"{kind}.npy", (grid - (0 if kind[0] == "u" else 2)).astype("<" + kind) if kind[0] != "f" else ((grid - 2) / 4).astype("<" + kind))
np.save("b1.npy", grid % 2 == 1)
np.save("big.npy", ((grid - 2) / 4).astype(">f4"))
np.save("fortran.npy", np.asfortranarray(np.arange(24, dtype="<i4").reshape(2, 3, 4)))
np.save("number.npy", np.float64(2.5))
np.save("none.npy", np.zeros((0, 3), "<f4"))
for version in [(2, 0), (3, 0)]:
    with open(f"version{version[0]}.npy", "wb") as f:
        format.write_array(f, grid.astype("<f4"), version)
np.save("text.npy", np.array(["a", "b"]))
np.save("objects.npy", np.array([None, 1], dtype=object))
np.save("records.npy", np.zeros(2, dtype=[("x", "<f4"), ("y", "<i4")]))
np.savez("plain.npz", **{"layer1.weight": grid.astype("<f4"), "count": np.int64(7)})
np.savez_compressed("deflated.npz", zeros=np.zeros((100, 100), "<f8"), grid=grid.astype("u1"))
