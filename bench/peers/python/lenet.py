"""Times a training step of specs/lenet.cat in PyTorch: one thread, batches of 32.
Prints the fastest of some rounds in microseconds."""
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(1)


class LeNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.look = torch.nn.Conv2d(1, 12, 5)
        self.combine = torch.nn.Conv2d(12, 24, 5)
        self.dense = torch.nn.Linear(384, 64)
        self.read = torch.nn.Linear(64, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.look(x)), 2)
        x = F.max_pool2d(F.relu(self.combine(x)), 2)
        return self.read(F.relu(self.dense(x.flatten(1))))


model = LeNet()
weights = [p for name, p in model.named_parameters() if name.endswith("weight")]
biases = [p for name, p in model.named_parameters() if name.endswith("bias")]
groups = [{"params": weights, "weight_decay": 5e-4}, {"params": biases}]
optimizer = torch.optim.SGD(groups, lr=0.01, momentum=0.9)
images, digits = torch.rand(32, 1, 28, 28), torch.randint(0, 10, (32,))


def step():
    optimizer.zero_grad()
    loss = F.cross_entropy(model(images), digits)
    loss.backward()
    optimizer.step()


best = float("inf")
for _ in range(8):
    start = time.perf_counter()
    for _ in range(25):
        step()
    best = min(best, (time.perf_counter() - start) / 25)
print(best * 1e6)
