import torch
import torch.nn.functional as F
from values import case, classes, numbers

T, D, V, HEADS = 5, 8, 7, 2


def norm(x, p):
    return F.layer_norm(x, (D,), p["scale"], p["shift"], 1e-5)


def linear(x, p):
    return F.linear(x, p["weight"], p["bias"])


def attend(x, p):
    q, k, v = (linear(x, p[n]).reshape(T, HEADS, -1).transpose(0, 1) for n in ("query", "key", "value"))
    scores = q @ k.transpose(1, 2) / (D // HEADS) ** 0.5
    seen = torch.ones(T, T, dtype=torch.bool).tril()
    shares = torch.softmax(scores.masked_fill(~seen, -torch.inf), -1)
    return linear((shares @ v).transpose(0, 1).reshape(T, D), p["mix"])


def gpt(tokens, p):
    s = F.embedding(tokens, p["embed"]["token"]) + p["embed"]["position"]
    for b in p["block"]:
        s = s + attend(norm(s, b["before"]), b["attend"])
        t = b["think"]
        s = s + linear(F.gelu(linear(norm(s, b["between"]), t["widen"])), t["narrow"])
    return linear(norm(s, p["last"]), p["head"])


def layer(out, ins):
    return {"weight": numbers(out, ins, scale=0.25), "bias": numbers(out, scale=0.25)}


def norms():
    return {"scale": 1 + numbers(D, scale=0.25), "shift": numbers(D, scale=0.25)}


def block():
    return {
        "before": norms(),
        "attend": {n: layer(D, D) for n in ("query", "key", "value", "mix")},
        "between": norms(),
        "think": {"widen": layer(4 * D, D), "narrow": layer(D, 4 * D)},
    }


def network():
    return {
        "embed": {"token": numbers(V, D), "position": numbers(T, D)},
        "block": [block(), block()],
        "last": norms(),
        "head": layer(V, D),
    }


case("gpt", gpt, [classes(V, T)], network())
case("measure", lambda c, n, p: F.cross_entropy(gpt(c, p), n), [classes(V, T), classes(V, T)], network())
