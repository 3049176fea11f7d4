"""The Transformer of specs/gpt.cat as PyTorch's users write it, from the
parameters in a file, on the bytes of a text: python torch_gpt.py PARAMETERS TEXT"""

import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
VOCAB, T, D, HEADS, BLOCKS, BATCH, CHECKED = 256, 64, 64, 4, 4, 16, 4


class Block(nn.Module):
    """Separate maps for queries, keys and values, or, fused, one for all three."""

    def __init__(self, fused):
        super().__init__()
        self.fused = fused
        if fused:
            self.qkv = nn.Linear(D, 3 * D)
        else:
            self.query, self.key, self.value = nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, D)
        self.project = nn.Linear(D, D)
        self.before, self.between = nn.LayerNorm(D), nn.LayerNorm(D)
        self.widen, self.narrow = nn.Linear(D, 4 * D), nn.Linear(4 * D, D)
        self.register_buffer("mask", torch.triu(torch.full((T, T), float("-inf")), 1))

    def attend(self, x):
        n = x.shape[0]
        if self.fused:
            parts = self.qkv(x).split(D, 2)
        else:
            parts = self.query(x), self.key(x), self.value(x)
        q, k, v = (p.view(n, T, HEADS, D // HEADS).transpose(1, 2) for p in parts)
        if hasattr(F, "scaled_dot_product_attention"):
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            scores = q @ k.transpose(-1, -2) * (D // HEADS) ** -0.5 + self.mask
            y = torch.softmax(scores, -1) @ v
        return self.project(y.transpose(1, 2).reshape(n, T, D))

    def forward(self, x):
        x = x + self.attend(self.before(x))
        return x + self.narrow(F.gelu(self.widen(self.between(x))))


class GPT(nn.Module):
    def __init__(self, fused):
        super().__init__()
        self.token, self.position = nn.Embedding(VOCAB, D), nn.Parameter(torch.zeros(T, D))
        self.blocks = nn.ModuleList([Block(fused) for _ in range(BLOCKS)])
        self.norm, self.unembed = nn.LayerNorm(D), nn.Linear(D, VOCAB)

    def forward(self, x, last=False):
        x = self.token(x) + self.position
        for block in self.blocks:
            x = block(x)
        if last:  # what follows the last position alone, to write text
            x = x[:, [-1], :]
        return self.unembed(self.norm(x))


def load(model, path):
    """Reads the parameters in the order of the specification."""
    data, at = np.fromfile(path, dtype="<f4"), 0

    def take(*shape):
        nonlocal at
        size = int(np.prod(shape))
        at += size
        return torch.from_numpy(data[at - size : at].reshape(shape).copy())

    def affine(out, inputs):
        return take(out, inputs), take(out)

    def fill(module, weight, bias):
        module.weight.copy_(weight)
        module.bias.copy_(bias)

    with torch.no_grad():
        model.token.weight.copy_(take(VOCAB, D))
        model.position.copy_(take(T, D))
        for b in model.blocks:
            qkv = [affine(D, D) for _ in range(3)]
            if b.fused:
                fill(b.qkv, torch.cat([w for w, _ in qkv]), torch.cat([c for _, c in qkv]))
            else:
                for module, (w, c) in zip((b.query, b.key, b.value), qkv):
                    fill(module, w, c)
            fill(b.project, *affine(D, D))
            fill(b.before, take(D), take(D))
            fill(b.widen, *affine(4 * D, D))
            fill(b.narrow, *affine(D, 4 * D))
            fill(b.between, take(D), take(D))
        fill(model.norm, take(D), take(D))
        fill(model.unembed, *affine(VOCAB, D))
    assert at == len(data), (at, len(data))


def report(name, workload, call, check):
    seen, start = [], time.perf_counter()
    while time.perf_counter() - start < 2 or len(seen) < 20:
        began = time.perf_counter()
        call(len(seen))
        seen.append((time.perf_counter() - began) * 1e9)
    seen.sort()
    print(f"RES {name} {workload} {seen[len(seen) // 2]:.0f} {seen[0]:.0f} {check:.9g}")


text = torch.from_numpy(np.fromfile(sys.argv[2], dtype=np.uint8).astype(np.int64))
rows = text[: CHECKED * BATCH * T].view(CHECKED, BATCH, T)
following = text[1 : CHECKED * BATCH * T + 1].view(CHECKED, BATCH, T)

for fused in (False, True):
    name = "torch_fused" if fused else "torch"
    model = GPT(fused)
    load(model, sys.argv[1])
    with torch.inference_mode():
        traced = torch.jit.freeze(torch.jit.trace(model.eval(), rows[0][:1]))
        for kind, f in (("", model), ("_last", lambda x, model=model: model(x, last=True)), ("_traced", traced)):
            context = rows[0][:1].clone()

            def generate(_):
                global context
                token = f(context)[0, -1].argmax()
                context = torch.cat((context[:, 1:], token.view(1, 1)), 1)
                return token

            written = sum(generate(i).item() * (i + 1) for i in range(16))
            report(name + kind, "gpt_generate", generate, written)
    for foreach in (False, True):
        load(model.train(), sys.argv[1])
        groups = [
            {"params": [p for p in model.parameters() if p.dim() > 1 and p is not model.position], "weight_decay": 0.1},
            {"params": [p for p in model.parameters() if p.dim() <= 1 or p is model.position], "weight_decay": 0.0},
        ]
        optimizer = torch.optim.AdamW(groups, lr=3e-4, foreach=foreach)

        def train(i):
            i %= CHECKED
            loss = F.cross_entropy(model(rows[i]).view(-1, VOCAB), following[i].reshape(-1))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            return loss

        check = sum(train(i).item() for i in range(CHECKED)) / CHECKED
        report(name + ("_foreach" if foreach else ""), "gpt_train", train, check)
