import torch
import torch.nn.functional as F
from values import case, numbers


def layer(epsilon):
    return lambda x, p: F.layer_norm(x, (6,), p["scale"], p["shift"], epsilon)


def rms(epsilon):  # PyTorch has its own from 2.4 on
    return lambda x, p: p["scale"] * x * torch.rsqrt(x.square().mean(-1, keepdim=True) + epsilon)


for name, f, fields in (("layer_norm", layer, ("scale", "shift")), ("rms_norm", rms, ("scale",))):
    case(name, f(1e-5), [numbers(2, 3, 6)], {k: numbers(6) for k in fields})
    case(name + "_one", f(0.25), [numbers(6)], {k: numbers(6) for k in fields})
