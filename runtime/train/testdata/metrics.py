"""Writes metrics.json: what scikit-learn computes of classifications.

Needs scikit-learn; with Debian's python3-sklearn (1.2), from this folder:

    /usr/bin/python3 metrics.py > metrics.json
"""

import json
import random
import warnings

import numpy as np
from sklearn import metrics as m

warnings.simplefilter("ignore")
random.seed(1)


def shares(rows, n, ties):
    """Scores, in float32; with ties few values."""
    draw = (lambda: random.randrange(4) / 4) if ties else random.random
    return np.array([[draw() for _ in range(n)] for _ in range(rows)], dtype=np.float32)


def case(name, n, scores, y):
    """N is 0 for a probability and a target in {0, 1}."""
    all_classes = list(range(max(n, 2)))
    p = scores.argmax(axis=1) if n else (scores[:, 0] >= 0.5).astype(int)
    out = {"name": name, "classes": n, "scores": scores.flatten().tolist(), "targets": [int(v) for v in y]}
    want = {"accuracy": m.accuracy_score(y, p), "confusion": m.confusion_matrix(y, p, labels=all_classes).tolist()}
    for key, f in ("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score):
        if n:
            want[key] = f(y, p, labels=all_classes, average=None, zero_division=0).tolist()
        else:
            want[key] = f(y, p, zero_division=0)
        want[key + "(macro)"] = f(y, p, average="macro", zero_division=0)
        want[key + "(micro)"] = f(y, p, average="micro", zero_division=0)
    for k in range(1, n):
        want["top_k(%d)" % k] = m.top_k_accuracy_score(y, scores, k=k, labels=all_classes) if n > 2 else want["accuracy"]
    if not n and len(set(y)) == 2:
        want["auc"] = m.roc_auc_score(y, scores[:, 0])
    if not n:
        want["mse"] = m.mean_squared_error(y, scores[:, 0])
        want["mae"] = m.mean_absolute_error(y, scores[:, 0])
    if not n and len(set(y)) == 2:
        want["r2"] = m.r2_score(y, scores[:, 0])
    out["want"] = want
    return out


def some(rows, of):
    return [random.choice(of) for _ in range(rows)]


cases = [
    case("five classes", 5, shares(60, 5, False), some(60, range(5))),
    case("a class that never occurs", 4, shares(30, 4, False), some(30, [0, 1, 3])),
    case("a class that is nowhere", 4, np.delete(shares(30, 4, False), 2, 1).repeat([1, 1, 2], axis=1) * [1, 1, 0, 1], some(30, [0, 1, 3])),
    case("one class", 3, shares(8, 3, False), [1] * 8),
    case("two scores", 2, shares(20, 2, False), some(20, range(2))),
    case("probability", 0, shares(50, 1, False), some(50, range(2))),
    case("tied probabilities", 0, shares(50, 1, True), some(50, range(2))),
    case("no positive prediction", 0, shares(12, 1, False) / 4, some(12, range(2))),
    case("no positive example", 0, shares(12, 1, False), [0] * 12),
]
print("[\n" + ",\n".join(json.dumps(c, sort_keys=True) for c in cases) + "\n]")
