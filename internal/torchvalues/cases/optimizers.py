import torch
from values import numbers, steps, tree

STEPS = 4


def run(endo, make, state, clip=None):
    """Takes the steps of torch.optim; state says how ours looks at one of theirs,
    clip what happens to gradients."""
    p = {"weight": numbers(3, 2), "bias": numbers(3)}
    tree(lambda t: t.requires_grad_(), p)
    optimizer = make(p)
    inputs, states = [], [state(p, optimizer, 0)]
    for count in range(1, STEPS + 1):
        p["weight"].grad, p["bias"].grad = numbers(3, 2), numbers(3)
        inputs.append([p["weight"].grad.clone(), p["bias"].grad.clone()])
        if clip:
            clip(p.values())
        optimizer.step()
        states.append(state(p, optimizer, count))
    steps(endo, inputs, states)


def kept(p):
    return tree(lambda t: t.detach().clone(), p)


def held(name, p, optimizer):
    """A buffer of the optimizer, of p's shape; zeros before the first step."""
    return tree(lambda t: optimizer.state[t].get(name, torch.zeros_like(t)).clone(), p)


def groups(p, decay):
    return [{"params": [p["weight"]], "weight_decay": decay}, {"params": [p["bias"]], "weight_decay": 0.0}]


run(
    "by_sgd",
    lambda p: torch.optim.SGD(groups(p, 0.25), lr=0.125),
    lambda p, o, n: kept(p),
)
run(
    "by_momentum",
    lambda p: torch.optim.SGD(groups(p, 0.25), lr=0.125, momentum=0.75),
    lambda p, o, n: {"params": kept(p), "velocity": held("momentum_buffer", p, o)},
)


def moments(p, o, n):
    return {"params": kept(p), "mean": held("exp_avg", p, o), "variance": held("exp_avg_sq", p, o), "count": torch.tensor(n)}


settings = {"lr": 0.0625, "betas": (0.75, 0.9375), "eps": 0.0078125}
run("by_adam", lambda p: torch.optim.Adam(groups(p, 0.0), **settings), moments)
run("by_adamw", lambda p: torch.optim.AdamW(groups(p, 0.25), **settings), moments)
run(
    "by_nesterov",
    lambda p: torch.optim.SGD(groups(p, 0.25), lr=0.125, momentum=0.75, nesterov=True),
    lambda p, o, n: {"params": kept(p), "velocity": held("momentum_buffer", p, o)},
)
run(
    "by_rmsprop",
    lambda p: torch.optim.RMSprop(groups(p, 0.25), lr=0.0625, alpha=0.75, eps=0.0078125),
    lambda p, o, n: {"params": kept(p), "square": held("square_avg", p, o)},
)
run(
    "by_adagrad",
    lambda p: torch.optim.Adagrad(groups(p, 0.25), lr=0.125, eps=0.0078125),
    lambda p, o, n: {"params": kept(p), "total": held("sum", p, o)},
)
for name, clip in {
    "by_clip": lambda ps: torch.nn.utils.clip_grad_value_(ps, 0.5),
    "by_clip_norm": lambda ps: torch.nn.utils.clip_grad_norm_(ps, 2.0),
}.items():
    run(name, lambda p: torch.optim.SGD(groups(p, 0.0), lr=0.125), lambda p, o, n: kept(p), clip)
