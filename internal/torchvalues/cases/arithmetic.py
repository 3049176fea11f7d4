import torch.nn.functional as F
from values import case, numbers, tree


def pair():
    return {"weight": numbers(2, 3), "bias": numbers()}


case("scale", lambda x: -0.75 * x, [numbers(3, 4)])
case("add", lambda a, b: [tree(lambda s, t: s + t, a, b)], [pair(), pair()])
case("mul", lambda a, b: a * b, [numbers(3, 4), numbers(3, 4)])
case("sum", lambda x: x.sum(), [numbers(3, 4)])
case("mean", lambda x: x.mean(), [numbers(3, 4)])
case("cosine_similarity", lambda a, b: F.cosine_similarity(a, b, -1), [numbers(3, 4), numbers(3, 4)])
