"""Writes cases/*.json: what PyTorch computes for the arrows of cases/*.cat.

Needs PyTorch; with Debian's python3-torch (1.13), from the root of the
repository:

    /usr/bin/python3 internal/torchvalues/values.py

Everything is float64 and runs on one thread. Inputs come from a generator of
this file's own, so that another version of PyTorch starts from the same
numbers; they are short fractions, the same in float32. Each file of cases
names arrows of the specification beside it and says in PyTorch what they are.
"""

import json
import pathlib
import runpy
import sys

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

HERE = pathlib.Path(__file__).parent
found = {}


class Draws:
    """Pseudo-random integers (Knuth's MMIX constants), from the same seed for each file."""

    def __init__(self):
        self.state = 1

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


draws = Draws()


def filled(shape, draw):
    if not shape:
        return draw()
    return [filled(shape[1:], draw) for _ in range(shape[0])]


def numbers(*shape, scale=1.0):
    """Numbers in (-2, 2) times scale, none of them 0."""
    return torch.tensor(filled(shape, lambda: (2 * draws.below(1024) - 1023) / 512)) * scale


def positive(*shape):
    """Numbers in (0, 2)."""
    return torch.tensor(filled(shape, lambda: (2 * draws.below(512) + 1) / 512))


def chances(*shape):
    """Numbers in (0, 1)."""
    return positive(*shape) / 2


def distributions(*shape):
    """Rows of positive numbers that sum to one."""
    rows = torch.tensor(filled(shape, lambda: 1.0 + draws.below(200)))
    rows[..., -1] = 1024 - rows[..., :-1].sum(-1)
    return rows / 1024


def classes(n, *shape):
    """Indices below n."""
    return torch.tensor(filled(shape, lambda: draws.below(n)))


def tree(f, *values):
    """Applies f to the tensors of values, which are tensors, lists and dicts of these."""
    first = values[0]
    if isinstance(first, dict):
        return {k: tree(f, *(v[k] for v in values)) for k in first}
    if isinstance(first, (list, tuple)):
        return [tree(f, *parts) for parts in zip(*values)]
    return f(*values)


def leaves(value):
    """The tensors of value, in order."""
    out = []
    tree(out.append, value)
    return out


def moving(value):
    """Value without its indices; None where nothing is left."""
    if isinstance(value, dict):
        parts = {k: moving(v) for k, v in value.items()}
        return {k: v for k, v in parts.items() if v is not None} or None
    if isinstance(value, (list, tuple)):
        return [p for p in map(moving, value) if p is not None] or None
    return value if value.is_floating_point() else None


def written(value):
    return tree(lambda t: t.tolist(), value)


def case(arrow, f, inputs, given=None):
    """What f makes of the inputs (one value per factor of the arrow's domain)
    and its parameters, and for some cotangent of the result those of all that
    went in. F takes the inputs one by one, then the parameters if there are any."""
    free = tree(lambda t: t.clone().requires_grad_(t.is_floating_point()), [inputs, [] if given is None else given])
    out = f(*free[0], *([] if given is None else [free[1]]))
    outs = list(out) if isinstance(out, (list, tuple)) else [out]
    result = {"in": written(inputs)}
    if given is not None:
        result["given"] = written(given)
    result["out"] = written(outs)
    ends = leaves(outs)
    if all(o.requires_grad for o in ends):
        cotangents = tree(lambda o: numbers(*o.shape, scale=0.5), outs)
        wrt = [t for t in leaves(free) if t.requires_grad]
        grads = iter(torch.autograd.grad(ends, wrt, leaves(cotangents), allow_unused=True))

        def slope(t):
            if not t.requires_grad:
                return t
            g = next(grads)
            return torch.zeros_like(t) if g is None else g

        slopes = tree(slope, free)
        result["cotangent"] = written(cotangents)
        result["din"] = [None if m is None else written(m) for m in map(moving, slopes[0])]
        if given is not None:
            result["dgiven"] = written(moving(slopes[1]))
    put(arrow, result)


def steps(endo, inputs, states):
    """The states that an endo goes through: before its first input and after each."""
    put(endo, {"steps": [written(i) for i in inputs], "states": [written(s) for s in states]})


def batched(endo, batches, states):
    """The same for steps on batches, each a list of examples."""
    put(endo, {"batches": [[written(e) for e in b] for b in batches], "states": [written(s) for s in states]})


def put(arrow, result):
    assert arrow not in found, arrow + " has two cases"
    found[arrow] = result


def field(name, value):
    return '  %s: %s' % (json.dumps(name), json.dumps(value, separators=(",", ":"), allow_nan=False))


def main():
    sys.modules["values"] = sys.modules["__main__"]
    for path in sorted((HERE / "cases").glob("*.py")):
        found.clear()
        draws.state = 1
        runpy.run_path(str(path))
        text = ",\n".join(
            '%s: {\n%s\n}' % (json.dumps(arrow), ",\n".join(field(k, v) for k, v in result.items()))
            for arrow, result in found.items()
        )
        path.with_suffix(".json").write_text("{\n" + text + "\n}\n")


if __name__ == "__main__":
    main()
