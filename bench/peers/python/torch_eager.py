"""PyTorch as its users write it: nn.Sequential, torch.optim, autograd, eager."""

import torch
import torch.nn.functional as F
from torch import nn

from peer import arguments, report

w, threads = arguments()
torch.set_num_threads(threads)
n = w.buffers

# In W1a_epoch a call is an epoch of one-example steps; PyTorch has no call for it, so users loop.
size = w.batch
xs = [torch.from_numpy(x[k : k + size]) for x in w.x for k in range(0, len(x), size)]
ys = [torch.from_numpy(y[k : k + size]) for y in w.y for k in range(0, len(y), size)]
if w.loss != "softmax":
    ys = [y[:, None] for y in ys]

parts = []
for weight, bias in w.layers:
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(weight))
        linear.bias.copy_(torch.from_numpy(bias))
    parts += [linear, nn.ReLU()]
model = nn.Sequential(*parts[:-1])

loss = {
    "logistic": F.binary_cross_entropy_with_logits,
    "softmax": F.cross_entropy,
    "squared": F.mse_loss,
}[w.loss]


def train(i):
    optimizer.zero_grad(set_to_none=True)
    value = loss(model(xs[i]), ys[i])
    value.backward()
    optimizer.step()
    return value


def infer(i):
    return model(xs[i])


batches = len(xs)
if w.optimizer == "none":
    with torch.no_grad():
        check = sum(infer(i).square().mean().item() for i in range(batches)) / batches
        report("torch", w, threads, lambda i: infer(i % batches), check)
else:
    make = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[w.optimizer]
    optimizer = make(model.parameters(), lr=w.rate)
    check = sum(train(i).item() for i in range(batches)) / batches
    w.steps = 1  # timed step by step
    report("torch", w, threads, lambda i: train(i % batches), check)
