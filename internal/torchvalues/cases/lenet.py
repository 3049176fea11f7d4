import torch
import torch.nn.functional as F
from values import case, classes, numbers


def lenet(x, p):
    x = torch.tanh(F.conv2d(x, p["conv1"]["weight"], p["conv1"]["bias"], padding=2))
    x = F.avg_pool2d(x, 2)
    x = F.relu(F.conv2d(x, p["conv2"]["weight"], p["conv2"]["bias"]))
    x = F.max_pool2d(x, 3).flatten()
    x = torch.tanh(F.linear(x, p["dense1"]["weight"], p["dense1"]["bias"]))
    return F.linear(x, p["dense2"]["weight"], p["dense2"]["bias"])


def layer(out, *ins):
    return {"weight": numbers(out, *ins, scale=0.25), "bias": numbers(out, scale=0.25)}


def network():
    return {"conv1": layer(2, 1, 5, 5), "conv2": layer(3, 2, 5, 5), "dense1": layer(6, 3), "dense2": layer(10, 6)}


case("lenet", lenet, [numbers(1, 14, 14)], network())
case("measure", lambda x, c, p: F.cross_entropy(lenet(x, p), c), [numbers(1, 14, 14), classes(10)], network())
