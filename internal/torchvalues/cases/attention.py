import torch
from values import case, classes, numbers


def attention(heads, q, k, v, mask=None):
    def split(x):
        return x.reshape(x.shape[0], heads, -1).transpose(0, 1)

    q, k, v = split(q), split(k), split(v)
    scores = q @ k.transpose(1, 2) / q.shape[-1] ** 0.5
    if mask is None:
        shares = torch.softmax(scores, -1)
    else:  # a row that sees nothing is zero
        shares = torch.softmax(scores.masked_fill(mask == 0, -1e30), -1) * mask
    return (shares @ v).transpose(0, 1).flatten(1)


def causal(heads, q, k, v):
    return attention(heads, q, k, v, torch.ones(len(q), len(q)).tril())


def at(heads, q, k, v, place):
    return attention(heads, q[None], k[: place + 1], v[: place + 1])[0]


MASK = torch.tensor([[1, 0, 1, 1, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]])

for name, heads in (("", 1), ("_heads", 2)):
    case("attention" + name, lambda q, k, v: attention(heads, q, k, v), [numbers(4, 6), numbers(5, 6), numbers(5, 4)])
    case("causal" + name, lambda q, k, v: causal(heads, q, k, v), [numbers(4, 6), numbers(4, 6), numbers(4, 4)])
    case("masked" + name, lambda q, k, v, m: attention(heads, q, k, v, m), [numbers(4, 6), numbers(5, 6), numbers(5, 4), MASK])

for name, heads in (("", 1), ("_heads", 2)):
    case("at" + name, lambda q, k, v, place: at(heads, q, k, v, place), [numbers(6), numbers(4, 6), numbers(4, 4), classes(4)])
