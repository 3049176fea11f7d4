"""The least that PyTorch can do for a step: the backward pass by hand, outputs
and updates in place, no autograd, no modules. SGD only."""

import sys

import torch
import torch.nn.functional as F

from peer import arguments, report

w, threads = arguments()
if w.optimizer != "sgd":
    sys.exit("SGD only")
torch.set_num_threads(threads)

size, out = w.batch, w.dims[-1]
xs = [torch.from_numpy(x[k : k + size]) for x in w.x for k in range(0, len(x), size)]
ys = [torch.from_numpy(y[k : k + size]) for y in w.y for k in range(0, len(y), size)]
if w.loss == "softmax":
    hot = [F.one_hot(y, out).float() for y in ys]
else:
    ys = [y[:, None] for y in ys]

# Weights as [in][out], so that no product needs a transposed one.
weights = [torch.from_numpy(m.T.copy()) for m, _ in w.layers]
biases = [torch.from_numpy(b) for _, b in w.layers]
acts = [torch.empty(size, d) for d in w.dims[1:]]
dacts = [torch.empty(size, d) for d in w.dims[1:]]
last = len(weights) - 1


@torch.no_grad()
def step(i):
    x = xs[i]
    for l, (m, b) in enumerate(zip(weights, biases)):
        torch.addmm(b, acts[l - 1] if l else x, m, out=acts[l])
        if l < last:
            acts[l].relu_()
    scores, d = acts[last], dacts[last]
    if w.loss == "softmax":
        value = F.cross_entropy(scores, ys[i])
        torch.softmax(scores, 1, out=d).sub_(hot[i])
    elif w.loss == "logistic":
        value = F.binary_cross_entropy_with_logits(scores, ys[i])
        torch.sigmoid(scores, out=d).sub_(ys[i])
    else:
        torch.sub(scores, ys[i], out=d)
        value = d.square().mean()
        d.mul_(2)
    rate = w.rate / size
    for l in range(last, -1, -1):
        if l:
            torch.mm(dacts[l], weights[l].t(), out=dacts[l - 1]).mul_(acts[l - 1] > 0)
        weights[l].addmm_((acts[l - 1] if l else x).t(), dacts[l], alpha=-rate)
        biases[l].sub_(dacts[l].sum(0), alpha=rate)
    return value


batches = len(xs)
check = sum(step(i).item() for i in range(batches)) / batches
w.steps = 1  # timed step by step
report("torch_manual", w, threads, lambda i: step(i % batches), check)
