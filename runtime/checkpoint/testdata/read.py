"""Reads model.npz with NumPy and compares it with what the test wrote."""

import json

import numpy as np

m = np.load("model.npz")
assert json.loads(bytes(m["__metadata__"])) == {"category": "wdbc", "note": 'a "quote", ü'}
want = {
    "layer1.weight": np.array([[1, -2, 3.5], [0, np.inf, 1e-45]], "<f4"),
    "layer1.bias": np.array([7, 8], "<f4"),
    "count": np.array(-(2**63), "<i8"),
    "mean": np.array([np.pi], "<f8"),
    "class": np.array([-1, 2**31 - 1], "<i4"),
    "empty": np.zeros((0, 4), "<f4"),
}
assert set(m.files) == {"__metadata__", *want}
for name, a in want.items():
    assert m[name].dtype == a.dtype and m[name].shape == a.shape and (m[name] == a).all(), name
print("fine")
