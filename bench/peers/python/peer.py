"""What the Python peers share: the workload, its data, the clock, the line of results."""

import json
import sys
import time

import numpy as np


class Workload:
    """A workload as package workload describes it, with its data.

    x and y hold one array for each buffer; layers holds (weight[out, in], bias[out]).
    """

    def __init__(self, prefix):
        with open(prefix + ".json") as f:
            self.__dict__.update(json.load(f))
        data = np.fromfile(prefix + ".f32", dtype="<f4")

        def take(*shape):
            nonlocal data
            n = int(np.prod(shape))
            part, data = data[:n].reshape(shape), data[n:]
            return part.copy()

        examples = self.steps * self.batch
        self.x = list(take(self.buffers, examples, self.dims[0]))
        self.y = list(take(self.buffers, examples))
        if self.loss == "softmax":
            self.y = [y.astype(np.int64) for y in self.y]
        self.layers = [(take(o, i), take(o)) for i, o in zip(self.dims, self.dims[1:])]


def median_and_minimum(call, steps=1):
    """Times call(0), call(1), ... in repetitions of about 4 ms; nanoseconds per step."""
    i, start = 0, time.perf_counter()
    while time.perf_counter() - start < 0.3:
        call(i)
        i += 1
    each = (time.perf_counter() - start) / i
    calls, seen = max(1, int(4e-3 / each)), []
    for _ in range(101):
        start = time.perf_counter()
        for _ in range(calls):
            call(i)
            i += 1
        seen.append((time.perf_counter() - start) / calls / steps * 1e9)
    seen.sort()
    return seen[50], seen[0]


def report(peer, w, threads, call, check):
    """Prints the line of results: see bench.h."""
    median, minimum = median_and_minimum(call, w.steps)
    print(f"RES {peer} {w.name} {threads} {median:.2f} {minimum:.2f} {check:.7g}", flush=True)


def arguments():
    """PREFIX THREADS"""
    return Workload(sys.argv[1]), int(sys.argv[2])
