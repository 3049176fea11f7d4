import torch
from values import case, numbers

def affine(x, p):
    w = p["weight"]
    y = x @ w.reshape(-1, w.shape[-1]).T
    return y.reshape(x.shape[:-1] + w.shape[:-1]) + p["bias"]


def turned(x, p):
    return x @ p["weight"] + p["bias"]


def layer(*shape, out):
    return {"weight": numbers(*shape, scale=0.5), "bias": numbers(*out, scale=0.25)}


case("affine", affine, [numbers(4)], layer(5, 4, out=(5,)))
case("affine_rows", affine, [numbers(2, 3, 4)], layer(5, 4, out=(5,)))
case("affine_grids", affine, [numbers(2, 3, 4)], layer(3, 2, 4, out=(3, 2)))
case("affine_score", affine, [numbers(4)], layer(4, out=()))
case("affine_transposed", turned, [numbers(2, 3, 4)], layer(4, 5, out=(5,)))
case("affine_transposed_relu", lambda x, p: torch.relu(turned(x, p)), [numbers(2, 3, 4)], layer(4, 5, out=(5,)))
for name, f in {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}.items():
    case("affine_" + name, lambda x, p: f(affine(x, p)), [numbers(2, 3, 4)], layer(5, 4, out=(5,)))
