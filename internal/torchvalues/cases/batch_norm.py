import torch
import torch.nn.functional as F
from values import batched, case, found, numbers, positive, tree


def statistics(n):
    return {"scale": numbers(n), "shift": numbers(n), "mean": numbers(n), "variance": positive(n)}


def running(epsilon, channels=False):
    def f(x, p):
        rows = x[None] if channels else x.reshape(-1, x.shape[-1])
        y = F.batch_norm(rows, p["mean"].detach(), p["variance"].detach(), p["scale"], p["shift"], False, 0.1, epsilon)
        return y.reshape(x.shape)

    return f


def predicted(arrow, f, x, p):
    """A case whose running statistics are no part of the gradient."""
    held = {k: p[k].clone() for k in ("mean", "variance")}
    case(arrow, lambda x, q: f(x, {**q, **held}), [x], p)
    for k in held:
        found[arrow]["dgiven"].pop(k)


# A derivative is one of training, so that predictions have none.
case("normalise", lambda x, p: running(1e-5)(x, p).detach(), [numbers(5)], statistics(5))
predicted("features_running", running(0.25), numbers(3, 5), statistics(5))
predicted("channels_running", running(1e-5, channels=True), numbers(2, 3, 2), statistics(2))


def train(endo, model, parameters, shape, rate, norm, momentum, epsilon, sizes=(4, 3, 2, 7)):
    p = parameters
    kept = lambda: tree(lambda t: t.detach().clone(), p)
    states, batches = [kept()], []
    for n in sizes:
        x, y = numbers(n, *shape), numbers(n, *shape)
        batches.append([[x[i], y[i]] for i in range(n)])
        q = tree(lambda t: t.detach().clone().requires_grad_(), p)
        s = p[norm]

        def normalise(z):  # features first behind the batch, as PyTorch has them
            return F.batch_norm(z, s["mean"], s["variance"], q[norm]["scale"], q[norm]["shift"], True, momentum, epsilon)

        loss = (model(x, q, normalise) - y).square().sum() / n
        moving = [(v, w) for layer in p for v, w in zip(p[layer].values(), q[layer].values()) if v is not s.get("mean") and v is not s.get("variance")]
        for (v, w), g in zip(moving, torch.autograd.grad(loss, [w for _, w in moving])):
            v -= rate * g
        states.append(kept())
    batched(endo, batches, states)


def affine(n):
    return {"weight": numbers(n, n, scale=0.5), "bias": numbers(n)}


train(
    "features",
    lambda x, q, f: F.linear(torch.tanh(f(F.linear(x, *q["layer"].values()))), *q["last"].values()),
    {"layer": affine(5), "normalise": statistics(5), "last": affine(5)}, (5,), 0.125, "normalise", 0.1, 1e-5,
)
train(
    "positions",
    lambda x, q, f: f(F.linear(x, *q["layers"].values()).transpose(1, 2)).transpose(1, 2),
    {"layers": affine(5), "several": statistics(5)}, (3, 5), 0.0625, "several", 0.25, 0.25,
)
train(
    "images",
    lambda x, q, f: f(F.conv2d(x, *q["filter"].values())),
    {"filter": {"weight": numbers(2, 2, 1, 1), "bias": numbers(2)}, "channels": statistics(2)}, (2, 3, 2), 0.0625, "channels", 0.25, 1e-5,
)
