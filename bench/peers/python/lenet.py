"""Times a training step of specs/lenet.cat in PyTorch: one thread, batches of 32.

    lenet.py START CHECKED TIMED TIMES

START holds the parameters in the order of the specification, the images and the
digits as float32. For each form of the step, prints its name, the fastest of
TIMES averages over TIMED steps in microseconds, and the loss before step CHECKED.
"""
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
start = np.fromfile(sys.argv[1], dtype="<f4")
checked, timed, times = map(int, sys.argv[2:])


class LeNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.look = torch.nn.Conv2d(1, 12, 5)
        self.combine = torch.nn.Conv2d(12, 24, 5)
        self.dense = torch.nn.Linear(384, 64)
        self.read = torch.nn.Linear(64, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.look(x), inplace=True), 2)
        x = F.max_pool2d(F.relu(self.combine(x), inplace=True), 2)
        return self.read(F.relu(self.dense(x.flatten(1)), inplace=True))


def measure(name, channels_last=False, mkldnn=True, **options):
    model, rest = LeNet(), start
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.from_numpy(rest[: p.numel()].copy()).view_as(p))
            rest = rest[p.numel() :]
    images = torch.from_numpy(rest[: 32 * 784].copy()).view(32, 1, 28, 28)
    digits = torch.from_numpy(rest[32 * 784 :].copy()).long()
    if channels_last:
        model, images = model.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    weights = [p for n, p in model.named_parameters() if n.endswith("weight")]
    biases = [p for n, p in model.named_parameters() if n.endswith("bias")]
    groups = [{"params": weights, "weight_decay": 5e-4}, {"params": biases}]
    optimizer = torch.optim.SGD(groups, lr=0.01, momentum=0.9, **options)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(images), digits)
        loss.backward()
        optimizer.step()
        return loss

    with torch.backends.mkldnn.flags(enabled=mkldnn):
        for _ in range(checked):
            loss = step()
        best = float("inf")
        for _ in range(times):
            begin = time.perf_counter()
            for _ in range(timed):
                step()
            best = min(best, (time.perf_counter() - begin) / timed)
    print(name, best * 1e6, loss.item())


measure("eager")
measure("foreach", foreach=True)
measure("channels_last", channels_last=True)
measure("channels_last_foreach", channels_last=True, foreach=True)
measure("without_onednn", mkldnn=False)
measure("without_onednn_foreach", mkldnn=False, foreach=True)
