"""Writes optimizers.json: five steps of PyTorch's optimizers on the neuron
w·x + b at x = (0.5, 2), target 1, squared error, from w = (1, -1), b = 0.5,
in float64. Weight decay touches w only.

    python3 gen/eval/testdata/optimizers.py > gen/eval/testdata/optimizers.json
"""
import json
import torch

torch.set_default_dtype(torch.float64)
O = torch.optim
cases = {
    "nesterov(rate: 0.05, momentum: 0.8, l2: 0.3)": (O.SGD, dict(lr=0.05, momentum=0.8, nesterov=True), 0.3),
    "momentum(rate: 0.05, momentum: 0.8, l2: 0.3)": (O.SGD, dict(lr=0.05, momentum=0.8), 0.3),
    "rmsprop(rate: 0.05, l2: 0.3)": (O.RMSprop, dict(lr=0.05), 0.3),
    "rmsprop(rate: 0.05, alpha: 0.5, epsilon: 0.1)": (O.RMSprop, dict(lr=0.05, alpha=0.5, eps=0.1), 0),
    "adagrad(rate: 0.05, l2: 0.3)": (O.Adagrad, dict(lr=0.05), 0.3),
    "adam(rate: 0.05)": (O.Adam, dict(lr=0.05), 0),
    "adamw(rate: 0.05, decay: 0.1)": (O.AdamW, dict(lr=0.05), 0.1),
}
clips = {
    "clip(at: 0.7) >> sgd(rate: 0.05)": lambda p: torch.nn.utils.clip_grad_value_(p, 0.7),
    "clip_norm(at: 0.7) >> sgd(rate: 0.05)": lambda p: torch.nn.utils.clip_grad_norm_(p, 0.7),
    "clip_norm(at: 100) >> sgd(rate: 0.05)": lambda p: torch.nn.utils.clip_grad_norm_(p, 100),
}


def run(make, clip):
    w, b = torch.nn.Parameter(torch.tensor([1.0, -1.0])), torch.nn.Parameter(torch.tensor(0.5))
    opt = make(w, b)
    for _ in range(5):
        opt.zero_grad()
        (w @ torch.tensor([0.5, 2.0]) + b - 1).square().backward()
        clip([w, b])
        opt.step()
    return [float(v) for v in [*w.detach(), b.detach()]]


out = {}
for name, (kind, settings, decay) in cases.items():
    groups = lambda w, b: kind([{"params": [w], "weight_decay": decay}, {"params": [b], "weight_decay": 0.0}], **settings)
    out[name] = run(groups, lambda p: None)
for name, clip in clips.items():
    out[name] = run(lambda w, b: O.SGD([w, b], lr=0.05), clip)
print(json.dumps(out, indent=1))
